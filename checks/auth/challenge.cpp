#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

bool lacks_challenge(const GuardedOperation&, const AccessAttempt& attempt) {
  const auto& response = attempt.exchange.response;
  return response && response->status == 401 && !find_header(response->headers, "WWW-Authenticate");
}

Judgement judge_challenge(const Enforcement& enforcement) {
  return judge_calls(enforcement, {{Pass::none}, lacks_challenge, "", "WWW-Authenticate: Bearer"});
}

}  // namespace

extern constinit const Check auth_challenge = define_check<judge_challenge>({
    .id = "auth/challenge",
    .title = "A refusal says what is asked for",
    .requirement = "An answer of status 401 has the header WWW-Authenticate.",
    .rationale = "HTTP requires it, and clients that know several ways to sign in choose by it.",
    .remedy = "Add WWW-Authenticate: Bearer.",
    .source = "RFC 9110, section 15.5.2; RFC 6750, section 3",
    .passing = "401 with WWW-Authenticate: Bearer",
    .failing = "401 without that header",
    .severity = Severity::note,
});

}  // namespace plugvet::checks
