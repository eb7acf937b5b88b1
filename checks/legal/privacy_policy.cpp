#include <algorithm>

#include "checks/policy_page.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement privacy_policy(const LegalPage& page, const Manifest& manifest) {
  const auto named_by_manifest = [](const PrivacyPage& one) { return one.named_by.artefact == Artefact::manifest; };
  const auto policy = std::ranges::find_if(page.privacy, named_by_manifest);
  if (policy == page.privacy.end())
    return Judgement::not_applicable(manifest.text("/privacy_policy_url")
                                         ? "privacy_policy_url is the legal page, or cannot be fetched."
                                         : "The manifest has no privacy_policy_url.");
  const std::string shown = printable(shortened(policy->url, 200));
  const auto finding = [&](std::string message, std::string actual) {
    return Judgement::fail({policy->named_by, std::move(message), "a text for anybody who opens it", std::move(actual), {}});
  };
  if (const Problem* problem = policy->text.problem()) {
    if (problem->blame != Blame::submission) return Judgement::blocked(problem->what);
    return finding("The privacy policy (" + shown + ") cannot be read: " + problem->what, "no page");
  }
  if (policy->text->kind == PageKind::content || policy->text->kind == PageKind::pdf) return Judgement::pass();
  return finding("The privacy policy (" + shown + ") shows no text of its own.",
                 "a page of the kind " + std::string{name_of(policy->text->kind)});
}

}  // namespace

extern constinit const Check legal_privacy_policy = define_check<privacy_policy>({
    .id = "legal/privacy-policy",
    .title = "The privacy policy that the manifest names can be read",
    .requirement = "Where the manifest has a privacy_policy_url, it answers with status 200 and a text, without signing in.",
    .rationale = "It is shown to people before they use the plugin. A dead link tells them nothing.",
    .remedy = "Publish the policy at that address, and open it once in a private window.",
    .source = "Microsoft, Plugin manifest schema 2.4 for Microsoft 365 Copilot: privacy_policy_url; Microsoft, Copilot plugin "
              "authentication (2023), for v1",
    .passing = "HTTP/1.1 200 OK",
    .failing = "HTTP/1.1 404 Not Found",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
