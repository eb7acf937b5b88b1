#include <algorithm>

#include "checks/policy_page.h"
#include "harness/support/text.h"
#include "harness/support/words.h"

namespace plugvet::checks {
namespace {

/// What a page on this plugin would call it: its name, with and without spaces, and its domain without the ending.
std::vector<std::string> names_of_plugin(const Manifest& manifest, const LegalPage& page) {
  std::vector<std::string> names;
  for (const char* pointer : {"/name_for_human", "/name_for_model", "/namespace"})
    if (const std::string* name = manifest.text(pointer)) {
      names.push_back(folded(*name));
      std::string joined;
      for (const std::string& word : words_of(*name)) joined += word;
      names.push_back(std::move(joined));
    }
  for (const std::optional<Url>& url : {manifest.url, page.url})
    if (url) {
      const std::string domain = registrable_domain(url->host());
      names.push_back(domain.substr(0, domain.find('.')));
    }
  std::erase_if(names, [](const std::string& name) { return code_points(name) < 2; });
  return names;
}

Judgement named_subject(const LegalPage& page, const Manifest& manifest) {
  if (auto obstacle = why_no_text(page)) return *obstacle;
  const std::vector<std::string> names = names_of_plugin(manifest, page);
  const auto is_named_in = [&](std::string_view text) {
    const std::string plain = folded(text);
    return std::ranges::any_of(names, [&](const std::string& name) { return plain.find(name) != std::string::npos; });
  };
  const auto pages = pages_with_text(page);
  for (const ReadPage& one : pages) {
    const bool is_named = is_named_in(one.text->title) || std::ranges::any_of(one.text->margins, is_named_in) ||
                          std::ranges::any_of(one.text->paragraphs,
                                              [&](const auto& paragraph) { return is_named_in(paragraph.text); });
    if (is_named) return Judgement::pass();
  }
  const std::string* name = manifest.text("/name_for_human");
  const std::string wanted = name ? in_quotes(*name) : "the plugin";
  return Judgement::fail({at_legal_page(), named(page) + " names neither " + wanted + " nor its domain.",
                          "a text about this plugin or its operator's services",
                          page.text->title.empty() ? "a page without a title" : "a page titled " + in_quotes(page.text->title),
                          page.location});
}

}  // namespace

extern constinit const Check legal_subject = define_check<named_subject>({
    .id = "legal/subject",
    .title = "The legal page speaks of this plugin",
    .requirement = "The plugin's name or its domain occurs on the legal page: in its title, its text or its footer.",
    .rationale = "A text that names neither is a sample, or the terms of somebody else's service.",
    .remedy = "Say on the page which service it is about.",
    .source = "plugvet, own judgement",
    .passing = "Todo List keeps the text of your todos …",
    .failing = "ShopMaster 3000 keeps your delivery address …",
    .severity = Severity::note,
});

}  // namespace plugvet::checks
