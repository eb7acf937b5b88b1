#include <fmt/format.h>

#include "checks/probes.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

std::string declared_types(const openapi::Contract::Answer& answer) {
  std::vector<std::string> names;
  for (const auto& content : answer.content) names.push_back(printable(shortened(content.media_type, 60)));
  return listed(names, "or");
}

Judgement judge_declared_media_types(const Probe& probe, const ApiDescription& api) {
  const auto* answer = promised_answer(probe);
  if (!answer || answer->content.empty() || promised_content(probe)) return Judgement::pass();
  const Response& response = *probe.exchange.response;
  if (probe.exchange.request.method == "HEAD" || response.status == 204 || response.status == 304)
    return Judgement::pass();
  if (probe.breach == Breach::method) return Judgement::pass();
  const std::string type = response.media_type();
  return Judgement::fail(probe_finding(
      probe, api.at(answer->response->node.place),
      type.empty() ? "It has no Content-Type." : "Its description does not know this media type.",
          declared_types(*answer),
      type.empty() ? "no Content-Type" : printable(shortened(type, 60))));
}

}  // namespace

extern constinit const Check conformance_declared_media_types = define_check<judge_declared_media_types>({
    .id = "conformance/declared-media-types",
    .title = "Answers have the media type that is declared",
    .requirement =
        "An answer for which the description declares content has a Content-Type that is declared for its status.",
    .rationale =
        "Clients read an answer by its media type. JSON that is sent as text/html is a text to them, or an error; "
        "OpenAI's own first sample has this defect.",
    .remedy = "Set the header Content-Type to what the description says, or declare what is sent.",
    .source = "RFC 9110, section 8.3; OpenAPI, Response Object; Schemathesis, content_type_conformance",
    .passing = "Content-Type: application/json",
    .failing = "Content-Type: text/html, and the body is JSON",
});

}  // namespace plugvet::checks
