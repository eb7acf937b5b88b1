#include <arpa/inet.h>
#include <unicode/idna.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <vector>

#include "harness/schema/formats.h"
#include "harness/support/characters.h"
#include "harness/support/text.h"
#include "harness/support/utf8.h"

namespace plugvet::schema {
namespace {

constexpr std::size_t longest_label = 63;
constexpr std::size_t longest_name = 253;
constexpr std::size_t longest_unicode_name = 4 * longest_name;  // in bytes

// --- RFC 5892: which characters a label may have ---------------------------------------------------------------------

/// Section 2.6: these are decided by name.
bool is_excepted_valid(UChar32 c) {
  constexpr std::array<UChar32, 7> valid = {0xDF, 0x3C2, 0x6FD, 0x6FE, 0xF0B, 0x3007, 0x30FB};
  return std::ranges::find(valid, c) != valid.end();
}
bool is_excepted_disallowed(UChar32 c) {
  constexpr std::array<UChar32, 10> disallowed = {0x640,  0x7FA,  0x302E, 0x302F, 0x3031,
                                                  0x3032, 0x3033, 0x3034, 0x3035, 0x303B};
  return std::ranges::find(disallowed, c) != disallowed.end();
}

/// Section 2.2: changed by folding and compatibility.
bool is_unstable(UChar32 c) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* folding = icu::Normalizer2::getNFKCCasefoldInstance(status);
  if (U_FAILURE(status)) return true;
  const icu::UnicodeString text{c};
  return folding->normalize(text, status) != text || U_FAILURE(status);
}

bool is_letter_or_digit(UChar32 c) {
  constexpr std::uint32_t mask =
      U_GC_LL_MASK | U_GC_LU_MASK | U_GC_LO_MASK | U_GC_ND_MASK | U_GC_LM_MASK | U_GC_MN_MASK | U_GC_MC_MASK;
  return (U_GET_GC_MASK(c) & mask) != 0;
}

bool is_old_hangul(UChar32 c) {
  const int type = u_getIntPropertyValue(c, UCHAR_HANGUL_SYLLABLE_TYPE);
  return type == U_HST_LEADING_JAMO || type == U_HST_VOWEL_JAMO || type == U_HST_TRAILING_JAMO;
}

/// Characters whose neighbours decide (appendix A); the joiners and the Bidi rule are ICU's.
bool fits_context(const std::vector<UChar32>& label, std::size_t i) {
  const auto script = [&](std::size_t at) {
    UErrorCode status = U_ZERO_ERROR;
    return at < label.size() ? uscript_getScript(label[at], &status) : USCRIPT_INVALID_CODE;
  };
  const auto has = [&](UChar32 first, UChar32 last) {
    return std::ranges::any_of(label, [&](UChar32 c) { return c >= first && c <= last; });
  };
  const UChar32 c = label[i];
  switch (c) {
    case 0xB7:
      return i > 0 && i + 1 < label.size() && label[i - 1] == 'l' && label[i + 1] == 'l';
    case 0x375:
      return script(i + 1) == USCRIPT_GREEK;
    case 0x5F3:
    case 0x5F4:
      return i > 0 && script(i - 1) == USCRIPT_HEBREW;
    case 0x30FB:
      for (std::size_t at = 0; at < label.size(); ++at) {
        const UScriptCode code = script(at);
        if (code == USCRIPT_HIRAGANA || code == USCRIPT_KATAKANA || code == USCRIPT_HAN) return true;
      }
      return false;
    default:
      if (c >= 0x660 && c <= 0x669) return !has(0x6F0, 0x6F9);
      if (c >= 0x6F0 && c <= 0x6F9) return !has(0x660, 0x669);
      return true;
  }
}

bool is_context_character(UChar32 c) {
  return c == 0xB7 || c == 0x375 || c == 0x5F3 || c == 0x5F4 || c == 0x30FB || c == 0x200C || c == 0x200D ||
         (c >= 0x660 && c <= 0x669) || (c >= 0x6F0 && c <= 0x6F9);
}

bool is_allowed(UChar32 c) {
  if (c < 0x80) return c == '-' || is_digit(static_cast<char>(c)) || (c >= 'a' && c <= 'z');
  if (is_excepted_valid(c) || is_context_character(c)) return true;
  if (is_excepted_disallowed(c) || is_unstable(c) || is_old_hangul(c)) return false;
  const bool is_ignorable = u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) || u_isUWhiteSpace(c) ||
                            u_hasBinaryProperty(c, UCHAR_NONCHARACTER_CODE_POINT);
  return !is_ignorable && is_letter_or_digit(c);
}

// --- Labels ----------------------------------------------------------------------------------------------------------

bool is_plain_label(std::string_view label) {
  return !label.empty() && label.size() <= longest_label && label.front() != '-' && label.back() != '-' &&
         std::ranges::all_of(label, [](char c) { return is_letter(c) || is_digit(c) || c == '-'; });
}

bool has_reserved_hyphens(std::string_view label) {
  return label.size() >= 4 && label[2] == '-' && label[3] == '-';
}

const icu::IDNA* idna() {
  static const std::unique_ptr<const icu::IDNA> instance = [] {
    UErrorCode status = U_ZERO_ERROR;
    return std::unique_ptr<const icu::IDNA>{
        icu::IDNA::createUTS46Instance(UIDNA_USE_STD3_RULES | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ |
                                           UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_NONTRANSITIONAL_TO_UNICODE,
                                       status)};
  }();
  return instance.get();
}

using Convert = void (icu::IDNA::*)(icu::StringPiece, icu::ByteSink&, icu::IDNAInfo&, UErrorCode&) const;

/// Empty when the text is no internationalised name.
std::string converted(std::string_view text, Convert convert) {
  std::string out;
  icu::StringByteSink<std::string> sink{&out};
  icu::IDNAInfo info;
  UErrorCode status = U_ZERO_ERROR;
  (idna()->*convert)({text.data(), static_cast<int32_t>(text.size())}, sink, info, status);
  return U_FAILURE(status) || info.hasErrors() ? std::string{} : out;
}

/// RFC 5891, section 5.4, for a label as people read it.
bool is_unicode_label(std::string_view label) {
  std::vector<UChar32> points;
  for (std::size_t i = 0; i < label.size();) {
    const DecodedCodePoint point = decode_utf8(label, i);
    if (!point.valid || !is_allowed(static_cast<UChar32>(point.value))) return false;
    points.push_back(static_cast<UChar32>(point.value));
    i += point.size;
  }
  if (points.empty() || points.front() == '-' || points.back() == '-') return false;
  if (points.size() >= 4 && points[2] == '-' && points[3] == '-') return false;
  if ((U_GET_GC_MASK(points[0]) & U_GC_M_MASK) != 0) return false;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!fits_context(points, i)) return false;
  }
  const std::string ascii = converted(label, &icu::IDNA::labelToASCII_UTF8);
  return !ascii.empty() && ascii.size() <= longest_label;
}

bool is_ascii_label(std::string_view label) {
  if (!is_plain_label(label)) return false;
  if (!has_reserved_hyphens(label)) return true;
  if (!label.starts_with("xn--")) return (label[0] | 0x20) != 'x' || (label[1] | 0x20) != 'n';
  const std::string unicode = converted(label, &icu::IDNA::labelToUnicodeUTF8);
  return !unicode.empty() && !is_ascii(unicode) && is_unicode_label(unicode) &&
         converted(unicode, &icu::IDNA::labelToASCII_UTF8) == label;
}

/// `text` without the first label, which it returns. Dots of other scripts separate too where `any_dot`.
std::string_view take_label(std::string_view& text, bool& has_more, bool any_dot) {
  std::size_t at = 0;
  while (at < text.size()) {
    const DecodedCodePoint point = decode_utf8(text, at);
    const bool is_dot =
        point.value == '.' || (any_dot && (point.value == 0x3002 || point.value == 0xFF0E || point.value == 0xFF61));
    if (point.valid && is_dot) {
      const std::string_view label = text.substr(0, at);
      text.remove_prefix(at + point.size);
      has_more = true;
      return label;
    }
    at += point.size;
  }
  has_more = false;
  return text;
}

template <class Fits>
bool all_labels(std::string_view text, bool any_dot, Fits fits) {
  for (bool has_more = true; has_more;) {
    if (!fits(take_label(text, has_more, any_dot))) return false;
  }
  return true;
}

// --- Mail ------------------------------------------------------------------------------------------------------------

bool is_atom_character(char c, bool unicode) {
  return is_letter(c) || is_digit(c) || std::string_view{"!#$%&'*+-/=?^_`{|}~"}.find(c) != std::string_view::npos ||
         (unicode && static_cast<unsigned char>(c) >= 0x80);
}

bool is_dot_string(std::string_view text, bool unicode) {
  bool after_dot = true;
  for (const char c : text) {
    if (c == '.' ? after_dot : !is_atom_character(c, unicode)) return false;
    after_dot = c == '.';
  }
  return !after_dot;
}

bool is_quoted_string(std::string_view text, bool unicode) {
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return false;
  text = text.substr(1, text.size() - 2);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') return false;
    if (text[i] == '\\' && ++i == text.size()) return false;
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 0x20 || c == 0x7F || (c >= 0x80 && !unicode)) return false;
  }
  return true;
}

bool is_mailbox(std::string_view text, bool unicode) {
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos) return false;
  const std::string_view local = text.substr(0, at), domain = text.substr(at + 1);
  if (!is_dot_string(local, unicode) && !is_quoted_string(local, unicode)) return false;
  if (domain.starts_with('[') && domain.ends_with(']')) {
    const std::string_view address = domain.substr(1, domain.size() - 2);
    return address.starts_with("IPv6:") ? is_ipv6(address.substr(5)) : is_ipv4(address);
  }
  if (domain.size() > longest_unicode_name) return false;
  return unicode && !is_ascii(domain) ? !converted(domain, &icu::IDNA::nameToASCII_UTF8).empty() : is_hostname(domain);
}

bool is_address(int family, std::string_view text) {
  constexpr std::size_t longest = 45;
  std::array<unsigned char, 16> address{};
  if (text.size() > longest || text.find('\0') != std::string_view::npos) return false;
  return ::inet_pton(family, std::string{text}.c_str(), address.data()) == 1;
}

}  // namespace

bool is_ipv4(std::string_view text) {
  return is_address(AF_INET, text);
}
bool is_ipv6(std::string_view text) {
  return is_address(AF_INET6, text);
}

bool is_hostname(std::string_view text) {
  return text.size() <= longest_name && is_ascii(text) && all_labels(text, false, is_ascii_label);
}

bool is_idn_hostname(std::string_view text) {
  if (text.size() > longest_unicode_name) return false;
  const bool fits = all_labels(text, true, [](std::string_view label) {
    return is_ascii(label) ? is_ascii_label(label) && (!has_reserved_hyphens(label) || label.starts_with("xn--"))
                           : is_unicode_label(label);
  });
  if (!fits) return false;
  const std::string ascii = converted(text, &icu::IDNA::nameToASCII_UTF8);  // the Bidi rule is about the whole name
  return !ascii.empty() && ascii.size() <= longest_name;
}

bool is_email(std::string_view text) {
  return is_mailbox(text, false);
}
bool is_idn_email(std::string_view text) {
  return find_invalid_utf8(text) == std::string_view::npos && is_mailbox(text, true);
}

}  // namespace plugvet::schema
