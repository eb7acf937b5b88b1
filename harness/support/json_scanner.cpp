#include "harness/support/json_scanner.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "harness/support/characters.h"
#include "harness/support/number.h"
#include "harness/support/text.h"
#include "harness/support/utf8.h"

namespace plugvet {
namespace {

bool is_word_character(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
}
bool is_number_character(char c) {
  return is_word_character(c) || c == '+' || c == '-' || c == '.';
}

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// Four hexadecimal digits at `offset`; nothing when there are not four.
std::optional<char32_t> four_hex_digits(std::string_view text, std::size_t offset) {
  char32_t value = 0;
  for (std::size_t i = offset; i < offset + 4; ++i) {
    const int digit = i < text.size() ? hex_value(text[i]) : -1;
    if (digit < 0) return {};
    value = value << 4 | static_cast<char32_t>(digit);
  }
  return value;
}

bool is_high_surrogate(char32_t c) {
  return c >= 0xD800 && c < 0xDC00;
}
bool is_low_surrogate(char32_t c) {
  return c >= 0xDC00 && c < 0xE000;
}

/// The code point of the escape \uXXXX (or two of them) whose digits begin at `offset`, and how far it reaches.
struct UnicodeEscape {
  char32_t value = 0;
  std::size_t end = 0;
};
std::optional<UnicodeEscape> unicode_escape(std::string_view text, std::size_t offset) {
  const auto first = four_hex_digits(text, offset);
  if (!first) return {};
  if (is_high_surrogate(*first) && text.substr(offset + 4, 2) == "\\u") {
    const auto second = four_hex_digits(text, offset + 6);
    if (second && is_low_surrogate(*second)) {
      return UnicodeEscape{0x10000 + ((*first - 0xD800) << 10) + (*second - 0xDC00), offset + 10};
    }
  }
  return UnicodeEscape{*first, offset + 4};
}

std::string_view run_of(std::string_view text, bool (*belongs)(char)) {
  const auto end = std::find_if_not(text.begin(), text.end(), belongs);
  return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

/// What the grammar of RFC 8259 calls a number.
bool is_json_number(std::string_view number) {
  const auto digits = [&] {
    const std::size_t count = run_of(number, is_digit).size();
    number.remove_prefix(count);
    return count;
  };
  if (number.starts_with('-')) number.remove_prefix(1);
  const bool zero = number.starts_with('0');
  const std::size_t whole = digits();
  if (whole == 0 || (zero && whole > 1)) return false;
  if (number.starts_with('.')) {
    number.remove_prefix(1);
    if (digits() == 0) return false;
  }
  if (number.starts_with('e') || number.starts_with('E')) {
    number.remove_prefix(1);
    if (number.starts_with('+') || number.starts_with('-')) number.remove_prefix(1);
    if (digits() == 0) return false;
  }
  return number.empty();
}

std::string_view number_mistake(std::string_view number) {
  std::string_view digits = number;
  if (digits.starts_with('+')) return "a plus sign cannot stand before it";
  if (digits.starts_with('-')) digits.remove_prefix(1);
  if (digits.starts_with("0x") || digits.starts_with("0X")) return "write it in decimal";
  if (digits.size() > 1 && digits[0] == '0' && is_digit(digits[1])) return "it cannot begin with a zero";
  if (digits.starts_with('.')) return "a digit must stand before the point";
  if (digits.ends_with('.') || digits.find(".e") != digits.npos || digits.find(".E") != digits.npos) {
    return "a digit must stand after the point";
  }
  if (digits.empty()) return "digits must follow the minus sign";
  if (digits.ends_with('e') || digits.ends_with('E') || digits.ends_with('+') || digits.ends_with('-')) {
    return "digits must follow the exponent sign";
  }
  if (digits.find('_') != digits.npos) return "digits cannot be grouped";
  return "if it is meant as a string, put it in double quotes";
}

struct Foreign {
  std::string_view word, json;
};
constexpr Foreign foreign_words[] = {{"True", "true"}, {"TRUE", "true"},      {"False", "false"}, {"FALSE", "false"},
                                     {"None", "null"}, {"NULL", "null"},      {"Null", "null"},   {"nil", "null"},
                                     {"yes", "true"},  {"undefined", "null"}, {"no", "false"}};

bool is_not_a_number(std::string_view word) {
  const std::string lower = to_lower_ascii(word);
  return lower == "nan" || lower == "infinity" || lower == "inf" || lower == "-infinity" || lower == "+infinity" ||
         lower == "-inf" || lower == "+inf" || lower == "-nan" || lower == "+nan";
}

}  // namespace

JsonScanner::JsonScanner(Document::Content& content, std::size_t begin, const DocumentLimits& limits)
    : content_{content}, text_{content.text}, begin_{begin}, at_{begin}, depth_limit_{limits.depth},
      value_limit_{limits.values} {
  // An upper bound of the number of values, so that the list of places never has to move.
  const auto more = std::count_if(text_.begin(), text_.end(), [](char c) { return c == ',' || c == '[' || c == '{'; });
  content_.places.reserve(std::min(static_cast<std::size_t>(more), limits.values) + 1);
}

std::optional<Problem> JsonScanner::scan() {
  skip_space();
  if (at_end()) {
    refuse("json.empty", begin_, "the text is empty where a JSON document is expected.");
  } else if (const std::string kind = markup_kind(text_); !kind.empty()) {
    refuse("json.html", at_, fmt::format("this looks like {}, not like JSON.", kind));
  } else if (scan_value(static_cast<std::uint32_t>(at_))) {
    skip_space();
    if (!at_end()) refuse_trailing_text();
  }
  return problem_;
}

bool JsonScanner::scan_value(std::uint32_t name_offset) {
  const auto place = static_cast<std::uint32_t>(content_.places.size());
  if (place == value_limit_)
    return refuse("json.too_many_values", at_, fmt::format("the text has more than {} values.", value_limit_));
  content_.places.push_back({static_cast<std::uint32_t>(at_), name_offset, place + 1});
  const char c = current();
  const bool good = c == '{'                  ? scan_object(place)
                    : c == '['                ? scan_array(place)
                    : c == '"'                ? scan_string(place)
                    : is_digit(c) || c == '-' ? scan_number()
                    : c >= 'a' && c <= 'z'    ? scan_word()
                                              : refuse_value();
  content_.places[place].end = static_cast<std::uint32_t>(content_.places.size());
  return good;
}

bool JsonScanner::scan_object(std::uint32_t place) {
  if (open_.size() == depth_limit_)
    return refuse("json.too_deep", at_, fmt::format("the values are nested more than {} deep.", depth_limit_));
  const std::size_t first_member = members_.size();
  open_.push_back(place);
  ++at_;
  skip_space();
  while (current() != '}') {
    if (!scan_member()) return false;
    skip_space();
    if (current() == '}') break;
    if (current() != ',') return refuse_after_child('}');
    const std::size_t comma = at_++;
    skip_space();
    if (current() == '}') {
      return refuse("json.trailing_comma", comma, "a comma before \"}\"; JSON allows none after the last member.");
    }
  }
  ++at_;
  note_repeated_members(first_member);
  members_.resize(first_member);
  open_.pop_back();
  return true;
}

bool JsonScanner::scan_member() {
  if (current() != '"') return refuse_name();
  const std::size_t name = at_;
  if (!scan_string(open_.back())) return false;
  const std::string_view quoted = text_.substr(name + 1, at_ - name - 2);
  const bool is_plain = quoted.find('\\') == std::string_view::npos;
  const std::size_t hash =
      is_plain ? std::hash<std::string_view>{}(quoted) : std::hash<std::string>{}(json_string_at(text_, name));
  skip_space();
  if (current() != ':') return refuse_colon(name);
  ++at_;
  skip_space();
  members_.push_back({hash, static_cast<std::uint32_t>(content_.places.size())});
  return scan_value(static_cast<std::uint32_t>(name));
}

bool JsonScanner::scan_array(std::uint32_t place) {
  if (open_.size() == depth_limit_)
    return refuse("json.too_deep", at_, fmt::format("the values are nested more than {} deep.", depth_limit_));
  open_.push_back(place);
  ++at_;
  skip_space();
  while (current() != ']') {
    if (!scan_value(static_cast<std::uint32_t>(at_))) return false;
    skip_space();
    if (current() == ']') break;
    if (current() != ',') return refuse_after_child(']');
    const std::size_t comma = at_++;
    skip_space();
    if (current() == ']') {
      return refuse("json.trailing_comma", comma, "a comma before \"]\"; JSON allows none after the last item.");
    }
  }
  ++at_;
  open_.pop_back();
  return true;
}

bool JsonScanner::scan_string(std::uint32_t place) {
  const std::size_t begin = at_++;
  for (;;) {
    while (!at_end() && text_[at_] != '"' && text_[at_] != '\\' && static_cast<unsigned char>(text_[at_]) >= 0x20)
      ++at_;
    if (at_end()) return refuse_end("the string", begin);
    if (text_[at_] == '"') break;
    if (text_[at_] != '\\') return refuse_control_character(begin);
    if (!scan_escape(begin, place)) return false;
  }
  ++at_;
  return true;
}

bool JsonScanner::scan_escape(std::size_t string_begin, std::uint32_t place) {
  if (at_ + 1 >= text_.size()) return refuse_end("the string", string_begin);
  const char c = text_[at_ + 1];
  if (c == 'u') return scan_unicode_escape(string_begin, place);
  if (std::string_view{"\"\\/bfnrt"}.find(c) == std::string_view::npos) {
    const DecodedCodePoint point = decode_utf8(text_, at_ + 1);
    return refuse("json.escape", at_,
                  fmt::format("\"\\{}\" is not an escape of JSON; for a backslash write \"\\\\\".",
                              printable(text_.substr(at_ + 1, point.size))));
  }
  at_ += 2;
  return true;
}

bool JsonScanner::scan_unicode_escape(std::size_t string_begin, std::uint32_t place) {
  const auto escape = unicode_escape(text_, at_ + 2);
  if (!escape) {
    if (text_.find('"', at_) == std::string_view::npos) return refuse_end("the string", string_begin);
    return refuse("json.escape", at_, "\"\\u\" must be followed by four hexadecimal digits.");
  }
  if (is_high_surrogate(escape->value) || is_low_surrogate(escape->value)) {
    note("json.lone_surrogate",
         fmt::format("the escape {} is half of a surrogate pair; it stands for no character and is read as U+FFFD.",
                     text_.substr(at_, 6)),
         at_, place);
  }
  at_ = escape->end;
  return true;
}

bool JsonScanner::scan_number() {
  const std::string_view number = run_of(text_.substr(at_), is_number_character);
  if (!is_json_number(number)) return refuse_number(number);
  constexpr std::size_t always_fits = 18;
  const bool may_not_fit = number.size() > always_fits || number.find_first_of("eE") != std::string_view::npos;
  if (may_not_fit && !number_of(number).in_range) {
    note("json.number_range",
         fmt::format("the number {} is larger than readers of JSON can hold; they change it.", excerpt(number)), at_,
         static_cast<std::uint32_t>(content_.places.size()) - 1);
  }
  at_ += number.size();
  return true;
}

bool JsonScanner::scan_word() {
  const std::string_view word = word_here();
  if (word != "true" && word != "false" && word != "null") return refuse_value();
  at_ += word.size();
  return true;
}

// --- What stands there instead -------------------------------------------------------------------------------------

bool JsonScanner::refuse_value() {
  const char c = current();
  const bool in_object = !open_.empty() && text_[content_.places[open_.back()].value] == '{';
  if (at_end() || c == '/' || c == '#' || c == '\'' || c == '\0') return refuse_common();
  if (in_object && (c == ',' || c == '}'))
    return refuse("json.missing_value", at_, "a value is missing after the colon.");
  if (c == ',') return refuse("json.missing_value", at_, "a value is missing before the comma.");
  if (c == '}' || c == ']')
    return refuse("json.mismatched_bracket", at_, fmt::format("\"{}\" closes nothing that is open here.", c));
  if (c == '+' || c == '.') return refuse_number(run_of(text_.substr(at_), is_number_character));
  const std::string_view word = word_here();
  if (word.empty()) return refuse_common();
  if (is_not_a_number(word)) return refuse_number(word);
  for (const Foreign& foreign : foreign_words) {
    if (word == foreign.word)
      return refuse("json.literal", at_, fmt::format("{} is not JSON; write {}.", word, foreign.json));
  }
  return refuse("json.unquoted_text", at_,
                fmt::format("{} stands without quotes; a string is enclosed in double quotes.", excerpt(word)));
}

bool JsonScanner::refuse_name() {
  const char c = current();
  if (at_end() || c == '/' || c == '#' || c == '\'' || c == '\0') return refuse_common();
  if (c == ',') return refuse("json.missing_value", at_, "a member is missing before the comma.");
  if (c == ']') return refuse_after_child('}');
  const std::string_view word = run_of(text_.substr(at_), is_number_character);
  if (word.empty()) return refuse_common();
  return refuse("json.unquoted_name", at_,
                fmt::format("the member name {} stands without quotes; write \"{}\".", excerpt(word), excerpt(word)));
}

bool JsonScanner::refuse_colon(std::size_t name_begin) {
  const char c = current();
  if (at_end() || c == '/' || c == '#' || c == '\0') return refuse_common();
  const std::string name = excerpt(text_.substr(name_begin + 1, text_.find('"', name_begin + 1) - name_begin - 1));
  return refuse("json.missing_colon", at_, fmt::format("a colon is missing after the member name \"{}\".", name));
}

bool JsonScanner::refuse_after_child(char closing) {
  const char c = current();
  if (at_end() || c == '/' || c == '#' || c == '\0') return refuse_common();
  if (c == '}' || c == ']') {
    const std::string_view kind = closing == '}' ? "object" : "array";
    const std::string from = line_of(content_.places[open_.back()].value);
    return refuse("json.mismatched_bracket", at_,
                  fmt::format("\"{}\" where the {} that begins at {} needs \"{}\".", c, kind, from, closing));
  }
  const bool begins_value = c == '"' || c == '\'' || c == '{' || c == '[' || is_number_character(c);
  if (begins_value) {
    const std::string_view what = closing == '}' ? "member" : "item";
    return refuse("json.missing_comma", at_, fmt::format("a comma is missing before this {}.", what));
  }
  return refuse_common();
}

bool JsonScanner::refuse_control_character(std::size_t string_begin) {
  const char c = current();
  if (c == '\0') return refuse_common();
  if (c == '\n' || c == '\r') {
    return refuse("json.control_character", at_,
                  fmt::format("the line ends inside the string that begins at {}; close the string, or write \\n.",
                              line_of(string_begin)));
  }
  const std::string escape = c == '\t' ? "\\t" : fmt::format("\\u{:04x}", static_cast<unsigned>(c));
  const std::string name =
      c == '\t' ? "a tab" : fmt::format("the control character U+{:04X}", static_cast<unsigned>(c));
  return refuse("json.control_character", at_, fmt::format("{} stands inside a string; write {}.", name, escape));
}

bool JsonScanner::refuse_number(std::string_view number) {
  if (is_not_a_number(number))
    return refuse("json.not_a_number", at_, fmt::format("JSON has no {}; write null or a number.", number));
  return refuse("json.number", at_,
                fmt::format("{} is not a number of JSON: {}.", excerpt(number), number_mistake(number)));
}

bool JsonScanner::refuse_trailing_text() {
  const char c = current();
  if (c == '{' || c == '[')
    return refuse("json.many_documents", at_, "a second document begins here; there must be only one.");
  if (c == '/' || c == '#' || c == '\0') return refuse_common();
  const std::string_view line = text_.substr(at_, text_.find_first_of("\r\n", at_) - at_);
  return refuse("json.trailing_text", at_, fmt::format("the document has ended, but \"{}\" follows.", excerpt(line)));
}

/// What can go wrong at every place between two tokens.
bool JsonScanner::refuse_common() {
  if (at_end()) {
    const std::uint32_t place = open_.empty() ? 0 : open_.back();
    const std::size_t begin = content_.places[place].value;
    return refuse_end(text_[begin] == '{' ? "the object" : "the array", begin);
  }
  const char c = current();
  if (c == '\0') return refuse("json.nul", at_, "a NUL byte stands here; JSON is text.");
  if (c == '#' || text_.substr(at_, 2) == "//" || text_.substr(at_, 2) == "/*") {
    return refuse("json.comment", at_, "a comment; JSON has none.");
  }
  if (c == '\'') return refuse("json.single_quotes", at_, "a single quote; a string is enclosed in double quotes.");
  const DecodedCodePoint point = decode_utf8(text_, at_);
  const auto code = static_cast<std::uint32_t>(point.value);
  const std::string seen = printable(text_.substr(at_, point.size));
  if ((code >= 0x2018 && code <= 0x201F) || code == '`' || code == 0xAB || code == 0xBB) {
    return refuse("json.typographic_quotes", at_,
                  fmt::format("the quotation mark {}; a string is enclosed in straight double quotes.", seen));
  }
  if (is_blank(text_.substr(at_, point.size)) || code == 0xFEFF || code == 0x200B) {
    return refuse("json.white_space", at_, fmt::format("U+{:04X} is not white space in JSON.", code));
  }
  return refuse("json.unexpected", at_, fmt::format("\"{}\" cannot stand here.", seen));
}

bool JsonScanner::refuse_end(std::string_view inside, std::size_t begin) {
  return refuse("json.truncated", text_.size(),
                fmt::format("the text ends inside {} that begins at {}; it was cut off, or something is not closed.",
                            inside, line_of(begin)));
}

bool JsonScanner::refuse(std::string id, std::size_t offset, std::string_view sentence) {
  const Position position = content_.position_of(offset);
  problem_ = {.rung = Rung::syntax,
              .id = std::move(id),
              .what = located(position, sentence),
              .where = {},
              .position = position,
              .blame = {}};
  return false;
}

// --- Faults --------------------------------------------------------------------------------------------------------

/// Sorted by hash and, where hashes are equal, by name: colliding names cannot make this slow.
void JsonScanner::note_repeated_members(std::size_t first_member) {
  const auto begin = members_.begin() + static_cast<std::ptrdiff_t>(first_member);
  std::sort(begin, members_.end(), [](const Member& a, const Member& b) {
    return std::pair{a.hash, a.place} < std::pair{b.hash, b.place};
  });
  for (auto run = begin; run != members_.end();) {
    const auto run_end =
        std::find_if(run, members_.end(), [&](const Member& member) { return member.hash != run->hash; });
    if (run_end - run > 1) {
      std::vector<std::pair<std::string, std::uint32_t>> names;
      std::transform(run, run_end, std::back_inserter(names), [&](const Member& member) {
        return std::pair{name_of_member(member.place), member.place};
      });
      std::sort(names.begin(), names.end());
      for (std::size_t i = 1; i < names.size(); ++i) {
        if (names[i - 1].first == names[i].first) note_repetition(names[i - 1].second, names[i].second);
      }
    }
    run = run_end;
  }
}

void JsonScanner::note_repetition(std::uint32_t earlier, std::uint32_t later) {
  const std::size_t name = content_.places[later].name;
  if (content_.faults.size() < most_faults) {
    note("json.duplicate_key",
         fmt::format("the member \"{}\" is repeated; it stands at {} too. Readers differ in which one they take; most "
                     "take the last.",
                     printable(shortened(json_string_at(text_, name), 80)), line_of(content_.places[earlier].name)),
         name, later);
  }
  content_.places[earlier].name = Place::replaced;
}

void JsonScanner::note(std::string id, std::string sentence, std::size_t offset, std::uint32_t place) {
  if (content_.faults.size() >= most_faults) return;
  const Position position = content_.position_of(offset);
  content_.faults.push_back({std::move(id), located(position, sentence), pointer_to(place), position});
}

/// Goes down from the root. The containers around the place may still be open; what is open has no end yet.
std::string JsonScanner::pointer_to(std::uint32_t place) const {
  std::string pointer;
  for (std::uint32_t parent = 0; parent < place;) {
    const auto open = std::upper_bound(open_.begin(), open_.end(), parent);
    std::uint32_t child = parent + 1;
    std::size_t number = 0;
    for (; (open == open_.end() || child != *open) && content_.places[child].end <= place; ++number) {
      child = content_.places[child].end;
    }
    const bool in_object = text_[content_.places[parent].value] == '{';
    pointer = in_object ? join_pointer(pointer, name_of_member(child)) : join_pointer(pointer, number);
    parent = child;
  }
  return pointer;
}

std::string JsonScanner::name_of_member(std::uint32_t place) const {
  return json_string_at(text_, content_.places[place].name);
}

// --- Reading -------------------------------------------------------------------------------------------------------

void JsonScanner::skip_space() {
  while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\r' || text_[at_] == '\t'))
    ++at_;
}

std::string JsonScanner::line_of(std::size_t offset) const {
  const Position position = content_.position_of(offset);
  return fmt::format("line {}, column {}", position.line, position.column);
}

std::string_view JsonScanner::word_here() const {
  return run_of(text_.substr(at_), is_word_character);
}

std::string json_string_at(std::string_view text, std::size_t offset) {
  std::string out;
  for (std::size_t i = offset + 1; text[i] != '"';) {
    const std::size_t end = find_any_of(text, "\"\\", i);
    out.append(text, i, end - i);
    i = end;
    if (text[i] == '"') break;
    const char c = text[i + 1];
    i += 2;
    if (c == 'u') {
      const UnicodeEscape escape = *unicode_escape(text, i);
      const bool is_half = is_high_surrogate(escape.value) || is_low_surrogate(escape.value);
      append_utf8(out, is_half ? 0xFFFD : escape.value);
      i = escape.end;
    } else {
      constexpr std::string_view letters = "bfnrt", meanings = "\b\f\n\r\t";
      const std::size_t letter = letters.find(c);
      out += letter == std::string_view::npos ? c : meanings[letter];
    }
  }
  return out;
}

}  // namespace plugvet
