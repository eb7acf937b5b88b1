#include <fmt/format.h>

#include "checks/domains.h"
#include "checks/format.h"
#include "checks/host_lists.h"
#include "checks/placeholders.h"
#include "checks/values.h"
#include "harness/support/url.h"

namespace plugvet::checks {
namespace {

Judgement domain(const Manifest& manifest) {
  const std::string own = own_domain(manifest);
  if (own.empty()) return Judgement::not_applicable("No host of the plugin's is known.");
  // Nobody has mail at a name that is lent (production/permanent-domain, production/staging-hosts).
  if (const std::string host = own_host(manifest);
      is_on_list("shared-hosts", host) || is_on_list("staging-hosts", host) || is_example_host(host))
    return Judgement::not_applicable(
        fmt::format("{} is no domain of the plugin's own, so nobody can have mail there.", printable(display_host(host))));
  const std::string* text = manifest.text("/contact_email");
  const MailAddress mail = text ? mail_address_in(*text) : MailAddress{};
  // Free mail is contact/free-mail's finding, example.com is manifest/placeholders'.
  if (mail.domain.empty() || is_on_list("free-mail", mail.domain) || is_example_host(mail.domain)) return Judgement::pass();
  const std::string theirs = registrable_domain(mail.domain);
  if (theirs == own) return Judgement::pass();
  return Judgement::fail({manifest.at("/contact_email"),
                          fmt::format("contact_email is an address of {}; the plugin is published by {}.",
                                      printable(display_host(mail.domain)), printable(display_host(own))),
                          "an address of " + printable(display_host(own)),
                          in_quotes(*text),
                          {}});
}

}  // namespace

extern constinit const Check contact_domain = define_check<of_ai_plugin<domain>>({
    .id = "contact/domain",
    .title = "The contact belongs to the plugin's domain",
    .requirement =
        "The registrable domain of contact_email equals that of the plugin's root domain; from disk, that of api.url. "
        "OpenAI asks for it, and does not demand it.",
    .rationale = "Who answers for a plugin should be somebody who has a say at its domain.",
    .remedy = "Name an address of the plugin's own domain.",
    .source = "OpenAI, Plugins in production (2023-09): manifest validation; PluginLab, chatgpt-plugin-validator",
    .passing = R"(root domain acme.com, "contact_email": "support@acme.com")",
    .failing = R"(root domain acme.com, "contact_email": "support@acme-helpdesk.net")",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
