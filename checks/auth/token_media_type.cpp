#include "checks/authorization.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement judge_token_media_type(const SignIn& sign_in) {
  const Exchange& exchange = sign_in.token->exchange;
  const std::string type = exchange.response->media_type();
  if (type == "application/json" || type.ends_with("+json")) return Judgement::pass();
  const std::string actual = type.empty() ? "no Content-Type" : printable(shortened(type, 80));
  return Judgement::fail(sign_in_finding(sign_in, "The token answer is JSON, and is sent as " + actual + ".",
                                         "application/json", actual, &exchange));
}

}  // namespace

extern constinit const Check auth_token_media_type = define_check<of_signed_in<judge_token_media_type>>({
    .id = "auth/token-media-type",
    .title = "Token answers are sent as JSON",
    .requirement = "The answer with a token has the content type application/json.",
    .rationale = "Common HTTP clients refuse to read as JSON what is not declared as JSON; then nobody can sign in.",
    .remedy = "Send Content-Type: application/json.",
    .source = "RFC 6749, section 5.1",
    .passing = "Content-Type: application/json",
    .failing = "Content-Type: text/html",
});

}  // namespace plugvet::checks
