#include <algorithm>
#include <unordered_set>

#include "harness/collect/page.h"
#include "harness/collect/page_words.h"
#include "harness/support/text.h"
#include "harness/support/words.h"

namespace plugvet {

namespace {

constexpr std::size_t most_margins = 60;
constexpr std::size_t most_privacy_links = 20;
// A page with fewer words than these shows hardly anything, …
constexpr std::size_t hardly_any_words = 12;
// … with fewer than these nothing of its own, when scripts are to fill it, …
constexpr std::size_t few_words = 30;
// … and with fewer than these it may be a form or a question with some words around it.
constexpr std::size_t some_words = 120;

bool mostly_links(const PageBlock& block) {
  return !block.is_heading && 2 * block.link_bytes > block.text.size();
}

std::size_t bytes_of(const std::vector<PageBlock>& blocks, bool (*counts)(const PageBlock&)) {
  std::size_t bytes = 0;
  for (const PageBlock& block : blocks)
    if (counts(block)) bytes += block.text.size();
  return bytes;
}

/// The element that says to be the main content is believed where a good part of the text is in it. Otherwise the main
/// content is what is neither frame nor a list of links.
bool main_is_marked(const std::vector<PageBlock>& blocks) {
  const auto in_main = bytes_of(blocks, [](const PageBlock& block) { return block.is_main && !mostly_links(block); });
  const auto all = bytes_of(blocks, [](const PageBlock& block) { return !mostly_links(block); });
  return in_main > 0 && 3 * in_main >= all;
}

void take_text(const PageBlocks& seen, PageText& text) {
  const bool only_main = main_is_marked(seen.blocks);
  for (const PageBlock& block : seen.blocks) {
    const bool is_content = only_main ? block.is_main : !block.is_margin;
    if (is_content && !mostly_links(block)) {
      text.paragraphs.push_back({block.text, block.is_heading});
      text.words += count_words(block.text);
    } else if (text.margins.size() < most_margins) {
      text.margins.push_back(shortened(block.text, 500));
    }
  }
}

std::string path_of(const std::string& url) {
  const auto parsed = Url::parse(url);
  return parsed ? parsed->path() : std::string{};
}

bool has_word(const WordLists::Subject& subject, std::string_view text) {
  return subject.is_in(folded(text));
}

/// The title, or the first heading.
bool title_has(const PageText& text, const WordLists::Subject& subject) {
  const auto heading = std::ranges::find_if(text.paragraphs, &PageText::Paragraph::is_heading);
  return has_word(subject, text.title) || (heading != text.paragraphs.end() && has_word(subject, heading->text));
}

bool heading_has(const PageText& text, const WordLists::Subject& subject) {
  if (has_word(subject, text.title)) return true;
  return std::ranges::any_of(text.paragraphs, [&](const PageText::Paragraph& paragraph) {
    return paragraph.is_heading && has_word(subject, paragraph.text);
  });
}

void take_privacy_links(const PageBlocks& seen, const PageSource& source, PageText& text) {
  const auto base = Url::parse(source.final_url);
  if (!base) return;
  const WordLists::Subject& privacy = page_words().subject("privacy");
  std::unordered_set<std::string> known{base->origin() + base->path()};
  for (const PageText::Link& link : seen.links) {
    if (text.privacy_links.size() == most_privacy_links) return;
    const auto url = base->resolve(link.url);
    if (!url || (!has_word(privacy, link.text) && !has_word(privacy, url->path()))) continue;
    if (!known.insert(url->origin() + url->path()).second) continue;
    text.privacy_links.push_back({shortened(link.text, 200), url->text()});
  }
}

bool is_login(const PageBlocks& seen, const PageSource& source, const PageText& text) {
  if (text.words >= some_words) return false;
  if (seen.has_password) return true;
  const WordLists::Subject& login = page_words().subject("login");
  const bool was_sent_there =
      source.final_url != source.requested_url && has_word(login, path_of(source.final_url));
  return was_sent_there || (seen.has_controls && heading_has(text, login));
}

bool is_script_only(const PageBlocks& seen, const PageText& text) {
  const bool is_empty = text.words == 0 && !seen.has_consent;
  return seen.has_scripts && text.words < few_words && (seen.has_mount || is_empty);
}

bool is_cookie_wall(const PageBlocks& seen, const PageText& text) {
  if (text.words >= some_words) return false;
  if (seen.has_consent && text.words < hardly_any_words) return true;
  const WordLists::Subject& cookies = page_words().subject("cookies");
  const auto speaks_of_them =
      std::ranges::count_if(text.paragraphs, [&](const auto& paragraph) { return has_word(cookies, paragraph.text); });
  return seen.has_controls && (speaks_of_them > 1 || heading_has(text, cookies));
}

PageKind kind_of(const PageBlocks& seen, const PageSource& source, const PageText& text) {
  if (seen.is_pdf) return PageKind::pdf;
  if (!seen.is_text) return PageKind::unreadable;
  if (is_login(seen, source, text)) return PageKind::login;
  if (is_script_only(seen, text)) return PageKind::script_only;
  if (is_cookie_wall(seen, text)) return PageKind::cookie_wall;
  const bool says_missing = text.words < some_words && title_has(text, page_words().subject("missing"));
  return says_missing ? PageKind::soft_404 : PageKind::content;
}

}  // namespace

PageText text_of(const PageBlocks& blocks, const PageSource& source) {
  PageText text;
  text.title = shortened(blocks.title, 300);
  text.is_cut = blocks.is_cut;
  take_text(blocks, text);
  take_privacy_links(blocks, source, text);
  const WordLists::Subject& privacy = page_words().subject("privacy");
  text.is_on_privacy = title_has(text, privacy) || has_word(privacy, path_of(source.final_url));
  text.kind = kind_of(blocks, source, text);
  tell_language(text);
  return text;
}

double likeness(const PageText& a, const PageText& b) {
  const auto runs_of = [](const PageText& text) {
    std::vector<std::string> words = words_of(text.title);
    for (const PageText::Paragraph& paragraph : text.paragraphs)
      for (std::string& word : words_of(paragraph.text)) words.push_back(std::move(word));
    std::unordered_set<std::string> runs;
    for (std::size_t i = 0; i < words.size(); ++i) {
      std::string run = words[i];
      for (std::size_t next = i + 1; next < std::min(i + 3, words.size()); ++next) run += ' ' + words[next];
      runs.insert(std::move(run));
    }
    return runs;
  };
  const auto left = runs_of(a), right = runs_of(b);
  if (left.empty() || right.empty()) return left.empty() && right.empty() ? 1 : 0;
  const auto common = std::ranges::count_if(left, [&](const std::string& run) { return right.contains(run); });
  return static_cast<double>(common) / static_cast<double>(left.size() + right.size() - static_cast<std::size_t>(common));
}

}  // namespace plugvet
