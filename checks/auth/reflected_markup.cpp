#include <algorithm>

#include "checks/authorization.h"

namespace plugvet::checks {
namespace {

bool repeats_markup(const Attempt& attempt) {
  return std::ranges::any_of(attempt.exchanges, [](const Exchange& exchange) {
    return exchange.response && exchange.response->media_type() == "text/html" &&
           exchange.response->body.find("<x-plugvet>") != std::string::npos;
  });
}

Judgement judge_reflected_markup(const SignIn& sign_in) {
  return judge_attempts(sign_in, attempts_of(sign_in, {"markup/"}),
                        {repeats_markup, "A page of the sign-in repeats HTML as it was sent", "&lt;x-plugvet&gt;"});
}

}  // namespace

extern constinit const Check auth_reflected_markup = define_check<of_signed_in<judge_reflected_markup>>({
    .id = "auth/reflected-markup",
    .title = "What a request says is text in a page",
    .requirement =
        "Pages of the sign-in write parameters of the request (state, scope, client_id, redirect_uri, messages) with <, > "
        "and quotes escaped.",
    .rationale =
        "A link to such a page runs an attacker's script where people type their passwords and agree: the account is "
        "theirs.",
    .remedy = "Escape all that comes from a request, by the template engine and not by hand.",
    .source = "OWASP ASVS, output encoding; RFC 6819, section 4.4.1.13",
    .passing = "<input value=\"a&quot;&gt;&lt;script&gt;\">",
    .failing = "<input value=\"a\"><script>\">",
});

}  // namespace plugvet::checks
