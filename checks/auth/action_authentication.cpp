#include <fmt/format.h>

#include "checks/effect.h"
#include "checks/findings.h"
#include "checks/openapi.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement judge_action_authentication(const Manifest& manifest, const ApiDescription& api) {
  const std::string* type = manifest.text("/auth/type");
  if (!type || *type == "oauth") return Judgement::pass();
  Judgement judgement;
  for (const openapi::Operation& operation : api.description->operations) {
    const Effect effect = effect_of(operation);
    if (effect != Effect::changes && effect != Effect::grave) continue;
    judgement.findings.push_back({api.at_name(operation.node.place),
                                  fmt::format("{} changes something, and auth.type is {}.", spoken(operation),
                                              in_quotes(*type, 40)),
                                  "auth.type oauth",
                                  in_quotes(*type, 40),
                                  {}});
  }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check auth_action_authentication = define_check<of_openapi_3<judge_action_authentication>>({
    .id = "auth/action-authentication",
    .title = "Who changes something has signed in",
    .requirement =
        "A plugin with operations that change something declares auth.type oauth. What an operation does is read from its "
        "name and summary; POST /search changes nothing.",
    .rationale =
        "The store asks it of plugins that act in the world. Without users of its own an API cannot tell who ordered, "
        "deleted or paid.",
    .remedy = "Let users sign in by OAuth, or leave out what changes something.",
    .source = "OpenAI, Plugin review process (2023-09); OpenAI, Plugin authentication (2023-09)",
    .passing = R"("auth": {"type": "oauth", …} with DELETE /todos/{todo_id})",
    .failing = R"("auth": {"type": "none"} with DELETE /todos/{todo_id})",
});

}  // namespace plugvet::checks
