#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "checks/probes.h"
#include "harness/support/document.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

/// A header is a text; what it stands for may be a number or a truth value.
bool is_valid_in_some_reading(const schema::Schema& schema, const std::string& text) {
  const schema::ValidationOptions options{.direction = schema::Direction::response};
  if (schema.is_valid(Json(text), options) || schema.is_valid(Json::array({text}), options)) return true;
  const auto parsed = parse_json(text, "the header");
  return parsed && schema.is_valid(parsed->root(), options);
}

Judgement judge_answer_headers(const Probe& probe, const ApiDescription& api) {
  const auto* answer = promised_answer(probe);
  if (!answer || probe.breach == Breach::method) return Judgement::pass();
  Judgement judgement;
  for (const auto& declared : answer->headers) {
    const std::string* value = find_header(probe.exchange.response->headers, declared.name);
    const std::string name = printable(shortened(declared.name, 60));
    if (!value && declared.required)
      judgement.findings.push_back(probe_finding(probe, api.at(declared.node.place),
                                                 fmt::format("It has no header {}.", name),
                                                 "the header " + name, "none"));
    if (!value || !declared.compiled || is_valid_in_some_reading(*declared.compiled, *value)) continue;
    judgement.findings.push_back(probe_finding(probe, api.at(declared.node.place),
                                               fmt::format("Its header {} is not as it is declared.", name),
                                               "a value as its schema says", in_quotes(*value)));
  }
  return judgement;
}

}  // namespace

extern constinit const Check conformance_answer_headers = define_check<judge_answer_headers>({
    .id = "conformance/answer-headers",
    .title = "Answers have the headers that are declared",
    .requirement =
        "Headers that are declared as required are there, and every declared header is valid against its schema.",
    .rationale = "Who wrote the description counts on them: for pages of a list, for limits, for what was made.",
    .remedy = "Send the header, or do not declare it as required.",
    .source = "OpenAPI, Header Object; Schemathesis, response_headers_conformance",
    .passing = "X-Total-Count: 17",
    .failing = "X-Total-Count: many",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
