#include <fmt/format.h>

#include "checks/format.h"
#include "checks/values.h"
#include "harness/support/url.h"

namespace plugvet::checks {
namespace {

/// Why no mail arrives; empty: some server takes it.
std::string_view obstacle_of(const MailRoute& route) {
  if (!route.exists) return "does not exist";
  if (route.exchangers.size() == 1 && route.exchangers.front() == ".") return "takes no mail, as its MX record says";
  return route.exchangers.empty() && !route.has_address ? "has neither an MX record nor an address" : std::string_view{};
}

Judgement mail_servers(const Manifest& manifest, const MailRoute& route) {
  const std::string_view obstacle = obstacle_of(route);
  if (obstacle.empty()) return Judgement::pass();
  return Judgement::fail({manifest.at("/contact_email"),
                          fmt::format("Mail to contact_email does not arrive: {} {}.", printable(display_host(route.domain)),
                                      obstacle),
                          "a domain that takes mail",
                          in_quotes(*manifest.text("/contact_email")),
                          {}});
}

}  // namespace

extern constinit const Check contact_mail_servers = define_check<of_profile_format<mail_servers>>({
    .id = "contact/mail-servers",
    .title = "Mail to the contact can arrive",
    .requirement =
        "The domain of contact_email has an MX record, or at least an address, and no MX record that refuses all mail. Only "
        "the name service is asked; no mail is sent.",
    .rationale = "Reports about a leak or a harm go there. Researchers found plugins whose contacts could not be reached.",
    .remedy = "Name an address of a domain that takes mail, or set up the MX record.",
    .source = "Embrace The Red (2023); RFC 5321, section 5.1; RFC 7505",
    .passing = R"("contact_email": "support@acme.com", acme.com MX 10 mail.acme.com)",
    .failing = R"("contact_email": "support@acme.com", acme.com without MX and address)",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
