#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>

#include "tests/authorize/signing_in.h"

using namespace plugvet;
using namespace plugvet::tests;

namespace {

/// What a deviation of the plugin changes: attempts at the authorization server, and calls of the API. Nothing else
/// may change. "!": the answer is that of the valid token.
struct Change {
  const char* behaviour;
  const char* attempts;
  const char* calls;
};

std::ostream& operator<<(std::ostream& out, const Change& change) {
  return out << change.behaviour;
}

const std::vector<Change> changes{
    {"any-redirect-uri",
     "redirect-uri/other-host=granted redirect-uri/suffix-host=granted "
     "redirect-uri/sub-domain=granted redirect-uri/user-info=granted "
     "redirect-uri/backslash=granted redirect-uri/plain-http=granted "
     "redirect-uri/other-port=granted redirect-uri/other-plugin=granted "
     "redirect-uri/other-path=granted redirect-uri/encoded-path=granted "
     "redirect-uri/added-segment=granted redirect-uri/added-query=granted "
     "redirect-uri/trailing-slash=granted redirect-uri/letter-case=granted "
     "redirect-uri/fragment=granted redirect-uri/script=granted markup/redirect-uri=granted",
     ""},
    {"any-path",
     "redirect-uri/other-plugin=granted redirect-uri/other-path=granted "
     "redirect-uri/encoded-path=granted redirect-uri/added-segment=granted "
     "redirect-uri/added-query=granted redirect-uri/trailing-slash=granted "
     "redirect-uri/letter-case=granted redirect-uri/fragment=granted markup/redirect-uri=granted",
     ""},
    {"any-plugin",
     "redirect-uri/other-plugin=granted",
     ""},
    {"prefix",
     "redirect-uri/other-path=granted redirect-uri/encoded-path=granted "
     "redirect-uri/added-segment=granted redirect-uri/added-query=granted "
     "redirect-uri/trailing-slash=granted redirect-uri/fragment=granted markup/redirect-uri=granted",
     ""},
    {"host-prefix",
     "redirect-uri/suffix-host=granted redirect-uri/user-info=granted "
     "redirect-uri/other-port=granted",
     ""},
    {"sub-domains",
     "redirect-uri/sub-domain=granted",
     ""},
    {"user-info",
     "redirect-uri/suffix-host=granted redirect-uri/sub-domain=granted "
     "redirect-uri/user-info=granted redirect-uri/backslash=granted "
     "redirect-uri/plain-http=granted redirect-uri/other-port=granted redirect-uri/script=granted",
     ""},
    {"any-query",
     "redirect-uri/added-query=granted markup/redirect-uri=granted",
     ""},
    {"any-fragment",
     "redirect-uri/fragment=granted",
     ""},
    {"any-slash",
     "redirect-uri/trailing-slash=granted",
     ""},
    {"any-letter-case",
     "redirect-uri/letter-case=granted",
     ""},
    {"any-scheme",
     "redirect-uri/plain-http=granted",
     ""},
    {"any-port",
     "redirect-uri/other-port=granted",
     ""},
    {"last-redirect-uri",
     "redirect-uri/repeated-last=granted",
     ""},
    {"first-redirect-uri",
     "redirect-uri/repeated-first=granted",
     ""},
    {"default-redirect-uri",
     "redirect-uri/missing=other",
     ""},
    {"errors-redirected",
     "redirect-uri/other-host=redirected redirect-uri/suffix-host=redirected "
     "redirect-uri/sub-domain=redirected redirect-uri/user-info=redirected "
     "redirect-uri/backslash=redirected redirect-uri/plain-http=redirected "
     "redirect-uri/other-port=redirected redirect-uri/other-plugin=redirected "
     "redirect-uri/other-path=redirected redirect-uri/encoded-path=redirected "
     "redirect-uri/added-segment=redirected redirect-uri/trailing-slash=redirected "
     "redirect-uri/letter-case=redirected "
     "redirect-uri/script=redirected redirect-uri/repeated-first=redirected",
     ""},
    {"old-callback-host-only",
     "callback/other-host=refused",
     ""},
    {"extras-refused",
     "parameter/unknown=refused markup/message=refused markup/consent-page=refused login/led-astray=refused",
     ""},
    {"any-client",
     "client/unknown=granted markup/client-id=granted",
     ""},
    {"client-optional",
     "client/missing=granted",
     ""},
    {"response-type-optional",
     "response-type/missing=granted",
     ""},
    {"implicit-flow",
     "response-type/token=granted",
     ""},
    {"authorize-broken",
     "broken:sign_in.failed",
     ""},
    {"authorize-missing",
     "broken:sign_in.refused",
     ""},
    {"code-without-login",
     "session/none=granted markup/state=granted markup/scope=granted markup/message=granted consent/asked=granted",
     "getTodo:another account's token=granted!"},
    {"login-endless",
     "broken:sign_in.endless",
     ""},
    {"login-no-form",
     "broken:sign_in.no_form",
     ""},
    {"login-script",
     "broken:sign_in.script",
     ""},
    {"login-next", "login/led-astray=redirected", ""},
    {"consent-skipped", "consent/asked=granted", ""},
    {"deny-ignored", "consent/refused=granted", ""},
    {"deny-unheard", "consent/refused=asked", ""},
    {"revocation-ignored", "revocation/refresh-token=granted revocation/access-token=granted", ""},
    {"secret-guessable", "guessed/secret=other", ""},
    {"metadata-missing", "", ""},
    {"code-reusable",
     "code/reused=granted",
     ""},
    {"code-of-any-redirect-uri",
     "code/other-redirect-uri=granted",
     ""},
    {"code-without-redirect-uri",
     "code/no-redirect-uri=granted",
     ""},
    {"code-of-any-client",
     "code/other-client=granted",
     ""},
    {"code-any",
     "code/other-redirect-uri=granted code/no-redirect-uri=granted code/unknown=granted "
     "code/empty=granted code/reused=granted",
     ""},
    {"code-immortal",
     "code/expired=granted",
     ""},
    {"any-secret",
     "secret/wrong=granted secret/empty=granted secret/missing=granted secret/letter-case=granted "
     "secret/truncated=granted refresh/wrong-secret=granted guessed/secret=other",
     ""},
    {"secret-optional",
     "secret/missing=granted",
     ""},
    {"empty-secret",
     "secret/empty=granted",
     ""},
    {"secret-letter-case",
     "secret/letter-case=granted",
     ""},
    {"secret-prefix",
     "secret/truncated=granted",
     ""},
    {"any-client-at-token",
     "client/other-id=granted",
     ""},
    {"grant-optional",
     "grant/missing=granted",
     ""},
    {"any-grant",
     "grant/unknown=granted",
     ""},
    {"get-token",
     "request/get=granted",
     ""},
    {"any-content-type",
     "request/other-content-type=granted",
     ""},
    {"token-html",
     "broken:sign_in.no_token",
     ""},
    {"token-200-error",
     "code/other-redirect-uri=other code/no-redirect-uri=other code/unknown=other code/empty=other "
     "code/other-client=other secret/wrong=other secret/empty=other secret/missing=other "
     "secret/letter-case=other secret/truncated=other client/other-id=other grant/missing=other "
     "grant/unknown=other grant/password=other request/get=other request/other-content-type=other "
     "refresh/unknown=other refresh/no-client=other refresh/wrong-secret=other "
     "refresh/wider-scope=other refresh/reused=other code/reused=other revocation/refresh-token=other",
     ""},
    {"token-error-500",
     "code/other-redirect-uri=failed code/no-redirect-uri=failed code/unknown=failed "
     "code/empty=failed code/other-client=failed secret/wrong=failed secret/empty=failed "
     "secret/missing=failed secret/letter-case=failed secret/truncated=failed "
     "client/other-id=failed grant/missing=failed grant/unknown=failed grant/password=failed "
     "request/get=failed request/other-content-type=failed refresh/unknown=failed "
     "refresh/no-client=failed refresh/wrong-secret=failed refresh/wider-scope=failed "
     "refresh/reused=failed code/reused=failed revocation/refresh-token=failed",
     ""},
    {"token-huge",
     "broken:http.body_too_large",
     ""},
    {"token-nothing",
     "broken:sign_in.no_token",
     ""},
    {"token-redirected",
     "broken:sign_in.no_token",
     ""},
    {"token-camel-case",
     "broken:sign_in.no_token",
     ""},
    {"refresh-reusable",
     "refresh/reused=granted",
     ""},
    {"refresh-without-client",
     "refresh/no-client=granted refresh/wrong-secret=granted",
     ""},
    {"refresh-any-secret",
     "refresh/wrong-secret=granted",
     ""},
    {"refresh-any-scope",
     "refresh/wider-scope=granted",
     ""},
    {"api-open",
     "",
     "listTodos:no token=granted!; listTodos:an empty token=granted!; listTodos:the token "
     "\"undefined\"=granted!; listTodos:a wrong token=granted!; listTodos:the token under another "
     "scheme=granted!; listTodos:the platform's headers alone=granted!; listTodos:the token with "
     "one character changed=granted!; listTodos:the token in the query=granted!; getTodo:no "
     "token=granted!; getTodo:an empty token=granted!; getTodo:the token \"undefined\"=granted!; "
     "getTodo:a wrong token=granted!; getTodo:the token under another scheme=granted!; getTodo:the "
     "platform's headers alone=granted!; getTodo:another account's token=granted!"},
    {"api-any-token",
     "",
     "listTodos:the token \"undefined\"=granted!; listTodos:a wrong token=granted!; listTodos:the "
     "token with one character changed=granted!; getTodo:the token \"undefined\"=granted!; getTodo:a "
     "wrong token=granted!"},
    {"api-undefined",
     "",
     "listTodos:the token \"undefined\"=granted!; getTodo:the token \"undefined\"=granted!"},
    {"api-empty-token",
     "",
     "listTodos:an empty token=granted!; getTodo:an empty token=granted!"},
    {"api-any-scheme",
     "",
     "listTodos:the token under another scheme=granted!; getTodo:the token under another "
     "scheme=granted!"},
    {"api-prefix",
     "",
     "listTodos:the token with one character changed=granted!"},
    {"api-login-page",
     "",
     "listTodos:no token=redirected; listTodos:an empty token=redirected; listTodos:the token "
     "\"undefined\"=redirected; listTodos:a wrong token=redirected; listTodos:the token under "
     "another scheme=redirected; listTodos:the platform's headers alone=redirected; listTodos:the "
     "token with one character changed=redirected; listTodos:the token in the query=redirected; "
     "getTodo:no token=redirected; getTodo:an empty token=redirected; getTodo:the token "
     "\"undefined\"=redirected; getTodo:a wrong token=redirected; getTodo:the token under another "
     "scheme=redirected; getTodo:the platform's headers alone=redirected"},
    {"api-500",
     "",
     "listTodos:no token=failed; listTodos:an empty token=failed; listTodos:the token "
     "\"undefined\"=failed; listTodos:a wrong token=failed; listTodos:the token under another "
     "scheme=failed; listTodos:the platform's headers alone=failed; listTodos:the token with one "
     "character changed=failed; listTodos:the token in the query=failed; getTodo:no token=failed; "
     "getTodo:an empty token=failed; getTodo:the token \"undefined\"=failed; getTodo:a wrong "
     "token=failed; getTodo:the token under another scheme=failed; getTodo:the platform's headers "
     "alone=failed"},
    {"api-200-error",
     "",
     "listTodos:no token=granted; listTodos:an empty token=granted; listTodos:the token "
     "\"undefined\"=granted; listTodos:a wrong token=granted; listTodos:the token under another "
     "scheme=granted; listTodos:the platform's headers alone=granted; listTodos:the token with one "
     "character changed=granted; listTodos:the token in the query=granted; getTodo:no "
     "token=granted; getTodo:an empty token=granted; getTodo:the token \"undefined\"=granted; "
     "getTodo:a wrong token=granted; getTodo:the token under another scheme=granted; getTodo:the "
     "platform's headers alone=granted"},
    {"api-trusts-headers",
     "",
     "listTodos:the platform's headers alone=granted!; getTodo:the platform's headers "
     "alone=granted!"},
    {"api-shared-objects",
     "",
     "getTodo:another account's token=granted!"},
    {"api-token-in-query",
     "",
     "listTodos:the token in the query=granted!"},
    {"api-exact-scheme",
     "",
     "listTodos:the scheme in lower case=refused"},
    {"api-refuses-all",
     "",
     "listTodos:the valid token=refused; listTodos:the scheme in lower case=refused; getTodo:the "
     "valid token=refused"},
};

std::string joined(const std::vector<std::string>& words, const char* separator) {
  std::string text;
  for (const std::string& word : words) text.append(text.empty() ? "" : separator).append(word);
  return text;
}

std::string changed_attempts(const SignIn& sign_in) {
  std::vector<std::string> words;
  if (sign_in.broken) words.push_back("broken:" + sign_in.broken->id);
  for (const Attempt& attempt : sign_in.attempts)
    if (attempt.seen != attempt.expected && attempt.seen != Reaction::not_made)
      words.push_back(attempt.id + "=" + std::string{name_of(attempt.seen)});
  return joined(words, " ");
}

bool is_as_expected(const AccessAttempt& attempt) {
  return attempt.seen == attempt.expected || attempt.seen == Reaction::not_made;
}

std::string changed_calls(const Enforcement& enforcement) {
  std::vector<std::string> words;
  for (const GuardedOperation& operation : enforcement.operations)
    for (const AccessAttempt& attempt : operation.attempts)
      if (!is_as_expected(attempt))
        words.push_back(operation.id + ":" + std::string{name_of(attempt.pass)} + "=" +
                        std::string{name_of(attempt.seen)} + (attempt.same_as_valid ? "!" : ""));
  return joined(words, "; ");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(behaviours)

BOOST_DATA_TEST_CASE(a_deviation_of_the_plugin_shows_in_exactly_what_it_concerns, changes, change) {
  const TodoOauth plugin{{change.behaviour}};
  const Evidence evidence = plugin.sign_in();
  BOOST_REQUIRE(evidence.sign_in && *evidence.sign_in);
  BOOST_REQUIRE(evidence.enforcement && *evidence.enforcement);
  BOOST_TEST(changed_attempts(**evidence.sign_in) == change.attempts);
  BOOST_TEST(changed_calls(**evidence.enforcement) == change.calls);
}

BOOST_AUTO_TEST_CASE(an_expired_token_is_waited_for_when_it_lives_for_seconds_only) {
  const TodoOauth good{{"tokens-short-lived"}}, bad{{"tokens-short-lived", "api-expired"}};
  const auto expired = [](const TodoOauth& plugin) {
    const Evidence evidence = plugin.sign_in();
    const AccessAttempt* attempt = (*evidence.enforcement)->operations.front().attempt(Pass::expired);
    BOOST_REQUIRE(attempt);
    return attempt->seen;
  };
  BOOST_CHECK(expired(good) == Reaction::refused);
  BOOST_CHECK(expired(bad) == Reaction::granted);
}

BOOST_AUTO_TEST_SUITE_END()
