#include "harness/support/url.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <fmt/format.h>
#include <libpsl.h>
#include <unicode/idna.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <vector>

#include "harness/support/characters.h"
#include "harness/support/text.h"
#include "harness/support/utf8.h"

namespace plugvet {
namespace {

constexpr std::size_t longest_url = 8192;  // what servers accept as a request line
constexpr std::size_t longest_name = 253;
constexpr std::size_t longest_label = 63;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_hex_digit(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}
Problem refusal(std::string id, std::string what) {
  return {.rung = Rung::url, .id = std::move(id), .what = std::move(what), .where = {}, .position = {}, .blame = {}};
}

std::string shown(std::string_view part) {
  return printable(shortened(part, 80));
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

// --- The text as a whole -------------------------------------------------------------------------------------------

/// Browsers strip white space and read backslashes as slashes; nothing of that may be in an address that is fetched.
std::optional<Problem> refuse_characters(std::string_view text) {
  if (text.empty()) return refusal("url.syntax", "The URL is empty.");
  if (text.size() > longest_url) {
    return refusal("url.syntax",
                   fmt::format("The URL has {} bytes; at most {} are accepted.", text.size(), longest_url));
  }
  if (is_visible_ascii(text) && !has_any_of(text, " \\")) return {};
  for (std::size_t i = 0; i < text.size();) {
    const DecodedCodePoint point = decode_utf8(text, i);
    const auto code = static_cast<UChar32>(point.value);
    if (!point.valid)
      return refusal("url.syntax", fmt::format("The URL is not valid UTF-8: byte {:02X} at offset {}.", code, i));
    const char* name = code == '\\'                                    ? "a backslash"
                       : u_isUWhiteSpace(code)                         ? "white space"
                       : code < 0x20 || (code >= 0x7F && code <= 0x9F) ? "a control character"
                                                                       : nullptr;
    if (name != nullptr) {
      return refusal("url.syntax",
                     fmt::format("The URL contains {} (U+{:04X}) at offset {}; a URL can have none.", name, code, i));
    }
    i += point.size;
  }
  return {};
}

/// The length of a scheme before ':', npos when there is none.
std::size_t scheme_length(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || !is_letter(text[0])) return std::string_view::npos;
  const bool fits = std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(colon),
                                [](char c) { return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.'; });
  return fits ? colon : std::string_view::npos;
}

// --- The host ------------------------------------------------------------------------------------------------------

/// One part of an address in the ways that browsers accept: decimal, 0x hexadecimal, 0 octal.
std::optional<std::uint64_t> loose_number(std::string_view part) {
  int base = 10;
  if (part.size() >= 2 && part[0] == '0' && (part[1] == 'x' || part[1] == 'X')) {
    part.remove_prefix(2);
    base = 16;
  } else if (part.size() >= 2 && part[0] == '0') {
    part.remove_prefix(1);
    base = 8;
  }
  if (part.empty()) return base == 16 ? std::optional<std::uint64_t>{0} : std::nullopt;
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value, base);
  return error == std::errc{} && end == part.data() + part.size() ? std::optional{value} : std::nullopt;
}

/// A browser takes the host for an IPv4 address when its last label is a number.
bool ends_in_number(std::string_view host) {
  const std::string_view last = host.substr(host.rfind('.') + 1);
  const bool hexadecimal = last.size() >= 2 && last[0] == '0' && (last[1] == 'x' || last[1] == 'X') &&
                           std::all_of(last.begin() + 2, last.end(), is_hex_digit);
  return hexadecimal || all_digits(last);
}

/// The address that a browser makes of a number, as a dotted quad; empty when it makes none.
std::string browser_ipv4(std::string_view host) {
  const std::vector<std::string_view> parts = split(host, '.');
  if (parts.size() > 4) return {};
  std::uint64_t address = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::optional<std::uint64_t> number = loose_number(parts[i]);
    const bool last = i + 1 == parts.size();
    const std::size_t bits = last ? 8 * (4 - i) : 8;
    if (!number || *number >> bits != 0) return {};
    address = address << bits | *number;
  }
  return fmt::format("{}.{}.{}.{}", address >> 24, address >> 16 & 255, address >> 8 & 255, address & 255);
}

bool is_dotted_quad(std::string_view host) {
  std::array<unsigned char, 4> address{};
  return ::inet_pton(AF_INET, std::string{host}.c_str(), address.data()) == 1 && browser_ipv4(host) == host;
}

/// The one spelling of an IPv6 address; empty when it is none.
std::string canonical_ipv6(const std::string& text) {
  std::array<unsigned char, 16> address{};
  std::array<char, INET6_ADDRSTRLEN> out{};
  if (::inet_pton(AF_INET6, text.c_str(), address.data()) != 1) return {};
  return ::inet_ntop(AF_INET6, address.data(), out.data(), out.size());
}

const icu::IDNA& idna() {
  static const std::unique_ptr<const icu::IDNA> instance = [] {
    UErrorCode status = U_ZERO_ERROR;
    return std::unique_ptr<const icu::IDNA>{
        icu::IDNA::createUTS46Instance(UIDNA_USE_STD3_RULES | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ |
                                           UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_NONTRANSITIONAL_TO_UNICODE,
                                       status)};
  }();
  return *instance;
}

/// Errors that do not stop a browser: hyphens in the third and fourth place are common in ASCII names.
bool is_serious(const icu::IDNAInfo& info) {
  return (info.getErrors() & ~std::uint32_t{UIDNA_ERROR_HYPHEN_3_4}) != 0;
}

/// Invisible characters that the mapping of names would drop without a word.
std::optional<char32_t> ignored_character(std::string_view host) {
  constexpr char32_t non_joiner = 0x200C, joiner = 0x200D;  // some scripts need them: the name rules decide where
  for (std::size_t i = 0; i < host.size();) {
    const DecodedCodePoint point = decode_utf8(host, i);
    if (point.value != joiner && point.value != non_joiner &&
        u_hasBinaryProperty(static_cast<UChar32>(point.value), UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) {
      return point.value;
    }
    i += point.size;
  }
  return {};
}

bool has_punycode(std::string_view host) {
  const std::vector<std::string_view> labels = split(host, '.');
  return std::any_of(labels.begin(), labels.end(), [](std::string_view label) { return label.starts_with("xn--"); });
}

Result<std::string> ascii_name(std::string_view host) {
  const std::string lower = to_lower_ascii(host);
  if (is_ascii(lower) && !has_punycode(lower)) return lower;
  if (const auto ignored = ignored_character(host)) {
    return refusal("url.host", fmt::format("The host {} contains the invisible character U+{:04X}.", shown(host),
                                           static_cast<std::uint32_t>(*ignored)));
  }
  std::string ascii;
  icu::StringByteSink<std::string> sink{&ascii};
  icu::IDNAInfo info;
  UErrorCode status = U_ZERO_ERROR;
  idna().nameToASCII_UTF8({lower.data(), static_cast<int32_t>(lower.size())}, sink, info, status);
  if (U_FAILURE(status) || is_serious(info)) {
    return refusal("url.host", fmt::format("The host {} is not a valid internationalised name (UTS 46).", shown(host)));
  }
  return ascii;
}

std::optional<Problem> refuse_label(std::string_view label, std::string_view host) {
  const auto because = [&](std::string_view reason) {
    return refusal("url.host", fmt::format("The host {} is not a valid name: {}.", shown(host), reason));
  };
  if (label.empty()) return because("it has an empty label");
  if (label.size() > longest_label)
    return because(fmt::format("a label has {} characters, at most 63 are allowed", label.size()));
  if (label.front() == '-' || label.back() == '-')
    return because(fmt::format("the label {} begins or ends with a hyphen", shown(label)));
  const auto odd = std::find_if(label.begin(), label.end(),
                                [](char c) { return !is_letter(c) && !is_digit(c) && c != '-' && c != '_'; });
  if (odd != label.end()) return because(fmt::format("\"{}\" cannot stand in it", *odd));
  return {};
}

struct Host {
  std::string name;
  bool is_address = false;
};

Result<Host> parse_ipv6(std::string_view bracketed) {
  const std::string inner{bracketed.substr(1, bracketed.size() - 2)};
  if (inner.find('%') != std::string::npos) {
    return refusal("url.host", fmt::format("The address {} has a zone id; that means something on one machine only.",
                                           shown(bracketed)));
  }
  std::string canonical = canonical_ipv6(inner);
  if (canonical.empty())
    return refusal("url.host", fmt::format("The host {} is not an IPv6 address.", shown(bracketed)));
  return Host{std::move(canonical), true};
}

Result<Host> parse_number(std::string_view source, std::string_view host) {
  if (source == host && is_dotted_quad(host)) return Host{std::string{host}, true};
  const std::string address = browser_ipv4(host);
  if (address.empty()) {
    return refusal("url.host", fmt::format("The host {} ends in a number, but is not an IPv4 address.", shown(source)));
  }
  return refusal("url.host",
                 fmt::format("The host {} is a number in an unusual spelling; write {}.", shown(source), address));
}

Result<Host> parse_host(std::string_view source) {
  if (source.starts_with('[')) return parse_ipv6(source);
  if (source.find('%') != std::string_view::npos) {
    return refusal("url.host",
                   fmt::format("The host {} contains \"%\"; a host is not percent-encoded.", shown(source)));
  }
  if (source.ends_with('.')) source.remove_suffix(1);
  if (source.empty()) return refusal("url.host", "The URL has no host.");
  const Result<std::string> name = ascii_name(source);
  if (!name) return *name.problem();
  for (const std::string_view label : split(*name, '.')) {
    if (auto problem = refuse_label(label, source)) return *problem;
  }
  if (name->size() > longest_name) {
    return refusal("url.host", fmt::format("The host has {} characters; a name has at most 253.", name->size()));
  }
  if (ends_in_number(*name)) return parse_number(source, *name);
  return Host{*name, false};
}

// --- Port and path -------------------------------------------------------------------------------------------------

Result<std::uint16_t> parse_port(std::string_view text) {
  const auto because = [&](std::string_view reason) {
    return refusal("url.port", fmt::format("The port \"{}\" {}.", shown(text), reason));
  };
  if (text.empty()) return refusal("url.port", "There is a colon after the host, but no port.");
  if (!all_digits(text)) return because("is not a number");
  if (text.size() > 1 && text[0] == '0') return because("has a leading zero");
  unsigned port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc{} || end != text.data() + text.size() || port == 0 || port > 65535)
    return because("is not between 1 and 65535");
  return static_cast<std::uint16_t>(port);
}

/// "%2e%2e" is ".." for a browser and a name for others.
std::optional<Problem> refuse_hidden_dots(std::string_view path) {
  for (const std::string_view segment : split(path, '/')) {
    std::string dots = to_lower_ascii(segment);
    for (std::size_t at = 0; (at = dots.find("%2e")) != std::string::npos;) dots.replace(at, 3, 1, '.');
    if ((dots == "." || dots == "..") && dots.size() != segment.size()) {
      return refusal("url.syntax", fmt::format("The path segment \"{}\" is \"{}\" in disguise.", shown(segment), dots));
    }
  }
  return {};
}

/// What a browser percent-encodes before it sends a path or query; libcurl sends such bytes as they are.
std::string encoded(std::string_view text) {
  constexpr std::string_view odd = "\"<>`{}";
  if (is_ascii(text) && !has_any_of(text, odd)) return std::string{text};
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || odd.find(c) != std::string_view::npos) {
      out += fmt::format("%{:02X}", byte);
    } else {
      out.push_back(c);
    }
  }
  return out;
}

// --- libcurl -------------------------------------------------------------------------------------------------------

using CurlUrl = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

std::string part_of(const CurlUrl& url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url.get(), part, &text, CURLU_NO_DEFAULT_PORT) != CURLUE_OK) return {};
  const std::unique_ptr<char, decltype(&curl_free)> owner{text, &curl_free};
  return text;
}

/// The pieces of the source, before any of them is judged.
struct Pieces {
  std::string scheme;
  std::string_view host;
  std::optional<std::string_view> port;
  std::string_view rest;  ///< from the path on
};

Result<Pieces> take_apart(std::string_view text) {
  Pieces pieces;
  const std::size_t colon = scheme_length(text);
  const std::string_view after = colon == std::string_view::npos ? std::string_view{} : text.substr(colon + 1);
  pieces.scheme = colon == std::string_view::npos ? "" : to_lower_ascii(text.substr(0, colon));
  const bool is_http = pieces.scheme == "https" || pieces.scheme == "http";
  const bool is_host_and_port = !is_http && !after.empty() && is_digit(after[0]);  // as in "localhost:3333"
  if (pieces.scheme.empty() || is_host_and_port) {
    return refusal("url.syntax", fmt::format("The URL {} does not begin with https:// or http://.", shown(text)));
  }
  if (!is_http) {
    return refusal("url.scheme",
                   fmt::format("The scheme \"{}\" is not fetched; only https and http are.", shown(pieces.scheme)));
  }
  if (!after.starts_with("//") || after.starts_with("///")) {
    return refusal("url.syntax",
                   fmt::format("After \"{}:\" a URL has exactly two slashes and the host.", pieces.scheme));
  }
  const std::size_t authority_end = std::min(after.find_first_of("/?#", 2), after.size());
  std::string_view authority = after.substr(2, authority_end - 2);
  pieces.rest = after.substr(authority_end);
  if (authority.find('@') != std::string_view::npos) {
    return refusal("url.user_info",
                   "The URL has user information before \"@\"; it would be sent or mistaken for the host.");
  }
  const std::size_t host_end =
      authority.starts_with('[') ? authority.find(']') + 1 : std::min(authority.find(':'), authority.size());
  if (authority.starts_with('[') && host_end == 0)
    return refusal("url.host", "The bracket of the IPv6 address is not closed.");
  pieces.host = authority.substr(0, host_end);
  const std::string_view port = authority.substr(host_end);
  if (!port.empty() && port[0] != ':')
    return refusal("url.host", fmt::format("\"{}\" follows the IPv6 address.", shown(port)));
  if (!port.empty()) pieces.port = port.substr(1);
  if (pieces.host.empty()) return refusal("url.host", "The URL has no host.");
  return pieces;
}

std::string bracketed(const std::string& host) {
  return host.find(':') == std::string::npos ? host : fmt::format("[{}]", host);
}

/// The few URLs and hosts of a submission are asked for by a dozen checks each, and libcurl and libpsl take their time.
template <class Value>
class Recent {
 public:
  template <class Make>
  const Value& get(std::string_view text, Make make) {
    const auto found = std::ranges::find(entries_, text, &Entry::text);
    if (found != entries_.end()) return found->value;
    Entry made{std::string{text}, make(text)};
    if (entries_.size() < most) return entries_.emplace_back(std::move(made)).value;
    return (entries_[next_++ % most] = std::move(made)).value;
  }

 private:
  static constexpr std::size_t most = 8;
  struct Entry {
    std::string text;
    Value value;
  };
  std::vector<Entry> entries_;
  std::size_t next_ = 0;
};

}  // namespace

Result<Url> Url::parse(std::string_view text) {
  thread_local Recent<Result<Url>> recent;
  return recent.get(text, &Url::parse_anew);
}

Result<Url> Url::parse_anew(std::string_view text) {
  const auto refused = [&](Problem problem) {
    problem.where = printable(shortened(text, 2000));
    return problem;
  };
  if (const auto problem = refuse_characters(text)) return refused(*problem);
  const Result<Pieces> pieces = take_apart(text);
  if (!pieces) return refused(*pieces.problem());
  const Result<Host> host = parse_host(pieces->host);
  if (!host) return refused(*host.problem());
  Url url;
  url.scheme_ = pieces->scheme;
  url.host_ = host->name;
  url.host_is_address_ = host->is_address;
  url.port_ = url.is_https() ? 443 : 80;
  url.port_is_written_ = pieces->port.has_value();
  if (pieces->port) {
    const Result<std::uint16_t> port = parse_port(*pieces->port);
    if (!port) return refused(*port.problem());
    url.port_ = *port;
  }
  if (const auto problem = refuse_hidden_dots(pieces->rest.substr(0, pieces->rest.find_first_of("?#"))))
    return refused(*problem);

  const std::string rest = encoded(pieces->rest);
  const CurlUrl parsed{curl_url(), &curl_url_cleanup};
  const CURLUcode code = curl_url_set(parsed.get(), CURLUPART_URL, (url.origin() + rest).c_str(), CURLU_DISALLOW_USER);
  if (code != CURLUE_OK)
    return refused(refusal("url.syntax", fmt::format("The URL cannot be used: {}.", curl_url_strerror(code))));
  // The parser that connects must have understood the same host; if it ever does not, nothing is fetched.
  if (part_of(parsed, CURLUPART_HOST) != bracketed(url.host_)) {
    return refused(refusal("url.host", fmt::format("The host {} is read in more than one way.", shown(pieces->host))));
  }
  url.path_ = part_of(parsed, CURLUPART_PATH);
  url.query_ = part_of(parsed, CURLUPART_QUERY);
  url.fragment_ = part_of(parsed, CURLUPART_FRAGMENT);
  url.text_ = url.origin() + url.path_ + (url.query_.empty() ? "" : "?" + url.query_) +
              (url.fragment_.empty() ? "" : "#" + url.fragment_);
  return url;
}

Result<Url> Url::resolve(std::string_view reference) const {
  if (!reference.empty()) {
    if (auto problem = refuse_characters(reference)) {
      problem->where = printable(shortened(reference, 2000));
      return *problem;
    }
  }
  const std::string query = query_.empty() ? "" : fmt::format("?{}", query_);
  if (scheme_length(reference) != std::string_view::npos) return parse(reference);
  if (reference.starts_with("//")) return parse(scheme_ + ":" + std::string{reference});
  if (reference.starts_with('/')) return parse(origin() + std::string{reference});
  if (reference.starts_with('?')) return parse(origin() + path_ + std::string{reference});
  if (reference.empty() || reference.starts_with('#')) return parse(origin() + path_ + query + std::string{reference});
  return parse(origin() + path_.substr(0, path_.rfind('/') + 1) + std::string{reference});
}

std::string Url::origin() const {
  const bool default_port = port_ == (is_https() ? 443 : 80);
  return scheme_ + "://" + bracketed(host_) + (default_port ? "" : fmt::format(":{}", port_));
}

bool is_loopback_host(std::string_view host) {
  std::string name = to_lower_ascii(host);
  if (name.ends_with('.')) name.pop_back();
  if (is_same_or_subdomain(name, "localhost")) return true;
  if (name.starts_with('[') && name.ends_with(']')) name = name.substr(1, name.size() - 2);
  return (is_dotted_quad(name) && name.starts_with("127.")) || canonical_ipv6(name) == "::1";
}

std::string display_host(std::string_view ascii_host) {
  if (!has_punycode(ascii_host)) return std::string{ascii_host};
  std::string unicode;
  icu::StringByteSink<std::string> sink{&unicode};
  icu::IDNAInfo info;
  UErrorCode status = U_ZERO_ERROR;
  idna().nameToUnicodeUTF8({ascii_host.data(), static_cast<int32_t>(ascii_host.size())}, sink, info, status);
  return U_FAILURE(status) || is_serious(info) ? std::string{ascii_host} : unicode;
}

std::string registrable_domain(std::string_view host, bool listed_only) {
  std::string name = to_lower_ascii(host);
  if (name.ends_with('.')) name.pop_back();
  if (name.empty() || name.find(':') != std::string::npos || ends_in_number(name)) return {};
  const psl_ctx_t* list = psl_builtin();
  if (listed_only) {
    constexpr int listed = PSL_TYPE_ANY | PSL_TYPE_NO_STAR_RULE;
    const std::string top = name.substr(name.rfind('.') + 1);
    // "*.ck" lists what is below "ck", not "ck" itself.
    if (psl_is_public_suffix2(list, top.c_str(), listed) == 0 &&
        psl_is_public_suffix2(list, fmt::format("x.{}", top).c_str(), listed) == 0)
      return {};
  }
  thread_local Recent<std::string> recent;
  return recent.get(name, [&](std::string_view) {
    const char* domain = psl_registrable_domain(list, name.c_str());
    return std::string{domain == nullptr ? "" : domain};
  });
}

bool is_same_or_subdomain(std::string_view host, std::string_view domain) {
  if (host == domain) return true;
  return !domain.empty() && host.size() > domain.size() && host.ends_with(domain) &&
         host[host.size() - domain.size() - 1] == '.';
}

}  // namespace plugvet
