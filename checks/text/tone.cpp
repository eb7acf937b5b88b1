#include <fmt/format.h>

#include "checks/format.h"
#include "checks/phrases.h"
#include "checks/values.h"

namespace plugvet::checks {
namespace {

/// Three words in a row in capital letters; abbreviations rarely come in threes without commas.
std::string shouted_in(std::string_view text) {
  std::size_t words = 0, begin = 0;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i;
    while (end < text.size() && text[end] >= 'A' && text[end] <= 'Z') ++end;
    const bool ends_here = end == text.size() || !is_ascii_alphanumeric(text[end]);
    if (end - i >= 3 && ends_here) {
      if (words == 0) begin = i;
      if (++words == 3) return std::string(text.substr(begin, end - begin));
      i = end;
      while (i < text.size() && (text[i] == ' ' || text[i] == '!')) ++i;
      continue;
    }
    words = 0;
    i = text.find(' ', i);
    if (i == std::string_view::npos) break;
    ++i;
  }
  return {};
}

std::optional<Steering> find_loudness(std::string_view text) {
  if (std::string part = shouted_in(text); !part.empty()) return Steering{"is written in capital letters", std::move(part)};
  if (const std::size_t at = text.find("!!"); at != std::string_view::npos)
    return Steering{"has several exclamation marks in a row", std::string(text.substr(at, 3))};
  return Phrases::named("superlatives").find(text);
}

Judgement tone(const Manifest& manifest) {
  Judgement judgement;
  for (const char* pointer : {"/name_for_human", "/description_for_human"}) {
    const std::string* text = manifest.text(pointer);
    const auto found = text ? find_loudness(*text) : std::nullopt;
    if (!found) continue;
    judgement.findings.push_back({manifest.at(pointer),
                                  fmt::format("{} {}: {}.", spoken(pointer), found->what, in_quotes(found->part)),
                                  "a text that says what the plugin does",
                                  in_quotes(*text, 120),
                                  {}});
  }
  return judgement;
}

}  // namespace

extern constinit const Check text_tone = define_check<of_profile_format<tone>>({
    .id = "text/tone",
    .title = "The texts shown to people inform and do not advertise",
    .requirement =
        "name_for_human and description_for_human do without superlatives (\"#1\", \"the best\"), words in capital letters "
        "and rows of exclamation marks. Whether a claim is true only a person can judge.",
    .rationale = "The store's reviewers refused advertising; a claim to be the best is one that nobody can check.",
    .remedy = "Say what the plugin does.",
    .source = "OpenAI, Plugin review process: store criteria; Microsoft, High-quality message extensions",
    .passing = R"("description_for_human": "Plan trips by train.")",
    .failing = R"("description_for_human": "The world's best trip planner!!")",
    .severity = Severity::warning,
    .for_reviewer = true,
});

}  // namespace plugvet::checks
