#include "harness/model/evidence_document.h"

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

using namespace plugvet;

namespace {

Evidence evidence_of(std::string manifest) {
  Evidence evidence;
  evidence.submission.source = "plugin";
  evidence.submission.path = "plugin";
  evidence.submission.kind = SubmissionKind::folder;
  evidence.manifest = Result<Manifest>{Manifest{*parse_json(std::move(manifest), "m"), "plugin/m.json", {}, "00"}};
  return evidence;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_program_is_told_what_was_collected_and_what_was_not) {
  Evidence evidence = evidence_of(R"({"name_for_human": "To-do"})");
  Problem problem;
  problem.id = "file.missing";
  problem.what = "There is no logo.\x1b[2J";
  evidence.logo = Result<Logo>{problem};
  const Json document = *evidence_document(evidence);
  BOOST_TEST(document["format"] == "plugvet-evidence/1");
  BOOST_TEST(document["submission"]["kind"] == "folder");
  BOOST_TEST(document["submission"]["path"] == "plugin");
  BOOST_TEST(document["submission"]["url"].is_null());
  BOOST_TEST(document["manifest"]["document"]["name_for_human"] == "To-do");
  BOOST_TEST(document["manifest"]["format"] == "ai_plugin");
  BOOST_TEST(document["manifest"]["problem"].is_null());
  BOOST_TEST(document["api"].is_null());
  BOOST_TEST(document["logo"]["problem"]["id"] == "file.missing");
  BOOST_TEST(document["logo"]["problem"]["what"] == "There is no logo.\\u{1B}[2J");
  BOOST_TEST(document["fetches"].is_null());
}

BOOST_AUTO_TEST_CASE(a_program_is_told_of_fetches) {
  Evidence evidence = evidence_of("{}");
  Fetch fetch;
  fetch.artefact = Artefact::manifest;
  fetch.hops.resize(2);
  fetch.hops[0].request.url = "https://acme.test/a";
  fetch.hops[1].request.url = "https://acme.test/b";
  fetch.hops[1].response = Response{200, "HTTP/1.1", {{"Content-Type", "application/json; charset=utf-8"}}, "{}", 2};
  evidence.fetches = Result<Fetches>{Fetches{{fetch}}};
  const Json row = (*evidence_document(evidence))["fetches"][0];
  BOOST_TEST(row["url"] == "https://acme.test/a");
  BOOST_TEST(row["final_url"] == "https://acme.test/b");
  BOOST_TEST(row["redirects"] == 1);
  fetch.hops[1].request.url = fetch.hops[0].request.url;  // asked again after a rest
  evidence.fetches = Result<Fetches>{Fetches{{fetch}}};
  BOOST_TEST((*evidence_document(evidence))["fetches"][0]["redirects"] == 0);
  BOOST_TEST(row["status"] == 200);
  BOOST_TEST(row["media_type"] == "application/json");
  BOOST_TEST(row["bytes"] == 2);
}

BOOST_AUTO_TEST_CASE(a_program_is_told_what_is_to_be_read_on_the_legal_page) {
  Evidence evidence = evidence_of("{}");
  LegalPage page;
  page.location = "https://acme.test/legal";
  page.media_type = "text/html";
  PageText text;
  text.title = "Terms";
  text.paragraphs = {{"We keep nothing.\x07", false}};
  text.words = 3;
  page.text = text;
  Problem problem;
  problem.id = "page.child";
  page.privacy.push_back({{}, "https://acme.test/privacy", problem});
  evidence.legal_page = Result<LegalPage>{page};
  const Json told = (*evidence_document(evidence))["legal_page"];
  BOOST_TEST(told["location"] == "https://acme.test/legal");
  BOOST_TEST(told["text"]["kind"] == "content");
  BOOST_TEST(told["text"]["title"] == "Terms");
  BOOST_TEST(told["text"]["paragraphs"][0] == "We keep nothing.\\u{7}");
  BOOST_TEST(told["privacy"][0]["url"] == "https://acme.test/privacy");
  BOOST_TEST(told["privacy"][0]["text"]["problem"]["id"] == "page.child");
}

BOOST_AUTO_TEST_CASE(a_program_is_told_no_secret) {
  const Json document = *evidence_document(
      evidence_of(R"({"auth": {"client_secret": "sup3r-s3cret"}, "text": "use sup3r-s3cret, or sup3r-s3cret"})"));
  BOOST_TEST(document.dump().find("sup3r") == std::string::npos);
  BOOST_TEST(document["manifest"]["document"]["text"] == "use •••, or •••");
}

BOOST_AUTO_TEST_CASE(a_flood_of_secrets_is_not_handed_over) {
  std::string text = "[";
  for (int i = 0; i < 101; ++i) text += R"({"password": "secret-)" + std::to_string(i) + R"("},)";
  const auto document = evidence_document(evidence_of(R"({"a": )" + text + "0]}"));
  BOOST_REQUIRE(!document);
  BOOST_TEST(document.problem()->what.find("101 secrets") != std::string::npos);
}
