#include "checks/format.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement is_served(const Manifest& manifest) {
  const std::string* url = manifest.text("/logo_url");
  if (!url || !url->starts_with("data:image/")) return Judgement::pass();
  return Judgement::fail({manifest.at("/logo_url"),
                          "The logo is written into the manifest as a data: URL of " + bytes_text(url->size()) + ".",
                          "an absolute https URL",
                          "a data: URL",
                          {}});
}

}  // namespace

extern constinit const Check logo_inline = define_check<of_ai_plugin<is_served>>({
    .id = "logo/inline",
    .title = "The logo is served, not written into the manifest",
    .requirement = "logo_url is the URL of an image file, not a data: URL that contains the image.",
    .rationale =
        "It makes the manifest, which is fetched again and again, many times as large, and other readers of the format "
        "refuse it. 3 of 600 approved plugins have one.",
    .remedy = "Serve the image as a file and name its URL.",
    .source = "OpenAI, Getting started (late 2023): logo_url, URL used to fetch the logo",
    .passing = R"("logo_url": "https://acme.com/logo.png")",
    .failing = R"("logo_url": "data:image/png;base64,…")",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
