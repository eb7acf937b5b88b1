#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include "tests/reports/samples.h"

using namespace plugvet;

namespace {

/// The first finding that only a person can judge, of a document that has one.
std::string message_for_reviewer(const Json& documents) {
  for (const Json& result : documents[0].at("results"))
    if (result.at("for_reviewer").get<bool>() && !result.at("findings").empty())
      return result.at("findings")[0].at("message").get<std::string>();
  throw std::runtime_error("nothing for the reviewer");
}

const char* const formats[] = {"text", "html", "markdown", "junit", "sarif", "json"};

}  // namespace

BOOST_AUTO_TEST_SUITE(for_the_reviewer)

BOOST_DATA_TEST_CASE(what_a_person_has_to_judge_is_in_every_report, boost::unit_test::data::make(formats), format) {
  const Json documents = sample::documents("faulty");
  const std::string message = message_for_reviewer(documents);
  const std::string part = message.substr(0, message.find_first_of("\"'&<`_*"));
  for (const bool quiet : {false, true}) {
    const std::string report = sample::render_documents(format, documents, {false, quiet, false});
    BOOST_TEST(report.find(part) != std::string::npos, format << " has not: " << part);
    const std::string heading = std::string_view{format} == "sarif"  ? "\"forReviewer\": true"
                                : std::string_view{format} == "json" ? "\"for_reviewer\": true"
                                                                     : "For the reviewer";
    BOOST_TEST(report.find(heading) != std::string::npos, format << " has no heading " << heading);
  }
}

BOOST_AUTO_TEST_CASE(what_has_to_be_fixed_does_not_crowd_it_out_of_a_comment) {
  Json documents = sample::documents("faulty");
  const std::string message = message_for_reviewer(documents);
  Json& results = documents[0].at("results");
  const Json* failed = nullptr;
  for (const Json& result : results)
    if (!result.at("for_reviewer").get<bool>() && result.at("outcome") == "failed") failed = &result;
  BOOST_REQUIRE(failed);
  Json flood = *failed;
  flood["requirement"] = std::string(3000, 'x');
  for (int i = 0; i < 60; ++i) {
    flood["id"] = "flood/number-" + std::to_string(i);
    results.push_back(flood);
  }
  const std::string report = sample::render_documents("markdown", documents);
  BOOST_TEST(report.find(message.substr(0, message.find_first_of("\"'&<`_*"))) != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
