#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

bool is_changed(const std::optional<Callback>& callback) {
  return callback && !callback->state_is_unchanged;
}

Judgement judge_state(const SignIn& sign_in) {
  if (!sign_in.callback) return Judgement::blocked(sign_in.broken ? sign_in.broken->what : "No callback was seen.");
  const auto fail = [&](std::string message, const Callback& callback) {
    return Judgement::fail(sign_in_finding(sign_in, std::move(message), "the state as it was sent",
                                           callback.has_state ? "another state" : "no state"));
  };
  if (is_changed(sign_in.callback)) {
    const char* what = sign_in.callback->has_state ? "another state than was sent." : "no state.";
    return fail(std::string("The browser comes back to the platform with ") + what, *sign_in.callback);
  }
  for (const Attempt* attempt : attempts_of(sign_in, {"state/reserved-characters", "state/long"}))
    if (is_granted(*attempt) && is_changed(attempt->callback))
      return fail("The authorization server does not give back unchanged " + attempt->tried + ".", *attempt->callback);
  const Attempt* missing = sign_in.attempt("state/missing");
  if (missing && missing->callback && missing->callback->has_state)
    return fail("The browser comes back to the platform with a state though none was sent.", *missing->callback);
  return Judgement::pass();
}

}  // namespace

extern constinit const Check auth_state = define_check<of_oauth<judge_state>>({
    .id = "auth/state",
    .title = "The state comes back unchanged",
    .requirement =
        "The callback has the parameter state with the value of the authorization request, byte for byte, also where "
        "it is long or has characters that must be encoded.",
    .rationale =
        "The platform compares it, and ends the sign-in where it differs: \"Missing state param in response from "
        "OAuth provider\". It protects users from being signed in with an attacker's account.",
    .remedy = "Keep the value as it is, do not take it apart, and percent-encode it once when the redirect is made.",
    .source =
        "RFC 6749, section 4.1.2; OpenAI, Plugin authentication (2023-09); Salt Labs, Security flaws within the "
        "ChatGPT ecosystem",
    .passing = "…/oauth/callback?code=…&state=a%2Bb%20%252B",
    .failing = "…/oauth/callback?code=…",
});

}  // namespace plugvet::checks
