#include "checks/authorization.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

bool may_be_framed(const Response& response) {
  if (find_header(response.headers, "X-Frame-Options")) return false;
  const std::string* policy = find_header(response.headers, "Content-Security-Policy");
  return !policy || to_lower_ascii(*policy).find("frame-ancestors") == std::string::npos;
}

bool is_page(const Response& response) {
  return response.status == 200 && response.media_type() == "text/html";
}

Judgement judge_login_framing(const SignIn& sign_in) {
  for (const SignInStep& step : sign_in.steps) {
    const auto& response = step.exchange.response;
    if (step.to != Party::authorization_server || !response) continue;
    if (!is_page(*response) || !may_be_framed(*response)) continue;
    return Judgement::fail(sign_in_finding(sign_in, "A page of the sign-in can be shown inside another site's page.",
                                           "Content-Security-Policy: frame-ancestors 'none'",
                                           "neither frame-ancestors nor X-Frame-Options", &step.exchange));
  }
  return Judgement::pass();
}

}  // namespace

extern constinit const Check auth_login_framing = define_check<of_oauth<judge_login_framing>>({
    .id = "auth/login-framing",
    .title = "Login and consent pages cannot be framed",
    .requirement = "Pages of the sign-in have Content-Security-Policy with frame-ancestors, or X-Frame-Options.",
    .rationale = "An attacker who shows the consent page invisibly above a game has the user agree without knowing.",
    .remedy = "Add Content-Security-Policy: frame-ancestors 'none'.",
    .source = "RFC 9700, section 4.16; RFC 6749, section 10.13",
    .passing = "Content-Security-Policy: frame-ancestors 'none'",
    .failing = "neither of the two headers",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
