#include <algorithm>

#include "checks/authorization.h"
#include "checks/values.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

constexpr std::size_t longest_token = 4096;  // bytes: servers allow header lines of 8 KB, often of 4

/// RFC 6750's b64token: what may follow "Bearer " in a header.
bool is_token_text(std::string_view text) {
  const auto body = text.substr(0, text.find_last_not_of('=') + 1);
  return !body.empty() && std::ranges::all_of(body, [](char c) {
    return is_ascii_alphanumeric(c) || std::string_view{"-._~+/"}.find(c) != std::string_view::npos;
  });
}

Judgement judge_token_form(const SignIn& sign_in, const Evidence& evidence) {
  const TokenAnswer& answer = *sign_in.token;
  const std::size_t length = answer.access_token->length;
  if (length > longest_token)
    return Judgement::fail(sign_in_finding(sign_in, "The access token has " + counted(length, "byte") + ".",
                                           "at most 4096 bytes", counted(length, "byte"), &answer.exchange));
  for (const Secret& secret : evidence.secrets)
    if (secret.name == "access_token" && !is_token_text(secret.value))
      return Judgement::fail(sign_in_finding(
          sign_in, "An access token has characters that do not belong into a header.",
          "letters, digits and - . _ ~ + /, then =", "other characters", &answer.exchange));
  return Judgement::pass();
}

}  // namespace

extern constinit const Check auth_token_form = define_check<of_signed_in<judge_token_form>>({
    .id = "auth/token-form",
    .title = "Tokens fit into a header",
    .requirement =
        "An access token has at most 4096 bytes, all of them letters, digits, \"-\", \".\", \"_\", \"~\", \"+\", "
        "\"/\", and \"=\" at its end.",
    .rationale =
        "It is sent as \"Authorization: Bearer …\" with every call. Servers refuse long headers with status 431, and "
        "what has blanks or control characters breaks the header.",
    .remedy = "Hand out a short reference, or keep less in the token.",
    .source = "RFC 6750, section 2.1; plugvet, own judgement of the length",
    .passing = "43 characters",
    .failing = "a token of 5000 characters",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
