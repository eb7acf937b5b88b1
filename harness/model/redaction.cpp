#include "harness/model/redaction.h"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>

#include "harness/model/secret_book.h"
#include "harness/model/secret_finder.h"
#include "harness/support/document.h"
#include "harness/support/text.h"

namespace plugvet {

namespace {

// Shorter values are words of the language more often than secrets, and would tear holes into every text.
constexpr std::size_t shortest_secret = 8;
constexpr std::string_view mask = "•••";

constexpr char masked_character = 'x';  // a text in JSON and in YAML, and part of no number

bool names_a_secret(std::string_view name) {
  std::string plain;
  for (const char c : to_lower_ascii(name))
    if (c != '_' && c != '-') plain += c;
  static constexpr std::string_view names[] = {"clientsecret", "password",    "apikey",       "accesstoken",
                                               "refreshtoken", "privatekey",  "secretkey",    "authorization",
                                               "secret",       "bearertoken", "servicetoken", "servicekey",
                                               "idtoken",      "authtoken",   "sessiontoken", "passphrase"};
  // The end of a name says what it is: webhook_secret, user_password.
  return std::ranges::any_of(names, [&](std::string_view end) { return plain.ends_with(end); });
}

void gather(const Json& value, std::vector<std::string>& secrets) {
  if (!value.is_structured()) return;
  for (const auto& [name, member] : value.items()) {
    if (value.is_object() && member.is_string() && names_a_secret(name)) {
      const auto& text = member.get_ref<const std::string&>();
      if (text.size() >= shortest_secret) secrets.push_back(text);
    }
    gather(member, secrets);
  }
}

// --- Masking in place ----------------------------------------------------------------------------------------------

bool is_in_value(char c) {
  return static_cast<unsigned char>(c) > 0x20 && std::string_view{"&#\"'<>\\"}.find(c) == std::string_view::npos;
}

bool is_in_name(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
}

std::size_t end_of(std::string_view text, std::size_t at, bool (*is_inside)(char)) {
  while (at < text.size() && is_inside(text[at])) ++at;
  return at;
}

/// Blanks and line ends stay, so that nothing moves. What a cassette has masked already stays, too.
void mask_bytes(std::string& text, std::size_t begin, std::size_t end) {
  if (is_mask(std::string_view{text}.substr(begin, end - begin))) return;
  for (std::size_t i = begin; i < std::min(end, text.size()); ++i)
    if (static_cast<unsigned char>(text[i]) > 0x20) text[i] = masked_character;
}

/// "name=value" of a query or a form. Returns how far it looked.
std::size_t mask_parameter_at(std::string& text, std::size_t at) {
  const std::size_t name_end = end_of(text, at, is_in_name);
  const std::string_view name = std::string_view{text}.substr(at, name_end - at);
  if (name_end == text.size() || text[name_end] != '=' || !names_a_secret(name)) return name_end;
  const std::size_t value_end = end_of(text, name_end + 1, is_in_value);
  if (value_end - name_end > shortest_secret) mask_bytes(text, name_end + 1, value_end);
  return value_end;
}

/// "user:password@host" of a URL.
void mask_password_at(std::string& text, std::size_t at) {
  const std::size_t end = text.find_first_of("/?# \t\r\n\"'<>", at);
  const std::size_t host = std::string_view{text}.substr(at, end - at).rfind('@');
  const std::size_t colon = std::string_view{text}.substr(at, host).find(':');
  if (host == std::string_view::npos || colon == std::string_view::npos) return;
  mask_bytes(text, at + colon + 1, at + host);
}

void mask_quoted(std::string& text, std::size_t begin) {
  const char quote = text[begin];
  std::size_t end = begin + 1;
  while (end < text.size() && (text[end] != quote || (quote == '\'' && text.compare(end, 2, "''") == 0)))
    end += (quote == '"' && text[end] == '\\') || text[end] == quote ? 2 : 1;
  mask_bytes(text, begin + 1, end);
}

/// YAML's | and >: the lines below that are indented at least as far as the first of them.
void mask_block(std::string& text, std::size_t begin) {
  std::size_t line = text.find('\n', begin), indent = 0;
  while (line != std::string::npos && ++line < text.size()) {
    const std::size_t first = text.find_first_not_of(' ', line);
    const std::size_t next = text.find('\n', line);
    if (first == std::string::npos) return;
    if (text[first] != '\n' && text[first] != '\r') {
      if (indent == 0) indent = first - line;
      if (first - line < indent || indent == 0) return;
      mask_bytes(text, first, next);
    }
    line = next;
  }
}

/// A plain scalar, perhaps on several lines: as long as it is the value.
void mask_plain(std::string& text, std::size_t begin, std::string_view value) {
  for (const char c : value) {
    if (static_cast<unsigned char>(c) <= 0x20) continue;
    while (begin < text.size() && static_cast<unsigned char>(text[begin]) <= 0x20) ++begin;
    if (begin >= text.size() || text[begin] != c) return;
    text[begin++] = masked_character;
  }
}

void mask_scalar(std::string& text, std::size_t begin, std::string_view value) {
  while (begin < text.size() && (text[begin] == '&' || text[begin] == '!'))  // anchor, tag
    begin = text.find_first_not_of(" \t\r\n", std::min(text.find_first_of(" \t\r\n", begin), text.size()));
  if (begin >= text.size()) return;
  if (text[begin] == '"' || text[begin] == '\'') return mask_quoted(text, begin);
  if (text[begin] == '|' || text[begin] == '>') return mask_block(text, begin);
  mask_plain(text, begin, value);
}

struct Place {
  Position position;
  std::string_view value;
};

std::pair<std::uint32_t, std::uint32_t> order_of(const Place& place) {
  return {place.position.line, place.position.column};
}

void gather_places(const Json& value, const Document& document, const std::string& pointer,
                   std::vector<Place>& places) {
  if (value.is_array())
    for (std::size_t i = 0; i < value.size(); ++i)
      gather_places(value[i], document, join_pointer(pointer, i), places);
  if (!value.is_object()) return;
  for (const auto& [name, member] : value.items()) {
    const auto* text = member.get_ptr<const std::string*>();
    if (text && text->size() >= shortest_secret && names_a_secret(name))
      places.push_back({document.position(join_pointer(pointer, name)), *text});
    if (member.is_structured()) gather_places(member, document, join_pointer(pointer, name), places);
  }
}

/// Goes through the text once, however many places there are.
class PlaceFinder {
 public:
  explicit PlaceFinder(std::string_view text) : text_{text}, at_{text.starts_with("\xef\xbb\xbf") ? 3u : 0u} {}

  std::size_t offset_of(Position wanted) {
    while (at_ < text_.size() && (line_ < wanted.line || (line_ == wanted.line && column_ < wanted.column))) step();
    return at_;
  }

 private:
  void step() {
    const char c = text_[at_++];
    const bool ends_line = c == '\n' || (c == '\r' && (at_ == text_.size() || text_[at_] != '\n'));
    if (ends_line) {
      ++line_;
      column_ = 1;
      return;
    }
    while (at_ < text_.size() && (static_cast<unsigned char>(text_[at_]) & 0xc0) == 0x80) ++at_;
    ++column_;
  }

  std::string_view text_;
  std::size_t at_;
  std::uint32_t line_ = 1, column_ = 1;
};

bool may_have_parameters(std::string_view text) {
  return text.find('=') != std::string_view::npos || text.find('@') != std::string_view::npos;
}

void redact(Json& value, const SecretFinder& finder, const std::vector<std::string>& short_secrets) {
  if (value.is_string()) {
    auto& text = value.get_ref<std::string&>();
    if (may_have_parameters(text)) text = with_masked_parameters(std::move(text));
    if (!finder.is_empty()) text = finder.masked(std::move(text), mask);
    for (const std::string& secret : short_secrets) replace_secret(text, secret, mask);
  } else if (value.is_structured()) {
    for (auto& member : value) redact(member, finder, short_secrets);
  }
}

}  // namespace

bool is_secret_header(std::string_view name) {
  static constexpr std::string_view parts[] = {"cookie",  "token",  "secret",  "password",
                                               "api-key", "apikey", "session", "credential"};
  const std::string lower = to_lower_ascii(name);
  if (lower == "authorization" || lower == "proxy-authorization") return true;
  return std::ranges::any_of(parts, [&](std::string_view part) { return lower.find(part) != std::string::npos; });
}

std::string with_masked_parameters(std::string text) {
  if (!may_have_parameters(text)) return text;
  // A form begins with a parameter, in a URL something stands before it.
  for (std::size_t at = mask_parameter_at(text, 0); (at = find_any_of(text, "?&:", at)) != std::string::npos;) {
    const char mark = text[at++];
    if (mark != ':')
      at = mask_parameter_at(text, at);
    else if (text.compare(at, 2, "//") == 0)
      mask_password_at(text, at + 2);
  }
  return text;
}

std::string with_masked_values(std::string body) {
  if (!is_valid_utf8(body)) return body;
  const auto document = parse_json_or_yaml(body, "");
  std::string masked = with_masked_parameters(body);
  if (!document) return masked;
  std::vector<Place> places;
  gather_places(document->root(), *document, "", places);
  // What an alias stands for is in several places of the document and one of the text.
  std::ranges::sort(places, {}, &order_of);
  const auto repeated = std::ranges::unique(places, {}, &order_of);
  places.erase(repeated.begin(), repeated.end());
  PlaceFinder finder{body};
  for (const Place& place : places) mask_scalar(masked, finder.offset_of(place.position), place.value);
  return masked;
}

std::vector<std::string> secrets_in(const Evidence& evidence) {
  std::vector<std::string> secrets;
  if (evidence.manifest && *evidence.manifest) gather((*evidence.manifest)->document.root(), secrets);
  // An OpenAPI document describes secrets (a property `password` of type object); only texts under such names count.
  if (evidence.api && *evidence.api) {
    gather((*evidence.api)->document.root(), secrets);
    for (const ApiFile& file : (*evidence.api)->files) gather(file.document.root(), secrets);
  }
  for (const Secret& secret : evidence.secrets)
    for (auto spellings : {plain_spellings(secret.value), encoded_spellings(secret.value)})
        for (std::string& spelling : spellings) secrets.push_back(std::move(spelling));
  // Longest first, so that a secret that contains another one goes whole.
  const auto order = [](const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() > b.size() : a < b;
  };
  std::ranges::sort(secrets, order);
  const auto repeated = std::ranges::unique(secrets);
  secrets.erase(repeated.begin(), repeated.end());
  return secrets;
}

void redact(Json& document, const std::vector<std::string>& secrets) {
  std::vector<std::string> short_ones;  // of credentials: they are few
  std::ranges::copy_if(secrets, std::back_inserter(short_ones),
                       [](const std::string& secret) { return secret.size() < SecretFinder::shortest; });
  redact(document, SecretFinder{secrets}, short_ones);
}

}  // namespace plugvet
