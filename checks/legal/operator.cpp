#include <re2/re2.h>

#include <algorithm>

#include "checks/policy_page.h"
#include "checks/policy_words.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

/// Words that name this operator: the plugin's domain and the mail address in the manifest.
std::vector<std::string> names_of_operator(const LegalPage& page, const Manifest& manifest) {
  std::vector<std::string> names;
  if (const std::string* address = manifest.text("/contact_email"); address && address->find('@') != std::string::npos)
    names.push_back(folded(*address));
  for (const std::optional<Url>& url : {page.url, manifest.url})
    if (url) names.push_back(registrable_domain(url->host()));
  std::erase_if(names, [](const std::string& name) { return name.size() < 4; });
  return names;
}

bool has_mail_address(const std::string& text) {
  static const RE2 address(R"([a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+)");
  return RE2::PartialMatch(text, address);
}

bool names_operator(const std::string& folded_text, const std::vector<std::string>& names) {
  return policy_words().subject("operator").is_in(folded_text) || has_mail_address(folded_text) ||
         std::ranges::any_of(names, [&](const std::string& name) { return folded_text.find(name) != std::string::npos; });
}

Judgement legal_operator_of(const LegalPage& page, const Manifest& manifest) {
  if (auto obstacle = why_no_text(page)) return *obstacle;
  const auto names = names_of_operator(page, manifest);
  const auto pages = pages_with_text(page);
  Judgement judgement;
  for (const Sentence& sentence : sentences_of(pages)) {
    if (!names_operator(sentence.folded, names)) continue;
    judgement.quotes.push_back(quote_of(policy_words().subject("operator").means, sentence));
    return judgement;
  }
  for (const ReadPage& one : pages)
    for (const std::string& margin : one.text->margins)
      if (names_operator(folded(margin), names)) {
        judgement.quotes.push_back({policy_words().subject("operator").means, shortened(margin, 300), one.location});
        return judgement;
      }
  return Judgement::fail({at_legal_page(), named(page) + " does not say who operates the plugin.",
                          "the name of a person or an organisation, a domain or an address", "none", page.location});
}

}  // namespace

extern constinit const Check legal_operator = define_check<legal_operator_of>({
    .id = "legal/operator",
    .title = "The legal page names who operates the plugin",
    .requirement =
        "The legal page names an organisation or a person, the plugin's domain, or an address to write to, in its text or "
        "its footer.",
    .rationale = "Terms that nobody offers bind nobody, and people must be able to know whom they hand their data to.",
    .remedy = "Write your full name or that of your organisation, and an address that you read, on the page.",
    .source = "plugvet, own judgement",
    .passing = "Todo List is operated by Acme Inc., legal@acme.com.",
    .failing = "We operate this service.",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
