#include "checks/placeholders.h"

#include <re2/re2.h>

#include "checks/findings.h"
#include "checks/policy_page.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

/// What generators of policies leave to be filled in, and addresses that belong to nobody.
std::string generator_placeholder(std::string_view sentence) {
  static const RE2 pattern(
      R"(\[[^\]\[]{0,40}(?i:company|business|organi[sz]ation|website|app name|plugin name|e-?mail|address|insert|country|)"
      R"(jurisdiction|effective date|date here|your name)[^\]\[]{0,40}\])"
      R"(|\bYOUR COMPANY\b|\bYour Company Name\b|\b(?:by|of|at|from) Your (?:Company|Website|App|Organization)\b)"
      R"(|\bYour Company,? (?:Inc|LLC|Ltd|GmbH)\b)"
      R"(|[\w.+-]+@(?:example|yourcompany|yourdomain|yourwebsite|your-domain|mycompany)\.(?:com|org|net))"
      R"(|\bX{2}[/.]X{2}[/.]X{4}\b|\b(?i:lorem ipsum)\b)");
  re2::StringPiece found;
  const re2::StringPiece input(sentence.data(), sentence.size());
  return pattern.Match(input, 0, input.size(), RE2::UNANCHORED, &found, 1) ? std::string(found) : std::string();
}

Judgement legal_placeholders_in(const LegalPage& page) {
  if (auto obstacle = why_no_text(page)) return *obstacle;
  Judgement judgement;
  const auto pages = pages_with_text(page);
  for (const Sentence& sentence : sentences_of(pages)) {
    std::string found = placeholder_in(sentence.text, TextRole::description);
    if (found.empty()) found = generator_placeholder(sentence.text);
    if (found.empty()) continue;
    judgement.findings.push_back({at_legal_page(),
                                  named(page) + " still has the placeholder of a template or sample: " + in_quotes(found) +
                                      ".",
                                  "a text of your own", in_quotes(sentence.text, 100), page.location});
  }
  return summarised(std::move(judgement), 3);
}

}  // namespace

extern constinit const Check legal_placeholders = define_check<legal_placeholders_in>({
    .id = "legal/placeholders",
    .title = "Nothing of a template is left on the legal page",
    .requirement = "The legal page has no lorem ipsum, no [COMPANY NAME], no address at example.com.",
    .rationale = "A generated policy that nobody filled in was not read by the one who is bound by it.",
    .remedy = "Fill in what the template left open, and read the page once as one of your users.",
    .source = "plugvet, own judgement",
    .passing = "This service is operated by Acme Inc.",
    .failing = "This service is operated by [COMPANY NAME].",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
