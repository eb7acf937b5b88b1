#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>
#include <set>

#include "harness/support/text.h"
#include "tests/reports/html_tokens.h"
#include "tests/reports/samples.h"

using namespace plugvet;

namespace {

std::size_t count(std::string_view text, std::string_view wanted) {
  std::size_t count = 0;
  for (std::size_t at = text.find(wanted); at != std::string_view::npos; at = text.find(wanted, at + 1)) ++count;
  return count;
}

bool in_order(std::string_view text, std::initializer_list<std::string_view> parts) {
  std::size_t at = 0;
  for (const std::string_view part : parts) {
    at = text.find(part, at);
    if (at == std::string_view::npos) return false;
  }
  return true;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(html)

BOOST_AUTO_TEST_CASE(the_policy_allows_our_style_sheet_and_nothing_else) {
  const std::string page = sample::render("html", "faulty");
  const HtmlTokens tokens = tokens_of(page);
  std::string policy, style;
  for (const HtmlTag& tag : tokens.tags) {
    if (tag.name == "meta" && tag.attributes.contains("http-equiv")) policy = tag.attributes.at("content");
    if (tag.name == "style") style = tag.attributes.at("content");
    BOOST_TEST(!tag.attributes.contains("style"));
  }
  std::string digest;
  const std::string hex = sha256(style);
  for (std::size_t i = 0; i < hex.size(); i += 2) digest += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  BOOST_TEST(policy == "default-src 'none'; style-src 'sha256-" + base64(digest) +
                           "'; img-src data:; base-uri 'none'; form-action 'none'");
}

BOOST_AUTO_TEST_CASE(ids_are_unique_and_every_link_within_the_page_leads_somewhere) {
  for (const std::string_view name : sample::names) {
    std::set<std::string> ids;
    const HtmlTokens tokens = tokens_of(sample::render("html", name));
    for (const HtmlTag& tag : tokens.tags) {
      if (tag.attributes.contains("id"))
        BOOST_TEST(ids.insert(tag.attributes.at("id")).second, tag.attributes.at("id"));
    }
    for (const HtmlTag& tag : tokens.tags) {
      if (tag.attributes.contains("href") && tag.attributes.at("href").starts_with('#'))
        BOOST_TEST(ids.contains(tag.attributes.at("href").substr(1)), tag.attributes.at("href"));
    }
  }
}

BOOST_AUTO_TEST_CASE(errors_come_before_warnings_and_both_before_what_is_folded) {
  const std::string page = sample::render("html", "faulty");
  BOOST_TEST(in_order(page, {"Rejected</p>", "9 errors stand against approval.", "What to fix first",
                             "name_for_human is 33 characters long.", "The manifest is sent as text/plain.",
                             "The member &quot;homepage&quot;", ">For the reviewer</h3>", "What could not be tested",
                             "Measured against the limits", "<details"}));
}

BOOST_AUTO_TEST_CASE(what_a_person_has_to_judge_is_never_folded) {
  const std::string page = sample::render("html", "faulty");
  const std::size_t judge = page.find("A tick in a circle is a common mark");
  BOOST_REQUIRE(judge != std::string::npos);
  BOOST_TEST(count(page.substr(0, judge), "<details") == count(page.substr(0, judge), "</details>"));
}

BOOST_AUTO_TEST_CASE(one_cause_is_named_once_with_all_that_waits_for_it) {
  const std::string page = sample::render("html", "faulty");
  BOOST_TEST(count(page,
                   "<h4><bdi>The API description could not be read: api.todo.example did not answer within 10 "
                   "seconds</bdi></h4>") == 1u);
  BOOST_TEST(in_order(page, {"The API description could not be read", "6 checks wait for it.", "api/openapi-version",
                             "api/summaries"}));
}

BOOST_AUTO_TEST_CASE(what_is_over_a_limit_says_so_in_words) {
  BOOST_TEST(in_order(sample::render("html", "faulty"), {"class=\"over\"", "<strong>33</strong> of 20", "13 over"}));
}

BOOST_AUTO_TEST_CASE(redirects_certificates_and_waivers_are_told) {
  const std::string page = sample::render("html", "faulty");
  BOOST_TEST(in_order(page, {"How the manifest was reached", "3 redirects", "301 Moved Permanently", "moves to https",
                             "leaves the host", "200 OK"}));
  BOOST_TEST(in_order(page, {"TLS with <bdi>cdn.todo.example", "certificate has expired", "and 31 more",
                             "expired 4 days ago", "Issuer, not sent"}));
  BOOST_TEST(in_order(
      page, {"Accepted because", "comes with release 2.1", "Waivers that did nothing", "expired on 2026-03-01"}));
}

BOOST_AUTO_TEST_CASE(several_reviews_begin_with_a_summary_and_have_anchors_of_their_own) {
  const std::string page = sample::render("html", "several");
  BOOST_TEST(in_order(page, {"2 reviews: 1 incomplete and 1 approved", "href=\"#review-1\"", "href=\"#review-2\"",
                             "id=\"review-1\"", "id=\"review-2\""}));
  BOOST_TEST(page.find("id=\"review-1-manifest/name-length\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(only_a_picture_that_plugvet_made_is_shown) {
  Json documents = sample::documents("good");
  BOOST_TEST(count(sample::render_documents("html", documents), "<img ") == 2u);
  for (const char* uri : {"https://evil.example/x.png", "data:image/svg+xml;base64,AAAA",
                          "data:image/png;base64,AA\" onerror=\"x", "data:image/png;base64,<b>"}) {
    documents[0]["logo"]["preview"] = uri;
    const std::string page = sample::render_documents("html", documents);
    BOOST_TEST(count(page, "<img ") == 0u);
    BOOST_TEST(count(page, "No preview") == 2u);
  }
}

BOOST_DATA_TEST_CASE(a_browser_and_axe_have_nothing_to_complain_of, sample::names, name) {
  const std::string page = sample::scratch(std::string{name} + ".html"), output = page + ".txt";
  sample::write_file(page, sample::render("html", name));
  if (sample::run("node --version >/dev/null 2>&1") != 0) {
    std::cout << "skipped: node is not installed\n";
    return;
  }
  const int status =
      sample::run("node '" PLUGVET_SOURCE_DIR "/tests/browser/report.mjs' '" + page + "' > '" + output + "' 2>&1");
  if (status == 77) {
    std::cout << sample::read_file(output);
  } else {
    BOOST_TEST(status == 0, sample::read_file(output));
  }
}

BOOST_AUTO_TEST_SUITE_END()
