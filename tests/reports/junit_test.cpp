#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <iostream>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/reports/samples.h"

using namespace plugvet;

namespace {

std::size_t count(std::string_view text, std::string_view wanted) {
  std::size_t count = 0;
  for (std::size_t at = text.find(wanted); at != std::string_view::npos; at = text.find(wanted, at + 1)) ++count;
  return count;
}

/// The number in `attribute="…"` of a start tag.
std::size_t number(std::string_view tag, std::string_view attribute) {
  const std::size_t at = tag.find(" " + std::string{attribute} + "=\"");
  return at == std::string_view::npos ? 0 : std::stoul(std::string{tag.substr(at + attribute.size() + 3)});
}

/// From `<name` to its end tag, each.
std::vector<std::string> elements(std::string_view xml, const std::string& name) {
  std::vector<std::string> found;
  for (std::size_t at = xml.find("<" + name + " "); at != std::string_view::npos;
       at = xml.find("<" + name + " ", at + 1)) {
    found.emplace_back(xml.substr(at, xml.find("</" + name + ">", at) - at));
  }
  return found;
}

std::string testcase(std::string_view xml, const std::string& id) {
  for (const std::string& element : elements(xml, "testcase")) {
    if (element.find("name=\"" + id + "\"") != std::string::npos) return element;
  }
  return "no such test case";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(junit)

BOOST_DATA_TEST_CASE(the_counts_add_up, sample::names, name) {
  const std::string xml = sample::render("junit", name);
  std::size_t tests = 0, failures = 0, errors = 0;
  for (const std::string& suite : elements(xml, "testsuite")) {
    const std::string head = suite.substr(0, suite.find('>'));
    BOOST_TEST(number(head, "tests") == count(suite, "<testcase "));
    BOOST_TEST(number(head, "failures") == count(suite, "<failure "));
    BOOST_TEST(number(head, "errors") == count(suite, "<error "));
    BOOST_TEST(number(head, "skipped") == count(suite, "<skipped "));
    tests += number(head, "tests"), failures += number(head, "failures"), errors += number(head, "errors");
  }
  const std::string head =
      xml.substr(xml.find("<testsuites"), xml.find('>', xml.find("<testsuites")) - xml.find("<testsuites"));
  BOOST_TEST(number(head, "tests") == tests);
  BOOST_TEST(number(head, "failures") == failures);
  BOOST_TEST(number(head, "errors") == errors);
  std::size_t checks = 0;
  for (const Json& document : sample::documents(name)) checks += document["results"].size();
  BOOST_TEST(tests == checks);
}

BOOST_AUTO_TEST_CASE(each_outcome_becomes_what_the_contract_says) {
  const std::string xml = sample::render("junit", "faulty");
  const auto has = [&](const char* id, const char* what) { return testcase(xml, id).find(what) != std::string::npos; };
  BOOST_TEST(has("manifest/name-length", "<failure type=\"error\" message=\"name_for_human is 33 characters long.\""));
  BOOST_TEST(has("manifest/name-length", "classname=\"plugvet.manifest\""));
  BOOST_TEST(has("transport/redirects", "(1 more)"));
  BOOST_TEST(has("manifest/contact-email", "<system-out>"));  // a warning, below fail_on
  BOOST_TEST(!has("manifest/contact-email", "<failure"));
  BOOST_TEST(has("logo/likeness", "<system-out>"));  // for the reviewer
  BOOST_TEST(!has("logo/likeness", "<failure"));
  BOOST_TEST(has("logo/size", "waived    The new logo is drawn already"));
  BOOST_TEST(!has("logo/size", "<failure"));
  BOOST_TEST(has("api/operation-ids", "<error type=\"blocked\""));
  BOOST_TEST(has("logo/contrast", "<error type=\"crashed\""));
  BOOST_TEST(has("manifest/oauth-urls", "<skipped message=\"not applicable: The plugin does not use OAuth.\""));
  BOOST_TEST(
      has("api/live-operations", "<skipped message=\"skipped: Live calls were not asked for: run with --live.\""));
  BOOST_TEST(xml.find("name=\"openai-plugin-v1 · Todo List Manager for Large Teams · manifest\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(submissions_of_one_name_are_told_apart_by_their_source) {
  Json documents = sample::documents("good");
  documents.push_back(documents[0]);
  documents[1]["submission"]["source"] = "releases/2";
  documents.push_back(documents[1]);
  const std::string xml = sample::render_documents("junit", documents);
  std::set<std::string> names, cases;
  std::size_t all = 0;
  for (const std::string& suite : elements(xml, "testsuite")) BOOST_TEST(names.insert(suite.substr(0, suite.find(" tests="))).second);
  for (const std::string& one : elements(xml, "testcase")) {
    cases.insert(one.substr(0, one.find(" time=")));
    ++all;
  }
  BOOST_TEST(cases.size() == all);
  BOOST_TEST(xml.find("classname=\"plugvet.releases_2.") != std::string::npos);
  BOOST_TEST(xml.find("classname=\"plugvet.releases_2_2.") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_warning_fails_where_the_review_fails_on_warnings) {
  Json documents = sample::documents("faulty");
  documents[0]["fail_on"] = "warning";
  const std::string xml = sample::render_documents("junit", documents);
  BOOST_TEST(testcase(xml, "manifest/contact-email").find("<failure type=\"warning\"") != std::string::npos);
  BOOST_TEST(testcase(xml, "manifest/unknown-members").find("<failure") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_only_a_person_can_judge_breaks_no_build_when_it_is_blocked) {
  Json documents = sample::documents("faulty");
  for (Json& result : documents[0]["results"]) {
    if (result["id"] == "manifest/brand-name") result["outcome"] = "blocked";
  }
  const std::string element = testcase(sample::render_documents("junit", documents), "manifest/brand-name");
  BOOST_TEST(element.find("<skipped message=\"blocked: ") != std::string::npos);
  BOOST_TEST(element.find("<error") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(xmllint_finds_every_report_valid) {
  if (sample::run("xmllint --version >/dev/null 2>&1") != 0) {
    std::cout << "skipped: xmllint is not installed\n";
    return;
  }
  std::string files;
  const auto add = [&files](const std::string& name, const Json& documents) {
    const std::string path = sample::scratch(name + ".xml");
    sample::write_file(path, sample::render_documents("junit", documents));
    files += " '" + path + "'";
  };
  for (const std::string_view name : sample::names) add(std::string{name}, sample::documents(name));
  int number = 0;
  for (const std::string& payload : sample::payloads()) {
    Json documents = sample::documents("faulty");
    for (Json& result : documents[0]["results"]) {
      for (const char* field : {"title", "reason", "requirement", "remedy", "source"}) result[field] = payload;
      for (Json& finding : result["findings"]) finding["message"] = finding["expected"] = finding["actual"] = payload;
    }
    documents[0]["submission"]["name"] = documents[0]["profile"] = payload;
    add("payload-" + std::to_string(number++), documents);
  }
  const std::string output = sample::scratch("xmllint.txt");
  const int status = sample::run("xmllint --noout --schema '" PLUGVET_SOURCE_DIR "/schemas/junit.xsd'" + files +
                                 " > '" + output + "' 2>&1");
  BOOST_TEST(status == 0, sample::read_file(output).substr(0, 2000));
}

BOOST_AUTO_TEST_SUITE_END()
