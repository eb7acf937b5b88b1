#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include "tests/reports/samples.h"

using namespace plugvet;

namespace {

Json sarif(std::string_view name) {
  return Json::parse(sample::render("sarif", name));
}

const Json& result_of(const Json& run, std::string_view id) {
  for (const Json& result : run["results"]) {
    if (result["ruleId"] == id) return result;
  }
  throw std::out_of_range{std::string{id}};
}

bool is_uri(const std::string& text) {
  return text.find_first_of(" \\\"<>{}^`|") == std::string::npos &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(sarif_report)

BOOST_DATA_TEST_CASE(results_and_notifications_point_to_the_checks_they_belong_to, sample::names, name) {
  const Json log = sarif(name);
  BOOST_TEST(log["version"] == "2.1.0");
  BOOST_TEST(log["runs"].size() == sample::documents(name).size());
  for (const Json& run : log["runs"]) {
    const Json& rules = run["tool"]["driver"]["rules"];
    BOOST_TEST(run["columnKind"] == "unicodeCodePoints");
    for (const Json& rule : rules) {
      for (const char* text : {"shortDescription", "fullDescription", "help"})
        BOOST_TEST(!rule[text]["text"].get<std::string>().empty());
      BOOST_TEST(!rule["help"]["markdown"].get<std::string>().empty());
    }
    for (const Json& result : run["results"]) {
      BOOST_TEST(rules.at(result["ruleIndex"].get<std::size_t>())["id"] == result["ruleId"]);
      const Json& physical = result["locations"][0]["physicalLocation"];
      BOOST_TEST(is_uri(physical["artifactLocation"]["uri"]), physical["artifactLocation"]["uri"]);
      if (physical.contains("region")) BOOST_TEST(physical["region"]["startLine"] >= 1);
      BOOST_TEST(result["partialFingerprints"]["plugvetFinding/v1"].get<std::string>().find_first_not_of(
                     "0123456789abcdef") >= 16u);
    }
    for (const Json& invocation : run["invocations"]) {
      if (!invocation.contains("toolExecutionNotifications")) continue;
      for (const Json& told : invocation["toolExecutionNotifications"])
        BOOST_TEST(rules.at(told["associatedRule"]["index"].get<std::size_t>())["id"] == told["associatedRule"]["id"]);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_finding_has_its_place_its_level_and_its_context) {
  const Json run = sarif("faulty")["runs"][0];
  const Json& result = result_of(run, "manifest/name-length");
  BOOST_TEST(result["level"] == "error");
  const Json& physical = result["locations"][0]["physicalLocation"];
  BOOST_TEST(physical["artifactLocation"]["uri"] == "https://www.todo.example/.well-known/ai-plugin.json");
  BOOST_TEST(physical["region"]["startLine"] == 3);
  BOOST_TEST(physical["region"]["startColumn"] == 21);
  BOOST_TEST(physical["contextRegion"]["startLine"] == 2);
  BOOST_TEST(result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "/name_for_human");
  BOOST_TEST(result_of(run, "manifest/unknown-members")["level"] == "note");
}

BOOST_AUTO_TEST_CASE(a_waiver_is_a_suppression_and_a_persons_judgement_a_review) {
  const Json run = sarif("faulty")["runs"][0];
  BOOST_TEST(result_of(run, "logo/size")["suppressions"][0]["status"] == "accepted");
  BOOST_TEST(result_of(run, "logo/likeness")["kind"] == "review");
  BOOST_TEST(result_of(run, "logo/likeness")["level"] == "none");
}

BOOST_AUTO_TEST_CASE(what_was_not_tested_is_told) {
  const Json invocation = sarif("faulty")["runs"][0]["invocations"][0];
  BOOST_TEST(invocation["executionSuccessful"] == false);
  BOOST_TEST(invocation["toolExecutionNotifications"].size() == 8u);
  BOOST_TEST(invocation["startTimeUtc"] == "2026-03-14T09:26:53.000Z");
  BOOST_TEST(invocation["endTimeUtc"] == "2026-03-14T09:27:03.931Z");
  BOOST_TEST(sarif("good")["runs"][0]["invocations"][0]["executionSuccessful"] == true);
}

BOOST_AUTO_TEST_CASE(submissions_of_one_name_are_told_apart_by_their_source) {
  Json documents = sample::documents("faulty");
  documents.erase(documents.begin() + 1, documents.end());
  const Json alone = Json::parse(sample::render_documents("sarif", documents));
  documents.push_back(documents[0]);
  documents[1]["submission"]["source"] = "releases/2";
  const Json both = Json::parse(sample::render_documents("sarif", documents));
  const Json &first = both["runs"][0], &second = both["runs"][1];
  BOOST_TEST(first["automationDetails"]["id"] != second["automationDetails"]["id"]);
  BOOST_TEST(first["results"][0]["partialFingerprints"] != second["results"][0]["partialFingerprints"]);
  BOOST_TEST(first["results"][0]["partialFingerprints"] != alone["runs"][0]["results"][0]["partialFingerprints"]);
}

BOOST_AUTO_TEST_CASE(a_file_on_disk_is_a_relative_path) {
  Json documents = sample::documents("several");
  const Json run = Json::parse(sample::render_documents("sarif", documents))["runs"][1];
  BOOST_TEST(run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] ==
             "plugins/weather/ai-plugin.json");
  documents[1]["results"][1]["findings"][0]["location"] = "./my plugin/ü%.json";
  for (Json& result : documents[1]["results"]) {
    for (Json& finding : result["findings"]) finding["location"] = "./my plugin/ü%.json";
  }
  BOOST_TEST(Json::parse(sample::render_documents(
                 "sarif",
                 documents))["runs"][1]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] ==
             "my%20plugin/%C3%BC%25.json");
}

BOOST_AUTO_TEST_SUITE_END()
