#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

Judgement judge_client_secret(const SignIn& sign_in) {
  return judge_attempts(sign_in, attempts_of(sign_in, {"secret/"}),
                        {is_granted, "The token endpoint hands out a token for", "401 or 400 invalid_client"});
}

}  // namespace

extern constinit const Check auth_client_secret = define_check<of_signed_in<judge_client_secret>>({
    .id = "auth/client-secret",
    .title = "The client's secret is compared",
    .requirement =
        "The token endpoint refuses a client_secret that is wrong, empty, missing, in other letter case or cut short.",
    .rationale =
        "The secret is what keeps a stolen code useless. Where it is not compared exactly, everybody is the platform.",
    .remedy = "Compare the whole secret, in constant time, and refuse a request without it.",
    .source = "RFC 6749, sections 2.3.1 and 5.2",
    .passing = R"(401 {"error": "invalid_client"})",
    .failing = "200 with a token for any secret",
});

}  // namespace plugvet::checks
