#include "harness/model/artefact.h"

namespace plugvet {

std::string_view name_of(Artefact artefact) {
  switch (artefact) {
    case Artefact::submission:
      return "submission";
    case Artefact::manifest:
      return "manifest";
    case Artefact::api:
      return "api";
    case Artefact::logo:
      return "logo";
    case Artefact::legal_page:
      return "legal_page";
    case Artefact::tls:
      return "tls";
    case Artefact::cors:
      return "cors";
  }
  return "submission";
}

}  // namespace plugvet
