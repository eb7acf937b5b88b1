#include <algorithm>
#include <nlohmann/json.hpp>

#include "checks/arguments.h"
#include "checks/openapi.h"
#include "harness/support/words.h"

namespace plugvet::checks {
namespace {

bool is_id(std::string_view name) {
  const std::vector<std::string> words = words_of(name);
  return !words.empty() && (words.back() == "id" || words.back() == "ids");
}

/// genre_id, cityId: of a catalogue that is the same for everybody.
bool is_of_catalogue(std::string_view name) {
  constexpr std::string_view things[] = {"brand",  "category", "city",   "color", "country", "currency", "genre",
                                         "language", "league", "region", "sport", "tag",     "topic",    "type"};
  const std::vector<std::string> words = words_of(name);
  return words.size() > 1 && std::ranges::find(things, words[words.size() - 2]) != std::end(things);
}

bool is_whole_number(const Json* schema) {
  const Json* type = schema ? member_of(*schema, "type") : nullptr;
  return type && (*type == "integer" || *type == "number") && !member_of(*schema, "enum");
}

Judgement sequential_ids(const ApiDescription& api) {
  return judge_arguments(api, [](const Argument& argument) -> std::optional<ArgumentDefect> {
    if (!is_whole_number(argument.schema) || !is_id(argument.name) || is_of_catalogue(argument.name)) return {};
    return ArgumentDefect{"is a number, and who knows one can guess the next",
                          "an identifier that cannot be guessed, or objects that are public", "a number"};
  });
}

}  // namespace

extern constinit const Check security_sequential_ids = define_check<of_openapi_3<sequential_ids>>({
    .id = "security/sequential-ids",
    .title = "Identifiers cannot be guessed",
    .requirement =
        "Identifiers of users' objects are not whole numbers, or every access to one is checked against the user. Which of "
        "them belong to users only a person can judge.",
    .rationale =
        "With numbers in a row anybody tries the neighbours of an own object. Where the check of the owner is missing once, "
        "everybody's data can be read.",
    .remedy = "Use random identifiers (UUID) of type string, and check the owner at each access.",
    .source = "OWASP API Security API1, Broken object level authorization; Salt Labs, Security flaws within the ChatGPT "
              "ecosystem",
    .passing = "todo_id: {type: string, format: uuid}",
    .failing = "todo_id: {type: integer}",
    .severity = Severity::note,
    .for_reviewer = true,
});

}  // namespace plugvet::checks
