#include <fmt/format.h>

#include <algorithm>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "harness/support/text.h"
#include "reports/all.h"
#include "tests/reports/safety.h"
#include "tests/reports/samples.h"

using namespace plugvet;

namespace {

struct Poisoned {
  std::set<std::string> fields;  ///< distinct: "/*/results/*/title"
  std::size_t strings = 0;
};

/// Replaces every string, and adds names of members where names are free.
void poison(Json& value, const std::string& payload, const std::string& path, Poisoned& poisoned) {
  if (value.is_string()) {
    poisoned.fields.insert(path);
    ++poisoned.strings;
    value = payload;
  } else if (value.is_array()) {
    for (Json& item : value) poison(item, payload, path + "/*", poisoned);
  } else if (value.is_object()) {
    for (auto& [name, item] : value.items()) poison(item, payload, path + "/" + name, poisoned);
    if (path.ends_with("/parameters")) value[payload] = 1;
  }
}

/// Enumerations decide which part of a report is shown; they stay in one half of the tests.
void restore_words(Json& poisoned, const Json& original) {
  static const std::set<std::string> words = {"severity", "outcome", "verdict", "fail_on",    "artefact",
                                              "kind",     "id",      "group",   "started_at", "format"};
  if (poisoned.is_array()) {
    for (std::size_t i = 0; i < poisoned.size() && i < original.size(); ++i) restore_words(poisoned[i], original[i]);
  } else if (poisoned.is_object()) {
    for (const auto& [name, value] : original.items()) {
      if (words.contains(name) && value.is_string()) {
        poisoned[name] = value;
      } else if (poisoned.contains(name)) {
        restore_words(poisoned[name], value);
      }
    }
  }
}

constexpr std::string_view formats[] = {"html", "junit", "sarif", "json", "markdown", "text"};

void require_harmless(std::string_view format, const Json& documents, const std::string& what) {
  const std::string report = sample::render_documents(format, documents, {false, false, true});
  for (const std::string& breach : breaches(format, report))
    BOOST_ERROR(fmt::format("{} with {}: {}", format, what, printable(breach)));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(hostile)

BOOST_AUTO_TEST_CASE(no_format_is_forgotten_here) {
  for (const ReportFormat* format : reports::all())
    BOOST_TEST(std::count(std::begin(formats), std::end(formats), format->name) == 1);
}

BOOST_DATA_TEST_CASE(every_payload_in_every_field_stays_text, formats, format) {
  const Json original = sample::documents("faulty");
  Poisoned poisoned;
  for (const std::string& payload : sample::payloads()) {
    Json documents = original;
    poison(documents, payload, "", poisoned);
    require_harmless(format, documents, "nothing but " + printable(payload));
    restore_words(documents, original);
    require_harmless(format, documents, printable(payload));
  }
  BOOST_TEST(poisoned.fields.size() >= 70u);
  BOOST_TEST(poisoned.strings >= 3600u);
}

BOOST_DATA_TEST_CASE(the_sample_documents_give_harmless_reports, sample::names* formats, name, format) {
  require_harmless(format, sample::documents(name), std::string{name});
}

BOOST_AUTO_TEST_CASE(the_watcher_of_this_test_is_not_blind) {
  BOOST_TEST(!breaches("html", "<p><script>x</script></p>").empty());
  BOOST_TEST(!breaches("html", "<p id=\"x\" onclick=\"x\"></p>").empty());
  BOOST_TEST(!breaches("html", "<a href=\"javascript:x\">x</a>").empty());
  BOOST_TEST(!breaches("html", "<a href=\"https://evil.example\">x</a>").empty());
  BOOST_TEST(!breaches("html", "<img src=\"https://evil.example\">").empty());
  BOOST_TEST(!breaches("html", "<p>\u202e</p>").empty());
  BOOST_TEST(!breaches("html", "<p>").empty());
  BOOST_TEST(breaches("html", "<p>&lt;script&gt;</p>").empty());
  BOOST_TEST(!breaches("markdown", "a <img src=x>").empty());
  BOOST_TEST(!breaches("markdown", "hello @team").empty());
  BOOST_TEST(!breaches("markdown", "a [x](y)").empty());
  BOOST_TEST(!breaches("markdown", "```\nopen").empty());
  BOOST_TEST(breaches("markdown", "a \\[x\\](y) `<img>`").empty());
  BOOST_TEST(!breaches("text", "  ::add-mask::x").empty());
  BOOST_TEST(!breaches("text", "x ##vso[y]").empty());
  BOOST_TEST(!breaches("text", "x \x1b[0m").empty());
  BOOST_TEST(!breaches("json", "{").empty());
  BOOST_TEST(!breaches("junit", "<b>").empty());
}

BOOST_AUTO_TEST_CASE(json_and_sarif_read_back_are_what_was_written) {
  Json documents = sample::documents("hostile");
  BOOST_TEST((Json::parse(sample::render_documents("json", documents)) == documents.front()));
  BOOST_TEST(
      (Json::parse(sample::render_documents("json", sample::documents("several"))) == sample::documents("several")));
}

BOOST_AUTO_TEST_CASE(a_document_of_any_shape_gives_a_report) {
  Json odd = sample::documents("faulty");
  odd[0]["results"] = {{{"findings", 7}, {"measures", {nullptr, {{"value", 1e308}, {"limit", -1}}}}}, nullptr, "x"};
  odd[0]["exchanges"] = {{{"timing", "x"}, {"tls", {{"chain", {nullptr}}}}}, 5};
  odd[0]["logo"] = Json::object();
  odd[0]["started_at"] = "2026-99-99T99:99:99Z";
  odd[0]["took_ms"] = 1e300;
  odd[0]["submission"]["artefacts"] = 1;
  for (const Json& documents :
       {Json::array(), Json::array({nullptr}), Json::array({Json::object()}), Json::array({"x", 1}), Json{}, odd}) {
    for (const std::string_view format : formats) require_harmless(format, documents, documents.dump().substr(0, 80));
  }
}

BOOST_AUTO_TEST_CASE(a_hundred_thousand_findings_are_shown_in_part_and_counted) {
  Json documents = sample::documents("faulty");
  for (Json& result : documents[0]["results"]) {
    if (result["id"] != "manifest/name-length") continue;
    const Json finding = result["findings"][0];
    result["findings"] = Json::array_t(100'000, finding);
  }
  const std::string page = sample::render_documents("html", documents);
  BOOST_TEST(page.size() < 2'000'000u);
  BOOST_TEST(page.find("99950 findings more of the same check are in the JSON document") != std::string::npos);
  BOOST_TEST(sample::render_documents("text", documents).find("99950 more findings of manifest/name-length") !=
             std::string::npos);
  BOOST_TEST(sample::render_documents("markdown", documents).size() <= 65'536u);
  BOOST_TEST(sample::render_documents("junit", documents).find("(99999 more)") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_line_of_a_megabyte_is_cut_around_what_is_marked) {
  Json documents = sample::documents("faulty");
  for (Json& result : documents[0]["results"]) {
    if (result["id"] != "manifest/name-length") continue;
    Json& finding = result["findings"][0];
    finding["message"] = std::string(1'000'000, 'm');
    finding["excerpt"] = {{"first_line", 3},
                          {"lines", {std::string(500'000, 'x') + "\"marked\"" + std::string(500'000, 'y')}}};
    finding["column"] = 500'001;
  }
  const std::string page = sample::render_documents("html", documents);
  BOOST_TEST(page.size() < 200'000u);
  BOOST_TEST(page.find("<mark>&quot;marked&quot;</mark>") != std::string::npos);
  BOOST_TEST(page.find("(1000000 characters in all)") != std::string::npos);
  BOOST_TEST(sample::render_documents("text", documents).find("^^^^^^^^\n") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
