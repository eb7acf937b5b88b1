#include "checks/rungs.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

std::string advice_of(const Response& response) {
  if (find_header(response.headers, "cf-mitigated"))
    return "It shows a browser challenge, which no platform can solve.";
  if (response.status == 403)
    return "It may refuse requests that do not come from a browser, or from certain networks.";
  return "The platform asks for it before it holds any token.";
}

Judgement anonymous_access(const Fetches& fetches) {
  Judgement judgement;
  for (const Fetch& fetch : fetches.all) {
    const Response* response = fetch.response();
    if (!response) {
      judgement.blocked_because = fetch.problem ? fetch.problem->what : "There is no answer to judge.";
      continue;
    }
    if (!is_access_refusal(*response)) continue;
    const std::string status = status_text(response->status);
    std::string actual = "status " + status;
    if (const std::string* scheme = find_header(response->headers, "www-authenticate"))
      actual += " with the challenge " + printable(shortened(*scheme, 80));
    judgement.findings.push_back({fetch.named_by,
                                  named(fetch) + " is refused with status " + status + ". " + advice_of(*response),
                                  "an answer to everybody, without credentials", actual, fetch.final_url()});
  }
  if (!judgement.findings.empty()) judgement.blocked_because.clear();
  return judgement;
}

}  // namespace

extern constinit const Check discovery_anonymous_access = define_check<anonymous_access>({
    .id = "discovery/anonymous-access",
    .title = "Manifest, OpenAPI document, logo and legal page are readable without credentials",
    .requirement =
        "Manifest, OpenAPI document, logo and legal page are served to anybody: without an Authorization header, "
        "cookies or a browser challenge.",
    .rationale =
        "The platform reads them before it holds any token, and shows logo and legal page to people who have not "
        "signed in.",
    .remedy = "Exempt these paths from authentication and from bot protection; protect only the API's operations.",
    .source = "OpenAI, Plugin authentication (2023-09); plugvet, own judgement",
    .passing = "HTTP/1.1 200 OK",
    .failing = "HTTP/1.1 401 Unauthorized, WWW-Authenticate: Bearer",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
