#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <vector>

#include "checks/findings.h"
#include "checks/inputs.h"
#include "checks/openapi.h"
#include "checks/schemas.h"
#include "harness/support/members.h"
#include "harness/support/text.h"
#include "harness/support/words.h"

namespace plugvet::checks {
namespace {

using openapi::Description;
using openapi::Node;
using openapi::Operation;
using openapi::Parameter;

constexpr std::size_t longest_name = 200;  // of an operation or path: what is longer is no name

// Names as they are compared: in lower case, letters and digits only.
constexpr std::string_view limit_names[] = {
    "limit", "pagesize", "perpage", "maxresults", "maxresult", "maxitems", "max", "count", "top", "topk", "k", "n",
    "num", "first", "last", "take", "rows", "size", "results", "pagelimit", "batchsize", "numresults",
    "resultsperpage", "itemsperpage", "maxcount", "maxresponses", "numberofresults", "numberofitems", "resultlimit",
    "amount", "quantity", "hitsperpage", "pagelength", "length",
};
constexpr std::string_view continuation_names[] = {
    "page", "offset", "cursor", "after", "before", "skip", "start", "startindex", "token", "pagetoken",
    "nextpagetoken", "nexttoken", "continuation", "continuationtoken", "next", "from", "since", "marker",
    "pagenumber", "pageno", "pagenum", "pageindex", "startat", "begin", "p", "startingafter", "nextcursor",
    "nextpage", "index", "startfrom", "scrollid", "pagecursor", "until", "sinceid", "lastid",
};

std::string compared(std::string_view name) {
  std::string out;
  for (const char c : to_lower_ascii(name))
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
  return out;
}

bool is_one_of(std::string_view name, std::span<const std::string_view> names) {
  return std::ranges::find(names, compared(name)) != names.end();
}

const Parameter* parameter_named(const Operation& operation, std::span<const std::string_view> names) {
  const auto found = std::ranges::find_if(operation.parameters, [&](const Parameter& parameter) {
    return parameter.in == "query" && is_one_of(parameter.name, names);
  });
  return found == operation.parameters.end() ? nullptr : &*found;
}

std::optional<double> number_of(const Json& schema, std::string_view member) {
  const Json* value = member_of(schema, member);
  return value && value->is_number() ? std::optional{value->get<double>()} : std::nullopt;
}

/// The list that an operation answers with.
struct AnsweredList {
  Node schema;            ///< of the array
  const Json* envelope = nullptr;  ///< the object around it; null: the answer is the array
  std::string name;       ///< of its property
};

bool is_list_of_objects(const Description& description, const Json& schema) {
  const Json* items = has_type(schema, "array") ? member_of(schema, "items") : nullptr;
  const Json* item = items ? description.resolved({items, {}}).value : nullptr;
  return item && (has_type(*item, "object") || has_any(*item, {"properties", "allOf", "anyOf", "oneOf"}));
}

/// The array itself, or the only list of objects among the properties of the answer.
std::optional<AnsweredList> list_in(const Description& description, const Node& written) {
  const Node schema = description.resolved(written);
  if (!schema) return {};
  if (has_type(*schema.value, "array")) return AnsweredList{schema, nullptr, {}};
  const Node properties = openapi::member(schema, "properties");
  const auto* members = properties ? properties.value->get_ptr<const Json::object_t*>() : nullptr;
  if (!members) return {};
  std::optional<AnsweredList> only;
  for (const auto& [name, property] : *members) {
    const Node target = description.resolved({&property, {}});
    if (!target || !is_list_of_objects(description, *target.value)) continue;
    if (only) return {};
    only = AnsweredList{description.resolved(openapi::member(properties, name)), schema.value, name};
  }
  return only;
}

std::optional<AnsweredList> answered_list(const Description& description, const Operation& operation) {
  for (const openapi::Response& response : operation.responses) {
    if (!response.status.starts_with('2')) continue;
    for (const openapi::MediaType& type : response.content)
      if (is_json(type))
        if (auto list = list_in(description, type.schema)) return list;
  }
  return {};
}

bool names_next_page(const AnsweredList& list) {
  const Json* properties = list.envelope ? member_of(*list.envelope, "properties") : nullptr;
  const auto* members = properties ? properties->get_ptr<const Json::object_t*>() : nullptr;
  return members && std::ranges::any_of(*members, [](const auto& member) {
           const std::string name = compared(member.first);
           return name.starts_with("next") || name == "links" || name == "hasmore" || name == "pagination";
         });
}

bool is_plural(std::string_view word) {
  return word.size() > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") &&
         !word.ends_with("is") && !word.ends_with("news");
}

/// Its name says so: "listTodos", "/todos", "/find-routes". Other answers may contain a list that is always short, as
/// the steps of a recipe.
bool is_named_as_list(const Operation& operation) {
  constexpr std::string_view verbs[] = {"list", "search", "find", "browse", "query", "all", "latest"};
  const auto is_verb = [&](const std::string& word) { return std::ranges::find(verbs, word) != std::end(verbs); };
  if (std::ranges::any_of(words_of(first_code_points(operation.id, longest_name)), is_verb)) return true;
  std::string_view path = operation.path.substr(0, operation.path.find('?'));
  while (path.ends_with('/')) path.remove_suffix(1);
  const std::string_view step = path.substr(path.rfind('/') + 1);
  if (step.starts_with('{')) return false;
  const auto words = words_of(first_code_points(step, longest_name));
  return std::ranges::any_of(words, is_verb) || (!words.empty() && is_plural(words.back()));
}

struct Gap {
  Location where;
  std::string what, expected, actual;
};

/// The one thing that is missing first; empty: nothing is.
std::optional<Gap> gap_in(const ApiDescription& api, const Operation& operation, const AnsweredList& list,
                          double largest) {
  const Parameter* limit = parameter_named(operation, limit_names);
  const Parameter* page = parameter_named(operation, continuation_names);
  const std::string named = list.name.empty() ? "a list" : "the list " + in_quotes(list.name);
  if (!limit && !page)
    return Gap{api.at_name(operation.node.place),
               "answers with " + named + " of any length, and no parameter limits it",
               "a parameter for the number of items and one for the next page", "neither"};
  const Node schema = limit ? api.description->resolved(limit->schema) : Node{};
  if (schema) {
    const auto bound = number_of(*schema.value, "default"), maximum = number_of(*schema.value, "maximum");
    if (!bound && !maximum)
      return Gap{api.at(limit->node.place),
                 "has the limit " + in_quotes(limit->name) + " without a default or a maximum",
                 "a default, or a maximum", "neither"};
    const std::string_view member = bound ? "default" : "maximum";
    if (bound.value_or(maximum.value_or(0)) > largest) {
      const std::string items = spoken_value(*member_of(*schema.value, member)) + " items";
      return Gap{api.at(schema.place, member),
                 "answers with " + items + (bound ? " by default" : " at most, and has no default"),
                 "at most " + std::to_string(static_cast<std::size_t>(largest)) + " items by default", items};
    }
  }
  if (limit && !page && !names_next_page(list))
    return Gap{api.at(limit->node.place),
               "limits " + named + " by " + in_quotes(limit->name) + ", and nothing asks for what follows",
               "a parameter for the next page", "none"};
  return {};
}

Judgement pagination(const ApiDescription& api, const Parameters& limits) {
  const auto largest = static_cast<double>(limits.count("largest_default"));
  FindingList findings;
  bool has_list = false;
  for (const Operation& operation : api.description->operations) {
    if (operation.method != "get" || !is_named_as_list(operation)) continue;
    const auto list = answered_list(*api.description, operation);
    if (!list) continue;
    has_list = true;
    if (has_any(*list->schema.value, {"maxItems"})) continue;
    auto gap = gap_in(api, operation, *list, largest);
    if (!gap) continue;
    findings.add([&]() -> Finding {
      return {std::move(gap->where), spoken(operation) + ' ' + gap->what + '.', std::move(gap->expected),
              std::move(gap->actual), {}};
    });
  }
  if (!has_list) return Judgement::not_applicable("No operation lists things in answer to a GET.");
  return std::move(findings).judgement();
}

}  // namespace

extern constinit const Check conversation_pagination = define_check<of_openapi_3<pagination>>({
    .id = "conversation/pagination",
    .title = "Lists come in pages",
    .requirement =
        "An operation that lists or finds things in answer to a GET has a parameter for the number of items, with a "
        "default or a maximum that is small enough for a conversation, and a parameter for the next page. A list that "
        "maxItems bounds needs neither.",
    .rationale =
        "A conversation holds 100,000 characters of an answer, and what is longer fails as a whole. The model asks "
        "for more when it needs more, if it can.",
    .remedy =
        "Add limit, with a default of 10 or 20 and a maximum, and page, offset or cursor. Where a list is never long, "
        "say so with maxItems.",
    .source = "OpenAI, Plugins: getting started (mid-2023): 100,000 characters; partly our own judgement",
    .passing =
        "parameters: [{name: limit, in: query, schema: {type: integer, default: 10, maximum: 50}}, {name: cursor, in: "
        "query, schema: {type: string}}]",
    .failing = "GET /orders without parameters, answering with an array",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
