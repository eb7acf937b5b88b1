#include <boost/test/unit_test.hpp>
#include <csignal>
#include <nlohmann/json.hpp>

#include "tests/cli/front_door.h"

using namespace plugvet::cli_tests;
using plugvet::Json;

namespace {

/// The results of the checks of conformance, by outcome.
std::map<std::string, std::size_t> outcomes_in(const Folder& folder) {
  std::map<std::string, std::size_t> outcomes;
  const Json document = json_of(folder.read("r.json"));
  for (const Json& result : document["results"])
    if (result["group"] == "conformance") ++outcomes[result["outcome"].get<std::string>()];
  return outcomes;
}

Ended review(const Folder& folder, std::vector<std::string> more, const Setting& setting = {}) {
  std::vector<std::string> words{"review", "--fixture", "todo", "--report", "json=r.json"};
  words.insert(words.end(), more.begin(), more.end());
  Setting here = setting;
  here.folder = folder.path();
  return run_plugvet(std::move(words), here);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(probing)

BOOST_AUTO_TEST_CASE(the_api_is_called_only_when_it_is_asked_for) {
  const Folder folder;
  BOOST_TEST(review(folder, {}).status == 0);
  auto outcomes = outcomes_in(folder);
  BOOST_TEST(outcomes["skipped"] > 10u);
  BOOST_TEST(outcomes.size() == 1u);
  const Ended live = review(folder, {"--live", "--allow-writes", "--max-requests", "150", "--seed", "4"});
  BOOST_TEST(live.status == 0, live.err);
  outcomes = outcomes_in(folder);
  BOOST_TEST(outcomes["passed"] > 10u);
  BOOST_TEST(outcomes.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_replay_finds_the_same_without_a_server) {
  const Folder folder;
  BOOST_TEST(review(folder, {"--live", "--allow-writes", "--max-requests", "60", "--record", "c.har"}).status == 0);
  const std::string origin = json_of(folder.read("r.json"))["submission"]["source"];
  const Ended replay =
      run_plugvet({"review", origin, "--live", "--allow-writes", "--max-requests", "60", "--replay", "c.har",
                   "--report", "json=r.json"},
                  {.folder = folder.path()});
  BOOST_TEST(replay.status == 0, replay.err);
  BOOST_TEST(outcomes_in(folder)["passed"] > 10u);
}

BOOST_AUTO_TEST_CASE(what_was_done_until_it_is_interrupted_is_judged) {
  const Folder folder;
  Setting setting;
  setting.interrupt_with = SIGINT;
  setting.interrupt_after = std::chrono::milliseconds{4000};
  setting.limit = std::chrono::seconds{120};
  const Ended ended = review(folder, {"--live", "--allow-writes", "--max-requests", "1000000"}, setting);
  BOOST_TEST(ended.status == 3, ended.err);
  const Json document = json_of(folder.read("r.json"));
  BOOST_TEST(document["verdict"] == "incomplete");
  bool says_why = false;
  for (const Json& result : document["results"])
    says_why |= result["outcome"] == "blocked" &&
        result["reason"].get<std::string>().starts_with("It was interrupted after");
  BOOST_TEST(says_why);
}

BOOST_AUTO_TEST_SUITE_END()
