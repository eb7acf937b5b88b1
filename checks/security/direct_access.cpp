#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "checks/arguments.h"
#include "checks/findings.h"
#include "checks/format.h"
#include "checks/openapi.h"
#include "harness/support/words.h"

namespace plugvet::checks {
namespace {

/// "user_id", "customerEmail", "username": it says whose data is meant.
bool names_a_person(const Argument& argument) {
  if (argument.in == "header" || argument.in == "cookie") return false;
  static constexpr std::array<std::string_view, 8> whole{"username", "userid", "email",      "useremail",
                                                         "login",    "accountid", "customerid", "patientid"};
  static constexpr std::array<std::string_view, 6> people{"user", "customer", "account", "member", "patient", "client"};
  static constexpr std::array<std::string_view, 4> marks{"id", "name", "email", "number"};
  const std::vector<std::string> words = words_of(argument.name);
  const auto is_in = [](std::string_view word, auto& list) { return std::ranges::find(list, word) != list.end(); };
  if (words.size() == 1) return is_in(words.front(), whole);
  return words.size() == 2 && is_in(words.front(), people) && is_in(words.back(), marks);
}

/// "password", "api_key", "accessToken": the caller proves who it is after all.
bool is_proof(const Argument& argument) {
  static constexpr std::array<std::string_view, 7> proofs{"password", "token", "secret", "key", "pin", "passcode", "otp"};
  const std::vector<std::string> words = words_of(argument.name);
  return !words.empty() && std::ranges::find(proofs, words.back()) != proofs.end();
}

Judgement direct_access(const Manifest& manifest, const ApiDescription& api) {
  const std::string* type = manifest.text("/auth/type");
  if (!type || *type != "none") return Judgement::not_applicable("The plugin asks its callers for credentials.");
  Judgement judgement;
  for (const openapi::Operation& operation : api.description->operations) {
    if (!operation.security.empty()) continue;
    std::string person;
    bool has_proof = false;
    for_each_argument(*api.description, operation, [&](const Argument& argument) {
      has_proof |= is_proof(argument);
      if (person.empty() && names_a_person(argument)) person = in_quotes(argument.name);
    });
    if (person.empty() || has_proof) continue;
    judgement.findings.push_back(
        {api.at_name(operation.node.place),
         fmt::format("{} tells people apart by {}, and asks for no credentials: whoever knows or guesses it gets in.",
                     spoken(operation), person),
         "authentication where data belongs to a person",
         "auth.type none",
         {}});
  }
  return summarised(std::move(judgement), 10);
}

}  // namespace

extern constinit const Check security_direct_access = define_check<of_openapi_3<of_ai_plugin<direct_access>>>({
    .id = "security/direct-access",
    .title = "Personal data is not open to everybody",
    .requirement =
        "With auth.type none no operation gives out or changes what belongs to one person, told apart by a user name, an "
        "e-mail address or an account number. Whether data is personal only a person can judge.",
    .rationale =
        "The API can be called without any chat platform. Where a user name is all that is asked for, everybody can read "
        "and change everybody's data.",
    .remedy = "Use OAuth, and take the user from the token.",
    .source = "Yan et al., arXiv 2408.14357; Microsoft, Authorize API access",
    .passing = "\"auth\": {\"type\": \"oauth\", …} and GET /todos",
    .failing = "\"auth\": {\"type\": \"none\"} and GET /todos/{username}",
    .severity = Severity::warning,
    .for_reviewer = true,
});

}  // namespace plugvet::checks
