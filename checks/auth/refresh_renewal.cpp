#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

Judgement judge_refresh_renewal(const SignIn& sign_in) {
  if (!sign_in.refreshed || !sign_in.refreshed->access_token || !sign_in.token->access_token)
    return Judgement::not_applicable("No token was renewed.");
  if (sign_in.refreshed->access_token->number != sign_in.token->access_token->number) return Judgement::pass();
  return Judgement::fail(sign_in_finding(sign_in, "A refresh hands out the access token that was there before.",
                                         "a new access token", "the same one", &sign_in.refreshed->exchange));
}

}  // namespace

extern constinit const Check auth_refresh_renewal = define_check<of_signed_in<judge_refresh_renewal>>({
    .id = "auth/refresh-renewal",
    .title = "A refresh brings a new token",
    .requirement = "The access token that a refresh brings is another one than before.",
    .rationale = "A token that stays the same never really expires: whoever got hold of it keeps it.",
    .remedy = "Issue a new token, and let the old one expire.",
    .source = "RFC 6749, section 6; RFC 9700, section 2.2",
    .passing = "another value each time",
    .failing = "the same value each time",
    .severity = Severity::note,
});

}  // namespace plugvet::checks
