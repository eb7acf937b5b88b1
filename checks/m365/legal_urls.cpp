#include "checks/format.h"
#include "checks/placeholders.h"
#include "checks/values.h"

namespace plugvet::checks {
namespace {

bool is_translation_key(const std::string& text) {
  return text.starts_with("[[") && text.ends_with("]]");
}

// What is blank or wrong otherwise is manifest/link-shape's finding.
Judgement legal_urls(const Manifest& manifest) {
  Judgement judgement;
  for (const char* pointer : {"/legal_info_url", "/privacy_policy_url"}) {
    const std::string* url = manifest.text(pointer);
    if (!url || !is_resolvable_reference(*url) || is_translation_key(*url)) continue;
    if (!placeholder_in(*url, TextRole::address).empty()) continue;
    const std::string actual = in_quotes(*url);
    judgement.findings.push_back(
        {manifest.at(pointer), spoken(pointer) + " is " + actual + ".", "an absolute https URL", actual, {}});
  }
  return judgement;
}

}  // namespace

extern constinit const Check m365_legal_urls = define_check<of_m365<legal_urls>>({
    .id = "m365/legal-urls",
    .title = "The URLs of terms and privacy policy are absolute",
    .requirement =
        "legal_info_url and privacy_policy_url are absolute URLs; other URLs of the manifest may be relative.",
    .rationale = "They are opened by people, outside of the package, where a relative reference means nothing.",
    .remedy = "Write the whole URL of the page on your site.",
    .source = "Microsoft, Plugin manifest schema 2.4 for Microsoft 365 Copilot: legal_info_url, privacy_policy_url",
    .passing = R"("legal_info_url": "https://acme.com/terms")",
    .failing = R"("legal_info_url": "terms.html")",
});

}  // namespace plugvet::checks
