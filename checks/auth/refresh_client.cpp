#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

Judgement judge_refresh_client(const SignIn& sign_in) {
  const Attempt* any = sign_in.attempt("secret/wrong");
  if (any && is_granted(*any))
    return Judgement::not_applicable("Any client_secret is taken: auth/client-secret says so.");
  return judge_attempts(sign_in, attempts_of(sign_in, {"refresh/unknown", "refresh/no-client", "refresh/wrong-secret"}),
                        {is_granted, "The token endpoint hands out a token for", "an error"});
}

}  // namespace

extern constinit const Check auth_refresh_client = define_check<of_signed_in<judge_refresh_client>>({
    .id = "auth/refresh-client",
    .title = "A refresh needs the client",
    .requirement =
        "The token endpoint refuses a refresh token without client_id and client_secret or with a wrong secret, and "
        "one that it never issued.",
    .rationale =
        "A refresh token lives for months. Without the client's secret whoever finds one has the account for as long.",
    .remedy = "Ask for the client as in the exchange of a code.",
    .source = "RFC 6749, section 6",
    .passing = R"(401 {"error": "invalid_client"})",
    .failing = "200 with a token",
});

}  // namespace plugvet::checks
