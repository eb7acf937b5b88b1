#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

/// The last three exchanges are one call with the token that came, with the first account's and with the other's.
bool is_of_other_account(const Attempt& attempt) {
  const auto& all = attempt.exchanges;
  if (!attempt.answer || !attempt.answer->is_token() || all.size() < 3) return false;
  const auto *came = &all[all.size() - 3], *first = &all[all.size() - 2], *other = &all[all.size() - 1];
  if (!came->response || !first->response || !other->response || came->response->status != 200) return false;
  return came->response->body != first->response->body && came->response->body == other->response->body;
}

Judgement judge_account_choice(const SignIn& sign_in) {
  return judge_attempts(sign_in, attempts_of(sign_in, {"account/replaced"}),
                        {is_of_other_account, "The first account signed in and gets the other account's token, with",
                         "the first account's token, or a refusal"});
}

}  // namespace

extern constinit const Check auth_account_choice = define_check<of_signed_in<judge_account_choice>>({
    .id = "auth/account-choice",
    .title = "A code is for who signed in",
    .requirement =
        "No parameter or form field after the login decides whose code is issued: where the account's name, its e-mail or "
        "a digest of it is replaced by another's, the token is still the first one's. (The credentials need other_login.)",
    .rationale =
        "Whoever knows an e-mail address has that account. Salt Labs took over accounts of many plugins with a memberId "
        "that was the SHA-1 of the address.",
    .remedy = "Take the account from the session that signed in, never from the request.",
    .source = "Salt Labs, Security flaws within the ChatGPT ecosystem; OWASP API Security API1",
    .passing = "POST /consent with the session's cookie",
    .failing = "POST /consent?member=84983c60f7daadc1cb8698621f802c0d9f9a3c3c",
});

}  // namespace plugvet::checks
