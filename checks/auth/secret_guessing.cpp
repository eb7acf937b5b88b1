#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

Judgement judge_secret_guessing(const SignIn& sign_in) {
  const Attempt* wrong = sign_in.attempt("secret/wrong");
  if (wrong && is_granted(*wrong)) return Judgement::not_applicable("Any secret is taken: auth/client-secret says so.");
  return judge_attempts(sign_in, attempts_of(sign_in, {"guessed/secret"}),
                        {[](const Attempt& attempt) { return attempt.seen == Reaction::other; },
                         "The token endpoint does not slow down", "429 before the tenth"});
}

}  // namespace

extern constinit const Check auth_secret_guessing = define_check<of_signed_in<judge_secret_guessing>>({
    .id = "auth/secret-guessing",
    .title = "Guessing the client's secret is slowed down",
    .requirement = "Of ten wrong client secrets in a row the last is not answered like the first. (More are not sent.)",
    .rationale = "What answers as fast as one can ask is guessed sooner or later, and nobody notices meanwhile.",
    .remedy = "Answer 429 after a few wrong secrets of a client, for wrong ones only, and write it to the log.",
    .source = "RFC 6819, section 4.3.5; RFC 6749, section 2.3.1",
    .passing = "429 after eight wrong secrets",
    .failing = "401 ten times",
    .severity = Severity::note,
});

}  // namespace plugvet::checks
