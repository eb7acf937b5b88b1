#include "checks/format.h"
#include "checks/url_defect.h"

namespace plugvet::checks {
namespace {

Judgement link_shape(const Manifest& manifest, const Parameters& limits) {
  // In a Microsoft 365 manifest relative ones are m365/legal-urls' finding.
  const bool may_be_relative = format_in(limits) == ManifestFormat::m365;
  Judgement judgement;
  for (const char* pointer : {"/legal_info_url", "/privacy_policy_url"})
    if (auto finding = judge_url(manifest, {pointer, may_be_relative, true}))
      judgement.findings.push_back(std::move(*finding));
  return judgement;
}

}  // namespace

extern constinit const Check manifest_link_shape = define_check<of_profile_format<link_shape>>({
    .id = "manifest/link-shape",
    .title = "The links for people are absolute URLs",
    .requirement =
        "legal_info_url and privacy_policy_url are absolute http or https URLs without user name, white space or "
        "credentials. A fragment is allowed.",
    .rationale =
        "People are sent there from the platform. An e-mail address, or an address without scheme, leads nowhere; 6 of "
        "600 approved plugins have one.",
    .remedy = "Write the whole URL of the page. For an e-mail address there is contact_email.",
    .source =
        "OpenAI, Getting started (late 2023): legal_info_url; Microsoft, Plugin manifest schema 2.4: absolute URL",
    .passing = R"("legal_info_url": "https://acme.com/legal")",
    .failing = R"("legal_info_url": "legal@acme.com")",
});

}  // namespace plugvet::checks
