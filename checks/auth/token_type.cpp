#include <nlohmann/json.hpp>

#include "checks/authorization.h"
#include "checks/values.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement judge_token_type(const SignIn& sign_in) {
  const TokenAnswer& answer = *sign_in.token;
  const Json* type = answer.document ? answer.document->find("/token_type") : nullptr;
  const auto* text = type ? type->get_ptr<const std::string*>() : nullptr;
  if (text && equal_ignoring_case_ascii(*text, "bearer")) return Judgement::pass();
  const std::string actual = text ? in_quotes(*text) : type ? std::string(kind_of(*type)) : "no such member";
  return Judgement::fail(sign_in_finding(
      sign_in, type ? "token_type of the token answer is " + actual + "." : "The token answer has no token_type.",
      "bearer", actual, &answer.exchange));
}

}  // namespace

extern constinit const Check auth_token_type = define_check<of_signed_in<judge_token_type>>({
    .id = "auth/token-type",
    .title = "The token is a bearer token",
    .requirement = "The token answer has token_type with the value bearer, in any letter case.",
    .rationale =
        "The platform sends \"Authorization: Bearer …\" and can do nothing else. RFC 6749 requires the member.",
    .remedy = R"(Add "token_type": "bearer".)",
    .source = "RFC 6749, section 5.1; OpenAI, Plugin authentication (2023-09)",
    .passing = R"("token_type": "bearer")",
    .failing = R"("token_type": "mac")",
});

}  // namespace plugvet::checks
