#include <nlohmann/json.hpp>

#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

/// A server may leave out of the scope what was not granted, and says so by the scope of its answer.
bool is_widened(const Attempt& attempt) {
  const Json* scope = is_granted(attempt) && attempt.answer && attempt.answer->document
                          ? attempt.answer->document->find("/scope")
                          : nullptr;
  const auto* text = scope ? scope->get_ptr<const std::string*>() : nullptr;
  return text && text->find("plugvet:everything") != std::string::npos;
}

Judgement judge_refresh_scope(const SignIn& sign_in) {
  return judge_attempts(sign_in, attempts_of(sign_in, {"refresh/wider-scope"}),
                        {is_widened, "The token endpoint grants", "400 invalid_scope, or the old scope"});
}

}  // namespace

extern constinit const Check auth_refresh_scope = define_check<of_signed_in<judge_refresh_scope>>({
    .id = "auth/refresh-scope",
    .title = "A refresh grants no more than the user agreed to",
    .requirement =
        "The token endpoint refuses a refresh for a scope that was not granted, or leaves it out of the scope of its answer.",
    .rationale = "Otherwise an agreement to read becomes one to write, without the user.",
    .remedy = "Answer invalid_scope.",
    .source = "RFC 6749, section 6",
    .passing = R"(400 {"error": "invalid_scope"})",
    .failing = "200 with a token",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
