#include <algorithm>

#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

bool is_registered(std::string_view error) {
  constexpr std::string_view known[] = {"invalid_request",     "invalid_client",         "invalid_grant",
                                        "unauthorized_client", "unsupported_grant_type", "invalid_scope"};
  return std::ranges::find(known, error) != std::end(known);
}

/// Another status than these is auth/token-error-status' or says something else: too many requests, not found.
bool is_error(const Attempt& attempt) {
  if (!is_refused(attempt) || !attempt.answer || !attempt.answer->exchange.response) return false;
  const int status = attempt.answer->exchange.response->status;
  return status == 400 || status == 401 || status == 403;
}

bool has_no_code(const Attempt& attempt) {
  return is_error(attempt) && attempt.error.empty();
}

bool has_own_code(const Attempt& attempt) {
  return is_error(attempt) && !attempt.error.empty() && !is_registered(attempt.error);
}

Judgement judge_token_error_form(const SignIn& sign_in) {
  const Attempts attempts = attempts_of(sign_in, {"code/", "secret/", "client/other-id", "grant/", "refresh/"});
  const Judgement silent = judge_attempts(
      sign_in, attempts,
      {has_no_code, "The token endpoint's answer has no error as a JSON object, for", R"({"error": "invalid_grant"})"});
  if (!silent.findings.empty()) return silent;
  return judge_attempts(sign_in, attempts,
                        {has_own_code, "The token endpoint's answer has an error of its own, for",
                         R"({"error": "invalid_grant"})"});
}

}  // namespace

extern constinit const Check auth_token_error_form = define_check<of_signed_in<judge_token_error_form>>({
    .id = "auth/token-error-form",
    .title = "Errors of the token endpoint are those of OAuth",
    .requirement =
        "A refusal is a JSON object with error, one of invalid_request, invalid_client, invalid_grant, "
        "unauthorized_client, unsupported_grant_type and invalid_scope.",
    .rationale =
        "By these words a client tells a code that is too old from a secret that was changed. A page or a text tells "
        "nobody anything.",
    .remedy = R"(Answer {"error": "…"} with the word that fits.)",
    .source = "RFC 6749, section 5.2",
    .passing = R"({"error": "invalid_grant"})",
    .failing = "Wrong code!",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
