#include <algorithm>

#include "checks/authorization.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

bool is_token(const ShownField& field) {
  return field.secret && (field.name == "access_token" || field.name == "refresh_token");
}

bool is_password(const ShownField& field) {
  return field.secret && to_lower_ascii(field.name).find("passw") != std::string::npos;
}

Judgement judge_secret_in_url(const SignIn& sign_in) {
  for (const SignInStep& step : sign_in.steps)
    if (step.kind == StepKind::form && step.exchange.request.method == "GET" &&
        std::ranges::any_of(step.sent, is_password))
      return Judgement::fail(sign_in_finding(sign_in, "The login form sends the password in the address (GET).",
                                             "a form with method=post", "method=get", &step.exchange));
  if (!sign_in.callback) return Judgement::pass();
  const bool in_query = std::ranges::any_of(sign_in.callback->query, is_token);
  if (!in_query && std::ranges::none_of(sign_in.callback->fragment, is_token)) return Judgement::pass();
  const std::string where = in_query ? "the query" : "the fragment";
  return Judgement::fail(sign_in_finding(sign_in, "The callback has a token in " + where + ", beside the code.",
                                         "code and state alone", "a token in " + where));
}

}  // namespace

extern constinit const Check auth_secret_in_url = define_check<of_oauth<judge_secret_in_url>>({
    .id = "auth/secret-in-url",
    .title = "No token or password stands in an address",
    .requirement = "The login form is sent by POST, and the callback carries code and state, no token.",
    .rationale = "Addresses are kept in histories and logs and are passed on as Referer.",
    .remedy = R"(Use method="post"; hand tokens out at the token endpoint only.)",
    .source = "RFC 9700, sections 2.1.2 and 4.3",
    .passing = "…/callback?code=…&state=…",
    .failing = "…/callback?code=…&state=…&access_token=…",
});

}  // namespace plugvet::checks
