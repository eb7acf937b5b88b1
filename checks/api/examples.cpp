#include <nlohmann/json.hpp>

#include "checks/instances.h"
#include "checks/openapi.h"
#include "checks/schemas.h"
#include "harness/support/members.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

using openapi::Node;
using openapi::Operation;
using Way = InstanceJudge::Way;

/// Goes to all places where a description shows an example of a value.
class ExampleWalk {
 public:
  explicit ExampleWalk(const ApiDescription& api) : description_{*api.description}, judge_{api, "the example"} {}

  Judgement run() && {
    for (const Operation& operation : description_.operations) walk(operation);
    openapi::for_each_schema(description_, [&](const openapi::Schema& schema) { walk(schema); });
    return std::move(judge_).judgement();
  }

 private:
  void walk(const Operation& operation) {
    for (const openapi::Parameter& parameter : operation.parameters) {
      const auto owner = [&] { return spoken(operation) + ": the parameter " + in_quotes(parameter.name); };
      if (parameter.content.empty()) judge_examples(parameter.node, parameter.schema, Way::request, owner);
      judge_content(parameter.content, Way::request, owner);
    }
    if (operation.request_body)
      judge_content(operation.request_body->content, Way::request, [&] { return spoken(operation) + ": the body"; });
    for (const openapi::Response& response : operation.responses) {
      const auto answer = [&] { return spoken(operation) + ": the answer " + printable(response.status); };
      judge_content(response.content, Way::response, answer);
      for (const openapi::Header& header : response.headers)
        judge_examples(header.node, header.schema, Way::response,
                       [&] { return answer() + ", the header " + in_quotes(header.name); });
    }
  }

  /// A schema may be shown on its own: with an example, or with several in 3.1.
  void walk(const openapi::Schema& schema) {
    const Json* list = description_.version == openapi::Version::v3_1 ? member_of(schema.value, "examples") : nullptr;
    const bool has_list = list && list->is_array();
    if (!has_list && !member_of(schema.value, "example")) return;
    const Node node{&schema.value, schema.place()};
    const auto owner = [&] { return spoken(schema); };
    judge_.judge(openapi::member(node, "example"), node, Way::either, owner);
    const Node examples = has_list ? openapi::member(node, "examples") : Node{};
    for (std::size_t i = 0; has_list && i < list->size(); ++i)
      judge_.judge(openapi::item(examples, i), node, Way::either, owner);
  }

  template <class Owner>
  void judge_content(const std::vector<openapi::MediaType>& content, Way way, const Owner& owner) {
    for (const openapi::MediaType& type : content) {
      // Examples of other formats are texts in that format.
      if (to_lower_ascii(type.name).find("json") == std::string::npos) continue;
      judge_examples(type.node, type.schema, way, owner);
    }
  }

  template <class Owner>
  void judge_examples(const Node& node, const Node& schema, Way way, const Owner& owner) {
    if (!schema) return;
    judge_.judge(openapi::member(node, "example"), schema, way, owner);
    const Node examples = openapi::member(node, "examples");
    const auto* members = examples ? examples.value->get_ptr<const Json::object_t*>() : nullptr;
    if (!members) return;
    for (const auto& [name, written] : *members) {
      const Node example = description_.resolved(openapi::member(examples, name));
      judge_.judge(openapi::member(example, "value"), schema, way, owner);
    }
  }

  const openapi::Description& description_;
  InstanceJudge judge_;
};

Judgement examples(const ApiDescription& api) {
  return ExampleWalk{api}.run();
}

}  // namespace

extern constinit const Check api_examples = define_check<of_openapi_3<examples>>({
    .id = "api/examples",
    .title = "Examples match their schemas",
    .requirement =
        "Every example of a parameter, a body, an answer, a header or a schema is valid by the schema it stands "
        "beside. What is readOnly is not in the example of a request, what is writeOnly not in that of an answer.",
    .rationale =
        "Models learn more from an example than from a schema. Where the two disagree, the call that follows the "
        "example is refused, or the schema is wrong and everything else built on it.",
    .remedy = "Correct the example, or the schema where the example shows what the API really does.",
    .source =
        "OpenAPI Specification 3.1.1, Media Type Object: the example should match the schema; Spectral, "
        "oas3-valid-media-example, oas3-valid-schema-example; Redocly, no-invalid-media-type-examples",
    .passing = "due: {type: string, format: date, example: '2026-03-20'}",
    .failing = "due: {type: string, format: date, example: tomorrow}",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
