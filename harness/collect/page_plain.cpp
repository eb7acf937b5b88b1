#include <unicode/ucnv.h>

#include <algorithm>

#include "harness/collect/page.h"
#include "harness/support/text.h"

namespace plugvet {

namespace {

template <class Visit>
void for_each_line(std::string_view text, Visit visit) {
  text = text.substr(0, most_page_text);
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    visit(trimmed(line));
  }
}

/// Paragraphs of lines, between blank ones.
class Paragraphs {
 public:
  explicit Paragraphs(std::string_view text) { seen_.is_cut = text.size() > most_page_text; }
  PageBlocks& seen() { return seen_; }

  void add(std::string_view line) {
    if (!text_.empty()) text_ += ' ';
    text_ += line;
  }
  void end() {
    if (!text_.empty()) seen_.blocks.push_back({std::move(text_)});
    text_.clear();
  }
  void heading(std::string_view line) {
    end();
    if (line.empty()) return;
    if (seen_.title.empty()) seen_.title = line;
    seen_.blocks.push_back({std::string{line}, 0, true});
  }

 private:
  PageBlocks seen_;
  std::string text_;
};

bool is_rule(std::string_view line) {
  return line.size() >= 3 && line.find_first_not_of("-=*_ ") == std::string_view::npos;
}

/// What stands before an item of a list, or in front of a quotation.
std::string_view without_marker(std::string_view line) {
  if (line.starts_with("> ")) line.remove_prefix(2);
  if (line.starts_with("- ") || line.starts_with("* ") || line.starts_with("+ ")) return trimmed(line.substr(2));
  const std::size_t digits = std::min(line.find_first_not_of("0123456789"), line.size());
  const bool is_numbered = digits > 0 && digits < 4 && line.substr(digits).starts_with(". ");
  return is_numbered ? line.substr(digits + 2) : line;
}

/// Without emphasis, and with the words of links in their place.
std::string spoken(std::string_view line, PageBlocks& seen) {
  std::string text;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const std::size_t middle = line[at] == '[' ? line.find("](", at) : std::string_view::npos;
    const std::size_t end = middle == std::string_view::npos ? middle : line.find(')', middle);
    if (end != std::string_view::npos) {
      const std::string_view words = line.substr(at + 1, middle - at - 1);
      seen.links.push_back({std::string{words}, std::string{line.substr(middle + 2, end - middle - 2)}});
      text += words;
      at = end;
    } else if (line[at] != '*' && line[at] != '`' && !line.substr(at).starts_with("__")) {
      text += line[at];
    }
  }
  return text;
}

/// As the declaration says, or else as a page says of itself.
std::string charset_of(const PageSource& source) {
  if (!source.charset.empty()) return source.charset;
  const std::string start = to_lower_ascii(source.bytes.substr(0, 2'048));
  const std::size_t at = start.find("charset=");
  if (at == std::string::npos) return "windows-1252";
  const std::size_t begin = start.find_first_not_of("\"' ", at + 8);
  if (begin == std::string::npos) return "windows-1252";
  return start.substr(begin, start.find_first_of("\"' />;", begin) - begin);
}

std::string as_utf8(const PageSource& source) {
  std::string_view bytes = source.bytes;
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (bytes.starts_with(byte_order_mark)) bytes.remove_prefix(byte_order_mark.size());
  if (is_valid_utf8(bytes)) return std::string{bytes};
  const std::string charset = bytes.starts_with("\xFF\xFE") ? "UTF-16LE" : bytes.starts_with("\xFE\xFF") ? "UTF-16BE" : charset_of(source);
  for (const std::string& name : {charset, std::string{"windows-1252"}}) {
    std::string text(bytes.size() * 4 + 16, '\0');
    UErrorCode error = U_ZERO_ERROR;
    const auto size = ucnv_convert("UTF-8", name.c_str(), text.data(), static_cast<std::int32_t>(text.size()),
                                   bytes.data(), static_cast<std::int32_t>(bytes.size()), &error);
    if (U_FAILURE(error)) continue;
    text.resize(static_cast<std::size_t>(size));
    return text;
  }
  return {};
}

bool looks_like_html(std::string_view text) {
  const std::string start = to_lower_ascii(trimmed(text.substr(0, 4'096)));
  return start.starts_with("<!doctype html") || start.starts_with("<html") || start.find("<body") != std::string::npos ||
         start.find("<head") != std::string::npos;
}

bool is_html(std::string_view media_type) {
  return media_type == "text/html" || media_type == "application/xhtml+xml";
}

}  // namespace

PageBlocks blocks_of_plain_text(std::string_view utf8) {
  Paragraphs paragraphs{utf8};
  for_each_line(utf8, [&](std::string_view line) {
    if (line.empty() || is_rule(line))
      paragraphs.end();
    else
      paragraphs.add(line);
  });
  paragraphs.end();
  PageBlocks& seen = paragraphs.seen();
  // A short first line is what the text is called.
  if (!seen.blocks.empty() && seen.blocks[0].text.size() <= 100) {
    seen.title = seen.blocks[0].text;
    seen.blocks[0].is_heading = true;
  }
  return std::move(seen);
}

PageBlocks blocks_of_markdown(std::string_view utf8) {
  Paragraphs paragraphs{utf8};
  for_each_line(utf8, [&](std::string_view line) {
    const std::string_view item = without_marker(line);
    const bool begins_item = item.size() < line.size();
    if (line.empty() || is_rule(line) || begins_item) paragraphs.end();
    if (line.empty() || is_rule(line)) return;
    if (line.starts_with('#'))
      paragraphs.heading(trimmed(spoken(line.substr(std::min(line.find_first_not_of("# "), line.size())), paragraphs.seen())));
    else
      paragraphs.add(spoken(item, paragraphs.seen()));
  });
  paragraphs.end();
  return std::move(paragraphs.seen());
}

PageBlocks blocks_of(const PageSource& source) {
  PageBlocks seen;
  seen.is_pdf = source.bytes.starts_with("%PDF-") || source.media_type == "application/pdf";
  if (seen.is_pdf) return seen;
  const std::string text = as_utf8(source);
  // Bytes that no text has: an archive, an image, a program.
  seen.is_text = !text.empty() && text.find('\0') == std::string::npos;
  if (!seen.is_text) return seen;
  const bool is_markdown = source.media_type == "text/markdown" || source.final_url.ends_with(".md");
  if (looks_like_html(text) || is_html(source.media_type)) return blocks_of_html(text);
  return is_markdown ? blocks_of_markdown(text) : blocks_of_plain_text(text);
}

}  // namespace plugvet
