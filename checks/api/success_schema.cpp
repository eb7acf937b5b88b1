#include <algorithm>

#include "checks/findings.h"
#include "checks/openapi.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

enum class Answer : unsigned char { described, bare, other_format };

std::string bare_name(std::string_view media_type) {
  return to_lower_ascii(trimmed(media_type.substr(0, media_type.find(';'))));
}

bool is_json(std::string_view media_type) {
  const std::string name = bare_name(media_type);
  return name == "*/*" || name == "application/*" || name.ends_with("/json") || name.ends_with("+json");
}

bool is_plain_text(std::string_view media_type) {
  const std::string name = bare_name(media_type);
  return name == "text/plain" || name == "text/markdown" || name == "text/csv";
}

bool has_schema(const openapi::MediaType& type) {
  return type.schema && !(type.schema.value->is_object() && type.schema.value->empty());
}

/// What a response of success says about its content. Without content on purpose counts as described.
Answer answer_of(const openapi::Response& response, bool text_is_read) {
  if (!response.node || response.status == "204" || response.status == "205") return Answer::described;
  bool is_other = !response.content.empty();
  for (const openapi::MediaType& type : response.content) {
    if (text_is_read && is_plain_text(type.name)) return Answer::described;
    if (!is_json(type.name)) continue;
    if (has_schema(type)) return Answer::described;
    is_other = false;
  }
  return is_other ? Answer::other_format : Answer::bare;
}

struct Success {
  const openapi::Response* response = nullptr;  ///< the first that is not described; null when one is, or there is none
  Answer answer = Answer::described;
};

Success success_of(const openapi::Operation& operation, bool text_is_read) {
  Success success;
  for (const openapi::Response& response : operation.responses) {
    if (!response.status.starts_with('2')) continue;
    const Answer answer = answer_of(response, text_is_read);
    if (answer == Answer::described) return {};
    if (!success.response) success = {&response, answer};
  }
  return success;
}

std::string media_types_of(const openapi::Response& response) {
  std::vector<std::string> names;
  for (const openapi::MediaType& type : response.content) names.push_back(in_quotes(type.name, 40));
  if (names.size() > 3) names.resize(3);
  return listed(names);
}

Judgement success_schema(const ApiDescription& api, const Parameters& limits) {
  const bool text_is_read = limits.flag("text_is_read");
  Judgement judgement;
  for (const openapi::Operation& operation : api.description->operations) {
    const auto [response, answer] = success_of(operation, text_is_read);
    if (!response || operation.method == "head") continue;
    const bool is_other = answer == Answer::other_format;
    judgement.findings.push_back(
        {api.at_name(response->written.place),
         spoken(operation) + (is_other ? " answers with " + media_types_of(*response) + ", which is not JSON."
                                       : " does not say what its answer of status " +
                                             printable(shortened(response->status, 20)) + " consists of."),
         "a JSON schema of the answer",
         is_other ? "another format" : "none",
         {}});
  }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check api_success_schema = define_check<of_openapi_3<success_schema>>({
    .id = "api/success-schema",
    .title = "Every operation describes the content of its answer",
    .requirement = "A response of success has a schema for JSON, is plain text where the platform reads it, or has "
                   "status 204 or 205. One is enough.",
    .rationale = "Members of an answer that are described are understood; others the model has to guess from their "
                 "names. Microsoft's tools leave out an operation whose answer is not described.",
    .remedy = "Describe the answer's members beneath content: application/json: schema; use 204 where there is none.",
    .source = "Microsoft, Teams Toolkit, spec-parser: response-json-is-empty; Microsoft, OpenAPI document guidance",
    .passing = "'200': {description: …, content: {application/json: {schema: …}}}",
    .failing = "'200': {description: OK}",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
