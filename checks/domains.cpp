#include "checks/domains.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/support/text.h"
#include "harness/support/url.h"

namespace plugvet::checks {
namespace {

std::string domain_of_url(const std::string* text) {
  if (!text) return {};
  const auto url = Url::parse(*text);
  return url ? registrable_domain(url->host()) : std::string{};
}

bool is_local_character(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80 ||
         std::string_view{"!#$%&'*+-/=?^_`{|}~."}.find(c) != std::string_view::npos;
}

}  // namespace

std::string mail_address_defect(std::string_view text) {
  constexpr std::size_t longest_local = 64, longest = 254;  // RFC 5321, section 4.5.3.1
  if (is_blank(text)) return "is empty";
  if (text.starts_with("mailto:")) return "begins with mailto:";
  if (has_any_of(text, "<>")) return "has a display name or angle brackets";
  if (has_any_of(text, ",;")) return "has more than one address";
  if (has_any_of(text, " \t\r\n")) return "has white space";
  if (text.find("://") != std::string_view::npos) return "is a URL";
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos) return "has no @";
  if (text.find('@', at + 1) != std::string_view::npos) return "has two @";
  const std::string_view local = text.substr(0, at), domain = text.substr(at + 1);
  if (local.empty()) return "has nothing before the @";
  if (domain.empty()) return "has nothing after the @";
  if (local.size() > longest_local || text.size() > longest) return "is longer than an address may be";
  if (local.starts_with('.') || local.ends_with('.') || local.find("..") != std::string_view::npos)
    return "has a dot too many before the @";
  if (!std::ranges::all_of(local, is_local_character)) return "has a character that no address may have";
  if (has_any_of(domain, ":/?#[]") || !Url::parse("https://" + std::string(domain)))
    return "has no domain after the @";
  if (domain.find('.') == std::string_view::npos) return "has a domain without a dot";
  return {};
}

MailAddress mail_address_in(std::string_view text) {
  if (!mail_address_defect(text).empty()) return {};
  const std::size_t at = text.find('@');
  const auto url = Url::parse("https://" + std::string(text.substr(at + 1)));
  return {std::string(text.substr(0, at)), url->host()};
}

std::string own_host(const Manifest& manifest) {
  if (manifest.url) return manifest.url->host();
  const std::string* text = manifest.text("/api/url");
  if (!text) return {};
  const auto url = Url::parse(*text);
  return url ? url->host() : std::string{};
}

std::string own_domain(const Manifest& manifest) {
  if (manifest.url) return registrable_domain(manifest.root_domain());
  return domain_of_url(manifest.text("/api/url"));
}

std::vector<std::string> domains_of(const Manifest& manifest) {
  std::vector<std::string> domains;
  const auto add = [&](std::string domain) {
    if (!domain.empty() && std::ranges::find(domains, domain) == domains.end()) domains.push_back(std::move(domain));
  };
  add(own_domain(manifest));
  for (const char* pointer : {"/api/url", "/logo_url", "/legal_info_url", "/privacy_policy_url"})
    add(domain_of_url(manifest.text(pointer)));
  if (const std::string* address = manifest.text("/contact_email"))
    if (const MailAddress mail = mail_address_in(*address); !mail.domain.empty()) add(registrable_domain(mail.domain));
  return domains;
}

}  // namespace plugvet::checks
