#include "checks/rungs.h"

namespace plugvet::checks {
namespace {

Judgement public_address(const Fetches& fetches, const Evidence& evidence) {
  Judgement judgement = judge_rung(
      fetches, Rung::address, [](const Problem& p) { return p.rung == Rung::address; }, "only public addresses");
  // What the guard refused all the same is a finding. Otherwise a pass would claim what nobody has looked at.
  if (!judgement.findings.empty() || !judgement.blocked_because.empty()) return judgement;
  if (evidence.submission.is_loopback())
    return Judgement::not_applicable("The submission is a plugin on this machine.");
  if (evidence.private_addresses_allowed)
    return Judgement::not_applicable("Private addresses were allowed for this review.");
  return judgement;
}

}  // namespace

extern constinit const Check transport_public_address = define_check<public_address>({
    .id = "transport/public-address",
    .title = "Every host has only public addresses",
    .requirement =
        "The hosts of manifest, OpenAPI document, logo and legal page resolve only to public addresses: none that "
        "is private, loopback, link-local, a metadata service or otherwise reserved.",
    .rationale =
        "The platform is outside your network and cannot reach them; a plugin that names them may be an attempt to "
        "reach into the network of whoever fetches it.",
    .remedy = "Deploy the plugin on a public host and remove private addresses from its DNS records. While developing, "
              "review "
              "http://localhost:PORT with the profile \"local\".",
    .source = "OpenAI, GPT Actions in production; plugvet, own judgement",
    .passing = "93.184.216.34",
    .failing = "10.0.0.1, 127.0.0.1, 169.254.169.254",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
