#include "checks/policy_page.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement substance(const LegalPage& page, const Parameters& limits) {
  if (auto obstacle = why_no_text(page)) return *obstacle;
  const std::size_t minimum = limits.count("minimum");
  const auto pages = pages_with_text(page);
  std::size_t words = 0;
  for (const ReadPage& one : pages) words += one.text->words;
  if (words >= minimum) return Judgement::pass();
  const std::string beside = pages.size() > 1 ? ", the pages on privacy that it leads to included" : "";
  const std::string actual = counted(words, "word");
  return Judgement::fail({at_legal_page(), named(page) + " has " + actual + beside + ".",
                          "at least " + counted(minimum, "word"), actual, page.location});
}

}  // namespace

extern constinit const Check legal_substance = define_check<substance>({
    .id = "legal/substance",
    .title = "The legal page says something",
    .requirement =
        "The legal page, together with the pages on privacy that it leads to on its site, has about 150 words or more. Two "
        "Chinese or Japanese characters count as a word; navigation, headers and footers do not count.",
    .rationale = "Terms and what happens to people's data cannot be said in a sentence. Shorter pages are placeholders.",
    .remedy = "Write who operates the plugin, on which terms, and what happens to the data that it is sent.",
    .source = "plugvet, own judgement",
    .passing = "a page of 400 words",
    .failing = "<h1>Legal</h1><p>Coming soon.</p>",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
