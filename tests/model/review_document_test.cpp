#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include "harness/model/redaction.h"
#include "harness/model/review.h"

using namespace plugvet;

namespace {

Judgement unused(const Submission&) { return {}; }
constinit const Check check = define_check<unused>({.id = "manifest/name-length", .title = "Title", .requirement = "r",
                                                    .rationale = "r", .remedy = "m", .source = "s"});

constexpr std::string_view manifest_text = R"({
  "schema_version": "v1",
  "name_for_human": "A name that is long",
  "auth": {"type": "oauth", "client_secret": "sup3r-s3cret-value"}
})";

std::shared_ptr<Evidence> evidence() {
  auto evidence = std::make_shared<Evidence>();
  evidence->submission.source = "plugin";
  evidence->submission.kind = SubmissionKind::folder;
  evidence->manifest = Result<Manifest>{
      Manifest{*parse_json(std::string{manifest_text}, "plugin/ai-plugin.json"), "plugin/ai-plugin.json", {}, "00"}};
  return evidence;
}

Review review_with(std::vector<Finding> findings) {
  Review review;
  review.evidence = evidence();
  CheckResult result;
  result.check = &check;
  result.outcome = findings.empty() ? Outcome::passed : Outcome::failed;
  result.waived.resize(findings.size());
  result.findings = std::move(findings);
  review.results.push_back(std::move(result));
  return review;
}

Finding finding_at(std::string pointer, std::string message = "It is long.") {
  const auto e = evidence();
  return {(*e->manifest)->at(pointer), std::move(message), "short", "long", {}};
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_finding_shows_its_place_with_the_lines_around_it) {
  const Json document = review_document(review_with({finding_at("/name_for_human")}));
  const Json& finding = document["results"][0]["findings"][0];
  BOOST_TEST(finding["line"] == 3);
  BOOST_TEST(finding["column"] == 21);
  BOOST_TEST(finding["location"] == "plugin/ai-plugin.json");
  BOOST_TEST(finding["excerpt"]["first_line"] == 1);
  BOOST_TEST(finding["excerpt"]["lines"].size() == 5u);
  BOOST_TEST(finding["excerpt"]["lines"][2] == "  \"name_for_human\": \"A name that is long\",");
}

BOOST_AUTO_TEST_CASE(a_finding_in_another_file_of_the_description_shows_that_file) {
  ApiDescription api{*parse_yaml("openapi: 3.0.1\n", "plugin/openapi.yaml"), "plugin/openapi.yaml", {}, "00"};
  api.files.push_back({"schemas/todo.yaml", "plugin/schemas/todo.yaml",
                       *parse_yaml("type: object\nproperties:\n  text: {type: strin}\n", "todo.yaml"), "11"});
  const ApiPlace place{1, "/properties/text/type"};
  Review review = review_with({{api.at(place), "It is mistyped.", "string", "strin", {}},
                               {api.at_name({1, "/properties"}), "A name.", "", "", {}},
                               {api.at(place.pointer), "The same pointer in the main file.", "", "", {}}});
  auto with_api = evidence();
  with_api->api = Result<ApiDescription>{api};
  review.evidence = with_api;
  const Json document = review_document(review);
  const Json& findings = document["results"][0]["findings"];
  BOOST_TEST(findings[0]["location"] == "plugin/schemas/todo.yaml");
  BOOST_TEST(findings[0]["line"] == 3);
  BOOST_TEST(findings[0]["column"] == 16);
  BOOST_TEST(findings[0]["excerpt"]["lines"][2] == "  text: {type: strin}");
  BOOST_TEST(findings[1]["line"] == 2);
  BOOST_TEST(findings[1]["column"] == 1);
  BOOST_TEST(findings[2]["location"] == "plugin/openapi.yaml");
  BOOST_TEST(findings[0]["fingerprint"] != findings[2]["fingerprint"]);
  BOOST_TEST(document["submission"]["artefacts"][2]["location"] == "plugin/schemas/todo.yaml");
  BOOST_TEST(document["submission"]["artefacts"][2]["sha256"] == "11");
}

BOOST_AUTO_TEST_CASE(a_secret_in_a_file_that_the_api_refers_to_is_one_too) {
  Evidence evidence;
  ApiDescription api;
  api.files.push_back({"a.yaml", "a.yaml", *parse_yaml("password: sup3r-s3cret-value\n", "a.yaml"), ""});
  evidence.api = Result<ApiDescription>{std::move(api)};
  BOOST_TEST(secrets_in(evidence) == std::vector<std::string>{"sup3r-s3cret-value"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_secret_of_the_submission_is_nowhere_in_the_document) {
  Finding finding = finding_at("/auth/client_secret", "It says sup3r-s3cret-value.");
  finding.actual = "sup3r-s3cret-value";
  const std::string text = review_document(review_with({finding})).dump();
  BOOST_TEST(text.find("sup3r") == std::string::npos);
  BOOST_TEST(text.find("•••") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(control_characters_of_a_submission_are_shown_harmlessly) {
  const Json document = review_document(review_with({finding_at("/name_for_human", "\x1b[31mred\x07")}));
  BOOST_TEST(document["results"][0]["findings"][0]["message"] == "\\u{1B}[31mred\\u{7}");
}

BOOST_AUTO_TEST_CASE(a_fingerprint_stays_when_the_wording_changes_and_tells_two_findings_at_one_place_apart) {
  const auto fingerprint = [](const Json& document, std::size_t i) {
    return document["results"][0]["findings"][i]["fingerprint"].get<std::string>();
  };
  const Json one = review_document(review_with({finding_at("/name_for_human", "a"), finding_at("/name_for_human", "b")}));
  const Json two = review_document(review_with({finding_at("/name_for_human", "another wording")}));
  BOOST_TEST(fingerprint(one, 0) == fingerprint(two, 0));
  BOOST_TEST(fingerprint(one, 0) != fingerprint(one, 1));
}

BOOST_AUTO_TEST_CASE(counts_tell_findings_waived_findings_and_checks_apart) {
  Review review = review_with({finding_at("/name_for_human"), finding_at("/auth")});
  review.results[0].waived[1] = "agreed";
  const Json counts = review_document(review)["counts"];
  BOOST_TEST(counts["error"] == 1);
  BOOST_TEST(counts["waived"] == 1);
  BOOST_TEST(counts["failed"] == 1);
  BOOST_TEST(counts["passed"] == 0);
}

BOOST_AUTO_TEST_CASE(the_name_of_the_submission_is_what_people_read) {
  BOOST_TEST(review_document(review_with({}))["submission"]["name"] == "A name that is long");
}
