#include <utility>

#include "checks/findings.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement duplicate_members(const ApiDescription& api) {
  Judgement judgement;
  for (const SyntaxFault& fault : api.document.faults()) {
    if (!fault.id.ends_with("duplicate_key")) continue;
    judgement.findings.push_back({{Artefact::api, fault.pointer, fault.position},
                                  printable(fault.message),
                                  "each member once",
                                  "a repeated member",
                                  {}});
  }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check api_duplicate_members = define_check<duplicate_members>({
    .id = "api/duplicate-members",
    .title = "No member of the OpenAPI document is repeated",
    .requirement = "Within one object of the OpenAPI document each member name occurs once.",
    .rationale =
        "Most readers keep the last of two equal names and lose the first silently: a path or an operation that a "
        "person reads in the file does not exist for the model.",
    .remedy = "Join the repeated members into one, or rename one of them.",
    .source = "RFC 8259, section 4; YAML 1.2.2, section 3.2.1.1",
    .passing = "/todos: {get: …, post: …}",
    .failing = "/todos: {get: …} and again /todos: {post: …}",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
