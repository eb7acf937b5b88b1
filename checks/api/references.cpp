#include <fmt/format.h>

#include <utility>

#include "checks/findings.h"
#include "checks/openapi.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

using openapi::Reference;
using openapi::ReferenceState;

std::string actual_of(const Reference& reference) {
  switch (reference.state) {
    case ReferenceState::unresolved:
      return "a reference to nothing";
    case ReferenceState::remote:
      return "a reference to another host";
    case ReferenceState::outside:
      return "a reference out of the submission";
    case ReferenceState::unread:
    case ReferenceState::other_file:
      return "a reference to another file";
    case ReferenceState::wrong_target:
      return "a reference to something else";
    case ReferenceState::circular:
      return "a circle of references";
    case ReferenceState::not_a_text:
      return "no text";
  }
  return "a reference to nothing";
}

std::string message_of(const Reference& reference, const Parameters& limits) {
  const std::string subject = reference.text.empty() ? "" : in_quotes(reference.text, 120) + ": ";
  const std::string message = subject + printable(shortened(reference.reason, 400));
  return reference.state == ReferenceState::unresolved ? message + said_by_platform(limits) : message;
}

Judgement references(const ApiDescription& api, const Parameters& limits) {
  const bool may_have_files = limits.flag("other_files");
  Judgement judgement;
  for (const Reference& reference : api.description->references) {
    if (reference.state == ReferenceState::other_file && may_have_files) continue;
    judgement.findings.push_back({api.at(reference.place),
                                  message_of(reference, limits),
                                  may_have_files ? "a place in the description" : "a place in the same document",
                                  actual_of(reference),
                                  {}});
  }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check api_references = define_check<of_openapi_3<references>>({
    .id = "api/references",
    .title = "Every reference of the description leads to something of the right kind",
    .requirement =
        "Every $ref, and every mapping of a discriminator, leads to an object of the kind that belongs in its place, "
        "within the document (Microsoft 365: or a file beside it). None leads to another host.",
    .rationale =
        "In place of what is not found platforms put an empty schema, drop the operation, or refuse the document. "
        "What lies on another host can change after the review.",
    .remedy =
        "Correct the name at the end of the $ref, or add the component. Copy what lies elsewhere into components.",
    .source =
        "OpenAPI Specification 3.1.1, Reference Object; messages of the GPT editor reported by developers; Microsoft, "
        "Teams Toolkit, spec-parser: remote-ref-not-supported; Redocly, no-unresolved-refs",
    .passing = "$ref: '#/components/schemas/Todo'",
    .failing = "$ref: '#/definitions/Todo'",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
