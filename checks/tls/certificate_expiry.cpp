#include <algorithm>
#include <chrono>

#include "checks/rungs.h"
#include "harness/support/text.h"
#include "harness/support/time.h"

namespace plugvet::checks {
namespace {

// The certificate of a trusted chain that ends first.
const Certificate& first_to_expire(const TlsFacts& facts) {
  return *std::min_element(facts.chain.begin(), facts.chain.end(),
                           [](const Certificate& a, const Certificate& b) { return a.not_after < b.not_after; });
}

Judgement certificate_expiry(const Fetches& fetches, const Evidence& evidence, const Parameters& limits) {
  const auto minimum = static_cast<long>(limits.count("minimum_days"));
  Judgement judgement;
  std::vector<std::string> judged;
  for (const Fetch& fetch : fetches.all) {
    if (fetch.problem && fetch.problem->rung <= Rung::tls) judgement.blocked_because = fetch.problem->what;
    for (const Exchange& hop : fetch.hops) {
      // What is not trusted at all is reported by tls/certificate.
      if (!hop.tls || !hop.tls->verified || hop.tls->chain.empty()) continue;
      const auto url = Url::parse(hop.request.url);
      const std::string origin = url ? url->origin() : hop.request.url;
      if (std::find(judged.begin(), judged.end(), origin) != judged.end()) continue;
      judged.push_back(origin);
      const Certificate& certificate = first_to_expire(*hop.tls);
      const std::chrono::days::rep left =
          std::chrono::floor<std::chrono::days>(certificate.not_after - evidence.now).count();
      if (left >= minimum) continue;
      const std::string days = counted(static_cast<std::size_t>(std::max<std::chrono::days::rep>(left, 0)), "day");
      judgement.findings.push_back({fetch.named_by,
                                    "The certificate for " + printable(shortened(certificate.subject, 100)) + " of " +
                                        printable(origin) + " expires on " + date_text(certificate.not_after) + ".",
                                    "at least " + counted(static_cast<std::size_t>(minimum), "day") + " left",
                                    days + " left", hop.request.url});
    }
  }
  if (!judgement.findings.empty()) judgement.blocked_because.clear();
  return judgement;
}

}  // namespace

extern constinit const Check tls_certificate_expiry = define_check<certificate_expiry>({
    .id = "tls/certificate-expiry",
    .title = "No certificate is about to expire",
    .requirement = "Every certificate in the chain of each https host is valid for at least two more weeks.",
    .rationale =
        "The plugin stops on that day, often on a weekend. Automatic renewal has usually happened a month before, so "
        "it probably does not work.",
    .remedy = "Renew the certificate, and look why it was not renewed by itself.",
    .source = "OpenAI, Plugins in production (2023-09), for the certificate; plugvet, own judgement, for the margin",
    .passing = "54 days left",
    .failing = "3 days left",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
