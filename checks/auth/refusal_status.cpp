#include "checks/authorization.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

/// A redirect that a valid token gets, too, has nothing to do with it.
bool leads_to_login(const GuardedOperation& operation, const AccessAttempt& attempt) {
  if (attempt.seen != Reaction::redirected || valid_was(operation, Reaction::redirected)) return false;
  if (valid_was(operation, Reaction::granted)) return true;
  const auto& response = attempt.exchange.response;
  const std::string* location = response ? find_header(response->headers, "Location") : nullptr;
  const std::string target = location ? to_lower_ascii(*location) : "";
  return target.find("login") != std::string::npos || target.find("signin") != std::string::npos ||
         target.find("sign-in") != std::string::npos || target.find("auth") != std::string::npos;
}

bool is_no_refusal(const GuardedOperation& operation, const AccessAttempt& attempt) {
  if (leads_to_login(operation, attempt)) return true;
  // Also where a valid token meets the same failure: whoever asks for a token has refused by then.
  if (attempt.seen == Reaction::failed) return true;
  return attempt.seen == Reaction::granted && !is_let_in(operation, attempt);
}

Judgement judge_refusal_status(const Enforcement& enforcement) {
  return judge_calls(
      enforcement,
      {{Pass::none, Pass::empty, Pass::undefined, Pass::wrong, Pass::other_scheme, Pass::forged_headers},
       is_no_refusal,
       "Only a status of 401 or 403 says that a token is missing.",
       "status 401"});
}

}  // namespace

extern constinit const Check auth_refusal_status = define_check<judge_refusal_status>({
    .id = "auth/refusal-status",
    .title = "A missing token is answered with a refusal",
    .requirement =
        "A call without a valid token is answered with status 401 or 403; not with a redirect to a login page, with "
        "200 and an error, or with 5xx.",
    .rationale =
        "The platform asks the user to sign in again when it sees 401. It shows the model a login page or a text "
        "with status 200 as the answer, and takes 5xx for a failure.",
    .remedy = "Answer 401 from the API. Redirects to login pages are for browsers.",
    .source = "OpenAI, Plugin authentication (2023-09); RFC 6750, section 3.1",
    .passing = R"(401 {"error": "invalid_token"})",
    .failing = "302 Location: /login",
});

}  // namespace plugvet::checks
