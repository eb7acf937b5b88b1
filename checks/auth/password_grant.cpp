#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

/// What is refused for its made-up password alone is a grant that exists. A server that says the same of a grant that
/// does not exist tells nothing.
bool is_supported(const Attempt& password, const Attempt* unknown) {
  if (is_granted(password)) return true;
  return password.error == "invalid_grant" && unknown && unknown->error == "unsupported_grant_type";
}

Judgement judge_password_grant(const SignIn& sign_in) {
  const Attempt* password = sign_in.attempt("grant/password");
  if (password && password->seen != Reaction::not_made && is_supported(*password, sign_in.attempt("grant/unknown")))
    return Judgement::fail(sign_in_finding(
        sign_in, "The token endpoint takes user names and passwords (grant_type=password) from the platform's client.",
        "400 unsupported_grant_type", password->actual, &password->exchanges.back()));
  return judge_attempts(sign_in, attempts_of(sign_in, {"grant/password"}), {is_granted, "", ""});
}

}  // namespace

extern constinit const Check auth_password_grant = define_check<of_signed_in<judge_password_grant>>({
    .id = "auth/password-grant",
    .title = "The token endpoint takes no passwords",
    .requirement = "The token endpoint answers grant_type=password with unsupported_grant_type or unauthorized_client.",
    .rationale =
        "With it, passwords can be tried past the login page and its second factor, by whoever knows the client.",
    .remedy = "Switch the grant off for the platform's client.",
    .source = "RFC 9700, section 2.4",
    .passing = R"(400 {"error": "unsupported_grant_type"})",
    .failing = R"(400 {"error": "invalid_grant", "error_description": "wrong password"})",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
