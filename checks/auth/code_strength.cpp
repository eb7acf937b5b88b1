#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

Judgement judge_code_strength(const SignIn& sign_in, const Parameters& limits) {
  return judge_strength(sign_in, "code", static_cast<double>(limits.count("minimum_bits")));
}

}  // namespace

extern constinit const Check auth_code_strength = define_check<of_signed_in<judge_code_strength>>({
    .id = "auth/code-strength",
    .title = "Codes cannot be guessed",
    .requirement =
        "Codes are long and random: enough bits of them are unpredictable for who has seen others, and none is made "
        "of the user's name or address.",
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
