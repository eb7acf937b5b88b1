#include "harness/probe/texts.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/support/text.h"
#include "harness/support/utf8.h"

namespace plugvet {
namespace {

constexpr std::string_view day_texts[] = {"2026-03-20", "2024-02-29", "1970-01-01", "2099-12-31"};
constexpr std::string_view date_times[] =
    {"2026-03-20T12:30:00Z", "2024-02-29T23:59:59.999Z", "2026-03-20T12:30:00+05:30"};
constexpr std::string_view clock_times[] = {"12:30:00Z", "23:59:59+00:00"};
constexpr std::string_view durations[] = {"P1D", "PT1H30M"};
constexpr std::string_view uuids[] = {"6f1d2c4a-7b3e-4f58-9c0d-1e2a3b4c5d6e", "00000000-0000-4000-8000-000000000000"};
constexpr std::string_view emails[] = {"someone@example.com", "some.one+tag@mail.example.com"};
constexpr std::string_view uris[] = {"https://example.com/", "https://example.com/a/b?c=d&e=%20#f"};
constexpr std::string_view uri_references[] = {"/a/b", "https://example.com/"};
constexpr std::string_view hostnames[] = {"example.com", "a-b.example.com"};
constexpr std::string_view ipv4s[] = {"192.0.2.1", "198.51.100.255"};
constexpr std::string_view ipv6s[] = {"2001:db8::1", "::1"};
constexpr std::string_view byte_texts[] = {"SGVsbG8=", "AA=="};
constexpr std::string_view json_pointers[] = {"/a/b", ""};
constexpr std::string_view regexes[] = {"^a+$"};

struct FormatTexts {
  std::string_view format;
  std::span<const std::string_view> texts;
};
constexpr FormatTexts known_formats[] = {
    {"date", day_texts},       {"date-time", date_times}, {"time", clock_times},         {"duration", durations},
    {"uuid", uuids},       {"email", emails},         {"idn-email", emails},   {"uri", uris},
    {"url", uris},         {"iri", uris},             {"uri-reference", uri_references},
        {"iri-reference", uri_references},
    {"hostname", hostnames}, {"idn-hostname", hostnames}, {"ipv4", ipv4s},     {"ipv6", ipv6s},
    {"byte", byte_texts},       {"json-pointer", json_pointers}, {"regex", regexes},
};

constexpr std::string_view plain_characters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/// Where programs stumble: quotes and markup, accents, other directions, beyond 16 bits, invisible ones, controls.
constexpr char32_t awkward[] =
    {U'\'', U'"', U'\\', U'<', U'&', U'%', U'\u00e9', U'\u00df', U'\u0130', U'\u05d0', U'\u0644', U'\u4e2d',
                                U'\u0301', U'\u200b', U'\u202e', U'\ufeff', U'\U0001f600', U'\U0001f468', U'\U00020000',
                                U'\n', U'\t', U'\x01', U'\x7f', U'\x85', U'\0'};

char32_t wild_character(Random& random) {
  if (random.happens(50)) return static_cast<unsigned char>(plain_characters[random.below(plain_characters.size())]);
  if (random.happens(50)) return awkward[random.below(std::size(awkward))];
  char32_t one = static_cast<char32_t>(random.happens(60) ? random.below(0x3000) : random.below(0x110000));
  if (one >= 0xd800 && one <= 0xdfff) one = 0x20ac;
  return one;
}

bool is_no_character(char32_t one) {
  return one < 0x20 || (one >= 0x7f && one < 0xa0) || (one & 0xfffe) == 0xfffe || (one >= 0xfdd0 && one <= 0xfdef) ||
         (one >= 0xe000 && one <= 0xf8ff) || one >= 0xe0000;
}

std::string random_uuid(Random& random) {
  const std::uint64_t a = random.next(), b = random.next();
  return fmt::format("{:08x}-{:04x}-4{:03x}-{:x}{:03x}-{:012x}", a >> 32, a >> 16 & 0xffff, a & 0xfff, 8 + (b >> 62),
                     b >> 48 & 0xfff, b & 0xffffffffffff);
}

}  // namespace

std::span<const std::string_view> texts_of_format(std::string_view format) {
  const auto found = std::ranges::find(known_formats, format, &FormatTexts::format);
  return found == std::end(known_formats) ? std::span<const std::string_view>{} : found->texts;
}

std::string random_text_of_format(std::string_view format, Random& random) {
  // The known ones are where programs stumble.
  if (const auto known = texts_of_format(format); !known.empty() && random.happens(25))
    return std::string{known[random.below(known.size())]};
  const auto day = [&] {
    const std::int64_t month = random.between(1, 12);
    const std::int64_t days = month == 2 ? 28 : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    return fmt::format("{:04}-{:02}-{:02}", random.between(1970, 2100), month, random.between(1, days));
  };
  const auto time = [&] {
    return fmt::format("{:02}:{:02}:{:02}Z", random.between(0, 23), random.between(0, 59), random.between(0, 59));
  };
  const auto word = [&] { return to_lower_ascii(random_text(1 + random.below(10), false, random)); };
  if (format == "date") return day();
  if (format == "date-time") return day() + "T" + time();
  if (format == "time") return time();
  if (format == "uuid") return random_uuid(random);
  if (format == "email") return "a" + word() + "@example.com";
  if (format == "uri" || format == "url") return "https://example.com/" + word();
  if (format == "hostname") return "a" + word() + ".example.com";
  if (format == "ipv4") return fmt::format("192.0.2.{}", random.below(256));
  if (format == "ipv6") return fmt::format("2001:db8::{:x}", 1 + random.below(0xfffe));
  if (format == "byte") return base64(random_text(random.below(20), false, random));
  const auto texts = texts_of_format(format);
  return texts.empty() ? std::string{} : std::string{texts[random.below(texts.size())]};
}

std::string random_text(std::size_t length, bool is_wild, Random& random) {
  std::string text;
  for (std::size_t i = 0; i < length; ++i)
    append_utf8(text, is_wild ? wild_character(random)
                              : static_cast<unsigned char>(plain_characters[random.below(plain_characters.size())]));
  return text;
}

bool is_odd_text(std::string_view text) {
  if (is_blank(text)) return true;
  bool has_visible = false;
  for (std::size_t at = 0; at < text.size();) {
    const DecodedCodePoint one = decode_utf8(text, at);
    if (!one.valid || is_no_character(one.value)) return true;
    has_visible |= printable(text.substr(at, one.size)) == text.substr(at, one.size);
    at += one.size;
  }
  return !has_visible;
}

}  // namespace plugvet
