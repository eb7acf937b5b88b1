#include "checks/format.h"
#include "checks/values.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

std::string defect_of(std::string_view text) {
  if (is_blank(text)) return {};  // another finding
  if (trimmed(text).size() != text.size())
    return trimmed(text).data() == text.data() ? "white space at the end" : "white space at the beginning";
  return text.find_first_of("\r\n") == std::string_view::npos ? "" : "a line break";
}

Judgement text_spacing(const Manifest& manifest) {
  Judgement judgement;
  for (const char* pointer : {"/name_for_human", "/description_for_human"}) {
    const std::string* text = manifest.text(pointer);
    const std::string defect = text ? defect_of(*text) : "";
    if (defect.empty()) continue;
    judgement.findings.push_back({manifest.at(pointer),
                                  spoken(pointer) + " has " + defect + ".",
                                  "one line without white space around it",
                                  defect,
                                  {}});
  }
  return judgement;
}

}  // namespace

extern constinit const Check manifest_text_spacing = define_check<of_profile_format<text_spacing>>({
    .id = "manifest/text-spacing",
    .title = "The texts shown to people are one line without white space around them",
    .requirement =
        "name_for_human and description_for_human neither begin nor end with white space and have no line break.",
    .rationale =
        "White space at the beginning puts a name at the wrong place of every sorted list; a line break tears the "
        "store's entry apart.",
    .remedy = "Remove the white space.",
    .source = "plugvet, own judgement",
    .passing = R"("name_for_human": "Top Agencies")",
    .failing = R"("name_for_human": " Top Agencies")",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
