#include <fmt/format.h>

#include "checks/domains.h"
#include "checks/format.h"
#include "checks/placeholders.h"
#include "checks/values.h"

namespace plugvet::checks {
namespace {

Judgement address(const Manifest& manifest) {
  const std::string* text = manifest.text("/contact_email");
  if (!text || !placeholder_in(*text, TextRole::address).empty()) return Judgement::pass();  // findings of others
  const std::string defect = mail_address_defect(*text);
  if (defect.empty()) return Judgement::pass();
  return Judgement::fail({manifest.at("/contact_email"),
                          fmt::format("contact_email {}: {}.", defect, in_quotes(*text)),
                          "one e-mail address",
                          in_quotes(*text),
                          {}});
}

}  // namespace

extern constinit const Check contact_address = define_check<of_profile_format<address>>({
    .id = "contact/address",
    .title = "The contact is one e-mail address",
    .requirement =
        "contact_email is one address, local part and domain with an @ between them: no display name, no mailto:, no second "
        "address, no URL.",
    .rationale =
        "It is used as it stands, by programs too: for reports about safety, for support, and when the plugin is switched "
        "off.",
    .remedy = "Write the address alone.",
    .source = "OpenAI, Getting started (late 2023): contact_email; RFC 5322, section 3.4.1",
    .passing = R"("contact_email": "support@acme.com")",
    .failing = R"("contact_email": "Acme support <support@acme.com>")",
});

}  // namespace plugvet::checks
