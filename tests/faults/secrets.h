#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace plugvet::faults {

/// Ten secrets that the tests put where secrets are: of a kind that nothing else contains, 24 characters each.
enum class Secret : unsigned char {
  client_secret,
  api_key,
  bearer_token,
  refresh_token,
  basic_password,
  cookie,
  url_query,
  webhook,
  model_key,
  proxy_password
};
inline constexpr std::size_t secret_count = 10;

const std::string& value_of(Secret secret);

/// The ways in which a secret may be written: as it is (either half of it is enough), in base64 (however it lies in
/// what was
/// encoded), for URLs, in hexadecimal digits, with the escapes of JSON, and backwards.
std::vector<std::string> spellings_of(const std::string& secret);

/// Which secrets stand in the text, in whatever spelling; empty: none.
std::vector<std::string> secrets_in(std::string_view text);

}  // namespace plugvet::faults
