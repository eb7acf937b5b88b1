#include "harness/support/result.h"

namespace plugvet {

std::string_view name_of(Rung rung) {
  switch (rung) {
    case Rung::file:
      return "file";
    case Rung::url:
      return "URL";
    case Rung::name:
      return "name";
    case Rung::address:
      return "address";
    case Rung::connect:
      return "connection";
    case Rung::tls:
      return "TLS";
    case Rung::http:
      return "HTTP";
    case Rung::content_type:
      return "content type";
    case Rung::syntax:
      return "syntax";
    case Rung::schema:
      return "schema";
  }
  return "unknown";
}

}  // namespace plugvet
