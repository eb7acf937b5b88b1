#include <sys/stat.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "fixtures/server.h"
#include "tests/cli/front_door.h"

using namespace plugvet::cli_tests;
using plugvet::Json;

namespace {

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

void write_secretly(const Folder& folder, const std::string& name, const std::string& content) {
  folder.write(name, content);
  std::filesystem::permissions(folder / name, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(credentials)

BOOST_AUTO_TEST_CASE(a_file_that_others_can_read_is_refused_before_anything_is_sent) {
  const Folder folder;
  folder.write("c.yaml", "token: a-secret-token\n");
  const Ended ended = run_plugvet({"review", "https://acme.test", "--live", "--credentials", "c.yaml"}, {.folder = folder.path()});
  BOOST_TEST(ended.status == 2);
  BOOST_TEST(says(ended.err, "chmod 600 c.yaml"));
  BOOST_TEST(!says(ended.err, "a-secret-token"));
}

BOOST_AUTO_TEST_CASE(mistakes_in_it_are_named_with_their_place_and_without_a_value) {
  const Folder folder;
  write_secretly(folder, "c.yaml", "oauth:\n  client_id: a\n  client_secet: a-secret-value\n");
  const Ended file = run_plugvet({"review", "https://acme.test", "--credentials", "c.yaml"}, {.folder = folder.path()});
  BOOST_TEST(file.status == 2);
  BOOST_TEST(says(file.err, "c.yaml:2:3: client_secret is missing"), file.err);
  const Ended variable =
      run_plugvet({"review", "https://acme.test"}, {.environment = {{"PLUGVET_CREDENTIALS", "tokn: a-secret-value"}}});
  BOOST_TEST(variable.status == 2);
  BOOST_TEST(says(variable.err, "PLUGVET_CREDENTIALS:1:1: tokn is not known here"), variable.err);
  for (const Ended* ended : {&file, &variable}) BOOST_TEST(!says(ended->err, "a-secret-value"));
}

BOOST_AUTO_TEST_CASE(they_are_those_of_one_plugin) {
  const Ended ended = run_plugvet({"review", "https://a.test", "https://b.test", "--live"},
                                  {.environment = {{"PLUGVET_CREDENTIALS", "token: abcdefgh"}}});
  BOOST_TEST(ended.status == 2);
  BOOST_TEST(says(ended.err, "those of one plugin"));
}

BOOST_AUTO_TEST_CASE(a_configuration_that_merely_lies_there_cannot_allow_writes) {
  const Folder folder;
  folder.write("plugvet.yaml", "live: true\nallow_writes: true\n");
  const Ended found = run_plugvet({"review", "https://acme.test"}, {.folder = folder.path()});
  BOOST_TEST(found.status == 2);
  BOOST_TEST(says(found.err, "plugvet.yaml:2:15: allow_writes: plugvet.yaml was not named by you"), found.err);
}

BOOST_AUTO_TEST_CASE(init_writes_a_file_that_only_its_owner_can_read) {
  const Folder folder;
  const Ended ended = run_plugvet({"init"}, {.folder = folder.path()});
  BOOST_TEST(ended.status == 0);
  struct stat status {};
  BOOST_REQUIRE(::stat((folder / "plugvet-credentials.yaml").c_str(), &status) == 0);
  BOOST_TEST((status.st_mode & 0777u) == 0600u);
}

BOOST_AUTO_TEST_CASE(the_fixture_brings_its_own_and_reports_hold_none_of_them) {
  const Folder folder;
  const Ended ended = run_plugvet({"review", "--fixture", "todo-oauth", "--live", "--allow-writes", "--seed", "5", "--record",
                                   "c.har", "--report", "json=r.json", "--report", "html=r.html", "--report", "text=r.txt",
                                   "--report", "junit=r.xml", "--report", "sarif=r.sarif", "--report", "markdown=r.md"},
                                  {.folder = folder.path()});
  BOOST_TEST(ended.status == 0, ended.err);
  const Json documents = json_of(folder.read("r.json"));
  BOOST_TEST(documents["seed"] == 5);
  const std::string credentials = plugvet::fixtures::credentials_of("todo-oauth");
  std::vector<std::string> secrets;
  for (const std::string name : {"client_secret: ", "password: "})
    for (std::size_t at = 0; (at = credentials.find(name, at)) != std::string::npos;) {
      at += name.size();
      secrets.push_back(credentials.substr(at, credentials.find_first_of(",}\n", at) - at));
    }
  BOOST_TEST(secrets.size() == 4u);
  for (const char* file : {"c.har", "r.json", "r.html", "r.txt", "r.xml", "r.sarif", "r.md"})
    for (const std::string& secret : secrets) BOOST_TEST(!says(folder.read(file), secret), file);
}

BOOST_AUTO_TEST_SUITE_END()
