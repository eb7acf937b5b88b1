#include <algorithm>
#include <fmt/format.h>

#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

Judgement judge_login_redirect(const SignIn& sign_in) {
  for (const SignInStep& step : sign_in.steps) {
    const auto& response = step.exchange.response;
    if (step.kind != StepKind::form || !response || (response->status != 307 && response->status != 308)) continue;
    if (std::ranges::none_of(step.sent, [](const ShownField& field) { return field.secret.has_value(); })) continue;
    return Judgement::fail(sign_in_finding(
        sign_in, fmt::format("The login form is answered with a redirect of status {}, which sends it on as it is.",
                             response->status),
        "status 303 or 302", fmt::format("status {}", response->status), &step.exchange));
  }
  return Judgement::pass();
}

}  // namespace

extern constinit const Check auth_login_redirect = define_check<of_oauth<judge_login_redirect>>({
    .id = "auth/login-redirect",
    .title = "The password is not sent on",
    .requirement = "The answer to a login form redirects with status 303 or 302, not 307 or 308.",
    .rationale =
        "With 307 and 308 the browser sends the form with the password again, to wherever it is redirected, in the "
        "end to the client.",
    .remedy = "Redirect with status 303.",
    .source = "RFC 9700, section 4.12",
    .passing = "303 Location: /consent",
    .failing = "307 Location: /consent",
});

}  // namespace plugvet::checks
