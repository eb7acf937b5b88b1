#include "harness/model/probing.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "harness/model/secret_book.h"
#include "harness/support/text.h"
#include "harness/support/utf8.h"

namespace plugvet {
namespace {

constexpr std::size_t longest_shown_body = 4000;

/// As a shell reads it back, whatever it is made of; what cannot be seen is written by its bytes.
std::string shell_word(std::string_view text) {
  const bool is_plain = printable(text) == text;
  std::string word = is_plain ? "'" : "$'";
  for (std::size_t at = 0; at < text.size();) {
    const DecodedCodePoint one = decode_utf8(text, at);
    const std::string_view part = text.substr(at, one.size);
    if (part == "'")
      word += is_plain ? "'\\''" : "\\'";
    else if (!is_plain && part == "\\")
      word += "\\\\";
    else if (!is_plain && printable(part) != part)
      for (const char byte : part) word += fmt::format("\\x{:02x}", static_cast<unsigned char>(byte));
    else
      word += part;
    at += one.size;
  }
  return word + "'";
}

std::string variable_of(std::string_view name) {
  std::string variable = "PLUGVET_";
  for (const char c : name)
    variable += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : (c >= '0' && c <= '9') ||
        (c >= 'A' && c <= 'Z') ? c : '_';
  return variable;
}

/// In single quotes, with secrets as "$VARIABLE" between them.
std::string word_of(std::string text, const std::vector<Secret>& secrets) {
  for (const Secret& secret : secrets)
    if (!secret.value.empty()) {
      const std::string mark = '\x01' + variable_of(secret.name) + '\x02';
      for (const auto& spelling : plain_spellings(secret.value)) replace_secret(text, spelling, mark);
    }
  std::string word;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t begin = text.find('\x01', at);
    const std::size_t end = begin == std::string::npos ? begin : text.find('\x02', begin);
    if (end == std::string::npos) {
      if (at < text.size() || word.empty()) word += shell_word(std::string_view{text}.substr(at));
      break;
    }
    if (begin > at) word += shell_word(std::string_view{text}.substr(at, begin - at));
    word += "\"$" + text.substr(begin + 1, end - begin - 1) + "\"";
    at = end + 1;
  }
  return word;
}

}  // namespace

std::string_view name_of(ProbeKind kind) {
  static constexpr std::array<std::string_view, 4> names{"example", "coverage", "random", "negative"};
  return names[static_cast<std::size_t>(kind)];
}

std::string_view name_of(Breach breach) {
  static constexpr std::array<std::string_view, 17> names{
      "none",        "type",           "required",          "enum",         "range",          "length",     "pattern",
          "format",
      "unknown member", "combination", "missing parameter", "missing body", "malformed body", "media type",
          "no media type", "method", "empty value"};
  return names[static_cast<std::size_t>(breach)];
}

bool is_of_data(Breach breach) {
  return breach != Breach::none && breach < Breach::malformed_body;
}

std::string_view name_of(Role role) {
  static constexpr std::array<std::string_view, 6> names{"create", "read", "change", "delete", "read again", "call"};
  return names[static_cast<std::size_t>(role)];
}

const Sequence::Step* Sequence::step(Role role) const {
  const auto found = std::ranges::find(steps, role, &Step::role);
  return found == steps.end() ? nullptr : &*found;
}

bool only_reads(std::string_view method) {
  return method == "GET" || method == "HEAD" || method == "OPTIONS";
}

std::string curl_lines(const std::vector<Request>& requests, const std::vector<Secret>& secrets) {
  std::string lines;
  for (const Request& request : requests) lines.append(lines.empty() ? "" : " && ").append(curl_line(request, secrets));
  return lines;
}

std::string curl_line(const Request& request, const std::vector<Secret>& secrets) {
  std::string line = "curl -i";
  if (request.method == "HEAD")
    line += " -I";
  else if (request.method != (request.body.empty() ? "GET" : "POST"))
    line += " -X " + request.method;
  for (const Header& header : request.headers)
    line += " -H " + word_of(header.value.empty() ? header.name + ";" : header.name + ": " + header.value, secrets);
  const bool is_long = request.body.size() > longest_shown_body;
  if (!request.body.empty()) {
    if (!find_header(request.headers, "Content-Type")) line += " -H 'Content-Type:'";
    line += " --data-binary " + (is_long ? "@body" : word_of(request.body, secrets));
  }
  if (request.url.find_first_of("[]{}") != std::string::npos) line += " -g";
  line += " " + word_of(request.url, secrets);
  return is_long ? line + fmt::format("  # a body of {}", bytes_text(request.body.size())) : line;
}

}  // namespace plugvet
