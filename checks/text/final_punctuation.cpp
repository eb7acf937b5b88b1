#include "checks/format.h"
#include "checks/placeholders.h"
#include "checks/values.h"

namespace plugvet::checks {
namespace {

/// Signs that end a sentence in the scripts that have others than the full stop, and what may follow them.
bool ends_a_sentence(std::string_view text) {
  constexpr std::string_view ends[] = {".", "!", "?", "…", "。", "！", "？", "।", "؟", "።"};
  constexpr std::string_view closers[] = {"\"", "'", ")", "”", "’", "»", "」", "）"};
  for (const std::string_view closer : closers)
    if (text.ends_with(closer)) return ends_a_sentence(text.substr(0, text.size() - closer.size()));
  for (const std::string_view end : ends)
    if (text.ends_with(end)) return true;
  return false;
}

Judgement final_punctuation(const Manifest& manifest) {
  const std::string* text = manifest.text("/description_for_human");
  if (!text || is_blank(*text) || !placeholder_in(*text, TextRole::description).empty()) return Judgement::pass();
  if (ends_a_sentence(trimmed(*text))) return Judgement::pass();
  const std::string_view whole = trimmed(*text);
  const std::size_t from = whole.size() > 40 ? whole.find(' ', whole.size() - 40) : 0;
  return Judgement::fail({manifest.at("/description_for_human"),
                          "description_for_human ends without a full stop.",
                          ". or ! or ? at the end",
                          in_quotes(from == std::string_view::npos || from == 0 ? whole : whole.substr(from + 1)),
                          {}});
}

}  // namespace

extern constinit const Check text_final_punctuation = define_check<of_profile_format<final_punctuation>>({
    .id = "text/final-punctuation",
    .title = "The description for people ends with a full stop",
    .requirement =
        "description_for_human ends with a full stop, an exclamation or a question mark, or what its script has in their "
        "place; a closing quote or bracket may follow.",
    .rationale = "The store's reviewers asked for it: a whole sentence reads as if somebody had cared.",
    .remedy = "End the description with a full stop.",
    .source = "OpenAI, Plugin review process: store criteria",
    .passing = R"("description_for_human": "Keeps your list of todos.")",
    .failing = R"("description_for_human": "Call the support with a question")",
});

}  // namespace plugvet::checks
