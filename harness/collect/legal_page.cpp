#include "harness/collect/artefacts.h"
#include "harness/support/text.h"

namespace plugvet {

Result<LegalPage> read_legal_page(const Fetch& fetch) {
  auto body = body_of(fetch);
  if (!body) return *body.problem();
  LegalPage page;
  page.location = fetch.final_url();
  if (auto url = Url::parse(page.location)) page.url = *url;
  page.media_type = fetch.response()->media_type();
  page.sha256 = sha256(*body);
  page.body = std::move(*body);
  return page;
}

}  // namespace plugvet
