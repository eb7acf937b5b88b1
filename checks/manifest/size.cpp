#include "checks/format.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement size(const Manifest& manifest, const Parameters& limits) {
  const std::size_t bytes = manifest.document.text().size(), maximum = limits.count("maximum_bytes");
  Judgement judgement;
  judgement.measures.push_back(
      {manifest.at(""), "manifest", static_cast<double>(bytes), static_cast<double>(maximum), "bytes"});
  if (bytes > maximum)
    judgement.findings.push_back({manifest.at(""),
                                  "The manifest has " + bytes_text(bytes) + ".",
                                  "at most " + bytes_text(maximum),
                                  bytes_text(bytes),
                                  {}});
  return judgement;
}

}  // namespace

extern constinit const Check manifest_size = define_check<of_ai_plugin<size>>({
    .id = "manifest/size",
    .title = "The manifest is concise",
    .requirement = "The manifest has at most 16 KiB.",
    .rationale =
        "The store asks for a simple and concise manifest; its text takes room in every prompt. The longest of 600 "
        "approved manifests has 12 KiB.",
    .remedy = "Leave what an operation does to the OpenAPI document, and remove what nobody reads.",
    .source =
        "OpenAI, Plugin review process (2023-09): a simple and concise manifest; plugvet, own judgement (the number)",
    .passing = "a manifest of 1.2 KiB",
    .failing = "a manifest of 17 KiB",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
