#include <fmt/format.h>

#include <algorithm>

#include "checks/domains.h"
#include "checks/format.h"
#include "checks/values.h"

namespace plugvet::checks {
namespace {

/// "no-reply", "do.not.reply+plugin": a mailbox that nobody reads.
bool is_unread(std::string_view local) {
  std::string letters;
  for (const char c : to_lower_ascii(local.substr(0, local.find('+'))))
    if (c >= 'a' && c <= 'z') letters += c;
  constexpr std::string_view unread[] = {"noreply",    "donotreply",   "dontreply", "noresponse", "nobody",
                                         "devnull",    "mailerdaemon", "bounce",    "bounces",    "notreply"};
  return std::ranges::find(unread, letters) != std::end(unread);
}

Judgement mailbox(const Manifest& manifest) {
  const std::string* text = manifest.text("/contact_email");
  const MailAddress mail = text ? mail_address_in(*text) : MailAddress{};
  if (mail.domain.empty() || !is_unread(mail.local)) return Judgement::pass();
  return Judgement::fail({manifest.at("/contact_email"),
                          fmt::format("contact_email is {}, a mailbox that nobody reads.", in_quotes(mail.local)),
                          "an address that somebody reads",
                          in_quotes(*text),
                          {}});
}

}  // namespace

extern constinit const Check contact_mailbox = define_check<of_profile_format<mailbox>>({
    .id = "contact/mailbox",
    .title = "Somebody reads what is sent to the contact",
    .requirement = "The name before the @ of contact_email is none of a mailbox that nobody reads: noreply, donotreply, bounces.",
    .rationale = "Reports about a leak or a harm go there. Researchers found plugins whose contacts never answered.",
    .remedy = "Name a mailbox that a person reads.",
    .source = "OpenAI, Getting started (late 2023): contact_email; Embrace The Red (2023)",
    .passing = R"("contact_email": "support@acme.com")",
    .failing = R"("contact_email": "no-reply@acme.com")",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
