#include <boost/test/unit_test.hpp>
#include <set>

#include "tests/authorize/signing_in.h"

using namespace plugvet;
using namespace plugvet::tests;

BOOST_AUTO_TEST_SUITE(fixture)

BOOST_AUTO_TEST_CASE(the_good_plugin_reacts_to_every_attempt_as_it_should) {
  const TodoOauth plugin;
  const Evidence evidence = plugin.sign_in();
  BOOST_REQUIRE(evidence.sign_in && *evidence.sign_in);
  const SignIn& sign_in = **evidence.sign_in;
  BOOST_TEST((sign_in.broken ? sign_in.broken->what : "") == "");
  BOOST_TEST(sign_in.attempts.size() > 60u);
  // Codes live for ten minutes, no request after the login names the account, and a loopback address has no TLS.
  const std::set<std::string_view> out_of_reach{"code/expired", "account/replaced", "plain-http/authorization-endpoint",
                                                "plain-http/token-endpoint"};
  for (const Attempt& attempt : sign_in.attempts) {
    BOOST_TEST_CONTEXT(attempt.id << ": " << attempt.tried << ": " << attempt.actual) {
      const bool is_made = attempt.seen != Reaction::not_made;
      if (is_made) BOOST_TEST(name_of(attempt.seen) == name_of(attempt.expected));
      if (!is_made) BOOST_TEST(out_of_reach.contains(attempt.id));
    }
  }
  BOOST_REQUIRE(evidence.enforcement && *evidence.enforcement);
  for (const GuardedOperation& operation : (*evidence.enforcement)->operations)
    for (const AccessAttempt& attempt : operation.attempts)
      BOOST_TEST_CONTEXT(operation.id << " with " << name_of(attempt.pass) << ": " << attempt.actual) {
        const bool is_made = attempt.seen != Reaction::not_made;
        if (is_made)
          BOOST_TEST(name_of(attempt.seen) == name_of(attempt.expected));
      }
  BOOST_TEST((*evidence.enforcement)->header_calls.size() == 10u);
  for (const Attempt& call : (*evidence.enforcement)->header_calls)
    BOOST_TEST((call.seen == Reaction::granted), call.tried << ": " << call.actual);
}

BOOST_AUTO_TEST_SUITE_END()
