#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "checks/effect.h"
#include "checks/findings.h"
#include "checks/openapi.h"

namespace plugvet::checks {
namespace {

Judgement changing_get(const ApiDescription& api, const Parameters& limits) {
  Judgement judgement;
  for (const openapi::Operation& operation : api.description->operations) {
    if (const Json* flag = consequential_flag(operation, limits); flag && *flag == true) continue;
    const std::string verb = changing_verb_of_get(operation);
    if (verb.empty()) continue;
    judgement.findings.push_back(
        {api.at_name(operation.node.place),
         fmt::format("{} seems to change something (\"{}\"), and GET counts as harmless.", spoken(operation), verb),
         "POST, PUT, PATCH or DELETE for what changes something",
         "GET",
         {}});
  }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check confirmation_changing_get = define_check<of_openapi_3<changing_get>>({
    .id = "confirmation/changing-get",
    .title = "GET operations change nothing",
    .requirement =
        "An operation whose name or path says that it deletes, adds, saves, updates or sends something has another method "
        "than GET, or at least the flag x-openai-isConsequential: true.",
    .rationale =
        "GET counts as harmless: the user is not asked, the call is repeated when it fails, and caches and link checkers "
        "may send it too.",
    .remedy = "Give the operation the method POST, PUT, PATCH or DELETE, and let the user confirm it.",
    .source = "OpenAI, GPT Actions in production: consequential flag; RFC 9110, section 9.2.1",
    .passing = "/todos/{todo_id}: {delete: {operationId: deleteTodo}}",
    .failing = "/todos/delete: {get: {operationId: deleteTodo}}",
});

}  // namespace plugvet::checks
