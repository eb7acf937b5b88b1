#include <fmt/format.h>

#include "checks/format.h"
#include "checks/values.h"

namespace plugvet::checks {
namespace {

Judgement reserved_words(const Manifest& manifest, const Parameters& limits) {
  const std::vector<std::string> words = limits.list("words");
  Judgement judgement;
  for (const char* pointer : {"/name_for_human", "/description_for_human"}) {
    const std::string* text = manifest.text(pointer);
    const std::string_view found = text ? whole_word_in(*text, words) : std::string_view{};
    if (found.empty()) continue;
    judgement.findings.push_back({manifest.at(pointer),
                                  fmt::format("{} has the word {}, which the platform keeps for itself.", spoken(pointer),
                                              in_quotes(found)),
                                  "none of the words " + listed(words, "or"),
                                  in_quotes(*text),
                                  {}});
  }
  return judgement;
}

}  // namespace

extern constinit const Check text_reserved_words = define_check<of_profile_format<reserved_words>>({
    .id = "text/reserved-words",
    .title = "The texts shown to people do without the platform's own words",
    .requirement =
        "name_for_human and description_for_human have none of the words that the platform keeps for itself (plugin, "
        "ChatGPT, OpenAI), whatever their case. The description for the model may have them.",
    .rationale =
        "The store refused such names. That it is a plugin everybody sees; that it is the platform's own, nobody must "
        "believe. OpenAI's first documents had advised to begin with \"Plugin for\".",
    .remedy = "Name the product by its own name, and say what it does.",
    .source = "OpenAI, Plugin review process: reasons for rejection; OpenAI, Brand guidelines",
    .passing = R"("name_for_human": "Todo List")",
    .failing = R"("name_for_human": "TODO Plugin")",
});

}  // namespace plugvet::checks
