#include <sys/stat.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "fixtures/server.h"
#include "harness/authorize/credentials.h"
#include "harness/support/file.h"

using namespace plugvet;

namespace {

std::string complaint(const std::string& yaml) {
  const auto credentials = read_credentials(yaml, "credentials.yaml");
  return credentials ? std::string{} : credentials.problem()->what;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(credentials)

BOOST_AUTO_TEST_CASE(a_whole_file_is_understood) {
  const auto read = read_credentials(
      "token: abc\nother_token: def\n"
      "oauth: {client_id: i, client_secret: s, plugin_id: plugin-1, client_authentication: header, code_lifetime: 5,\n"
      "  other_client: {client_id: j, client_secret: t}, token_endpoint: 'https://a.example/t'}\n"
      "login: {fields: {email: a@b.example, password: p}, consent: Allow, origins: ['https://id.example/x']}\n"
      "other_login: {fields: {email: c@d.example}}\n",
      "x");
  BOOST_REQUIRE(read);
  BOOST_TEST(read->client->id == "i");
  BOOST_TEST(read->other_client->secret == "t");
  BOOST_CHECK(read->client_authentication == ClientAuthentication::header);
  BOOST_TEST(read->code_lifetime->count() == 5);
  BOOST_TEST(read->login->fields.size() == 2u);
  BOOST_TEST(read->login->origins.front() == "https://id.example");
  BOOST_TEST(read->other_login->fields.front().second == "c@d.example");
}

BOOST_AUTO_TEST_CASE(the_fixtures_credentials_can_be_read) {
  BOOST_TEST(complaint(fixtures::credentials_of("todo-oauth")) == "");
}

BOOST_AUTO_TEST_CASE(mistakes_are_named_with_line_and_column_and_no_value) {
  BOOST_TEST(complaint("oauth:\n  client_id: a\n").find("credentials.yaml:2:3: client_secret is missing") == 0u);
  BOOST_TEST(complaint("tokn: hunter2hunter2\n") == "credentials.yaml:1:1: tokn is not known here; did you mean token?");
  BOOST_TEST(complaint("login:\n  fields: {}\n").find("credentials.yaml:2:") == 0u);
  BOOST_TEST(complaint("login:\n  fields:\n    password: 12345678\n") ==
             "credentials.yaml:3:15: password is not a text; write it in quotes.");
  BOOST_TEST(complaint("oauth: {client_id: a, client_secret: b, redirect_uri: nowhere}").find("redirect_uri") !=
             std::string::npos);
  BOOST_TEST(complaint("oauth: {client_id: a, client_secret: b, plugin_id: a/b}").find("plugin_id") != std::string::npos);
  BOOST_TEST(complaint("token: \"hunter2\\nhunter2\"").find("control character") != std::string::npos);
  BOOST_TEST(complaint("other_token: hunter2hunter2\n").find("other_token") != std::string::npos);
  BOOST_TEST(complaint("token: [").find("credentials.yaml:1") == 0u);
  BOOST_TEST(complaint("# token: x\n").find("credentials.yaml: nothing is filled in") == 0u);
  for (const char* yaml : {"tokn: hunter2hunter2\n", "token: \"hunter2\\nhunter2\"", "other_token: hunter2hunter2\n"})
    BOOST_TEST(complaint(yaml).find("hunter2") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_file_that_others_can_read_is_refused) {
  const auto file = std::filesystem::temp_directory_path() / ("plugvet-credentials-" + std::to_string(getpid()));
  BOOST_REQUIRE(write_file(file, "token: abcdefgh\n", Readers::owner));
  BOOST_TEST(static_cast<bool>(read_credentials_file(file.string())));
  for (const mode_t mode : {0640, 0604, 0620, 0602}) {
    ::chmod(file.c_str(), mode);
    const auto read = read_credentials_file(file.string());
    BOOST_REQUIRE(!read);
    BOOST_CHECK(read.problem()->blame == Blame::user);
    BOOST_TEST(read.problem()->what.find("chmod 600") != std::string::npos);
  }
  std::filesystem::remove(file);
  BOOST_TEST(read_credentials_file(file.string()).problem()->id == "file.missing");
}

BOOST_AUTO_TEST_CASE(everything_that_is_secret_is_known_to_be) {
  const auto read = read_credentials("token: 'user:pass-word'\noauth: {client_id: i, client_secret: s3cret}\n", "x");
  std::string values;
  for (const Secret& secret : read->secrets()) values += secret.value + " ";
  BOOST_TEST(values == "user:pass-word pass-word s3cret ");
}

BOOST_AUTO_TEST_SUITE_END()
