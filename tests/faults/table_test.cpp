// The table of the fault suite against what there is: every case once, every test that it names exists.
#include <fmt/format.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "harness/support/document.h"

using namespace plugvet;

namespace {

namespace fs = std::filesystem;

const fs::path source = PLUGVET_SOURCE_DIR;

std::string content_of(const fs::path& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

const Json& rows() {
  static const Document document = [] {
    const fs::path path = source / "tests/faults/table.yaml";
    auto read = parse_yaml(content_of(path), path.native());
    BOOST_REQUIRE_MESSAGE(read, "the table cannot be read: " << (read ? "" : read.problem()->what));
    return *std::move(read);
  }();
  return document.root();
}

/// "transport/a_closed_port_is_refused": every test case by the folder it is in.
const std::set<std::string>& tests() {
  static const auto found = [] {
    std::set<std::string> all;
    for (const auto& entry : fs::recursive_directory_iterator{source / "tests"}) {
      if (entry.path().extension() != ".cpp") continue;
      const std::string text = content_of(entry.path()), room = entry.path().parent_path().filename().native();
      for (const std::string_view opening : {"AUTO_TEST_CASE(", "DATA_TEST_CASE(", "FIXTURE_TEST_CASE("})
        for (std::size_t at = text.find(opening); at != std::string::npos; at = text.find(opening, at + 1)) {
          const std::size_t begin = at + opening.size();
          all.insert(room + "/" + text.substr(begin, text.find_first_of(",)", begin) - begin));
        }
    }
    return all;
  }();
  return found;
}

/// The families of cases, with how many each has.
const std::vector<std::pair<std::string, int>> families = {
    {"DNS", 22}, {"TCP", 21}, {"TLS", 34}, {"HTTP", 45}, {"H2", 7},  {"SSRF", 18}, {"JSON", 12},
    {"YAML", 12}, {"OAS", 14}, {"IMG", 10}, {"PAGE", 7},  {"OUT", 17}, {"LLM", 7},  {"FS", 9},
    {"SEC", 12}, {"PROC", 15}, {"CON", 10}, {"SRV", 19}, {"Q", 14},  {"POL", 12},  {"BLD", 7}};

std::vector<std::string> all_cases() {
  std::vector<std::string> ids;
  for (const auto& [family, count] : families)
    for (int i = 1; i <= count; ++i) ids.push_back(fmt::format("{}-{:02}", family, i));
  return ids;
}

constexpr std::string_view introduction = R"(# What hostile input does

<!-- Generated from tests/faults/table.yaml: PLUGVET_APPROVE=1 build/dev/tests/test_faults --run_test=table -->

Everything that is handed in, and everything that a server sends, is taken for hostile. These are the cases that are
known, and the test that shows what becomes of each; `./ci/faults` runs the fault suite alone and in full. Priority P0
is what no release may lack. What does not apply concerns a service, a queue, a protocol or a format that plugvet does
not have.

)";

std::string page() {
  std::map<std::string, std::map<std::string, int>> counts;
  std::string lines;
  for (const std::string& id : all_cases()) {
    const Json& row = rows().at(id);
    const auto priority = row["priority"].get<std::string>(), state = row["state"].get<std::string>();
    ++counts[priority][state];
    std::string shown = row.value("why", "");
    for (const Json& test : row.value("by", Json::array()))
      shown += fmt::format("{}`{}`", shown.empty() ? "" : "<br>", test.get<std::string>());
    lines += fmt::format("| {} | {} | {} | {} | {} |\n", id, priority, row["case"].get<std::string>(),
                         state == "passed" ? "passed" : state == "not_yet" ? "not yet" : "does not apply", shown);
  }
  std::string text{introduction};
  text += "| | passed | not yet | does not apply |\n| --- | ---: | ---: | ---: |\n";
  for (auto& [priority, states] : counts)
    text += fmt::format("| {} | {} | {} | {} |\n", priority, states["passed"], states["not_yet"],
                        states["not_applicable"]);
  text += "\n| case | priority | what happens | state | shown by, or why not |\n| --- | --- | --- | --- | --- |\n";
  return text + lines;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(table)

BOOST_AUTO_TEST_CASE(every_case_stands_in_the_table_once_and_no_other) {
  const std::vector<std::string> ids = all_cases();
  BOOST_TEST(ids.size() == 324u);
  BOOST_TEST(rows().size() == ids.size());
  for (const std::string& id : ids) BOOST_TEST(rows().contains(id), id << " is missing");
}

BOOST_AUTO_TEST_CASE(no_case_has_passed_without_a_test_that_exists) {
  BOOST_TEST(tests().size() > 500u);
  for (const auto& [id, row] : rows().items()) {
    const std::string state = row.value("state", ""), priority = row.value("priority", "");
    BOOST_TEST((priority == "P0" || priority == "P1" || priority == "P2"), id);
    BOOST_TEST(!row.value("case", "").empty(), id);
    const Json by = row.value("by", Json::array());
    if (state == "passed") {
      BOOST_TEST((by.is_array() && !by.empty()), id << " names no test");
    } else {
      BOOST_TEST((state == "not_yet" || state == "not_applicable"), id << ": " << state);
      BOOST_TEST(!row.value("why", "").empty(), id << " does not say why");
    }
    for (const Json& test : by)
      BOOST_TEST(tests().contains(test.get<std::string>()), id << ": there is no test " << test);
  }
}

BOOST_AUTO_TEST_CASE(every_command_that_shows_a_promise_finds_its_tests) {
  const std::string promises = content_of(source / "SECURITY.md");
  int commands = 0;
  for (std::size_t at = promises.find("-R "); at != std::string::npos; at = promises.find("-R ", at)) {
    at += 3;
    const std::string named = promises.substr(at, promises.find('`', at) - at);
    const bool is_suite = named.starts_with("faults/") && fs::exists(source / ("tests/" + named + "_test.cpp"));
    const bool is_room = named.ends_with('/') && fs::is_directory(source / ("tests/" + named));
    const auto ends = [&](const std::string& test) { return test.ends_with("/" + named); };
    const bool is_test = std::ranges::any_of(tests(), ends);
    BOOST_TEST((is_suite || is_room || is_test), "nothing is named " << named);
    ++commands;
  }
  BOOST_TEST(commands >= 11);
}

BOOST_AUTO_TEST_CASE(the_page_for_users_is_up_to_date) {
  const fs::path path = source / "docs/faults.md";
  if (std::getenv("PLUGVET_APPROVE")) std::ofstream{path, std::ios::binary} << page();
  BOOST_TEST((content_of(path) == page()), "docs/faults.md is stale; PLUGVET_APPROVE=1 writes it anew");
}

BOOST_AUTO_TEST_SUITE_END()
