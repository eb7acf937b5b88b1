#include <nlohmann/json.hpp>

#include "checks/authorization.h"
#include "harness/support/document.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

/// It works there: a page, a redirect that stays, or an error of OAuth's.
bool works_without_tls(const Attempt& attempt) {
  if (attempt.exchanges.empty() || !attempt.exchanges.back().response) return false;
  const Response& response = *attempt.exchanges.back().response;
  if (attempt.seen == Reaction::granted) return true;
  if (attempt.seen == Reaction::redirected) {
    const std::string* location = find_header(response.headers, "Location");
    return !location || !to_lower_ascii(trimmed(*location)).starts_with("https://");
  }
  const auto document = parse_json(response.body, attempt.exchanges.back().request.url);
  return document && document->find("/error");
}

Judgement judge_plain_http_endpoints(const SignIn& sign_in) {
  const Attempts attempts = attempts_of(sign_in, {"plain-http/"});
  Attempts wrong;
  std::string untried = "It was not tried.";
  bool is_tried = false;
  for (const Attempt* attempt : attempts) {
    if (attempt->seen == Reaction::not_made)
      untried = "It was not tried: " + printable(attempt->actual) + ".";
    else
      is_tried = true;
    if (works_without_tls(*attempt)) wrong.push_back(attempt);
  }
  if (!wrong.empty())
    return Judgement::fail(sign_in_finding(sign_in, "There is an answer over http, too: " + tried_text(wrong) + ".",
                                           "a redirect to https, or nothing", printable(wrong.front()->actual),
                                           &wrong.front()->exchanges.back()));
  return is_tried ? Judgement::pass() : Judgement::not_applicable(untried);
}

}  // namespace

extern constinit const Check auth_plain_http_endpoints = define_check<of_oauth<judge_plain_http_endpoints>>({
    .id = "auth/plain-http-endpoints",
    .title = "The endpoints of the sign-in work with TLS only",
    .requirement = "http:// in place of https:// leads to https, or nowhere, at the authorization and the token endpoint.",
    .rationale =
        "Where a page to sign in is served over http an attacker on the way reads the password; where tokens are, the "
        "client's secret. One wrong link is enough.",
    .remedy = "Redirect all of http to https, and refuse POST there.",
    .source = "RFC 9700, section 2.6; RFC 6749, sections 3.1 and 3.2",
    .passing = "http://auth.acme.com/authorize: 301 Location: https://auth.acme.com/authorize",
    .failing = "http://auth.acme.com/authorize: 200 with the login page",
});

}  // namespace plugvet::checks
