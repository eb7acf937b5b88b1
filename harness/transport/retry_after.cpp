#include "harness/transport/retry_after.h"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>

#include "harness/support/text.h"

namespace plugvet {
namespace {

std::optional<std::chrono::seconds> parse(const std::string& value, std::chrono::system_clock::time_point now) {
  std::uint32_t seconds = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
  if (!value.empty() && error == std::errc{} && end == value.data() + value.size())
    return std::chrono::seconds{seconds};
  if (value.find_first_not_of("0123456789") == std::string::npos) return {};  // too large, or empty
  const std::time_t date = curl_getdate(value.c_str(), nullptr);
  if (date == -1) return {};
  const auto until = std::chrono::system_clock::from_time_t(date);
  return std::max(std::chrono::ceil<std::chrono::seconds>(until - now), std::chrono::seconds{0});
}

}  // namespace

std::optional<std::chrono::seconds> asked_rest(const Response& response, std::chrono::system_clock::time_point now) {
  if (response.status != 429 && response.status != 503) return {};
  const std::string* value = find_header(response.headers, "Retry-After");
  for (const Header& header : response.headers)
    if (value && equal_ignoring_case_ascii(header.name, "Retry-After") && header.value != *value) return {};
  return value ? parse(*value, now) : std::nullopt;
}

}  // namespace plugvet
