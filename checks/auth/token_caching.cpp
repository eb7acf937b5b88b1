#include "checks/authorization.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement judge_token_caching(const SignIn& sign_in) {
  const Exchange& exchange = sign_in.token->exchange;
  const std::string* control = find_header(exchange.response->headers, "Cache-Control");
  if (control && to_lower_ascii(*control).find("no-store") != std::string::npos) return Judgement::pass();
  const std::string actual = control ? "Cache-Control: " + printable(shortened(*control, 80)) : "no Cache-Control";
  return Judgement::fail(sign_in_finding(sign_in, "The token answer may be stored on the way: it has " + actual + ".",
                                         "Cache-Control: no-store", actual, &exchange));
}

}  // namespace

extern constinit const Check auth_token_caching = define_check<of_signed_in<judge_token_caching>>({
    .id = "auth/token-caching",
    .title = "Token answers are not stored",
    .requirement = "The answer with a token has the header Cache-Control: no-store.",
    .rationale = "A proxy or cache that keeps it keeps the user's account.",
    .remedy = "Add Cache-Control: no-store (and Pragma: no-cache for old ones).",
    .source = "RFC 6749, section 5.1",
    .passing = "Cache-Control: no-store",
    .failing = "Cache-Control: public, max-age=60",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
