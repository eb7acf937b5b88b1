#include <algorithm>
#include <nlohmann/json.hpp>
#include <unordered_set>

#include "checks/findings.h"
#include "checks/format.h"
#include "checks/inputs.h"
#include "checks/openapi.h"
#include "checks/response_semantics.h"
#include "checks/schemas.h"
#include "checks/values.h"
#include "harness/support/json_path.h"

namespace plugvet::checks {
namespace {

using openapi::Description;
using openapi::Node;

constexpr unsigned deepest_sample = 24;
constexpr std::size_t most_values = 4000;     // of one sample: what goes beyond is taken for free
constexpr std::size_t most_in_all = 200'000;  // of all samples

/// A value with every property that a schema describes, to try queries on. Where the schema leaves open what there may
/// be, any query is right.
class Sample {
 public:
  /// `budget`: how many values the samples of all functions may still have.
  Sample(const Description& description, const Node& schema, std::size_t& budget)
      : description_{description}, left_{std::min(most_values, budget)} {
    const std::size_t before = left_;
    fill(schema, "", value, 0);
    budget -= before - left_;
  }

  Json value;

  bool is_free(const std::string& pointer) const { return free_.contains(pointer); }

 private:
  void fill(const Node& written, const std::string& pointer, Json& out, unsigned depth) {
    const Node schema = description_.resolved(written);
    if (!schema || !schema.value->is_object() || depth > deepest_sample || left_ == 0) {
      free_.insert(pointer);
      return;
    }
    --left_;
    bool says_something = member_of(*schema.value, "type") && !has_type(*schema.value, "object");
    if (const Node properties = member(schema, "properties"); properties && properties.value->is_object()) {
      says_something = true;
      if (!out.is_object()) out = Json::object();
      for (const auto& [name, property] : properties.value->get_ref<const Json::object_t&>()) {
        if (left_ == 0) free_.insert(pointer);
        if (left_ == 0) break;
        const Node node{&property, {properties.place.file, join_pointer(properties.place.pointer, name)}};
        fill(node, join_pointer(pointer, name), out[name], depth + 1);
      }
    }
    if (const Node items = member(schema, "items")) {
      says_something = true;
      if (!out.is_array()) out = Json::array({nullptr});
      fill(items, join_pointer(pointer, std::size_t{0}), out[0], depth + 1);
    }
    if (has_type(*schema.value, "array") && !out.is_array()) {
      out = Json::array({nullptr});
      free_.insert(join_pointer(pointer, std::size_t{0}));
    }
    for (const char* keyword : {"allOf", "anyOf", "oneOf"}) {
      const Node parts = member(schema, keyword);
      for (std::size_t i = 0; parts && parts.value->is_array() && i < parts.value->size(); ++i) {
        says_something = true;
        fill(item(parts, i), pointer, out, depth + 1);
      }
    }
    const Json* others = member_of(*schema.value, "additionalProperties");
    const bool takes_others = others && !(others->is_boolean() && !others->get<bool>());
    if (!says_something || takes_others || has_any(*schema.value, {"patternProperties", "prefixItems"}))
      free_.insert(pointer);
    if (out.is_null()) out = "";
  }

  const Description& description_;
  std::unordered_set<std::string> free_;
  std::size_t left_;
};

/// The schema of what the operation answers with when all is well; null when that is not said.
Node answer_of(const openapi::Operation& operation) {
  for (const openapi::Response& response : operation.responses)
    if (response.status.starts_with('2'))
      for (const openapi::MediaType& type : response.content)
        if (is_json(type)) return type.schema;
  return {};
}

std::string members_of(const Json& value) {
  if (!value.is_object()) return "no members";
  std::vector<std::string> names;
  for (const auto& member : value.get_ref<const Json::object_t&>()) {
    names.push_back(printable(shortened(member.first, 40)));
    if (names.size() == 8) break;
  }
  return names.empty() ? "no members" : "the members " + listed(names);
}

/// Where a query starts, and what of the sample stands there.
struct Start {
  const Json* value = nullptr;
  std::string pointer;
};

/// What a query finds first; of a list, its item: Copilot shows them one by one.
Start first_of(const std::vector<JsonMatch>& matches, const Start& start) {
  Start found{matches.front().value, start.pointer + matches.front().pointer};
  if (found.value->is_array() && !found.value->empty()) return {&found.value->front(), found.pointer + "/0"};
  return found;
}

/// The value at which a query ends without having found anything; null where something else might stand there.
const Json* end_of(const JsonPath& path, const Sample& sample, const Start& start) {
  const std::string nearest = path.nearest(*start.value);
  const Json& end = start.value->at(Json::json_pointer(nearest));
  return end.is_array() || sample.is_free(start.pointer + nearest) ? nullptr : &end;
}

void judge_function(const Manifest& manifest, const Description& description, const ResponseSemantics& semantics,
                    std::size_t& budget, Judgement& judgement) {
  const openapi::Operation* operation = semantics.function.operation;
  const Node answer = operation ? answer_of(*operation) : Node{};
  if (!answer) return;  // m365/operations, api/success-schema
  const Sample sample{description, answer, budget};
  Start start{&sample.value, ""};
  for (const ResponsePath& path : paths_of(semantics)) {
    const auto query = JsonPath::parse(*path.text);
    const auto matches = query ? query->find(*start.value) : Result<std::vector<JsonMatch>>{std::vector<JsonMatch>{}};
    if (!query || !matches) {  // m365/path-syntax
      if (!path.is_of_item) return;
      continue;
    }
    if (matches->empty()) {
      if (const Json* end = end_of(*query, sample, start))
        judgement.findings.push_back({manifest.at(path.pointer),
                                      spoken(semantics.function) + ": " + std::string(path.name) + " " +
                                          in_quotes(*path.text) + " finds nothing in the answer of " +
                                          spoken(*operation) + " as it is described.",
                                      "a query that finds something",
                                      members_of(*end) + " where the query ends",
                                      {}});
      if (!path.is_of_item) return;
    } else if (!path.is_of_item) {
      start = first_of(*matches, start);
    }
  }
}

Judgement response_paths(const Manifest& manifest, const ApiDescription& api) {
  Judgement judgement;
  std::size_t budget = most_in_all;
  for_each_response_semantics(functions_of(manifest, api), [&](const ResponseSemantics& semantics) {
    judge_function(manifest, *api.description, semantics, budget, judgement);
  });
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check m365_response_paths = define_check<of_m365<of_openapi_3<response_paths>>>({
    .id = "m365/response-paths",
    .title = "Paths into an answer find what the API describes",
    .requirement =
        "data_path finds something in the answer that the function's operation describes for success, and the "
        "properties of response_semantics find something in each of its items.",
    .rationale = "Copilot shows an empty card, or none, and cites the answer without title and link.",
    .remedy =
        "Correct the path; names count letter by letter, and the properties begin at the item: $.name, not "
        "$.results[0].name.",
    .source = "Microsoft, Plugin manifest schema 2.4 for Microsoft 365 Copilot: response semantics object",
    .passing = R"("data_path": "$.results" for an answer {results: [{name, …}]})",
    .failing = R"("data_path": "$.result" for an answer {results: [{name, …}]})",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
