// What strangers write stays text in every report: for a browser, an XML parser, a terminal and a build's log.
#include <fmt/format.h>

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <functional>
#include <nlohmann/json.hpp>
#include <random>
#include <set>

#include "harness/support/text.h"
#include "tests/faults/site.h"
#include "tests/faults/trial.h"
#include "tests/reports/safety.h"
#include "tests/reports/samples.h"

using namespace plugvet;
using namespace plugvet::faults;
using std::chrono::seconds;

namespace {

/// Every string of the documents, replaced by what `write` gives for it; what decides which part is shown stays.
void rewrite(Json& value, const std::function<std::string()>& write) {
  static const std::set<std::string> kept = {"severity", "outcome", "verdict", "fail_on", "artefact",   "kind",
                                             "id",       "group",   "format",  "preview", "started_at", "blame"};
  if (value.is_array())
    for (Json& item : value) rewrite(item, write);
  if (value.is_object())
    for (auto& [name, item] : value.items()) {
      if (item.is_structured()) rewrite(item, write);
      if (item.is_string() && !kept.contains(name)) item = write();
    }
}

std::size_t strings_in(const Json& documents) {
  std::size_t count = 0;
  Json copy = documents;
  rewrite(copy, [&] { return ++count, std::string{}; });
  return count;
}

/// How many times a heavy test does what it does: `full` when all is asked for (ci/faults), a part of it otherwise.
int rounds(int full, int usual) {
  return std::getenv("PLUGVET_ALL_FAULTS") ? full : usual;
}

/// Bytes that reports have had trouble with, in an order that is the same every time.
std::string fuzzed_text(std::mt19937& random) {
  using namespace std::string_literals;
  static const std::vector<std::string> pieces = {
      "]]>", "<![CDATA[", "&#0;", "&#x1b;", "&amp;", "<", ">", "&", "\"", "'", "\n", "\r", "\t", "\x1b[31m", "\x07",
          "\x7f",
      "\0"s, "\x01", "\x0b", "\x0c", "\u0085", "\u009b", "\u2028", "\ufffe", "\uffff", "\xed\xa0\x80", "\xff",
          "\xc0\xaf",
      "\u202e", "\U000E0041", "\U0010ffff", "<!--", "--", "-->", "<?xml?>", "<!DOCTYPE a [", "%", "\\u001b", "a", "ä",
          "日"};
  std::string text;
  for (auto left = random() % 12; left > 0; --left) text += pieces[random() % pieces.size()];
  return text;
}

void demand_inert(const Json& documents, int round) {
  for (const char* format : {"html", "junit", "markdown", "text", "sarif", "json"}) {
    const std::string report = sample::render_documents(format, documents, {false, false, true});
    for (const std::string& breach : breaches(format, report))
      BOOST_ERROR(fmt::format("{} of round {}: {}", format, round, printable(breach)));
  }
}

Json faulty() {
  return sample::documents("faulty");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(reports)

BOOST_AUTO_TEST_CASE(a_browser_runs_nothing_and_loads_nothing_of_any_payload_in_any_field) {
  if (sample::run("node --version >/dev/null 2>&1") != 0) return cli_tests::skip_because("node is not installed");
  const Folder here;
  std::string words = "node '" PLUGVET_SOURCE_DIR "/tests/browser/inert.mjs'";
  std::size_t combinations = 0;
  const auto& payloads = sample::payloads();
  for (std::size_t page = 0; page < payloads.size(); page += static_cast<std::size_t>(rounds(1, 3))) {
    Json documents = faulty();
    // Every string gets this page's payload: fields by payloads are all tried.
    rewrite(documents, [&] { return ++combinations, payloads[page]; });
    const std::string name = fmt::format("page-{}.html", page);
    here.write(name, sample::render_documents("html", documents, {false, false, true}));
    words += " '" + (here / name).native() + "'";
  }
  BOOST_TEST(combinations >= static_cast<std::size_t>(rounds(3600, 1200)), combinations);
  const int status = sample::run(words + " > '" + (here / "output").native() + "' 2>&1");
  if (status == 77) return cli_tests::skip_because(here.read("output"));
  BOOST_TEST(status == 0, here.read("output"));
  tell_figure(fmt::format("browser: {} combinations of field and payload, none ran or loaded anything", combinations));
}

BOOST_AUTO_TEST_CASE(ten_thousand_messages_give_well_formed_xml) {
  if (!cli_tests::has_program("xmllint")) return cli_tests::skip_because("xmllint is not installed");
  const Folder here;
  std::mt19937 random{20'261'121};
  const std::size_t each = strings_in(faulty()), wanted = 10'000;
  std::vector<std::string> words{"xmllint", "--noout", "--schema", PLUGVET_SOURCE_DIR "/schemas/junit.xsd"};
  std::size_t messages = 0;
  for (int file = 0; messages < wanted; ++file) {
    Json documents = faulty();
    rewrite(documents, [&] { return ++messages, fuzzed_text(random); });
    const std::string name = fmt::format("{}.xml", file);
    here.write(name, sample::render_documents("junit", documents, {false, false, true}));
    if (file % rounds(1, 10) == 0) demand_inert(documents, file);
    words.push_back((here / name).native());
  }
  BOOST_TEST(messages >= wanted);
  BOOST_TEST(each >= 100u);
  const Ended ended = cli_tests::run(words, {.folder = here.path()});
  BOOST_TEST(ended.status == 0, ended.err.substr(0, 4'000));
  tell_figure(fmt::format("xml: {} messages of hostile bytes, all files valid", messages));
}

BOOST_AUTO_TEST_CASE(payloads_in_a_submission_stay_text_in_every_report) {
  const auto& payloads = sample::payloads();
  for (std::size_t first = 0; first < payloads.size(); first += 4) {
    const Folder here;
    Trial trial{.words = {"--jobs", "2"}, .budget = seconds{10}, .statuses = {1, 3}};
    for (std::size_t i = first; i < std::min(first + 4, payloads.size()); ++i) {
      const std::string text = Json(payloads[i]).dump(-1, ' ', true, Json::error_handler_t::replace);
      const std::string name = fmt::format("p{}", i);
      here.write(name + "/.well-known/ai-plugin.json",
                 fmt::format(R"({{"schema_version": {0}, "name_for_human": {0}, "name_for_model": {0}, "
                              ""description_for_human":)"
                             R"( {0}, "description_for_model": {0}, "auth": {{"type": {0}, {0}: {0}}}, "api": "
                              "{{"type": {0}, )"
                             R"("url": {0}}}, "logo_url": {0}, "contact_email": {0}, "legal_info_url": {0}, {0}: "
                              "{0}}})",
                             text));
      here.write(name + "/openapi.yaml",
                 fmt::format(R"({{"openapi": "3.0.1", "info": {{"title": {0}, "version": {0}, "description": {0}}}, "
                              ""servers": )"
                             R"([{{"url": {0}}}], "paths": {{{0}: {{"get": {{"operationId": {0}, "summary": {0}, "
                              ""tags": [{0}], )"
                             R"("parameters": [{{"name": {0}, "in": {0}, "schema": {{"enum": [{0}], "pattern": "
                              "{0}}}}}], )"
                             R"("responses": {{{0}: {{"description": {0}}}}}}}}}}}, {0}: {0}}})",
                             text));
      trial.words.push_back(name);
    }
    review(here, trial);
  }
}

BOOST_AUTO_TEST_CASE(no_escape_of_a_stranger_reaches_a_terminal) {
  if (!cli_tests::has_program("script")) return cli_tests::skip_because("script is not installed");
  const Folder here;
  const std::string evil = "\\u001b]0;owned\\u0007\\u001b[2J\\u009b31m\\r\\b\\u007fx";
  write_plugin(here, {{".well-known/ai-plugin.json",
      "{\"name_for_human\": \"" + evil + "\", \"" + evil + "\": \"" + evil + "\"}"},
                      {"openapi.yaml", "\"" + evil + "\": \"" + evil + "\""}});
  // A pseudoterminal, so that colours and the progress line are on.
  const Ended ended = cli_tests::run({"script", "-qec", std::string{PLUGVET_BINARY_DIR "/plugvet review plugin -v"},
      "/dev/null"},
                                     {.folder = here.path(), .environment = {{"TERM", "xterm"}}});
  std::size_t ours = 0;
  for (std::size_t at = ended.out.find('\x1b'); at != std::string::npos; at = ended.out.find('\x1b', at + 1)) {
    const std::size_t end = ended.out.find_first_not_of("0123456789;", at + 2);
    BOOST_REQUIRE(end != std::string::npos);
    const bool is_ours = ended.out[at + 1] == '[' && (ended.out[end] == 'm' || ended.out[end] == 'K');
    BOOST_TEST(is_ours, printable(ended.out.substr(at, 20)));
    ++ours;
  }
  BOOST_TEST(ours > 0u, "there are no colours to look at");
  std::string plain = ended.out;
  for (std::size_t at = plain.find('\x1b'); at != std::string::npos; at = plain.find('\x1b', at))
    plain.erase(at, plain.find_first_of("mK", at) - at + 1);
  std::erase(plain, '\r');  // the terminal's own line ends
  BOOST_TEST((printable(plain, false) == plain), printable(plain.substr(0, 400)));
}

BOOST_AUTO_TEST_CASE(many_payloads_at_random_stay_text) {
  std::mt19937 random{4};
  const auto& payloads = sample::payloads();
  for (int round = 0; round < rounds(200, 3); ++round) {
    Json documents = faulty();
    rewrite(documents, [&] { return payloads[random() % payloads.size()] + fuzzed_text(random); });
    demand_inert(documents, round);
  }
}

BOOST_AUTO_TEST_SUITE_END()
