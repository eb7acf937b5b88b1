// A manifest, judged by the profiles that read one.
#include <cstdint>
#include <string>

#include "harness/collect/artefacts.h"
#include "tests/fuzz/judged.h"

using namespace plugvet;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text{reinterpret_cast<const char*>(data), size};
  for (const bool is_served : {false, true}) {
    const auto url = Url::parse("https://acme.com/.well-known/ai-plugin.json");
    Evidence evidence;
    evidence.submission.kind = is_served ? SubmissionKind::url : SubmissionKind::manifest;
    evidence.manifest = parse_manifest(text, url->text(), is_served ? std::optional{*url} : std::nullopt);
    if (!*evidence.manifest) evidence.unparsed[Artefact::manifest] = text;
    fuzz::judge_by(size % 2 == 0 ? "openai-plugin-store" : "m365-copilot-v2", std::move(evidence));
  }
  return 0;
}
