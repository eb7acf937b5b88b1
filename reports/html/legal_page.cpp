#include <fmt/format.h>

#include "harness/support/text.h"
#include "reports/html/parts.h"
#include "reports/shared/words.h"

namespace plugvet::reports::html_parts {
namespace {

/// How a page's kind is said to people; empty for a text.
std::string_view kind_words(std::string_view kind) {
  if (kind == "script_only") return "nothing without scripts";
  if (kind == "login") return "a form to sign in";
  if (kind == "cookie_wall") return "a question about cookies";
  if (kind == "soft_404") return "what the site answers for pages that do not exist";
  if (kind == "pdf") return "a PDF, which was not read";
  if (kind == "unreadable") return "no text";
  return {};
}

/// "412 words of English (98 %)", or what it shows in place of a text.
std::string summary(const ShownPage& page) {
  if (!page.problem.empty()) return page.problem;
  if (const std::string_view kind = kind_words(page.kind); !kind.empty()) return std::string{kind};
  const std::string words = grouped(static_cast<double>(page.words)) + (page.words == 1 ? " word" : " words");
  if (page.language.empty()) return words;
  return fmt::format("{} of {} ({} %)", words, page.language, page.language_percent);
}

void fill_page(Fill& fill, const ShownPage& page) {
  fill.set("PAGE_TITLE", page.title.empty() ? "(no title)" : page.title)
      .set("SUMMARY", summary(page))
      .optional(is_web_address(page.location) ? "PAGE_LINK" : "PAGE_PATH", page.location);
}

}  // namespace

void fill_legal_page(Fill& review, const Page& page) {
  if (!page.review.legal_page) return;
  const ShownLegalPage& shown = *page.review.legal_page;
  Fill& section = review.add("LEGAL");
  fill_page(section.add("READ_PAGE"), shown.page);
  for (const ShownPage& other : shown.privacy) fill_page(section.add("READ_PAGE"), other);
  for (const std::string& url : shown.privacy_elsewhere)
    fill_page(section.add("READ_PAGE"), {url, "On another site, not read", {}, "Privacy policy", {}, 0, 0});
  if (page.review.quotes.empty()) return;
  Fill& quotes = section.add("QUOTES");
  for (const ShownQuote& quote : page.review.quotes)
    quotes.add("QUOTE").set("QUOTE_NAME", quote.name).set("QUOTE_TEXT", quote.text);
}

}  // namespace plugvet::reports::html_parts
