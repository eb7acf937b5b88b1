#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "harness/model/review.h"
#include "harness/support/file.h"
#include "harness/transport/cassette.h"
#include "tests/authorize/signing_in.h"

using namespace plugvet;
using namespace plugvet::tests;

namespace {

namespace fs = std::filesystem;

struct TemporaryFile {
  fs::path path = fs::temp_directory_path() / ("plugvet-cassette-" + std::to_string(getpid()) + ".har");
  ~TemporaryFile() { fs::remove(path); }
};

std::string document_of(const Evidence& evidence) {
  Review review;
  review.tool_version = "0";
  review.evidence = std::make_shared<const Evidence>(evidence);
  return review_document(review).dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// Where two texts part, for people; empty: nowhere.
std::string difference(const std::string& a, const std::string& b) {
  const auto ends = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  if (ends.first == a.end() && ends.second == b.end()) return {};
  const auto at = static_cast<std::size_t>(ends.first - a.begin());
  const std::size_t from = at > 100 ? at - 100 : 0;
  return a.substr(from, 200) + "\n" + b.substr(from, 200);
}

/// Names of secrets that stand in a text, in whatever spelling.
std::string found_in(const std::string& text, const std::vector<Secret>& secrets) {
  std::string names;
  for (const Secret& secret : secrets) {
    bool is_there = false;
    for (const auto& spellings : {plain_spellings(secret.value), encoded_spellings(secret.value)})
      for (const std::string& spelling : spellings) is_there |= text.find(spelling) != std::string::npos;
    if (is_there) names += secret.name + " ";
  }
  return names;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(secrecy)

BOOST_AUTO_TEST_CASE(no_secret_of_a_sign_in_is_in_its_review_document) {
  // The plugin repeats what it is told wherever it can.
  const TodoOauth plugin{{"token-echoes-secret", "api-echoes-token", "token-in-query", "implicit-flow"}};
  const Evidence evidence = plugin.sign_in();
  BOOST_TEST(evidence.secrets.size() > 30u);
  BOOST_TEST(found_in(document_of(evidence), evidence.secrets) == "");
}

BOOST_AUTO_TEST_CASE(a_secret_is_masked_in_every_spelling) {
  Evidence evidence;
  const std::string value = "S3cr/t+value \"of\" thine";
  evidence.secrets = {{"client_secret", value}};
  for (const auto& spellings : {plain_spellings(value), encoded_spellings(value)})
    for (const std::string& spelling : spellings) {
      evidence.submission.source = "before " + spelling + " after";
      BOOST_TEST(found_in(document_of(evidence), evidence.secrets) == "", spelling);
    }
}

BOOST_AUTO_TEST_CASE(a_short_secret_does_not_tear_holes_into_words) {
  std::string text = "the passage of a pass, and a passport: pass";
  replace_secret(text, "pass", "•••");
  BOOST_TEST(text == "the passage of a •••, and a passport: •••");
}

BOOST_AUTO_TEST_CASE(a_cassette_holds_no_secret_and_its_replay_gives_the_same_evidence) {
  TemporaryFile file;
  TodoOauth plugin{{"token-echoes-secret", "api-echoes-token"}};
  plugin.options.seed = 42;
  const auto recorder = std::make_shared<RecordingTransport>(plugin.transport, plugin.options.secrets, 42);
  const Evidence live = authorized(plugin.server->origin(), recorder, plugin.options);
  BOOST_REQUIRE(recorder->save(file.path));
  const std::string cassette = *read_file(file.path, 64u << 20);
  BOOST_TEST(found_in(cassette, live.secrets) == "");

  AuthorizeOptions options = plugin.options;
  options.secrets = std::make_shared<SecretBook>();
  options.secrets->give(options.credentials->secrets());
  const auto replay = make_replaying_transport(file.path, options.secrets);
  BOOST_REQUIRE(replay);
  options.seed = (*replay)->recorded_seed().value_or(0);
  const Evidence again = authorized(plugin.server->origin(), *replay, options);
  BOOST_TEST(difference(document_of(live), document_of(again)) == "");
  BOOST_REQUIRE((again.sign_in && *again.sign_in && (*again.sign_in)->callback));
  BOOST_TEST((*again.sign_in)->callback->code->entropy == (*live.sign_in)->callback->code->entropy);
}

BOOST_AUTO_TEST_CASE(a_user_name_is_no_secret) {
  const TodoOauth plugin;
  const Evidence evidence = plugin.sign_in();
  for (const Secret& secret : evidence.secrets) BOOST_TEST(secret.value != "alice@todo.plugvet.dev");
}

BOOST_AUTO_TEST_SUITE_END()
