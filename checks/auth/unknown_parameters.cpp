#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

Judgement judge_unknown_parameters(const SignIn& sign_in) {
  return judge_attempts(sign_in, attempts_of(sign_in, {"parameter/unknown"}),
                        {is_refused, "The authorization server refuses", "the parameter is ignored"});
}

}  // namespace

extern constinit const Check auth_unknown_parameters = define_check<of_signed_in<judge_unknown_parameters>>({
    .id = "auth/unknown-parameters",
    .title = "Unknown parameters are ignored",
    .requirement = "The authorization endpoint ignores parameters that it does not know.",
    .rationale = "Platforms add parameters. A server that refuses them stops working on the day when one does.",
    .remedy = "Ignore what is not known.",
    .source = "RFC 6749, section 3.1",
    .passing = "a code for …&audience=x",
    .failing = "error=invalid_request for …&audience=x",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
