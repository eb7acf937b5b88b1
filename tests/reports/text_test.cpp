#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include "reports/shared/dates.h"
#include "reports/shared/excerpt.h"
#include "reports/shared/markdown_text.h"
#include "reports/shared/words.h"
#include "tests/reports/samples.h"

using namespace plugvet;
using namespace plugvet::reports;

namespace {

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

ShownLine only_line(std::string_view text, int column) {
  return marked_lines({text}, 7, 7, column).front();
}
std::string marked(const ShownLine& line) {
  return line.text.substr(line.mark_begin, line.mark_size);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(text_report)

BOOST_AUTO_TEST_CASE(the_verdict_is_the_first_and_the_last_line) {
  const auto lines = sample::lines_of(sample::render("text", "faulty"));
  BOOST_TEST(lines.front().starts_with("REJECTED  Todo List Manager for Large Teams"));
  BOOST_TEST(lines.back() ==
             "REJECTED: 9 errors, 2 warnings and 1 note; 2 points for the reviewer; 8 passed, 14 failed, 7 blocked, 1 crashed, "
             "2 skipped, 3 not applicable, in 10.9 s");
  BOOST_TEST(sample::lines_of(sample::render("text", "good")).back().starts_with("APPROVED: no findings"));
}

BOOST_AUTO_TEST_CASE(the_caret_stands_below_what_it_means) {
  BOOST_TEST(contains(sample::render("text", "faulty"),
                      "     3 |   \"name_for_human\": \"Todo List Manager for Large Teams\",\n"
                      "       |                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"));
}

BOOST_AUTO_TEST_CASE(another_file_of_a_description_is_named_with_its_folder) {
  Json documents = sample::documents("faulty");
  std::string other;
  for (const Json& artefact : documents[0]["submission"]["artefacts"])
    if (artefact["artefact"] == "manifest") {
      const auto main = artefact["location"].get<std::string>();
      other = main.substr(0, main.rfind('/') + 1) + "schemas/name & more.yaml";
    }
  BOOST_REQUIRE(!other.empty());
  for (Json& result : documents[0]["results"])
    if (result["id"] == "manifest/name-length") result["findings"][0]["location"] = other;
  BOOST_TEST(contains(sample::render_documents("text", documents), "  schemas/name & more.yaml:3:21\n"));
  BOOST_TEST(contains(sample::render_documents("markdown", documents), "`schemas/name & more.yaml:3:21`"));
  BOOST_TEST(contains(sample::render_documents("html", documents), ">schemas/name &amp; more.yaml:3:21<"));
  BOOST_TEST(contains(sample::render_documents("junit", documents), "schemas/name &amp; more.yaml:3:21"));
  BOOST_TEST(contains(sample::render_documents("sarif", documents), "schemas/name%20&%20more.yaml"));
}

BOOST_AUTO_TEST_CASE(wide_characters_push_the_caret_by_two_columns) {
  Json documents = sample::documents("faulty");
  for (Json& result : documents[0]["results"]) {
    if (result["id"] == "manifest/name-length")
      result["findings"][0]["excerpt"] = {{"first_line", 3}, {"lines", {"\"日本\": e\u0301: \"名\","}}};
    if (result["id"] == "manifest/name-length") result["findings"][0]["column"] = 11;
  }
  const std::string text = sample::render_documents("text", documents);
  BOOST_TEST(contains(text, "     3 | \"日本\": e\u0301: \"名\",\n       |            ^^^^\n"));
}

BOOST_AUTO_TEST_CASE(colours_are_ours_alone) {
  const std::string plain = sample::render("text", "hostile");
  BOOST_TEST(!contains(plain, "\x1b"));
  std::string colored = sample::render("text", "hostile", {true, false, false});
  std::size_t sequences = 0;
  for (std::size_t at = colored.find('\x1b'); at != std::string::npos; at = colored.find('\x1b', at)) {
    const std::size_t end = colored.find('m', at);
    const std::string code = colored.substr(at, end - at + 1);
    BOOST_TEST(
        (code.size() <= 7 && code.starts_with("\x1b[") && code.find_first_not_of("0123456789;", 2) == code.size() - 1),
        code.substr(1));
    colored.erase(at, end - at + 1);
    ++sequences;
  }
  BOOST_TEST(sequences > 50u);
  BOOST_TEST(colored == plain);
}

BOOST_AUTO_TEST_CASE(quiet_gives_the_verdict_and_the_findings_only) {
  const std::string text = sample::render("text", "faulty", {false, true, false});
  for (const char* part : {"REJECTED", "error  manifest/name-length  ai-plugin.json:3:21", "judge  logo/likeness",
                           "\nwaived  logo/size  "})
    BOOST_TEST(contains(text, part));
  for (const char* part : {"Not tested", "fix  ", " | ", "Waived", "Skipped"}) BOOST_TEST(!contains(text, part));
}

BOOST_AUTO_TEST_CASE(verbose_tells_what_passed_and_what_was_measured) {
  const std::string text = sample::render("text", "faulty", {false, false, true});
  for (const char* part :
       {"Passed\n", "  manifest/description-length\n    description_for_human: 72 of 100 characters\n",
        "Not applicable\n", "manifest/oauth-urls: The plugin does not use OAuth."})
    BOOST_TEST(contains(text, part), part);
  BOOST_TEST(!contains(sample::render("text", "faulty"), "Passed\n"));
}

BOOST_AUTO_TEST_CASE(one_cause_is_told_once) {
  BOOST_TEST(contains(sample::render("text", "faulty"),
                      "Not tested, because\n  The API description could not be read: api.todo.example did not answer "
                      "within 10 seconds\n    api/openapi-version, api/operation-count,"));
}

BOOST_AUTO_TEST_CASE(log_commands_lose_their_power_and_stay_readable) {
  BOOST_TEST(without_log_commands("::add-mask::x") == "\\u{3A}:add-mask::x");
  BOOST_TEST(without_log_commands("  ::error::x") == "  \\u{3A}:error::x");
  BOOST_TEST(without_log_commands("a ##vso[b] ##[c] ##teamcity[d]") ==
             "a #\\u{23}vso[b] #\\u{23}[c] #\\u{23}teamcity[d]");
  BOOST_TEST(without_log_commands("###[x") == "##\\u{23}[x");
  for (const char* harmless : {"", "std::vector", "## Heading", "##", "#", "a ## [b]"})
    BOOST_TEST(without_log_commands(harmless) == harmless);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(shared)

BOOST_AUTO_TEST_CASE(the_mark_covers_the_value_that_begins_at_the_column) {
  BOOST_TEST(marked(only_line(R"(  "a": "b \" c", "d")", 8)) == R"("b \" c")");
  BOOST_TEST(marked(only_line(R"(  "a": 123, "b": 1)", 8)) == "123");
  BOOST_TEST(marked(only_line("key: value of yaml  # comment", 6)) == "value of yaml");
  BOOST_TEST(marked(only_line("\t\"a\"", 2)) == "\"a\"");
  BOOST_TEST(marked(only_line("\\u{9}\\u{9}\"a\": 1", 3)) == "\"a\"");
  BOOST_TEST(only_line("\\u{9}\"a\"", 2).text == "  \"a\"");
  BOOST_TEST(only_line("abc", 0).mark_size == 0u);
  BOOST_TEST(only_line(std::string(200, 'x'), 3000).text.starts_with("xxx"));
  BOOST_TEST(only_line("abc", 50).mark_size == 0u);
  BOOST_TEST(only_line("abc", 0).marked);
  BOOST_TEST(!marked_lines({"abc"}, 7, 8, 1).front().marked);
}

BOOST_AUTO_TEST_CASE(a_long_line_is_cut_on_both_sides_of_the_mark) {
  const ShownLine line = only_line(std::string(1000, 'x') + "\"ü\"" + std::string(1000, 'y'), 1001);
  BOOST_TEST(marked(line) == "\"ü\"");
  BOOST_TEST(line.text.starts_with("…xx"));
  BOOST_TEST(line.text.ends_with("yy…"));
  BOOST_TEST(line.text.size() < 200u);
  BOOST_TEST(only_line("\"" + std::string(1000, 'x'), 1).text.ends_with("…"));
}

BOOST_AUTO_TEST_CASE(dates_are_read_and_told) {
  using std::chrono::milliseconds;
  BOOST_TEST(date_and_time("2026-03-14T09:26:53.589Z") == "14 March 2026, 09:26 UTC");
  BOOST_TEST(date("2026-03-14") == "14 March 2026");
  BOOST_TEST(date("soon") == "soon");
  BOOST_TEST(date("2026-02-30") == "2026-02-30");
  BOOST_TEST(days_between("2026-03-14T09:00:00Z", "2026-05-02T23:59:59Z").value() == 49);
  BOOST_TEST(!days_between("2026-03-14", "").has_value());
  BOOST_TEST(milliseconds_since_epoch("1970-01-02T00:00:01.5Z")->count() == 86'401'500);
  BOOST_TEST(duration(milliseconds{12}) == "12 ms");
  BOOST_TEST(duration(milliseconds{2417}) == "2.4 s");
  BOOST_TEST(duration(milliseconds{65'000}) == "1 min 5 s");
}

BOOST_AUTO_TEST_CASE(markdown_shows_text_as_it_is) {
  BOOST_TEST(markdown_text("a*b_c [x](y) <b> 50% # !") == "a\\*b\\_c \\[x\\]\\(y\\) &lt;b&gt; 50% \\# \\!");
  BOOST_TEST(markdown_text("(https://a.b), www.a.b") == "\\(`https://a.b`\\), `www.a.b`");
  BOOST_TEST(markdown_text("ask @me, see #1 or GH-1.") == "ask `@me`, see `#1` or `GH-1`.");
  BOOST_TEST(markdown_text("") == "");
  BOOST_TEST(markdown_text(" @me ") == " `@me` ");
  BOOST_TEST(markdown_text("\"@me\"") == "&quot;`@me`&quot;");
  BOOST_TEST(markdown_cell("a|b @me|x") == "a\\|b `@me\\|x`");
  BOOST_TEST(markdown_code("a`b") == "``a`b``");
  BOOST_TEST(markdown_code("`") == "`` ` ``");
  BOOST_TEST(markdown_block("x ```` y\n") == "`````text\nx ```` y\n`````\n");
  BOOST_TEST(markdown_html("<b> @me") == "&lt;b&gt; <code>@me</code>");
}

BOOST_AUTO_TEST_CASE(numbers_and_places_are_told_shortly) {
  BOOST_TEST(number_text(27) == "27");
  BOOST_TEST(number_text(1.25) == "1.25");
  BOOST_TEST(number_text(1.0 / 0.0 * 0) == "?");
  BOOST_TEST(file_name("https://a.b/c/d.json?e=/f#g") == "d.json");
  BOOST_TEST(file_name("https://a.b/") == "a.b");
  BOOST_TEST(measure_text({"n", "", "", "characters", 33, 20}) == "33 of 20 characters, 13 over");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(markdown_report)

BOOST_AUTO_TEST_CASE(the_verdict_is_the_heading) {
  BOOST_TEST(sample::render("markdown", "faulty")
                 .starts_with("## Rejected: Todo List Manager for Large Teams\n\n9 errors stand against approval."));
  BOOST_TEST(sample::render("markdown", "several").starts_with("| Verdict | Submission | Profile | Findings |\n"));
}

BOOST_AUTO_TEST_CASE(what_does_not_fit_is_counted) {
  Json documents = sample::documents("faulty");
  Json& results = documents[0]["results"];
  const Json failed =
      *std::find_if(results.begin(), results.end(), [](const Json& r) { return r["id"] == "manifest/name-length"; });
  for (int i = 0; i < 200; ++i) {
    results.push_back(failed);
    results.back()["findings"][0]["message"] = std::string(1500, '*');
  }
  const std::string text = sample::render_documents("markdown", documents);
  BOOST_TEST(text.size() <= 65'536u);
  BOOST_TEST(text.size() > 30'000u);
  BOOST_TEST(contains(text, " more findings did not fit here.**"));
  const std::string many = sample::render_documents("markdown", Json(Json::array_t(500, documents[0])));
  BOOST_TEST(many.size() <= 65'536u);
  BOOST_TEST(contains(many, " more reviews did not fit here.**"));
}

BOOST_AUTO_TEST_CASE(of_many_submissions_each_shows_the_first_place_of_its_checks_before_what_was_skipped) {
  Json documents = sample::documents("faulty");
  documents.erase(documents.begin() + 1, documents.end());
  Json& results = documents[0]["results"];
  for (Json& result : results) {
    if (result["id"] == "manifest/name-length")
      for (int i = 0; i < 40; ++i) result["findings"].push_back(result["findings"][0]);
    if (result["outcome"] != "passed") continue;
    result["outcome"] = "skipped";
    result["reason"] = "The review is offline.";
  }
  const Json skipped = *std::find_if(results.begin(), results.end(), [](const Json& r) { return r["outcome"] == "skipped"; });
  for (int i = 0; i < 100; ++i) results.push_back(skipped);
  const std::string text = sample::render_documents("markdown", Json(Json::array_t(20, documents[0])));
  BOOST_TEST(text.size() <= 65'536u);
  std::size_t shown = 0;
  for (std::size_t at = text.find("### What to fix first"); at != std::string::npos;
       at = text.find("### What to fix first", at + 1), ++shown) {
    const std::string part = text.substr(at, text.find("\n## ", at) - at);
    const std::size_t place = part.find("ai-plugin.json:3:21");
    BOOST_TEST(place != std::string::npos);
    BOOST_TEST(part.find("The review is offline") > place);
  }
  BOOST_TEST(shown == 20u);
}

BOOST_AUTO_TEST_SUITE_END()
