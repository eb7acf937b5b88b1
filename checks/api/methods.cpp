#include <fmt/format.h>

#include <algorithm>

#include "checks/findings.h"
#include "checks/openapi.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement methods(const ApiDescription& api, const Parameters& limits) {
  const std::vector<std::string> callable = limits.list("callable");
  Judgement judgement;
  for (const openapi::Operation& operation : api.description->operations) {
    if (std::ranges::find(callable, operation.method) != callable.end()) continue;
    std::string message = fmt::format("{} cannot be called by the model.", spoken(operation));
    if (limits.flag("platform_says_so"))
      message += fmt::format(" The platform says \"Path {} has unrecognized method {}; skipping\".",
                             printable(shortened(operation.path, 100)), operation.method);
    judgement.findings.push_back({api.at_name(operation.node.place),
                                  std::move(message),
                                  "one of " + listed(callable, "or"),
                                  std::string(operation.method),
                                  {}});
  }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check api_methods = define_check<of_openapi_3<methods>>({
    .id = "api/methods",
    .title = "Every operation has a method that the platform calls",
    .requirement = "Operations have the methods get, post, put, patch and delete.",
    .rationale = "Platforms leave out head, options and trace: a function that is described is not there.",
    .remedy = "Leave the operation out of the document; the API may still have it.",
    .source = "Error messages of the GPT editor; plugvet, own judgement",
    .passing = "/todos: {get: …}",
    .failing = "/todos: {head: …}",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
