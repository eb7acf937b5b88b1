#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>
#include <ostream>

#include "checks/length.h"
#include "checks/members.h"
#include "checks/placeholders.h"
#include "checks/values.h"

namespace plugvet::checks {
extern const Check m365_functions;
extern const Check manifest_description_length;
extern const Check manifest_known_members;
}  // namespace plugvet::checks

using namespace plugvet;
using namespace plugvet::checks;
namespace data = boost::unit_test::data;

namespace {

Manifest manifest_of(const std::string& text) {
  auto document = parse_json(text, "ai-plugin.json");
  BOOST_REQUIRE(document);
  Manifest manifest;
  manifest.document = std::move(*document);
  return manifest;
}

struct Text {
  std::string_view text;
  TextRole role = TextRole::name;
};
std::ostream& operator<<(std::ostream& out, const Text& text) {
  return out << text.text;
}

// All of them were written by people whose plugins were approved, or are good English.
const Text own_texts[] = {
    {"Todo List", TextRole::name},
    {"TODO", TextRole::name},
    {"Manage your TODO list. You can add, remove and view your TODOs.", TextRole::description},
    {"Search your company's documents.", TextRole::description},
    {"Start with 'Ask bot <bot id>'. Visit webbot.chat to create & share a bot.", TextRole::description},
    {"Never use placeholders. Replace {{name}} by the user's name; example.com is fine.", TextRole::prompt},
    {"https://your-planner.io/logo.png", TextRole::address},
    {"https://yourdata.ai/openapi.yaml", TextRole::address},
    {"https://examples.com/legal", TextRole::address},
    {"https://test.io/legal", TextRole::address},
    {"test@acme.com", TextRole::address},
    {"e6a1f9d8c0", TextRole::token},
};

const Text leftovers[] = {
    {"${{TEAMSFX_ENV}} Todo", TextRole::name},
    {"{{appName}}", TextRole::name},
    {"Lorem ipsum dolor sit amet", TextRole::description},
    {"<Your plugin's description>", TextRole::description},
    {"TBD", TextRole::description},
    {"PLUGIN_HOSTNAME/logo.png", TextRole::address},
    {"https://your-domain.com/legal", TextRole::address},
    {"http://www.example.com/legal", TextRole::address},
    {"dummy@email.com", TextRole::address},
    {"support@example.com", TextRole::address},
    {"NGROK FORWARDING URL HERE/openapi.json", TextRole::address},
    {"https://plugin.test/openapi.yaml", TextRole::address},
    {"YOUR_API_TOKEN", TextRole::token},
    {"Replace_this_string_with_the_verification_token", TextRole::token},
    {"See PLUGIN_HOSTNAME", TextRole::prompt},
};

struct Reference {
  std::string_view text;
  bool is_relative = false, is_resolvable = false;
};
std::ostream& operator<<(std::ostream& out, const Reference& reference) {
  return out << reference.text;
}

const Reference references[] = {
    {"/openapi.yaml", true, true},
    {"", true},
    {"acme.com/openapi.yaml", true, true},
    {"localhost:5003/openapi.yaml", true},
    {"legal@acme.com", true, true},
    {"openapi.yaml?next=https://acme.com", true, true},
    {"//acme.com/x", true, true},
    {"https://acme.com", false},
    {"data:image/png;base64,AA", false},
    {"mailto:legal@acme.com", false},
    {"ftp://acme.com/x", false},
};

const std::string two_runtimes = R"({"schema_version": "v2.2", "functions": [{"name": "a"}, {"name": "b"}],
  "runtimes": [{"run_for_functions": FIRST}, {"run_for_functions": SECOND}]})";

std::size_t findings_with(std::string first, std::string second) {
  std::string text = two_runtimes;
  text.replace(text.find("FIRST"), 5, first);
  text.replace(text.find("SECOND"), 6, second);
  Evidence evidence;
  evidence.manifest = Result<Manifest>{manifest_of(text)};
  return m365_functions.rule(evidence, Parameters{}).judgement.findings.size();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(manifest)

BOOST_DATA_TEST_CASE(what_a_person_wrote_is_no_placeholder, data::make(own_texts), own) {
  BOOST_TEST(placeholder_in(own.text, own.role) == "");
}

BOOST_DATA_TEST_CASE(what_a_template_left_is_a_placeholder, data::make(leftovers), leftover) {
  BOOST_TEST(placeholder_in(leftover.text, leftover.role) != "");
}

BOOST_DATA_TEST_CASE(a_reference_without_scheme_is_relative, data::make(references), reference) {
  BOOST_TEST(is_relative_reference(reference.text) == reference.is_relative);
  BOOST_TEST(is_resolvable_reference(reference.text) == reference.is_resolvable);
}

BOOST_AUTO_TEST_CASE(an_unknown_member_is_found_at_its_name_and_named_as_it_is_written) {
  Evidence evidence;
  evidence.manifest = Result<Manifest>{manifest_of("{\n  \"x/y~z\": 1}")};
  const Ruling ruling = manifest_known_members.rule(evidence, Parameters{Json{{"format", "ai_plugin"}}});
  BOOST_REQUIRE_EQUAL(ruling.judgement.findings.size(), 1U);
  const Finding& finding = ruling.judgement.findings.front();
  BOOST_TEST(finding.where.position.column == 3U);
  BOOST_TEST(finding.message.starts_with("x/y~z is no member"), finding.message);
}

BOOST_AUTO_TEST_CASE(lengths_are_code_points_and_show_what_others_count_where_it_differs) {
  BOOST_TEST(length_text("Todo") == "4 characters");
  BOOST_TEST(length_text("Töd") == "3 characters (4 bytes)");
  BOOST_TEST(length_text("Todo \xF0\x9F\x93\x9D") == "6 characters (7 UTF-16 units, 9 bytes)");
}

BOOST_AUTO_TEST_CASE(an_emoji_counts_as_one_character) {
  const Manifest manifest = manifest_of(R"({"name_for_human": "1234567890123456789📝"})");
  BOOST_TEST(judge_length(manifest, "/name_for_human", 20).findings.empty());
  BOOST_TEST(judge_length(manifest, "/name_for_human", 19).findings.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_pointer_is_spoken_as_people_write_it) {
  BOOST_TEST(spoken("/runtimes/0/spec/url") == "runtimes[0].spec.url");
}

BOOST_AUTO_TEST_CASE(a_misspelt_required_member_is_one_finding) {
  const Manifest manifest = manifest_of(R"({"Auth": {"type": "none"}, "api": {"type": "openapi", "url": "x"}})");
  const auto unknown = unknown_members(manifest, ManifestFormat::ai_plugin);
  BOOST_REQUIRE(unknown.size() == 1U);
  BOOST_TEST(unknown[0].near == "auth");
  BOOST_TEST(unknown[0].near_is_required);
}

BOOST_AUTO_TEST_CASE(members_of_a_missing_object_are_not_missed_as_well) {
  const Judgement judgement = judge_required(manifest_of("{}"), ManifestFormat::ai_plugin);
  for (const Finding& finding : judgement.findings) BOOST_TEST(finding.where.pointer.rfind('/') == 0U);
  BOOST_TEST(judgement.findings.size() == 10U);
}

BOOST_AUTO_TEST_CASE(what_stands_inside_an_adaptive_card_is_free) {
  const Manifest manifest = manifest_of(R"({"functions": [{"name": "a", "capabilities": {"response_semantics":
    {"data_path": "$", "static_template": {"anything": 1}}}}]})");
  BOOST_TEST(unknown_members(manifest, ManifestFormat::m365).empty());
}

BOOST_AUTO_TEST_CASE(each_function_belongs_to_one_runtime) {
  BOOST_TEST(findings_with(R"(["a"])", R"(["b"])") == 0U);
  BOOST_TEST(findings_with(R"(["a", "b"])", R"(["b"])") == 1U);
  BOOST_TEST(findings_with(R"(["*"])", R"(["b"])") == 1U);
  BOOST_TEST(findings_with(R"(["*"])", R"(["*"])") == 2U);
  BOOST_TEST(findings_with(R"(["a"])", R"(["c"])") == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
