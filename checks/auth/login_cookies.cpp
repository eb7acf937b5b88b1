#include "checks/authorization.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

/// Of the attributes that a session's cookie should have those that are missing.
std::vector<std::string> missing_attributes(const std::string& cookie) {
  const std::string lower = to_lower_ascii(cookie);
  std::vector<std::string> missing;
  for (const char* name : {"Secure", "HttpOnly"})
    if (lower.find("; " + to_lower_ascii(name)) == std::string::npos &&
        lower.find(";" + to_lower_ascii(name)) == std::string::npos)
      missing.emplace_back(name);
  return missing;
}

bool is_session(const std::string& cookie) {
  const std::string name = to_lower_ascii(cookie.substr(0, cookie.find('=')));
  return name.find("sess") != std::string::npos || name.find("sid") != std::string::npos ||
         name.find("auth") != std::string::npos || name.find("login") != std::string::npos;
}

Judgement judge_login_cookies(const SignIn& sign_in) {
  for (const SignInStep& step : sign_in.steps) {
    if (!step.exchange.response || !step.exchange.request.url.starts_with("https://")) continue;
    for (const Header& header : step.exchange.response->headers) {
      if (!equal_ignoring_case_ascii(header.name, "Set-Cookie") || !is_session(header.value)) continue;
      const std::vector<std::string> missing = missing_attributes(header.value);
      if (missing.empty()) continue;
      const std::string name = in_quotes(header.value.substr(0, header.value.find('=')), 40);
      return Judgement::fail(
          sign_in_finding(sign_in, "The cookie " + name + " of the sign-in lacks " + listed(missing) + ".",
                          "Secure and HttpOnly", "without " + listed(missing), &step.exchange));
    }
  }
  return Judgement::pass();
}

}  // namespace

extern constinit const Check auth_login_cookies = define_check<of_oauth<judge_login_cookies>>({
    .id = "auth/login-cookies",
    .title = "Session cookies are out of reach",
    .requirement = "Cookies that hold the session of the sign-in have the attributes Secure and HttpOnly.",
    .rationale =
        "Who reads the cookie is signed in as the user: a script that got into a page, or anybody on the way of a "
        "plain http request.",
    .remedy = "Add Secure, HttpOnly and SameSite=Lax.",
    .source = "OWASP ASVS, session management; RFC 6265",
    .passing = "Set-Cookie: session=…; Secure; HttpOnly; SameSite=Lax",
    .failing = "Set-Cookie: session=…; Path=/",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
