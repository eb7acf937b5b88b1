#include "harness/authorize/cookie_jar.h"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>

#include "harness/support/text.h"

namespace plugvet {
namespace {

constexpr std::size_t most_cookies = 100;
constexpr std::size_t longest_cookie = 4096;

std::string_view up_to(std::string_view& rest, char end) {
  const std::string_view part = rest.substr(0, rest.find(end));
  rest.remove_prefix(std::min(rest.size(), part.size() + 1));
  return part;
}

std::string default_path(const Url& url) {
  const std::size_t last = url.path().rfind('/');
  return last == 0 || last == std::string::npos ? "/" : url.path().substr(0, last);
}

bool path_matches(std::string_view path, std::string_view of_cookie) {
  if (!path.starts_with(of_cookie)) return false;
  return path.size() == of_cookie.size() || of_cookie.ends_with('/') || path[of_cookie.size()] == '/';
}

bool is_past(std::string_view date, std::chrono::system_clock::time_point now) {
  const time_t when = curl_getdate(std::string{date}.c_str(), nullptr);
  return when >= 0 && std::chrono::system_clock::from_time_t(when) <= now;
}

bool is_used_up(std::string_view max_age) {
  long seconds = 1;
  std::from_chars(max_age.data(), max_age.data() + max_age.size(), seconds);
  return seconds <= 0;
}

/// A domain above the host's own, unless anybody can have a host below it.
bool may_be_for(const std::string& host, const std::string& domain) {
  return is_same_or_subdomain(host, domain) && (host == domain || !registrable_domain(domain).empty());
}

}  // namespace

void CookieJar::take(const Url& from, const Headers& headers, std::chrono::system_clock::time_point now) {
  for (const Header& header : headers) {
    if (!equal_ignoring_case_ascii(header.name, "Set-Cookie") || header.value.size() > longest_cookie) continue;
    std::string_view rest = header.value;
    std::string_view pair = up_to(rest, ';');
    if (pair.find('=') == std::string_view::npos) continue;
    Cookie cookie;
    cookie.name = trimmed(up_to(pair, '='));
    cookie.value = trimmed(pair);
    cookie.domain = from.host();
    cookie.path = default_path(from);
    bool is_gone = false, is_refused = cookie.name.empty(), has_max_age = false;
    while (!rest.empty()) {
      std::string_view attribute = up_to(rest, ';');
      const std::string name = to_lower_ascii(trimmed(up_to(attribute, '=')));
      const std::string_view value = trimmed(attribute);
      if (name == "secure") cookie.secure = true;
      if (name == "path" && value.starts_with('/')) cookie.path = value;
      if (name == "max-age") {
        is_gone = is_used_up(value);
        has_max_age = true;
      }
      if (name == "expires" && !has_max_age) is_gone = is_past(value, now);
      if (name == "domain" && !value.empty()) {
        cookie.domain = to_lower_ascii(value.starts_with('.') ? value.substr(1) : value);
        cookie.host_only = false;
        is_refused = is_refused || !may_be_for(from.host(), cookie.domain);
      }
    }
    if (is_refused) continue;
    std::erase_if(cookies_, [&](const Cookie& other) {
      return other.name == cookie.name && other.domain == cookie.domain && other.path == cookie.path;
    });
    if (!is_gone) keep(std::move(cookie));
  }
}

void CookieJar::put(const Url& url, const std::string& name, const std::string& value) {
  keep({name, value, url.host(), "/", true, url.is_https()});
}

void CookieJar::keep(Cookie cookie) {
  if (cookies_.size() == most_cookies) cookies_.erase(cookies_.begin());
  cookies_.push_back(std::move(cookie));
}

std::string CookieJar::cookies_for(const Url& url) const {
  std::vector<const Cookie*> all;
  for (const Cookie& cookie : cookies_) {
    const bool host = cookie.host_only ? url.host() == cookie.domain : is_same_or_subdomain(url.host(), cookie.domain);
    const bool safe = !cookie.secure || url.is_https() || is_loopback_host(url.host());
    if (host && safe && path_matches(url.path(), cookie.path)) all.push_back(&cookie);
  }
  std::ranges::stable_sort(all, [](const Cookie* a, const Cookie* b) { return a->path.size() > b->path.size(); });
  std::string text;
  for (const Cookie* cookie : all)
    text.append(text.empty() ? "" : "; ").append(cookie->name).append("=").append(cookie->value);
  return text;
}

std::vector<std::string> CookieJar::values() const {
  std::vector<std::string> values;
  for (const Cookie& cookie : cookies_) values.push_back(cookie.value);
  return values;
}

}  // namespace plugvet
