#include "checks/authorization.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

bool is_strict(const Response& response) {
  const std::string* header = find_header(response.headers, "Strict-Transport-Security");
  if (!header) return false;
  const std::string lower = to_lower_ascii(*header);
  const std::size_t at = lower.find("max-age=");
  return at != std::string::npos && lower.find_first_of("123456789", at) != std::string::npos;
}

Judgement judge_strict_transport(const SignIn& sign_in) {
  const Exchange* first = nullptr;
  for (const SignInStep& step : sign_in.steps) {
    if (step.to != Party::authorization_server || !step.exchange.response) continue;
    if (!step.exchange.request.url.starts_with("https://")) continue;
    if (is_strict(*step.exchange.response)) return Judgement::pass();
    if (!first) first = &step.exchange;
  }
  if (!first) return Judgement::not_applicable("The sign-in does not use https.");
  return Judgement::fail(sign_in_finding(sign_in, "The sign-in does not tell browsers to come back with TLS only.",
                                         "Strict-Transport-Security: max-age=31536000", "no such header", first));
}

}  // namespace

extern constinit const Check auth_strict_transport = define_check<of_oauth<judge_strict_transport>>({
    .id = "auth/strict-transport",
    .title = "Browsers come to the sign-in with TLS only",
    .requirement = "A page or redirect of the sign-in has the header Strict-Transport-Security.",
    .rationale =
        "Without it the first request of a person who types the address goes out over http, where an attacker on the way "
        "answers instead.",
    .remedy = "Add Strict-Transport-Security: max-age=31536000.",
    .source = "OWASP ASVS, communications; RFC 6797",
    .passing = "Strict-Transport-Security: max-age=31536000; includeSubDomains",
    .failing = "no such header",
    .severity = Severity::note,
});

}  // namespace plugvet::checks
