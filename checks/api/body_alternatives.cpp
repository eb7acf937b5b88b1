#include <algorithm>

#include "checks/findings.h"
#include "checks/inputs.h"
#include "checks/openapi.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement body_alternatives(const ApiDescription& api) {
  FindingList findings;
  for_each_body(*api.description, [&](const openapi::Operation& operation, const openapi::RequestBody& body) {
    // Without JSON among them none can be used: api/body-media-type.
    if (body.content.size() < 2 || std::ranges::none_of(body.content, is_json)) return;
    const auto other = std::ranges::find_if_not(body.content, is_json);
    const openapi::MediaType& second = other == body.content.end() ? body.content.back() : *other;
    findings.add([&]() -> Finding {
      return {api.at_name(second.node.place),
              spoken(operation) + " takes its body in " + counted(body.content.size(), "media type") +
                  ", of which the platform uses one.",
              "one media type",
              counted(body.content.size(), "media type"),
              {}};
    });
  });
  return std::move(findings).judgement();
}

}  // namespace

extern constinit const Check api_body_alternatives = define_check<of_openapi_3<body_alternatives>>({
    .id = "api/body-alternatives",
    .title = "A request body has one media type",
    .requirement = "A request body is described in one media type, application/json.",
    .rationale =
        "The Teams Toolkit leaves operations out whose body has several media types. Elsewhere the others are text "
        "that nobody uses, and where they describe other properties the model may see the wrong ones.",
    .remedy = "Describe application/json alone. The API may go on accepting other types.",
    .source = "Microsoft, Teams Toolkit, spec-parser: post-body-contain-multiple-media-types",
    .passing = "content: {application/json: {schema: {…}}}",
    .failing = "content: {application/json: {schema: {…}}, text/json: {schema: {…}}}",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
