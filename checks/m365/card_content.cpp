#include <nlohmann/json.hpp>
#include <unordered_set>

#include "checks/cards.h"
#include "checks/findings.h"
#include "checks/format.h"
#include "checks/values.h"

namespace plugvet::checks {
namespace {

/// Adds the expressions of a text with data: "${name}", "${if(due, due, 'N/A')}".
void add_expressions(std::string_view text, std::unordered_set<std::string_view>& expressions) {
  for (std::size_t open = 0; (open = text.find("${", open)) != std::string_view::npos;) {
    const std::size_t close = text.find('}', open);
    if (close == std::string_view::npos) return;
    expressions.insert(text.substr(open, close - open));
    open = close;
  }
}

struct Content {
  std::unordered_set<std::string_view> fields;  ///< expressions that the user sees
  std::size_t actions = 0;
};

Content content_of(const Card& card) {
  Content content;
  for_each_element(card, [&](const Json& element, const std::string&) {
    for (const char* name : {"text", "value", "title"})
      if (const std::string* text = text_of(element, name)) add_expressions(*text, content.fields);
    const std::string* type = text_of(element, "type");
    content.actions += type && type->starts_with("Action.") ? 1 : 0;
  });
  return content;
}

Judgement card_content(const Manifest& manifest, const Parameters& limits) {
  const std::size_t minimum = limits.count("minimum_fields");
  const std::size_t maximum = limits.count("maximum_actions");
  Judgement judgement;
  for_each_card(manifest, [&](const Card& card) {
    const Content content = content_of(card);
    const auto add = [&](const std::string& seen, std::string expected, std::string actual) {
      judgement.findings.push_back({manifest.at(card.pointer),
                                    spoken(card.function) + ": its card " + seen,
                                    std::move(expected),
                                    std::move(actual),
                                    {}});
    };
    if (content.fields.size() < minimum)
      add("shows " + counted(content.fields.size(), "value") + " of the answer.", "at least " + std::to_string(minimum),
          std::to_string(content.fields.size()));
    if (content.actions > maximum)
      add("has " + counted(content.actions, "action") + ".", "at most " + std::to_string(maximum),
          std::to_string(content.actions));
  });
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check m365_card_content = define_check<of_m365<card_content>>({
    .id = "m365/card-content",
    .title = "Cards show data, and few actions",
    .requirement =
        "The static_template of a function shows a title and at least two more values of the answer, and has no more "
        "actions than the profile's limit.",
    .rationale =
        "A card is there to show at a glance what was found. One that is always the same says nothing, and a row of "
        "buttons hides what matters.",
    .remedy = "Show the title and two values that tell the items apart, such as status and date; keep the main "
              "actions.",
    .source = "Microsoft, High-quality message extensions: Adaptive Cards",
    .passing = R"(TextBlocks with "${title}", "${status}" and "${due}")",
    .failing = R"(one TextBlock with "Here is what I found")",
    .severity = Severity::note,
});

}  // namespace plugvet::checks
