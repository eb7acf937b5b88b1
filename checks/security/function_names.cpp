#include <algorithm>
#include <array>

#include "checks/findings.h"
#include "checks/openapi.h"
#include "harness/support/text.h"
#include "harness/support/words.h"

namespace plugvet::checks {
namespace {

// A verb alone that many plugins would choose; "search" is the most frequent name of the approved ones. Names that say
// nothing at all (get, query, getData) are api/operation-id-wording's.
constexpr auto common_names = std::to_array<std::string_view>(
    {"add",     "analyze",  "answer", "ask",   "book",   "browse",    "buy",     "calculate", "chat",   "check",
     "convert", "download", "find",   "generate", "help", "info",     "login",   "lookup",    "open",   "order",
     "pay",     "play",     "price",  "recommend", "remove", "save",  "search",  "show",      "solve",  "start",
     "status",  "submit",   "suggest", "summarize", "summary", "translate", "upload", "weather", "whoami"});

bool is_addition(std::string_view word) {
  if (word == "api") return true;
  if (word.starts_with('v')) word.remove_prefix(1);
  return word.find_first_not_of("0123456789") == std::string_view::npos;
}

/// The only word of the name, without what a framework or a version adds: "search", "Search_v2".
std::string only_word(std::string_view id) {
  std::vector<std::string> words = words_of(id);
  if (words.size() == 2 && is_addition(words[1])) words.pop_back();
  return words.size() == 1 ? words.front() : std::string{};
}

Judgement function_names(const ApiDescription& api) {
  Judgement judgement;
  for (const openapi::Operation& operation : api.description->operations) {
    if (operation.id.size() > 20) continue;
    if (std::ranges::find(common_names, only_word(operation.id)) == common_names.end()) continue;
    judgement.findings.push_back({api.at(operation.node.place, "operationId"),
                                  "Many plugins have a function " + in_quotes(operation.id) +
                                      "; beside one of them the model cannot tell by the name which is meant.",
                                  "a name that says what of: verb and noun",
                                  in_quotes(operation.id),
                                  {}});
  }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check security_function_names = define_check<of_openapi_3<function_names>>({
    .id = "security/function-names",
    .title = "The names of functions are not those of many plugins",
    .requirement =
        "No operationId is a verb alone that any plugin might have: search, ask, translate. It says what it is done "
        "with: searchHotels.",
    .rationale =
        "Several plugins are active in one conversation. One that takes a name that is everybody's is called in place "
        "of another, by accident or on purpose, and is given what the user meant for that one.",
    .remedy = "Add the noun, or the name of the service: searchHotels, searchAcme.",
    .source = "Iqbal, Kohno and Roesner, arXiv 2309.10254: function name squatting",
    .passing = "operationId: searchHotels",
    .failing = "operationId: search",
    .severity = Severity::note,
});

}  // namespace plugvet::checks
