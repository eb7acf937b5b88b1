#include <fmt/format.h>

#include "checks/domains.h"
#include "checks/format.h"
#include "checks/host_lists.h"
#include "checks/values.h"

namespace plugvet::checks {
namespace {

Judgement free_mail(const Manifest& manifest) {
  const std::string* text = manifest.text("/contact_email");
  const MailAddress mail = text ? mail_address_in(*text) : MailAddress{};
  if (mail.domain.empty() || !is_on_list("free-mail", mail.domain)) return Judgement::pass();
  return Judgement::fail({manifest.at("/contact_email"),
                          fmt::format("contact_email is an address of {}, where everybody can have one.", mail.domain),
                          "an address of the plugin's own domain",
                          in_quotes(*text),
                          {}});
}

}  // namespace

extern constinit const Check contact_free_mail = define_check<of_profile_format<free_mail>>({
    .id = "contact/free-mail",
    .title = "The contact is not an address of a free mail provider",
    .requirement = "contact_email is no address of a provider that gives addresses to everybody (gmail.com, outlook.com).",
    .rationale = "Such an address tells nothing about who answers for the plugin, and is lost with a password.",
    .remedy = "Name an address of the plugin's own domain.",
    .source = "OpenAI, Plugins in production (2023-09): manifest validation; and our own judgement",
    .passing = R"("contact_email": "support@acme.com")",
    .failing = R"("contact_email": "acme.plugin@gmail.com")",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
