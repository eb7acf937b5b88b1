#include "harness/model/submission.h"

namespace plugvet {

std::string_view name_of(SubmissionKind kind) {
  switch (kind) {
    case SubmissionKind::url:
      return "url";
    case SubmissionKind::folder:
      return "folder";
    case SubmissionKind::manifest:
      return "manifest";
    case SubmissionKind::openapi:
      return "openapi";
  }
  return "url";
}

}  // namespace plugvet
