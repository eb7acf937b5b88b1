#include <algorithm>
#include <array>
#include <unordered_set>

#include "checks/findings.h"
#include "checks/openapi.h"
#include "checks/values.h"
#include "harness/support/words.h"

namespace plugvet::checks {
namespace {

using Words = std::vector<std::string>;

template <std::size_t n>
bool is_one_of(const std::array<std::string_view, n>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

// What they are the last word of is a secret; "secret_name" and "password_length" are none.
constexpr auto secret_words = std::to_array<std::string_view>(
    {"password", "passwd", "pwd", "passphrase", "secret", "credential", "credentials", "apikey", "jwt"});
// A token or key of these is a secret; a page token, a website key or a chess move's key is not.
constexpr auto owners_of_tokens = std::to_array<std::string_view>(
    {"access", "api", "auth", "authorization", "bearer", "id", "refresh", "security", "service", "session", "user"});
constexpr auto owners_of_keys =
    std::to_array<std::string_view>({"access", "api", "auth", "developer", "private", "secret", "subscription"});

/// The description says what the name leaves open: "your API key", "needed to authenticate".
bool speaks_of_access(std::string_view description) {
  const std::string text = to_lower_ascii(description);
  constexpr std::array<std::string_view, 7> signs{"api key",  "apikey",      "api token", "access token",
                                                  "password", "authenticat", "credential"};
  return std::ranges::any_of(signs, [&](std::string_view sign) { return text.find(sign) != std::string::npos; });
}

/// "hide_secret" is a switch, and "max_token" a number.
bool may_be_text(const openapi::Parameter& parameter) {
  const std::string* type = parameter.schema ? text_of(*parameter.schema.value, "type") : nullptr;
  return !type || *type == "string";
}

bool is_secret(const openapi::Parameter& parameter) {
  const std::string* format = parameter.schema ? text_of(*parameter.schema.value, "format") : nullptr;
  if (format && *format == "password") return true;
  const Words words = words_of(parameter.name);
  if (words.empty() || !may_be_text(parameter)) return false;
  const std::string& last = words.back();
  const std::string_view before = words.size() > 1 ? std::string_view{words[words.size() - 2]} : std::string_view{};
  if (is_one_of(secret_words, last)) return true;
  const bool is_token = last == "token", is_key = last == "key";
  if ((is_token && is_one_of(owners_of_tokens, before)) || (is_key && is_one_of(owners_of_keys, before))) return true;
  return (is_token || is_key) && speaks_of_access(parameter.description);
}

Judgement secret_parameters(const ApiDescription& api) {
  std::unordered_set<const Json*> judged;
  Judgement judgement;
  for (const openapi::Operation& operation : api.description->operations)
    for (const openapi::Parameter& parameter : operation.parameters) {
      if (parameter.in != "query" && parameter.in != "path") continue;
      // One parameter of many operations is one secret.
      if (!judged.insert(parameter.node.value).second || !is_secret(parameter)) continue;
      judgement.findings.push_back({api.at(parameter.node.place, "name"),
                                    spoken(operation) + " takes " + in_quotes(parameter.name) +
                                        " in the URL, which the model has to ask for and everybody on the way can log.",
                                    "credentials in a header, sent by the platform",
                                    in_quotes(parameter.name) + " in " + std::string(parameter.in),
                                    {}});
    }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check api_secret_parameters = define_check<of_openapi_3<secret_parameters>>({
    .id = "api/secret-parameters",
    .title = "No parameter in the URL is a secret",
    .requirement = "No parameter in query or path is a password, API key, access token or the like.",
    .rationale =
        "URLs are written to logs and histories. And a parameter is filled by the model: the user would have to type a "
        "secret into the conversation.",
    .remedy = "Let the platform send credentials: declare the authentication in the manifest, and drop the parameter.",
    .source = "OWASP API Security, no-credentials-in-url; OpenAI, Plugin authentication",
    .passing = "parameters: [{name: page_token, in: query, …}]",
    .failing = "parameters: [{name: api_key, in: query, …}]",
});

}  // namespace plugvet::checks
