#include "checks/decoding.h"

#include <fmt/format.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "harness/support/text.h"
#include "harness/support/utf8.h"

namespace plugvet::checks {
namespace {

constexpr std::size_t shortest_run = 20;
constexpr unsigned deepest = 3;  // Base64 of escapes of Base64

constexpr std::array<signed char, 256> base64_digits = [] {
  std::array<signed char, 256> digits{};
  digits.fill(-1);
  signed char value = 0;
  for (char c = 'A'; c <= 'Z'; ++c) digits[static_cast<unsigned char>(c)] = value++;
  for (char c = 'a'; c <= 'z'; ++c) digits[static_cast<unsigned char>(c)] = value++;
  for (char c = '0'; c <= '9'; ++c) digits[static_cast<unsigned char>(c)] = value++;
  digits['+'] = digits['-'] = 62;
  digits['/'] = digits['_'] = 63;
  return digits;
}();

int base64_digit(char c) {
  return base64_digits[static_cast<unsigned char>(c)];
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char letter = static_cast<char>(c | 0x20);
  return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

/// The first run of digits of Base64 that is long enough; empty: there is none. It has a digit at its shortest length from
/// any byte that is none, so most bytes are not looked at.
std::string_view next_run(std::string_view text, std::size_t from) {
  const auto is_digit_at = [&](std::size_t at) { return base64_digit(text[at]) >= 0; };
  for (std::size_t at = from + shortest_run - 1; at < text.size();) {
    std::size_t begin = at + 1, end = at + 1;
    while (begin > from && is_digit_at(begin - 1)) --begin;
    if (begin <= at)
      while (end < text.size() && is_digit_at(end)) ++end;
    if (end - begin >= shortest_run) return text.substr(begin, end - begin);
    from = end;
    at = end + shortest_run - 1;
  }
  return {};
}

/// The one look that a plain text costs.
bool may_read_otherwise(std::string_view text) {
  return !is_ascii(text) || has_any_of(text, "\\%&") || has_emphasis(text) || has_long_run(text);
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

/// The marks "*" and "_" that stand together from `at` on emphasise a word: "*Ignore*", "__all__"; not "5 * 3", "todo_id".
std::size_t emphasis_at(std::string_view text, std::size_t at) {
  const std::size_t after = std::min(text.find_first_not_of("*_", at), text.size());
  const bool is_after_letter = at > 0 && is_letter(text[at - 1]);
  const bool is_before_letter = after < text.size() && is_letter(text[after]);
  const bool has_star = text.substr(at, after - at).find('*') != std::string_view::npos;
  return (has_star ? is_after_letter || is_before_letter : is_after_letter != is_before_letter) ? after - at : 0;
}

std::string without_emphasis(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t mark = std::min(text.find_first_of("*_", i), text.size());
    const std::size_t after = std::min(text.find_first_not_of("*_", mark), text.size());
    out.append(text.substr(i, (emphasis_at(text, mark) > 0 ? mark : after) - i));
    i = after;
  }
  return out;
}

/// A letter of another script or shape, and the Latin one that it looks like, as far as Unicode's compatibility forms do
/// not say so: UTS 39's confusables, those of them that are letters that texts are written in.
struct Lookalike {
  char32_t letter;
  char latin;
};
constexpr std::array lookalikes = std::to_array<Lookalike>({
    {0x131, 'i'},  {0x251, 'a'},  {0x261, 'g'},  {0x262, 'g'},  {0x26A, 'i'},  {0x274, 'n'},  {0x280, 'r'},
    {0x28F, 'y'},  {0x299, 'b'},  {0x29C, 'h'},  {0x29F, 'l'},  {0x391, 'a'},  {0x392, 'b'},  {0x395, 'e'},
    {0x396, 'z'},  {0x397, 'h'},  {0x399, 'i'},  {0x39A, 'k'},  {0x39C, 'm'},  {0x39D, 'n'},  {0x39F, 'o'},
    {0x3A1, 'p'},  {0x3A4, 't'},  {0x3A5, 'y'},  {0x3A7, 'x'},  {0x3B1, 'a'},  {0x3B9, 'i'},  {0x3BA, 'k'},
    {0x3BD, 'v'},  {0x3BF, 'o'},  {0x3C1, 'p'},  {0x3C4, 't'},  {0x3C5, 'u'},  {0x3C7, 'x'},  {0x3F2, 'c'},
    {0x3F3, 'j'},  {0x405, 's'},  {0x406, 'i'},  {0x408, 'j'},  {0x410, 'a'},  {0x412, 'b'},  {0x415, 'e'},
    {0x41A, 'k'},  {0x41C, 'm'},  {0x41D, 'h'},  {0x41E, 'o'},  {0x420, 'p'},  {0x421, 'c'},  {0x422, 't'},
    {0x423, 'y'},  {0x425, 'x'},  {0x430, 'a'},  {0x435, 'e'},  {0x43A, 'k'},  {0x43C, 'm'},  {0x43E, 'o'},
    {0x440, 'p'},  {0x441, 'c'},  {0x442, 't'},  {0x443, 'y'},  {0x445, 'x'},  {0x455, 's'},  {0x456, 'i'},
    {0x458, 'j'},  {0x4AE, 'y'},  {0x4AF, 'y'},  {0x4BA, 'h'},  {0x4BB, 'h'},  {0x4C0, 'i'},  {0x4CF, 'l'},
    {0x501, 'd'},  {0x50C, 'g'},  {0x51A, 'q'},  {0x51B, 'q'},  {0x51C, 'w'},  {0x51D, 'w'},  {0x566, 'q'},
    {0x570, 'h'},  {0x578, 'n'},  {0x57D, 'u'},  {0x581, 'g'},  {0x585, 'o'},  {0x13A0, 'd'}, {0x13A1, 'r'},
    {0x13A2, 't'}, {0x13AA, 'a'}, {0x13AB, 'j'}, {0x13AC, 'e'}, {0x13B3, 'w'}, {0x13B7, 'm'}, {0x13BB, 'h'},
    {0x13C0, 'g'}, {0x13C3, 'z'}, {0x13D9, 'v'}, {0x13DA, 's'}, {0x13DE, 'l'}, {0x13DF, 'c'}, {0x13E2, 'p'},
    {0x13E6, 'k'}, {0x13F4, 'b'}, {0x1D00, 'a'}, {0x1D04, 'c'}, {0x1D05, 'd'}, {0x1D07, 'e'}, {0x1D0A, 'j'},
    {0x1D0B, 'k'}, {0x1D0D, 'm'}, {0x1D0F, 'o'}, {0x1D18, 'p'}, {0x1D1B, 't'}, {0x1D1C, 'u'}, {0x1D20, 'v'},
    {0x1D21, 'w'}, {0x1D22, 'z'}, {0xA730, 'f'}, {0xA731, 's'},
});
static_assert(std::ranges::is_sorted(lookalikes, {}, &Lookalike::letter));

/// What a character reads as: itself, mostly. 0: nothing.
char32_t plain_reading(char32_t c) {
  if (c < 0x80) return c;
  if (c == 0x2018 || c == 0x2019 || c == 0x2BC) return '\'';
  if (c == 0x1680 || c == 0x2028 || c == 0x2029 || c == 0x3164 || c == 0xFFA0) return ' ';
  if (c >= 0x300 && c <= 0x36F) return 0;  // marks above and below letters
  const char latin = latin_lookalike(c);
  return latin != 0 ? static_cast<char32_t>(latin) : c;
}

/// A character that stands for a plain letter or sign, or that is not seen. Others only make text slow to fold.
bool folds_to_plain(char32_t c) {
  const auto is_between = [c](char32_t first, char32_t last) { return c >= first && c <= last; };
  return c == 0xAA || c == 0xAD || c == 0xBA || c == 0x2B0 || is_between(0x1D2C, 0x1D9F) || is_between(0x200B, 0x200F) ||
         c == 0xA0 || c == 0x180E || is_between(0x2000, 0x200A) || is_between(0x202A, 0x202F) || is_between(0x205F, 0x209C) ||
         is_between(0x2100, 0x214E) || is_between(0x2460, 0x24FF) || c == 0x3000 || c == 0xFEFF || is_between(0xFE00, 0xFE0F) ||
         is_between(0xFF01, 0xFF5E) || c >= 0x1D400 ||  // mathematical letters, tags; emoji too
         plain_reading(c) != c;
}

bool has_other_shapes(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    if (static_cast<unsigned char>(text[i]) < 0x80) {
      ++i;
      continue;
    }
    const DecodedCodePoint point = decode_utf8(text, i);
    if (folds_to_plain(point.value)) return true;
    i += point.size;
  }
  return false;
}

/// The same text in plain letters: shapes of letters (full width, mathematical) and letters that only look Latin become
/// the letters, what is invisible goes, all spaces and typographic apostrophes become plain ones.
std::string in_plain_letters(std::string_view written) {
  std::string text;
  for (std::size_t i = 0; i < written.size();) {
    const DecodedCodePoint point = decode_utf8(written, i);
    i += point.size;
    if (const char32_t plain = plain_reading(point.value); plain != 0) append_utf8(text, plain);
  }
  UErrorCode failed = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFKCCasefoldInstance(failed);
  if (U_FAILURE(failed)) return text;
  const icu::UnicodeString folded = normalizer->normalize(
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size()))), failed);
  if (U_FAILURE(failed)) return text;
  std::string out;
  folded.toUTF8String(out);
  return out;
}

struct Escaped {
  std::size_t size = 0;  ///< of what is written; 0: it is no escape
  char32_t character = 0;
};

/// "\u0049", "\x49", "%49": a mark and so many hexadecimal digits.
Escaped read_digits(std::string_view text, std::size_t mark, std::size_t digits, int base = 16) {
  std::uint32_t code = 0;
  if (text.size() < mark + digits) return {};
  const auto [end, error] = std::from_chars(text.data() + mark, text.data() + mark + digits, code, base);
  if (error != std::errc{} || end != text.data() + mark + digits) return {};
  const bool is_character = code != 0 && code < 0x110000 && (code < 0xD800 || code > 0xDFFF);
  return {mark + digits, is_character ? static_cast<char32_t>(code) : U'\uFFFD'};
}

/// "&#73;", "&#x49;", "&lt;".
Escaped read_entity(std::string_view text) {
  constexpr std::size_t longest = 12;
  const std::size_t end = text.substr(0, longest).find(';');
  if (end == std::string_view::npos) return {};
  struct Named {
    std::string_view name;
    char32_t character;
  };
  static constexpr Named names[] = {{"&lt;", '<'},   {"&gt;", '>'},    {"&amp;", '&'},    {"&quot;", '"'}, {"&apos;", '\''},
                                    {"&nbsp;", ' '}, {"&colon;", ':'}, {"&period;", '.'}, {"&comma;", ','}};
  const std::string_view written = text.substr(0, end + 1);
  for (const Named& named : names)
    if (named.name == written) return {written.size(), named.character};
  if (written.size() < 4 || written[1] != '#') return {};
  const bool is_hex = (written[2] | 0x20) == 'x';
  const std::size_t mark = is_hex ? 3 : 2;
  Escaped escaped = read_digits(written, mark, end - mark, is_hex ? 16 : 10);
  if (escaped.size != 0) ++escaped.size;
  return escaped;
}

Escaped read_escape(std::string_view text) {
  switch (text.front()) {
    case '%':
      return read_digits(text, 1, 2);
    case '&':
      return read_entity(text);
    case '\\':
      if (text.size() > 1 && text[1] == 'u') return read_digits(text, 2, 4);
      if (text.size() > 1 && text[1] == 'x') return read_digits(text, 2, 2);
      return {};
    default:
      return {};
  }
}

/// The text with its escapes read; empty when it has none. "%20" and the like are bytes of UTF-8.
std::string without_escapes(std::string_view text) {
  std::string out;
  bool has_any = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t next = find_any_of(text, "\\%&", at);
    out.append(text.substr(at, next - at));
    if (next == std::string_view::npos) break;
    const Escaped escaped = read_escape(text.substr(next));
    if (escaped.size == 0) out += text[next];
    else if (text[next] == '%') out += static_cast<char>(escaped.character);
    else append_utf8(out, escaped.character);
    has_any |= escaped.size != 0;
    at = next + std::max<std::size_t>(escaped.size, 1);
  }
  return has_any ? out : std::string{};
}

std::string from_base64(std::string_view run) {
  std::string bytes;
  unsigned bits = 0, count = 0;
  for (const char c : run) {
    bits = bits << 6 | static_cast<unsigned>(base64_digit(c));
    if (count += 6; count >= 8) bytes += static_cast<char>(bits >> (count -= 8) & 0xFF);
  }
  return bytes;
}

std::string from_hex(std::string_view run) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < run.size(); i += 2)
    bytes += static_cast<char>(hex_digit(run[i]) << 4 | hex_digit(run[i + 1]));
  return bytes;
}

bool is_text(std::string_view bytes) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' && c != '\r'; };
  return !bytes.empty() && std::ranges::none_of(bytes, is_control) && is_valid_utf8(bytes);
}

/// Adds what the text reads as otherwise, and what that reads as.
void add_readings(std::string_view text, const std::string& how, unsigned depth, std::vector<Reading>& readings) {
  if (depth == deepest || !may_read_otherwise(text)) return;
  const auto add = [&](std::string reading, std::string_view written) {
    readings.push_back({std::move(reading), fmt::format(", {}{}", written, how)});
  };
  const std::string plain = has_other_shapes(text) ? in_plain_letters(text) : std::string{};
  if (!plain.empty()) add(plain, "in letters of other shapes or with characters between them");
  if (const std::string_view reading = plain.empty() ? text : std::string_view{plain}; has_emphasis(reading))
    add(without_emphasis(reading), "with marks of emphasis in it");
  const auto add_with_readings = [&](std::string reading, std::string_view written) {
    add(std::move(reading), written);
    // A copy: the list of readings grows meanwhile.
    const Reading added = readings.back();
    add_readings(added.text, added.how, depth + 1, readings);
  };
  if (std::string read = without_escapes(text); !read.empty()) add_with_readings(std::move(read), "written in escapes");
  for_each_encoded_run(text, [&](const EncodedRun& run) { add_with_readings(run.text, fmt::format("written in {}", run.form)); });
}

}  // namespace

bool has_long_run(std::string_view text) {
  return !next_run(text, 0).empty();
}

void for_each_encoded_run(std::string_view text, const std::function<void(const EncodedRun&)>& visit) {
  for (std::size_t from = 0;;) {
    const std::string_view run = next_run(text, from);
    if (run.empty()) return;
    from = static_cast<std::size_t>(run.data() - text.data()) + run.size();
    const bool is_hex = std::ranges::all_of(run, [](char c) { return hex_digit(c) >= 0; });
    std::string decoded = is_hex ? from_hex(run) : from_base64(run);
    if (is_text(decoded)) visit({run, std::move(decoded), is_hex ? "hexadecimal digits" : "Base64"});
  }
}

char latin_lookalike(char32_t c) {
  const auto found = std::ranges::lower_bound(lookalikes, c, {}, &Lookalike::letter);
  return found != lookalikes.end() && found->letter == c ? found->latin : '\0';
}

bool has_emphasis(std::string_view text) {
  for (std::size_t at = 0; (at = find_any_of(text, "*_", at)) != std::string_view::npos;) {
    if (emphasis_at(text, at) > 0) return true;
    at = text.find_first_not_of("*_", at);
  }
  return false;
}

std::vector<Reading> readings_of(std::string_view text) {
  std::vector<Reading> readings{{std::string{text}, ""}};
  add_readings(text, "", 0, readings);
  return readings;
}

std::optional<Steering> find_decoded(std::string_view text,
                                     const std::function<std::optional<Steering>(std::string_view)>& find) {
  for (const Reading& reading : readings_of(text))
    if (auto found = find(reading.text)) {
      found->what += reading.how;
      return found;
    }
  return {};
}

}  // namespace plugvet::checks
