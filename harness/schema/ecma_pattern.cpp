#include "harness/schema/ecma_pattern.h"

#include <fmt/format.h>
#include <unicode/uniset.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <vector>

#include "harness/support/characters.h"
#include "harness/support/text.h"
#include "harness/support/utf8.h"

namespace plugvet::schema {
namespace {

constexpr std::size_t longest_source = 4096;
constexpr std::size_t longest_text = 1u << 20;  // names of Unicode properties become long lists of ranges
constexpr std::size_t deepest_group = 200;

// Inside brackets, in both engines' spelling.
constexpr std::string_view digits = "0-9";
constexpr std::string_view not_digits = "\\x{0}-\\x{2f}\\x{3a}-\\x{10ffff}";
constexpr std::string_view word = "0-9A-Z_a-z";
constexpr std::string_view not_word = "\\x{0}-\\x{2f}\\x{3a}-\\x{40}\\x{5b}-\\x{5e}\\x{60}\\x{7b}-\\x{10ffff}";
constexpr std::string_view space =
    "\\x{9}-\\x{d}\\x{20}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}";
constexpr std::string_view not_space =
    "\\x{0}-\\x{8}\\x{e}-\\x{1f}\\x{21}-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}\\x{202a}-\\x{"
    "202e}"
    "\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}\\x{ff00}-\\x{10ffff}";
constexpr std::string_view everything = "\\x{0}-\\x{10ffff}";
constexpr std::string_view line_ends = "\\x{a}\\x{d}\\x{2028}\\x{2029}";

/// Thrown and caught in this file only.
struct Refusal {
  std::string why;
};

std::string code_point_text(char32_t point) {
  return fmt::format("\\x{{{:x}}}", static_cast<std::uint32_t>(point));
}

bool is_surrogate(char32_t point) {
  return point >= 0xD800 && point <= 0xDFFF;
}

class Translator {
 public:
  explicit Translator(std::string_view source) : source_{source} {}

  EcmaPattern translate() {
    if (source_.size() > longest_source)
      throw Refusal{fmt::format("it has {}, at most {} are read", bytes_text(source_.size()), longest_source)};
    if (const std::size_t bad = find_invalid_utf8(source_); bad != std::string_view::npos)
      throw Refusal{"it is not valid UTF-8"};
    find_groups();
    while (!at_end()) {
      term();
      if (out_.text.size() > longest_text) throw Refusal{"it is too large when its classes are written out"};
    }
    if (!open_groups_.empty()) throw Refusal{"a group is not closed"};
    return std::move(out_);
  }

 private:
  bool at_end() const { return at_ >= source_.size(); }
  char here() const { return source_[at_]; }
  bool next_is(std::string_view text) const { return source_.substr(at_).starts_with(text); }
  bool take(std::string_view text) {
    if (!next_is(text)) return false;
    at_ += text.size();
    return true;
  }
  void put(std::string_view text) { out_.text += text; }
  void put_atom(std::string_view text) {
    put(text);
    can_repeat_ = true;
  }
  void put_class(std::string_view inside) {
    put("[");
    put(inside);
    put_atom("]");
  }

  char32_t take_code_point() {
    const DecodedCodePoint point = decode_utf8(source_, at_);
    at_ += point.size;
    return point.value;
  }

  /// References may stand before the group they name, so the groups are counted first.
  void find_groups() {
    bool in_class = false;
    for (std::size_t i = 0; i < source_.size(); ++i) {
      const char c = source_[i];
      if (c == '\\') {
        ++i;
      } else if (in_class) {
        in_class = c != ']';
      } else if (c == '[') {
        in_class = true;
      } else if (c == '(') {
        const std::string_view rest = source_.substr(i + 1);
        const bool is_named = rest.starts_with("?<") && !rest.starts_with("?<=") && !rest.starts_with("?<!");
        if (rest.starts_with('?') && !is_named) continue;
        ++groups_;
        if (!is_named) continue;
        const std::string name{rest.substr(2, rest.find('>') - std::min<std::size_t>(2, rest.find('>')))};
        if (!names_.emplace(name, groups_).second)
          throw Refusal{fmt::format("two groups are named {}", printable(name))};
      }
    }
  }

  void term() {
    switch (here()) {
      case '^':
      case '$':
        put(source_.substr(at_++, 1));
        can_repeat_ = false;
        return;
      case '|':
        put("|");
        ++at_;
        can_repeat_ = false;
        return;
      case '(':
        return open_group();
      case ')':
        return close_group();
      case '.':
        ++at_;
        put("[^");
        put(line_ends);
        return put_atom("]");
      case '[':
        return character_class();
      case '\\':
        return escape();
      case '*':
      case '+':
      case '?':
        return repetition(std::string{source_[at_++]});
      case '{':
        return braces();
      default:
        return literal(take_code_point());
    }
  }

  void literal(char32_t point) {
    if (is_surrogate(point)) throw Refusal{"it has half of a surrogate pair, which is no character"};
    const bool is_plain = point < 0x80 && (is_letter(static_cast<char>(point)) || is_digit(static_cast<char>(point)));
    put_atom(is_plain ? std::string{static_cast<char>(point)} : code_point_text(point));
  }

  // --- Groups ------------------------------------------------------------------------------------------------------

  void open_group() {
    if (open_groups_.size() == deepest_group) throw Refusal{"its groups are nested too deep"};
    bool looks_around = false;
    if (take("(?:")) {
      put("(?:");
    } else if (next_is("(?=") || next_is("(?!") || next_is("(?<=") || next_is("(?<!")) {
      const std::size_t size = source_[at_ + 2] == '<' ? 4 : 3;
      put(source_.substr(at_, size));
      at_ += size;
      looks_around = out_.needs_backtracking = true;
    } else if (take("(?<")) {
      const std::size_t end = source_.find('>', at_);
      if (end == std::string_view::npos || !is_name(source_.substr(at_, end - at_)))
        throw Refusal{"the name of a group is not closed, or is no name"};
      at_ = end + 1;
      put("(");  // RE2 and PCRE2 differ in how names are written; numbers are enough
    } else if (next_is("(?")) {
      modifiers();
    } else {
      ++at_;
      put("(");
    }
    open_groups_.push_back(looks_around);
    can_repeat_ = false;
  }

  /// (?i:…), (?-s:…): ECMA-262 knows them for a group only.
  void modifiers() {
    const std::size_t end = source_.find_first_not_of("ims-", at_ + 2);
    if (end == std::string_view::npos || source_[end] != ':' || end == at_ + 2)
      throw Refusal{fmt::format("\"{}\" does not exist in regular expressions of ECMA-262",
                                printable(shortened(source_.substr(at_), 6)))};
    const std::string_view flags = source_.substr(at_ + 2, end - at_ - 2);
    if (std::ranges::count(flags, '-') > 1) throw Refusal{"the modifiers of a group are wrong"};
    if (flags.find('s') != std::string_view::npos || flags.find('m') != std::string_view::npos)
      throw Refusal{"the modifiers m and s of a group are not known here"};
    put(source_.substr(at_, end + 1 - at_));
    at_ = end + 1;
  }

  void close_group() {
    if (open_groups_.empty()) throw Refusal{"\")\" closes no group"};
    ++at_;
    put(")");
    can_repeat_ = !open_groups_.back();
    open_groups_.pop_back();
  }

  static bool is_name(std::string_view name) {
    return !name.empty() && !is_digit(name[0]) && std::ranges::all_of(name, [](char c) {
      return is_letter(c) || is_digit(c) || c == '_' || c == '$' || static_cast<unsigned char>(c) >= 0x80;
    });
  }

  // --- Repetitions -------------------------------------------------------------------------------------------------

  void repetition(std::string_view text) {
    if (!can_repeat_) throw Refusal{fmt::format("nothing stands before \"{}\" that could be repeated", text)};
    put(text);
    if (take("?")) put("?");
    can_repeat_ = false;
  }

  void braces() {
    std::size_t end = at_ + 1;
    const auto number = [&]() -> std::optional<unsigned> {
      unsigned value = 0;
      const auto [stop, error] = std::from_chars(source_.data() + end, source_.data() + source_.size(), value);
      const auto size = static_cast<std::size_t>(stop - source_.data()) - end;
      end += size;
      if (error == std::errc::result_out_of_range) throw Refusal{"it repeats something too often"};
      return size == 0 ? std::nullopt : std::optional{value};
    };
    const std::optional<unsigned> least = number();
    const bool has_comma = least && end < source_.size() && source_[end] == ',';
    if (has_comma) ++end;
    const std::optional<unsigned> most = has_comma ? number() : least;
    if (!least || end >= source_.size() || source_[end] != '}') {  // a brace as a character
      ++at_;
      return literal('{');
    }
    if (most && *most < *least) throw Refusal{"the limits of a repetition are out of order"};
    const std::string text{source_.substr(at_, end + 1 - at_)};
    at_ = end + 1;
    repetition(text);
  }

  // --- Escapes -----------------------------------------------------------------------------------------------------

  /// The inside of a class for \d, \W, \p{…}; empty when this is another escape. Stands on the letter.
  std::string class_escape() {
    switch (here()) {
      case 'd':
        return ++at_, std::string{digits};
      case 'D':
        return ++at_, std::string{not_digits};
      case 'w':
        return ++at_, std::string{word};
      case 'W':
        return ++at_, std::string{not_word};
      case 's':
        return ++at_, std::string{space};
      case 'S':
        return ++at_, std::string{not_space};
      case 'p':
      case 'P':
        return property();
      default:
        return {};
    }
  }

  std::string property() {
    const bool is_negated = here() == 'P';
    const std::size_t end = source_.find('}', at_);
    if (!source_.substr(at_ + 1).starts_with('{') || end == std::string_view::npos)
      throw Refusal{"the name of a Unicode property is missing after \\p"};
    const std::string name{source_.substr(at_ + 2, end - at_ - 2)};
    at_ = end + 1;
    const bool is_plain = !name.empty() && std::ranges::all_of(name, [](char c) {
      return is_letter(c) || is_digit(c) || c == '_' || c == '=';
    });
    if (!is_plain) throw Refusal{"the name of a Unicode property is wrong"};
    std::string& ranges = properties_[(is_negated ? "P" : "p") + name];
    if (!ranges.empty()) return ranges;
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeSet set{icu::UnicodeString::fromUTF8(fmt::format("[\\p{{{}}}]", name)), status};
    if (U_FAILURE(status)) throw Refusal{fmt::format("there is no Unicode property \"{}\"", shortened(name, 40))};
    if (is_negated) set.complement();
    for (int32_t i = 0; i < set.getRangeCount(); ++i) add_range(ranges, set.getRangeStart(i), set.getRangeEnd(i));
    return ranges;
  }

  /// Without surrogates, which are no characters of UTF-8.
  static void add_range(std::string& ranges, UChar32 first, UChar32 last) {
    if (first < 0xD800 && last >= 0xD800) {
      add_range(ranges, first, 0xD7FF);
      first = 0xD800;
    }
    if (is_surrogate(static_cast<char32_t>(first))) first = 0xE000;
    if (last < first || is_surrogate(static_cast<char32_t>(last))) return;
    ranges += code_point_text(static_cast<char32_t>(first)) + "-" + code_point_text(static_cast<char32_t>(last));
  }

  void escape() {
    ++at_;
    if (at_end()) throw Refusal{"it ends in a backslash"};
    const char c = here();
    if (c == 'b' || c == 'B') {
      ++at_;
      put(c == 'b' ? "\\b" : "\\B");
      can_repeat_ = false;
      return;
    }
    if (c == 'k') return named_reference();
    if (c >= '1' && c <= '9') return numbered_reference();
    if (const std::string inside = class_escape(); !inside.empty()) return put_class(inside);
    literal(character_escape());
  }

  void reference(std::size_t group) {
    out_.needs_backtracking = true;
    put_atom(fmt::format("\\g{{{}}}", group));
  }

  void named_reference() {
    const std::size_t end = source_.find('>', at_);
    if (!source_.substr(at_ + 1).starts_with('<') || end == std::string_view::npos)
      throw Refusal{"the name of a group is missing after \\k"};
    const auto found = names_.find(std::string{source_.substr(at_ + 2, end - at_ - 2)});
    if (found == names_.end()) throw Refusal{"it refers back to a group that does not exist"};
    at_ = end + 1;
    reference(found->second);
  }

  void numbered_reference() {
    std::size_t group = 0;
    const auto [stop, error] = std::from_chars(source_.data() + at_, source_.data() + source_.size(), group);
    if (error != std::errc{} || group > groups_) throw Refusal{"it refers back to a group that does not exist"};
    at_ = static_cast<std::size_t>(stop - source_.data());
    reference(group);
  }

  /// Stands on the character after the backslash.
  char32_t character_escape() {
    const char c = here();
    switch (c) {
      case 't':
        return ++at_, U'\t';
      case 'n':
        return ++at_, U'\n';
      case 'v':
        return ++at_, U'\v';
      case 'f':
        return ++at_, U'\f';
      case 'r':
        return ++at_, U'\r';
      case '0':
        ++at_;
        return not_followed_by_digit(0);
      case 'c':
        ++at_;
        return control();
      case 'x':
        ++at_;
        return hexadecimal(2);
      case 'u':
        ++at_;
        return unicode_escape();
      default:
        break;
    }
    if (is_letter(c) || is_digit(c))
      throw Refusal{fmt::format("\"\\{}\" does not exist in regular expressions of ECMA-262", c)};
    return take_code_point();
  }

  char32_t not_followed_by_digit(char32_t point) const {
    if (!at_end() && is_digit(here())) throw Refusal{"ECMA-262 has no octal escapes"};
    return point;
  }

  char32_t control() {
    if (at_end() || !is_letter(here())) throw Refusal{"no letter follows \\c"};
    return static_cast<char32_t>(source_[at_++] & 0x1F);
  }

  char32_t hexadecimal(std::size_t count) {
    const std::string_view text = source_.substr(at_, count);
    if (text.size() != count || !std::ranges::all_of(text, is_hex_digit))
      throw Refusal{fmt::format("{} hexadecimal digits must follow \\{}", count, count == 2 ? 'x' : 'u')};
    at_ += count;
    char32_t value = 0;
    for (const char c : text) value = value << 4 | hex_value(c);
    return value;
  }

  char32_t unicode_escape() {
    if (take("{")) {
      const std::size_t end = source_.find('}', at_);
      if (end == std::string_view::npos || end == at_ || end - at_ > 8) throw Refusal{"\\u{ is not closed"};
      const char32_t point = hexadecimal(end - at_);
      if (point > 0x10FFFF) throw Refusal{"\\u{…} is beyond the last character of Unicode"};
      ++at_;
      return point;
    }
    const char32_t high = hexadecimal(4);
    if (high < 0xD800 || high > 0xDBFF || !next_is("\\u") || next_is("\\u{")) return high;
    const std::size_t before = at_;
    at_ += 2;
    const char32_t low = hexadecimal(4);
    if (low >= 0xDC00 && low <= 0xDFFF) return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
    at_ = before;
    return high;
  }

  // --- Classes -----------------------------------------------------------------------------------------------------

  /// One item of a class: a character, or the inside of a class escape.
  struct Item {
    std::optional<char32_t> point;
    std::string inside;
  };

  Item class_item() {
    if (here() != '\\') return {take_code_point(), {}};
    ++at_;
    if (at_end()) throw Refusal{"it ends in a backslash"};
    if (here() == 'b') return ++at_, Item{U'\b', {}};
    if (here() == '-') return ++at_, Item{U'-', {}};
    if (std::string inside = class_escape(); !inside.empty()) return {{}, std::move(inside)};
    return {character_escape(), {}};
  }

  void character_class() {
    ++at_;
    const bool is_negated = take("^");
    std::string inside;
    for (;;) {
      if (at_end()) throw Refusal{"a class is not closed: \"]\" is missing"};
      if (take("]")) break;
      add_item(inside);
    }
    if (inside.empty()) {  // [] matches nothing, [^] everything
      put(is_negated ? "[" : "[^");
      put(everything);
    } else {
      put(is_negated ? "[^" : "[");
      put(inside);
    }
    put_atom("]");
  }

  void add_item(std::string& inside) {
    const Item first = class_item();
    const bool is_range = next_is("-") && !next_is("-]") && at_ + 1 < source_.size();
    if (!first.point || !is_range) return add_single(inside, first);
    ++at_;
    const Item last = class_item();
    if (!last.point) {  // [a-\d]: three items
      add_single(inside, first);
      add_single(inside, {U'-', {}});
      return add_single(inside, last);
    }
    if (*last.point < *first.point) throw Refusal{"the ends of a range are out of order"};
    if (is_surrogate(*first.point) && is_surrogate(*last.point))
      throw Refusal{"it has halves of surrogate pairs, which are no characters"};
    add_range(inside, static_cast<UChar32>(*first.point), static_cast<UChar32>(*last.point));
  }

  static void add_single(std::string& inside, const Item& item) {
    if (!item.point) {
      inside += item.inside;
    } else if (is_surrogate(*item.point)) {
      throw Refusal{"it has half of a surrogate pair, which is no character"};
    } else {
      inside += code_point_text(*item.point);
    }
  }

  std::string_view source_;
  std::size_t at_ = 0;
  EcmaPattern out_;
  bool can_repeat_ = false;
  std::vector<bool> open_groups_;  ///< whether each looks around
  std::size_t groups_ = 0;
  std::map<std::string, std::size_t> names_;
  std::map<std::string, std::string> properties_;
};

}  // namespace

EcmaPattern translate_ecma_pattern(std::string_view source) {
  try {
    return Translator{source}.translate();
  } catch (const Refusal& refusal) {
    return {.text = {}, .needs_backtracking = false, .error = refusal.why};
  }
}

}  // namespace plugvet::schema
