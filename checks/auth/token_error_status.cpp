#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

Judgement judge_token_error_status(const SignIn& sign_in) {
  const Attempts attempts = attempts_of(sign_in, {"code/", "secret/", "client/other-id", "grant/", "refresh/"});
  const auto judged = [&](bool (*is_wrong)(const Attempt&), std::string_view says) {
    return judge_attempts(sign_in, attempts, {is_wrong, says, "status 400 or 401"});
  };
  const Judgement broken = judged([](const Attempt& attempt) { return attempt.seen == Reaction::failed; },
                                  "The token endpoint fails with a status of 5xx for");
  if (!broken.findings.empty()) return broken;
  return judged(
      [](const Attempt& attempt) { return attempt.seen == Reaction::other || attempt.seen == Reaction::redirected; },
      "The token endpoint answers with neither a token nor a status that says so:");
}

}  // namespace

extern constinit const Check auth_token_error_status = define_check<of_signed_in<judge_token_error_status>>({
    .id = "auth/token-error-status",
    .title = "The token endpoint refuses with status 400 or 401",
    .requirement =
        "A wrong code, secret, grant type or refresh token is answered with status 400, or 401 for a client that is "
        "not accepted; not with 200, a redirect or 5xx.",
    .rationale =
        "The platform decides by the status whether the user has to sign in again. It takes 200 for success, and 5xx "
        "for a server that has to be asked again.",
    .remedy = "Send status 400 with every error, 401 with invalid_client.",
    .source = "RFC 6749, section 5.2",
    .passing = R"(400 {"error": "invalid_grant"})",
    .failing = R"(200 {"error": "invalid_grant"})",
});

}  // namespace plugvet::checks
