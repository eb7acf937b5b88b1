#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/authorization.h"
#include "harness/model/fetch.h"
#include "harness/model/mail.h"
#include "harness/support/json.h"
#include "harness/support/result.h"

namespace plugvet {

/// One order as it was recorded, and everything that came of it.
struct Recorded {
  bool follow_redirects = true;
  Fetch fetch;  ///< hops.front().request is the order's
};

/// What a HAR file holds.
struct Cassette {
  std::vector<Recorded> fetches;               ///< recorded by plugvet, in the order of starting
  std::vector<Exchange> exchanges;             ///< of other tools: single exchanges, no TLS facts
  std::map<std::string, std::string> old_tls;  ///< answers of the probe for old TLS versions, by URL
  std::optional<std::uint64_t> seed;           ///< of the review that was recorded; other tools have none
  std::map<std::string, SecretFacts> secrets;  ///< what was known of captured values, by what stands in their place
  std::map<std::string, MailRoute> mail;       ///< by domain
};

/// HAR 1.2. Values of headers that may carry credentials are masked, and those of parameters and members that are named
/// like secrets (harness/model/redaction.h).
Json har_of(const Cassette& cassette);

/// Reads what `har_of` or a browser wrote. The problem (Blame::user) says what is missing.
Result<Cassette> read_har(const std::string& text, const std::string& where);

// JSON holds valid UTF-8 only; what is not stands beside its member as base64.
void put_text(Json& object, const char* name, const std::string& text);
std::string get_text(const Json& object, const char* name);
std::string from_base64(std::string_view text);

}  // namespace plugvet
