#include <algorithm>

#include "checks/findings.h"
#include "checks/inputs.h"
#include "checks/openapi.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

std::string media_types_of(const openapi::RequestBody& body) {
  std::vector<std::string> names;
  for (const openapi::MediaType& type : body.content) {
    if (names.size() == 5) break;
    names.push_back(printable(shortened(type.name, 60)));
  }
  return names.empty() ? "no media type" : listed(names);
}

Judgement body_media_type(const ApiDescription& api) {
  FindingList findings;
  for_each_body(*api.description, [&](const openapi::Operation& operation, const openapi::RequestBody& body) {
    if (!openapi::member(body.node, "content") || std::ranges::any_of(body.content, is_json)) return;
    findings.add([&]() -> Finding {
      return {api.at(body.node.place, "content"),
              spoken(operation) + " takes its body as " + media_types_of(body) + ", not as application/json.",
              "application/json",
              media_types_of(body),
              {}};
    });
  });
  return std::move(findings).judgement();
}

}  // namespace

extern constinit const Check api_body_media_type = define_check<of_openapi_3<body_media_type>>({
    .id = "api/body-media-type",
    .title = "Request bodies can be sent as JSON",
    .requirement = "Every request body has application/json among its media types.",
    .rationale =
        "Platforms write what the model fills in as JSON. An operation that takes forms or files only cannot be "
        "called.",
    .remedy = "Accept application/json, and describe it. Files are passed by URL.",
    .source =
        "Microsoft, Teams Toolkit, spec-parser: post-body-schema-is-not-json; messages of the GPT editor reported by "
        "developers",
    .passing = "content: {application/json: {schema: {…}}}",
    .failing = "content: {application/x-www-form-urlencoded: {schema: {…}}}",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
