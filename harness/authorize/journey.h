#pragma once
#include <future>
#include <optional>
#include <string>
#include <vector>

#include "harness/authorize/client.h"
#include "harness/authorize/cookie_jar.h"
#include "harness/authorize/login_form.h"
#include "harness/model/authorization.h"

namespace plugvet {

/// The user's browser on its way from an authorization request back to the platform. It goes as far as the login page
/// lets it and never to where a code would be delivered.
struct JourneyPlan {
  std::string url;           ///< the authorization request
  std::string redirect_uri;  ///< as it was sent; empty: none was
  std::string usual_redirect_uri;
  std::string state;     ///< as it was sent; empty: none was
  const Login* login = nullptr;  ///< null: nobody signs in, the first page is the end
  std::string account;           ///< "the first account"

  // What else than the straight way is to be gone.
  bool refuses = false;      ///< the user signs in, and does not agree
  bool leads_astray = false;  ///< the login page is opened again, and told to go on at the attacker's
  /// What each request after the login has in place of something: who signed in, in all ways in which it can be written.
  Pairs replacing;
};

struct JourneyEnd {
  Reaction reaction = Reaction::unanswered;
  std::string actual;                ///< for people
  std::optional<Callback> callback;
  std::string code;                  ///< of the callback's query
  std::optional<Problem> problem;    ///< why it did not come to a callback
  StepKind ended_at = StepKind::authorization_request;
  std::vector<SignInStep> steps;
  bool was_asked = false;     ///< a page wanted agreement
  bool has_replaced = false;  ///< something of `JourneyPlan::replacing` was there
};

/// A journey whose first request is on its way.
struct Departure {
  JourneyPlan plan;
  std::future<Fetch> first;  ///< not valid: the plan has no address to go to
};
Departure depart(Client& client, const CookieJar& jar, JourneyPlan plan);

/// What answers to the plan with the cookies of `jar`, which it changes.
JourneyEnd travel(Client& client, CookieJar& jar, Departure departure);

/// A host that exists nowhere: where an attacker would have the code sent.
inline constexpr std::string_view attackers_host = "attacker.example";

}  // namespace plugvet
