#include <fmt/format.h>

#include <algorithm>

#include "checks/format.h"
#include "checks/values.h"

namespace plugvet::checks {
namespace {

/// What is wrong between the first and the last letter; empty: nothing. Numbers (".5", "1 ,5") are let be.
std::string defect_within(std::string_view text) {
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    const char c = text[i], next = text[i + 1];
    const char after = i + 2 < text.size() ? text[i + 2] : ' ';
    if (c == '\t') return "a tab";
    if (c == ' ' && next == ' ') return "two spaces in a row";
    if (c == ' ' && (next == ',' || next == '.' || next == ';') && after == ' ')
      return fmt::format("a space before \"{}\"", next);
    if (c == ',' && next == ',') return "two commas in a row";
    if (c == '.' && next == '.' && after != '.' && (i == 0 || text[i - 1] != '.')) return "two full stops in a row";
  }
  return {};
}

Judgement spacing(const Manifest& manifest) {
  Judgement judgement;
  for (const char* pointer : {"/name_for_human", "/description_for_human"}) {
    const std::string* text = manifest.text(pointer);
    const std::string defect = text ? defect_within(trimmed(*text)) : "";
    if (defect.empty()) continue;
    judgement.findings.push_back({manifest.at(pointer),
                                  fmt::format("{} has {}.", spoken(pointer), defect),
                                  "one space between words, none before a sign",
                                  in_quotes(*text, 120),
                                  {}});
  }
  return judgement;
}

}  // namespace

extern constinit const Check text_spacing = define_check<of_profile_format<spacing>>({
    .id = "text/spacing",
    .title = "The texts shown to people are set cleanly",
    .requirement =
        "name_for_human and description_for_human have no two spaces, commas or full stops in a row, no tab, and no space "
        "before a comma, semicolon or full stop. White space around them is manifest/text-spacing's.",
    .rationale = "The store's reviewers asked for texts without mistakes, and Microsoft's validation does.",
    .remedy = "Correct the text.",
    .source = "OpenAI, Plugin review process: store criteria; Microsoft, High-quality message extensions",
    .passing = R"("description_for_human": "Add, view and change todos.")",
    .failing = R"("description_for_human": "Add,  view and change todos .")",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
