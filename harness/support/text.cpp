#include "harness/support/text.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <stdexcept>

#include "harness/support/utf8.h"

namespace plugvet {
namespace {

constexpr char32_t emoji_variation = 0xFE0F;

/// Calls `visit(point, offset)` for each code point and each byte that is none, until it returns false.
template <class Visit>
void for_each_code_point(std::string_view text, Visit visit) {
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const DecodedCodePoint point = byte < 0x80 ? DecodedCodePoint{byte, 1, true} : decode_utf8(text, i);
    if (!visit(point, i)) return;
    i += point.size;
  }
}

/// What shows nothing, or makes its surroundings show in another order.
bool is_invisible(char32_t c) {
  const auto code = static_cast<UChar32>(c);
  const auto type = u_charType(code);
  return type == U_CONTROL_CHAR || type == U_FORMAT_CHAR || type == U_LINE_SEPARATOR || type == U_PARAGRAPH_SEPARATOR ||
         u_hasBinaryProperty(code, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) ||
         u_hasBinaryProperty(code, UCHAR_NONCHARACTER_CODE_POINT);
}

bool is_space(char32_t c) {
  return u_isUWhiteSpace(static_cast<UChar32>(c));
}

/// Where the last code point begins; the last byte when it ends none.
std::size_t last_code_point(std::string_view text) {
  for (std::size_t size = 1; size <= std::min<std::size_t>(4, text.size()); ++size) {
    const DecodedCodePoint point = decode_utf8(text, text.size() - size);
    if (point.valid && point.size == size) return text.size() - size;
  }
  return text.size() - 1;
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Damerau–Levenshtein distance (neighbours may be swapped once), ignoring ASCII case.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = lower(a[i - 1]) == lower(b[j - 1]);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0u : 1u)});
      const bool swapped = i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]);
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

}  // namespace

std::size_t code_points(std::string_view utf8) {
  if (is_ascii(utf8)) return utf8.size();
  std::size_t count = 0;
  for_each_code_point(utf8, [&](const DecodedCodePoint&, std::size_t) { return ++count, true; });
  return count;
}

std::size_t utf16_units(std::string_view utf8) {
  if (is_ascii(utf8)) return utf8.size();
  std::size_t count = 0;
  for_each_code_point(utf8, [&](const DecodedCodePoint& point, std::size_t) {
    count += point.value > 0xFFFF ? 2 : 1;
    return true;
  });
  return count;
}

std::string_view first_code_points(std::string_view utf8, std::size_t count) {
  if (is_ascii(utf8.substr(0, count))) return utf8.substr(0, count);
  std::size_t end = 0;
  for_each_code_point(utf8, [&](const DecodedCodePoint& point, std::size_t offset) {
    if (count == 0) return false;
    --count;
    end = offset + point.size;
    return true;
  });
  return utf8.substr(0, end);
}

std::string shortened(std::string_view utf8, std::size_t count) {
  if (count == 0) return {};
  if (utf8.size() <= count || first_code_points(utf8, count).size() == utf8.size()) return std::string{utf8};
  return std::string{first_code_points(utf8, count - 1)} + "…";
}

bool is_valid_utf8(std::string_view bytes) {
  return find_invalid_utf8(bytes) == std::string_view::npos;
}

namespace {

// Nearly every text is, and nothing in it has to be looked up.
bool is_plain_ascii(std::string_view bytes, bool single_line) {
  return is_visible_ascii(bytes) || std::ranges::all_of(bytes, [&](char c) {
    return (c >= ' ' && c < '\x7F') || (!single_line && (c == '\n' || c == '\t'));
  });
}

}  // namespace

std::string printable(std::string_view bytes, bool single_line) {
  if (is_plain_ascii(bytes, single_line)) return std::string{bytes};
  std::string out;
  out.reserve(bytes.size());
  char32_t previous = 0;
  for_each_code_point(bytes, [&](const DecodedCodePoint& point, std::size_t offset) {
    const auto code = static_cast<std::uint32_t>(point.value);
    const bool layout = !single_line && (code == '\n' || code == '\t');
    // An emoji in its coloured form is what everybody writes; the selector anywhere else hides something.
    const bool of_emoji = code == emoji_variation && u_hasBinaryProperty(static_cast<UChar32>(previous), UCHAR_EMOJI);
    if (!point.valid) {
      out += fmt::format("\\x{{{:02X}}}", code);
    } else if (is_invisible(point.value) && !layout && !of_emoji) {
      out += fmt::format("\\u{{{:X}}}", code);
    } else {
      out.append(bytes, offset, point.size);
    }
    previous = point.valid ? point.value : 0;
    return true;
  });
  return out;
}

std::string in_quotes(std::string_view text, std::size_t most) {
  return '"' + printable(shortened(text, most)) + '"';
}

std::string_view trimmed(std::string_view utf8) {
  const auto is_space_at = [&](std::size_t offset) {
    const DecodedCodePoint point = decode_utf8(utf8, offset);
    return point.valid && is_space(point.value);
  };
  while (!utf8.empty() && is_space_at(0)) utf8.remove_prefix(decode_utf8(utf8, 0).size);
  while (!utf8.empty()) {
    const std::size_t last = last_code_point(utf8);
    if (!is_space_at(last)) break;
    utf8.remove_suffix(utf8.size() - last);
  }
  return utf8;
}

bool is_blank(std::string_view utf8) {
  return trimmed(utf8).empty();
}

bool is_visible_ascii(std::string_view text) {
  // Eight bytes at a time: their highest bit is set where one is beyond ASCII, below the space, or 0x7F.
  constexpr std::uint64_t ones = 0x0101'0101'0101'0101, highs = ones << 7;
  std::uint64_t odd = 0, part = 0;
  for (; text.size() >= sizeof part; text.remove_prefix(sizeof part)) {
    std::memcpy(&part, text.data(), sizeof part);
    odd |= part | (((part | highs) - ones * ' ') ^ highs) | ((part & ~highs) + ones);
  }
  return (odd & highs) == 0 && std::ranges::all_of(text, [](char c) { return c >= ' ' && c < '\x7F'; });
}

bool is_ascii(std::string_view text) {
  // Eight bytes at a time: this is asked about every text, often.
  std::uint64_t all = 0, part = 0;
  for (; text.size() >= sizeof part; text.remove_prefix(sizeof part)) {
    std::memcpy(&part, text.data(), sizeof part);
    all |= part;
  }
  for (const char c : text) all |= static_cast<unsigned char>(c);
  return (all & 0x8080'8080'8080'8080) == 0;
}

bool has_any_of(std::string_view text, std::string_view bytes) {
  return std::ranges::any_of(bytes, [&](char byte) { return text.find(byte) != std::string_view::npos; });
}

std::size_t find_any_of(std::string_view text, std::string_view bytes, std::size_t from) {
  constexpr std::size_t window_size = 256;  // a byte that is rare is not looked for to the end each time
  for (; from < text.size(); from += window_size) {
    std::string_view window = text.substr(from, window_size);
    std::size_t first = std::string_view::npos;
    for (const char byte : bytes) {
      const std::size_t found = window.find(byte);
      if (found == std::string_view::npos) continue;
      first = found;
      window = window.substr(0, found);
    }
    if (first != std::string_view::npos) return from + first;
  }
  return std::string_view::npos;
}

std::string to_lower_ascii(std::string_view text) {
  std::string out{text};
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

std::string to_upper_ascii(std::string_view text) {
  std::string out{text};
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

bool equal_ignoring_case_ascii(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

std::string nearest(std::string_view word, std::span<const std::string_view> candidates) {
  constexpr std::size_t longest_word = 200;  // the cost grows with the square; nobody mistypes more than that
  if (word.empty() || word.size() > longest_word) return {};
  std::string_view best;
  std::size_t best_distance = 0;
  for (const std::string_view candidate : candidates) {
    if (candidate.size() > longest_word) continue;
    const std::size_t enough = std::max<std::size_t>(1, std::max(word.size(), candidate.size()) / 3);
    const std::size_t longer = std::max(word.size(), candidate.size()), shorter = std::min(word.size(), candidate.size());
    if (longer - shorter > enough) continue;  // so far apart are they at least
    const std::size_t here = distance(word, candidate);
    if (here > enough || here >= std::max(word.size(), candidate.size())) continue;
    if (best.empty() || here < best_distance) {
      best = candidate;
      best_distance = here;
    }
  }
  return std::string{best};
}

std::string sha256(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  // Looking the algorithm up takes longer than applying it to a manifest.
  static EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, algorithm, nullptr) != 1) {
    throw std::runtime_error{"SHA-256 is not available"};
  }
  constexpr std::string_view digits = "0123456789abcdef";
  std::string hex;
  hex.reserve(std::size_t{size} * 2);
  for (unsigned i = 0; i < size; ++i) (hex += digits[digest[i] >> 4]) += digits[digest[i] & 0xF];
  return hex;
}

std::string base64(std::string_view bytes) {
  // EVP_EncodeBlock counts in int; whole groups of three bytes can be encoded one after the other.
  constexpr std::size_t piece = 3u << 20;
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += piece) {
    const std::string_view part = bytes.substr(i, piece);
    std::string encoded((part.size() + 2) / 3 * 4 + 1, '\0');
    const int written =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(encoded.data()),
                        reinterpret_cast<const unsigned char*>(part.data()), static_cast<int>(part.size()));
    out.append(encoded, 0, static_cast<std::size_t>(written));
  }
  return out;
}

std::pair<std::string, std::string> differing_parts(std::string_view a, std::string_view b) {
  constexpr std::size_t context = 40;  // bytes, and then to the next space
  const auto begin = static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
  const std::size_t shorter = std::min(a.size(), b.size()) - begin;
  std::size_t alike = 0;
  while (alike < shorter && a[a.size() - 1 - alike] == b[b.size() - 1 - alike]) ++alike;
  const std::size_t from = begin <= context ? std::string_view::npos : a.rfind(' ', begin - context);
  const std::size_t to = alike <= context ? std::string_view::npos : a.find(' ', a.size() - alike + context);
  const auto part = [&](std::string_view text) {
    const std::size_t left = to == std::string_view::npos ? 0 : a.size() - to;
    const std::size_t start = from == std::string_view::npos ? 0 : from + 1;
    std::string shown{text.substr(start, std::max(text.size() - left, start) - start)};
    std::ranges::replace_if(shown, [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
    return (start > 0 ? "… " : "") + shown + (left > 0 ? " …" : "");
  };
  return {part(a), part(b)};
}

std::string counted(std::size_t count, std::string_view singular, std::string_view plural) {
  if (count == 1) return fmt::format("1 {}", singular);
  return plural.empty() ? fmt::format("{} {}s", count, singular) : fmt::format("{} {}", count, plural);
}

std::string listed(std::span<const std::string> items, std::string_view conjunction) {
  std::string out;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out += i + 1 < items.size() ? ", " : fmt::format(" {} ", conjunction);
    out += items[i];
  }
  return out;
}

std::string bytes_text(std::size_t bytes) {
  constexpr std::array<std::string_view, 4> units = {"KiB", "MiB", "GiB", "TiB"};
  if (bytes < 1024) return counted(bytes, "byte");
  double size = static_cast<double>(bytes) / 1024;
  std::size_t unit = 0;
  while (size >= 1023.95 && unit + 1 < units.size()) {
    size /= 1024;
    ++unit;
  }
  std::string number = fmt::format("{:.1f}", size);
  if (number.ends_with(".0")) number.resize(number.size() - 2);
  return fmt::format("{} {}", number, units[unit]);
}

}  // namespace plugvet
