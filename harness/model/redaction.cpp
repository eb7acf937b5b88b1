#include "harness/model/redaction.h"

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>

#include "harness/support/text.h"

namespace plugvet {

namespace {

// Shorter values are words of the language more often than secrets, and would tear holes into every text.
constexpr std::size_t shortest_secret = 8;
constexpr std::string_view mask = "•••";

bool names_a_secret(std::string_view name) {
  std::string plain;
  for (const char c : to_lower_ascii(name))
    if (c != '_' && c != '-') plain += c;
  static constexpr std::string_view names[] = {"clientsecret", "password",    "apikey",       "accesstoken",
                                               "refreshtoken", "privatekey",  "secretkey",    "authorization",
                                               "secret",       "bearertoken", "servicetoken", "servicekey"};
  return std::ranges::find(names, plain) != std::end(names);
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

/// In linear time, also where a hostile text repeats the beginning of a secret over and over.
void replace_all(std::string& text, const std::string& secret) {
  std::string masked;
  std::string_view rest = text;
  while (const void* found = ::memmem(rest.data(), rest.size(), secret.data(), secret.size())) {
    const auto before = static_cast<std::size_t>(static_cast<const char*>(found) - rest.data());
    masked.append(rest.substr(0, before)).append(mask);
    rest.remove_prefix(before + secret.size());
  }
  if (rest.size() != text.size()) text = masked.append(rest);
}

}  // namespace

std::vector<std::string> secrets_in(const Evidence& evidence) {
  std::vector<std::string> secrets;
  if (evidence.manifest && *evidence.manifest) gather((*evidence.manifest)->document.root(), secrets);
  // An OpenAPI document describes secrets (a property `password` of type object); only texts under such names count.
  if (evidence.api && *evidence.api) {
    gather((*evidence.api)->document.root(), secrets);
    for (const ApiFile& file : (*evidence.api)->files) gather(file.document.root(), secrets);
  }
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
  if (secrets.empty()) return;
  if (document.is_string()) {
    for (const std::string& secret : secrets) replace_all(document.get_ref<std::string&>(), secret);
  } else if (document.is_structured()) {
    for (auto& member : document) redact(member, secrets);
  }
}

}  // namespace plugvet
