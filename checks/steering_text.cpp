#include "checks/steering_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "checks/decoding.h"
#include "checks/phrases.h"
#include "harness/support/text.h"
#include "harness/support/utf8.h"

namespace plugvet::checks {
namespace {

bool is_between(char32_t c, char32_t first, char32_t last) {
  return c >= first && c <= last;
}
bool is_right_to_left(char32_t c) {
  return is_between(c, 0x590, 0x8FF) || is_between(c, 0xFB1D, 0xFDFF) || is_between(c, 0xFE70, 0xFEFC) ||
         is_between(c, 0x10800, 0x10FFF) || is_between(c, 0x1E800, 0x1EFFF);
}
bool is_variation_selector(char32_t c) {
  return is_between(c, 0xFE00, 0xFE0F) || is_between(c, 0xE0100, 0xE01EF);
}
bool is_bidi_mark(char32_t c) {
  return c == 0x200E || c == 0x200F || c == 0x61C || is_between(c, 0x202A, 0x202C) || is_between(c, 0x2066, 0x2069);
}
// Joiners belong to scripts and emoji, where both neighbours are no Latin letters.
bool is_joined(char32_t c) {
  return c >= 0x300;
}

std::vector<char32_t> points_of(std::string_view text) {
  std::vector<char32_t> points;
  points.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const DecodedCodePoint point = decode_utf8(text, i);
    points.push_back(point.value);
    i += point.size;
  }
  return points;
}

/// The flag of England is a black flag and its letters as tags.
bool is_in_flag(const std::vector<char32_t>& points, std::size_t at) {
  constexpr std::size_t longest_flag = 8;
  std::size_t begin = at;
  while (begin > 0 && at - begin <= longest_flag && is_between(points[begin], 0xE0020, 0xE007F)) --begin;
  return at - begin <= longest_flag && points[begin] == 0x1F3F4;
}

bool is_letter(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0xC0;
}

/// A long word may have a place to be broken at. A short one, or one place after another, is cut for the model's eyes.
bool is_cut_by_soft_hyphen(const std::vector<char32_t>& points, std::size_t at, std::size_t in_text) {
  constexpr char32_t soft_hyphen = 0xAD;
  constexpr std::size_t fewest = 3, long_word = 8;
  if (in_text >= fewest) return true;
  std::size_t letters = 0;
  const auto is_of_word = [&](std::size_t i) { return points[i] == soft_hyphen || is_letter(points[i]); };
  for (std::size_t i = at; i > 0 && is_of_word(i - 1) && letters < long_word; --i) letters += points[i - 1] != soft_hyphen;
  const bool has_letters_before = letters > 0;
  for (std::size_t i = at + 1; i < points.size() && is_of_word(i) && letters < long_word; ++i) letters += points[i] != soft_hyphen;
  const bool has_letter_after = at + 1 < points.size() && is_of_word(at + 1);
  return has_letters_before && has_letter_after && letters < long_word;
}

/// What is hidden at this place; empty: nothing.
std::string_view hidden_at(const std::vector<char32_t>& points, std::size_t i, bool has_right_to_left,
                           std::size_t soft_hyphens) {
  const char32_t c = points[i];
  const char32_t before = i > 0 ? points[i - 1] : 0;
  const char32_t after = i + 1 < points.size() ? points[i + 1] : 0;
  if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f') || is_between(c, 0x7F, 0x9F))
    return c == 0 || c == 0x85 ? "" : "a control character";
  if (c == 0xAD) return is_cut_by_soft_hyphen(points, i, soft_hyphens) ? "a soft hyphen" : "";
  if (c == 0x200C || c == 0x200D) return is_joined(before) && is_joined(after) ? "" : "a zero-width character";
  if (c == 0x200B || is_between(c, 0x2060, 0x2064) || c == 0xFEFF || c == 0x180E) return "a zero-width character";
  if (c == 0x202D || c == 0x202E) return "a character that turns the direction of text";
  if (is_bidi_mark(c)) return has_right_to_left ? "" : "a character that turns the direction of text";
  if (is_between(c, 0xE0000, 0xE007F)) return is_in_flag(points, i) ? "" : "a tag character";
  if (is_variation_selector(c)) return is_variation_selector(before) ? "variation selectors in a row" : "";
  if (is_between(c, 0xE000, 0xF8FF) || is_between(c, 0xF0000, 0x10FFFD)) return "a private-use character";
  if (c == 0x3164 || c == 0xFFA0 || is_between(c, 0xFFF9, 0xFFFB)) return "an invisible filler";
  return {};
}

std::optional<Steering> find_phrase(const Phrases& phrases, std::string_view text) {
  if (text.size() < 8) return {};
  return find_decoded(text, [&](std::string_view reading) { return phrases.find(reading); });
}

bool may_hide(std::string_view text) {
  return std::ranges::any_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x7F || (byte < 0x20 && byte != '\n' && byte != '\r' && byte != '\t');
  });
}

}  // namespace

std::optional<Steering> find_steering(std::string_view text) {
  static const Phrases& steering = Phrases::named("steering-text");
  return find_phrase(steering, text);
}

std::optional<Steering> find_confirmation_bypass(std::string_view text) {
  static const Phrases& bypass = Phrases::named("bypass-text");
  return find_phrase(bypass, text);
}

std::optional<Steering> find_hidden_characters(std::string_view text) {
  if (is_visible_ascii(text) || !may_hide(text)) return {};
  const std::vector<char32_t> points = points_of(text);
  const bool has_right_to_left = std::ranges::any_of(points, is_right_to_left);
  const auto soft_hyphens = static_cast<std::size_t>(std::ranges::count(points, char32_t{0xAD}));
  Steering found;
  std::size_t more = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const std::string_view what = hidden_at(points, i, has_right_to_left, soft_hyphens);
    if (what.empty()) continue;
    if (found.what.empty()) {
      found.seen = fmt::format("{} (U+{:04X})", what, static_cast<std::uint32_t>(points[i]));
      found.what = fmt::format("has {} after {}", found.seen, counted(i, "character"));
    } else {
      ++more;
    }
  }
  if (found.what.empty()) return {};
  if (more > 0) found.what += fmt::format(", and {} more that nobody sees", more);
  return found;
}

std::optional<Steering> find_active_content(std::string_view text) {
  if (!has_any_of(text, "<:(")) return {};
  static const Phrases& active = Phrases::named("active-content");
  return active.find(text);
}

}  // namespace plugvet::checks
