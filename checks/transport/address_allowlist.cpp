#include "checks/rungs.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

// What a server does to an address that is not on its list: a bare 403, or silence. A challenge to sign in is another
// matter.
bool looks_restricted(const Fetch& fetch) {
  if (fetch.problem) return fetch.problem->rung == Rung::connect && fetch.problem->id.ends_with("timeout");
  const Response* response = fetch.response();
  return response && response->status == 403 && !find_header(response->headers, "www-authenticate") &&
         !find_header(response->headers, "cf-mitigated");
}

Judgement address_allowlist(const Fetches& fetches, const Parameters& limits) {
  Judgement judgement;
  for (const Fetch& fetch : fetches.all) {
    if (!looks_restricted(fetch)) continue;
    const std::string ranges = listed(limits.list("ranges"));
    const std::string seen = fetch.problem ? "does not answer" : "is refused with status 403";
    judgement.findings.push_back(
        {fetch.named_by,
         named(fetch) + " " + seen +
             " from here. If the server admits listed networks only, ask for the list: it cannot be "
             "verified from outside, and it must contain " +
             ranges + ".",
         "access for " + ranges, "no access from here", fetch.final_url()});
  }
  return judgement;
}

}  // namespace

extern constinit const Check transport_address_allowlist = define_check<address_allowlist>({
    .id = "transport/address-allowlist",
    .title = "A server that admits listed networks admits the platform's",
    .requirement =
        "A plugin that restricts the source addresses of requests admits the ranges that the platform publishes.",
    .rationale =
        "A stale list blocks the platform's traffic while the developer's own tests pass. The ranges have grown "
        "several times.",
    .remedy =
        "Take the published ranges into the list and renew them regularly. They belong to a cloud provider, so they "
        "prove nothing about who is calling.",
    .source = "OpenAI, Plugins in production (2023-09); OpenAI, GPT Actions in production",
    .passing = "23.102.140.112/28 is admitted",
    .failing = "only 23.98.142.176/28 is admitted, which is the browsing tool",
    .severity = Severity::note,
    .for_reviewer = true,
});

}  // namespace plugvet::checks
