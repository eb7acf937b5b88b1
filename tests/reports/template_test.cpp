#include "reports/shared/template.h"

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "tests/reports/samples.h"

using namespace plugvet;
using namespace plugvet::reports;

BOOST_AUTO_TEST_SUITE(templates)

BOOST_AUTO_TEST_CASE(every_template_escapes_by_itself) {
  int templates = 0;
  for (const auto& file : std::filesystem::directory_iterator{PLUGVET_SOURCE_DIR "/reports/templates"}) {
    const std::string extension = file.path().extension(), content = sample::read_file(file.path());
    if (extension == ".css") continue;
    const std::string context = extension == ".xml" ? "XML" : "HTML";
    BOOST_TEST(content.starts_with("{{%AUTOESCAPE context=\"" + context + "\"}}"), file.path());
    // Where escaping is off, code has made sure of the value: our own style sheet, and a preview checked byte by byte.
    for (std::size_t at = content.find(":none}}"); at != std::string::npos; at = content.find(":none}}", at + 1)) {
      const std::string name = content.substr(content.rfind("{{", at) + 2, at - content.rfind("{{", at) - 2);
      BOOST_TEST((name == "STYLE" || name == "PREVIEW"), name << " in " << file.path());
    }
    ++templates;
  }
  BOOST_TEST(templates >= 5);
}

BOOST_AUTO_TEST_CASE(the_templates_are_sound) {
  for (const std::string& problem : template_problems()) BOOST_ERROR(problem);
}

BOOST_AUTO_TEST_CASE(a_value_that_is_missing_is_an_error_and_not_an_empty_place) {
  Fill fill;
  fill.set("TESTS", 1).set("FAILURES", 0).set("ERRORS", 0);
  BOOST_CHECK_EXCEPTION(expand("junit.xml", fill), std::logic_error, [](const auto& e) {
    return std::string{e.what()}.find("junit.xml lacks the value TIME") != std::string::npos;
  });
  fill.set("TIME", 1);
  BOOST_TEST(expand("junit.xml", fill).find("time=\"1\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_value_that_no_template_shows_is_an_error) {
  Fill fill;
  fill.set("TESTS", 1).set("FAILURES", 0).set("ERRORS", 0).set("TIME", 0).set("TIEM", 0);
  BOOST_CHECK_EXCEPTION(expand("junit.xml", fill), std::logic_error, [](const auto& e) {
    return std::string{e.what()}.find("does not show TIEM") != std::string::npos;
  });
  Fill section;
  section.set("TESTS", 1).set("FAILURES", 0).set("ERRORS", 0).set("TIME", 0).add("SWEET");
  BOOST_CHECK_THROW(expand("junit.xml", section), std::logic_error);
}

// Together with the errors above: no place of any template can be silently empty.
BOOST_AUTO_TEST_CASE(the_samples_show_every_section_of_every_template) {
  for (const std::string_view name : sample::names) {
    for (const char* format : {"html", "junit"}) sample::render(format, name);
  }
  Json crowded = sample::documents("faulty");
  for (Json& result : crowded[0]["results"]) {
    if (result["outcome"] == "failed") result["findings"] = Json::array_t(60, result["findings"][0]);
  }
  crowded[0]["exchanges"] = Json::array_t(300, crowded[0]["exchanges"][0]);
  sample::render_documents("html", crowded);
  const std::set<std::string> shown = shown_template_sections();
  for (const std::string& section : template_sections())
    BOOST_TEST(shown.contains(section), section << " is shown by no sample");
}

BOOST_AUTO_TEST_SUITE_END()
