#include "harness/cli/values.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "harness/support/text.h"
#include "harness/support/time.h"

namespace plugvet::cli {
namespace {

Problem mistake(const Given& given, std::string_view wanted) {
  return usage_problem(fmt::format("{}: {} is not {}", given.where, printable(given.value), wanted));
}

/// A plain decimal number; independent of the locale.
std::optional<double> decimal(std::string_view text) {
  double value = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (error != std::errc{} || rest != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<unsigned> whole_number(std::string_view text, unsigned most) {
  unsigned value = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || rest != text.data() + text.size() || value > most) return std::nullopt;
  return value;
}

std::optional<std::uint16_t> port_number(std::string_view text) {
  const auto value = whole_number(text, 65535);
  if (!value || *value == 0) return std::nullopt;
  return static_cast<std::uint16_t>(*value);
}

bool is_address(const std::string& text) {
  unsigned char bytes[16];
  return ::inet_pton(AF_INET, text.c_str(), bytes) == 1 || ::inet_pton(AF_INET6, text.c_str(), bytes) == 1;
}

/// "127.0.0.1", "127.0.0.1:8443", "[::1]", "[::1]:8443", "::1"
bool read_address(std::string_view text, ResolveEntry& entry) {
  std::string_view port;
  if (text.starts_with('[')) {
    const std::size_t close = text.find(']');
    if (close == std::string_view::npos) return false;
    const std::string_view rest = text.substr(close + 1);
    if (!rest.empty() && !rest.starts_with(':')) return false;
    entry.address = text.substr(1, close - 1);
    port = rest.empty() ? rest : rest.substr(1);
    if (!rest.empty() && port.empty()) return false;
  } else if (is_address(std::string{text})) {
    entry.address = text;
  } else {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) return false;
    entry.address = text.substr(0, colon);
    if (entry.address.find(':') != std::string::npos) return false;
    port = text.substr(colon + 1);
    if (port.empty()) return false;
  }
  if (!is_address(entry.address)) return false;
  if (port.empty()) return true;
  const auto number = port_number(port);
  if (!number) return false;
  entry.address_port = *number;
  return true;
}

/// The one of `words` that was given, by its place; otherwise the problem that offers the nearest.
Result<std::size_t> choice(const Given& given, std::span<const std::string_view> words) {
  const auto found = std::ranges::find(words, given.value);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  const std::string near = nearest(given.value, words);
  if (!near.empty())
    return usage_problem(
        fmt::format("{}: {} is not known; did you mean {}?", given.where, printable(given.value), near));
  const std::vector<std::string> all{words.begin(), words.end()};
  return usage_problem(
      fmt::format("{}: {} is not known; it is {}.", given.where, printable(given.value), listed(all, "or")));
}

}  // namespace

Result<std::chrono::milliseconds> duration_of(const Given& given) {
  const auto duration = parse_duration(given.value);
  if (!duration) return mistake(given, "a duration; write it as 90, 90s, 500ms or 2m.");
  return *duration;
}

Result<double> rate_of(const Given& given) {
  const auto value = decimal(given.value);
  if (!value || *value < 0 || *value > 1000)
    return mistake(given, "a number of requests per second; 0 does not throttle.");
  return *value;
}

Result<unsigned> whole_number_of(const Given& given, unsigned least, unsigned most) {
  const auto value = whole_number(given.value, most);
  if (!value || *value < least) return mistake(given, fmt::format("a whole number from {} to {}.", least, most));
  return *value;
}

Result<When> when_of(const Given& given) {
  static constexpr std::string_view words[] = {"auto", "always", "never"};
  const auto chosen = choice(given, words);
  if (!chosen) return *chosen.problem();
  return static_cast<When>(*chosen);
}

Result<Severity> severity_of(const Given& given) {
  static constexpr std::string_view words[] = {"note", "warning", "error"};
  const auto chosen = choice(given, words);
  if (!chosen) return *chosen.problem();
  return *severity_named(words[*chosen]);
}

Result<ResolveEntry> resolve_entry_of(const Given& given) {
  const std::string_view text = given.value;
  const std::size_t first = text.find(':');
  const std::size_t second = first == std::string_view::npos ? first : text.find(':', first + 1);
  const Problem wrong = mistake(given, "HOST:PORT:ADDRESS[:PORT], for example acme.com:443:[2001:db8::1]:8443.");
  if (first == 0 || second == std::string_view::npos) return wrong;
  ResolveEntry entry;
  entry.host = to_lower_ascii(text.substr(0, first));
  const auto port = port_number(text.substr(first + 1, second - first - 1));
  if (!port || !read_address(text.substr(second + 1), entry)) return wrong;
  entry.port = *port;
  return entry;
}

bool matches(std::string_view pattern, std::string_view check_id) {
  return pattern.ends_with("/*") ? check_id.starts_with(pattern.substr(0, pattern.size() - 1)) : pattern == check_id;
}

std::optional<Problem> why_no_check(const Given& given, std::span<const Check* const> checks) {
  const auto is_meant = [&](const Check* check) { return matches(given.value, check->info.id); };
  if (std::ranges::any_of(checks, is_meant)) return std::nullopt;
  std::vector<std::string> known;
  for (const Check* check : checks) {
    known.emplace_back(check->info.id);
    std::string group{check->info.id.substr(0, check->info.id.find('/'))};
    group += "/*";
    if (std::ranges::find(known, group) == known.end()) known.push_back(std::move(group));
  }
  const std::string near = nearest(given.value, std::vector<std::string_view>{known.begin(), known.end()});
  return usage_problem(fmt::format("{}: there is no check {}; {}", given.where, printable(given.value),
                                   near.empty() ? "`plugvet list` shows them all." : "did you mean " + near + "?"));
}

}  // namespace plugvet::cli
