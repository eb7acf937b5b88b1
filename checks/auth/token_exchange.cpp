#include "checks/authorization.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

/// The member that probably holds the token, under another name; empty: there is none.
std::string misnamed_token(const TokenAnswer& answer) {
  if (!answer.document) return {};
  for (const char* name : {"accessToken", "AccessToken", "access-token", "token", "id_token", "jwt"})
    if (answer.document->find(join_pointer("", name))) return name;
  return answer.document->find("/data/access_token") ? "data.access_token" : "";
}

Judgement judge_token_exchange(const SignIn& sign_in) {
  if (!sign_in.broken) return Judgement::pass();
  const Problem& problem = *sign_in.broken;
  if (sign_in.broken_at != StepKind::token_request || problem.blame != Blame::submission)
    return Judgement::blocked(problem.what);
  std::string message = printable(problem.what), actual = "no access_token";
  if (sign_in.token)
    if (const std::string name = misnamed_token(*sign_in.token); !name.empty()) {
      message += " There is " + in_quotes(name) + "; the platform reads access_token.";
      actual = "the member " + name;
    }
  return Judgement::fail({sign_in.declaration.where, std::move(message), "status 200 with access_token",
                          std::move(actual), problem.where});
}

}  // namespace

extern constinit const Check auth_token_exchange = define_check<of_oauth<judge_token_exchange>>({
    .id = "auth/token-exchange",
    .title = "A code is exchanged for a token",
    .requirement =
        "authorization_url answers a POST with grant_type, client_id, client_secret, code and redirect_uri, in the "
        "declared content type, with status 200 and a JSON object that has access_token.",
    .rationale =
        "The platform's back end sends exactly this request and reads exactly this name. Without a token no "
        "operation can be called.",
    .remedy =
        "Compare the token request in the report with what the endpoint expects: its content type, the names of the "
        "parameters, the name of the answer's members.",
    .source = "RFC 6749, sections 4.1.3 and 5.1; OpenAI, Plugin authentication (2023-09)",
    .passing = R"({"access_token": "…", "token_type": "bearer", "expires_in": 3600})",
    .failing = R"({"accessToken": "…"})",
});

}  // namespace plugvet::checks
