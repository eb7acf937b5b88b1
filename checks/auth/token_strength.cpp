#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

Judgement judge_token_strength(const SignIn& sign_in, const Parameters& limits) {
  const auto bits = static_cast<double>(limits.count("minimum_bits"));
  Judgement judgement = judge_strength(sign_in, "access_token", bits);
  if (judgement.findings.empty() && judgement.not_applicable_because.empty())
    if (Judgement refresh = judge_strength(sign_in, "refresh_token", bits); !refresh.findings.empty()) return refresh;
  return judgement;
}

}  // namespace

extern constinit const Check auth_token_strength = define_check<of_signed_in<judge_token_strength>>({
    .id = "auth/token-strength",
    .title = "Tokens cannot be guessed",
    .requirement =
        "Access and refresh tokens are long and random: enough bits of them are unpredictable for who has seen "
        "others, and none is made of the user's name or address.",
    .rationale =
        "Salt Labs signed in to other people's accounts with a value that was the SHA-1 of an e-mail address. "
        "Numbers in a row and short values are found by trying.",
    .remedy = "Take 128 bits or more from the operating system's random generator.",
    .source =
        "RFC 6749, section 10.10; Salt Labs, Security flaws within the ChatGPT ecosystem; plugvet, own judgement of "
        "the number",
    .passing = "43 random characters",
    .failing = "six digits",
});

}  // namespace plugvet::checks
