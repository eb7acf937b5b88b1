#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

Judgement judge_enforcement(const Enforcement& enforcement) {
  return judge_calls(enforcement, {{Pass::none, Pass::empty, Pass::undefined, Pass::wrong, Pass::altered},
                                   is_let_in,
                                   "",
                                   "status 401 or 403"});
}

}  // namespace

extern constinit const Check auth_enforcement = define_check<judge_enforcement>({
    .id = "auth/enforcement",
    .title = "Operations ask for the authentication that is declared",
    .requirement =
        "Every operation that declares authentication answers 401 or 403 to a call without a token, with an empty "
        "one, with \"Bearer undefined\", with a random one and with one that differs in a character.",
    .rationale =
        "Missing authorization is the commonest serious defect of real plugins: 173 of 1,038 in a study of the "
        "store. Whatever the API knows and does is open to everybody.",
    .remedy =
        "Check the token in one place that every request passes, and start up with an error where the secret to "
        "compare it with is not set: a comparison with an undefined value lets \"undefined\" in.",
    .source = "OpenAI, Plugin authentication (2023-09); OWASP API Security API2; arXiv 2408.14357",
    .passing = "401 without a token",
    .failing = "200 with the data, whatever the token",
});

}  // namespace plugvet::checks
