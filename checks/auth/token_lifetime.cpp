#include <nlohmann/json.hpp>

#include "checks/authorization.h"
#include "checks/values.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement judge_token_lifetime(const SignIn& sign_in) {
  const TokenAnswer& answer = *sign_in.token;
  const Json* life = answer.document ? answer.document->find("/expires_in") : nullptr;
  if (!life || (life->is_number() && life->get<double>() > 0)) return Judgement::pass();
  const std::string actual = life->is_number()   ? life->dump()
                             : life->is_string() ? in_quotes(life->get_ref<const std::string&>())
                                                 : std::string(kind_of(*life));
  return Judgement::fail(sign_in_finding(sign_in, "expires_in of the token answer is " + actual + ".",
                                         "a number of seconds above 0", actual, &answer.exchange));
}

}  // namespace

extern constinit const Check auth_token_lifetime = define_check<of_signed_in<judge_token_lifetime>>({
    .id = "auth/token-lifetime",
    .title = "The lifetime of a token is a number",
    .requirement = "expires_in, where the token answer has it, is a JSON number of seconds above 0.",
    .rationale =
        "The platform reckons with it when a token has to be renewed. A text is not a number to it, and the token is "
        "used until it fails.",
    .remedy = R"(Write "expires_in": 3600, without quotes.)",
    .source = "RFC 6749, section 5.1; OpenAI, Plugin authentication (2023-09)",
    .passing = R"("expires_in": 3600)",
    .failing = R"("expires_in": "3600")",
});

}  // namespace plugvet::checks
