#include <fmt/format.h>

#include <algorithm>

#include "checks/probes.h"
#include "harness/support/document.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

constexpr std::size_t most_mistakes = 5;  // of one answer

bool is_json(std::string_view media_type) {
  return media_type == "application/json" || media_type.ends_with("+json");
}

/// What is promised for the body. JSON under a wrong name is judged as what is declared: its receivers read it, too.
const openapi::Contract::Content* content_of(const Probe& probe) {
  const auto* answer = promised_answer(probe);
  if (!answer) return nullptr;
  const Response& response = *probe.exchange.response;
  if (is_json(response.media_type())) return promised_content(probe);
  const auto declared =
      std::ranges::find_if(answer->content, [](const auto& one) { return is_json(one.media_type); });
  const bool looks_like_json = !response.body.empty() && (response.body[0] == '{' || response.body[0] == '[');
  const bool is_declared = promised_content(probe) != nullptr;
  return looks_like_json && !is_declared && declared != answer->content.end() && parse_json(response.body, "the answer")
             ? &*declared
             : nullptr;
}

Judgement judge_answer_schema(const Probe& probe, const ApiDescription& api) {
  const auto* content = content_of(probe);
  if (!content || !content->compiled) return Judgement::pass();
  if (probe.exchange.request.method == "HEAD" || probe.breach == Breach::method) return Judgement::pass();
  const auto document = parse_json(probe.exchange.response->body, "the answer");
  if (!document)
    return Judgement::fail(probe_finding(probe, api.at(promised_answer(probe)->response->node.place),
                                         "It says that it is JSON, and is not: " + document.problem()->what, "JSON",
                                         probe.exchange.response->body.empty() ? "nothing" : "something else"));
  const auto result = content->compiled->validate(
      document->root(), {.direction = schema::Direction::response, .errors = most_mistakes, .subject = "the answer"});
  Judgement judgement;
  for (const schema::ValidationError& error : result.errors)
    judgement.findings.push_back(probe_finding(probe, api.at(probe.contract->place_of(error.schema)),
                                               "But " + printable(shortened(error.message, 300)) + ".", error.expected,
                                               error.actual));
  return judgement;
}

}  // namespace

extern constinit const Check conformance_answer_schema = define_check<judge_answer_schema>({
    .id = "conformance/answer-schema",
    .title = "Answers have the form that is declared",
    .requirement =
        "The body of every answer in JSON is valid against the schema that its operation declares for the status.",
    .rationale =
        "The model was told this form. It looks for members that are not there, and tells the user that there is "
        "nothing, or makes something up.",
    .remedy = "Make the answer as it is described, or describe it as it is.",
    .source = "OpenAPI, Media Type Object; Schemathesis, response_schema_conformance",
    .passing = R"({"todos": []} for an object with the member todos)",
    .failing = R"([] for an object with the member todos)",
});

}  // namespace plugvet::checks
