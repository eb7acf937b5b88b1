#include "harness/engine/custom_checks.h"

#include <signal.h>
#include <unistd.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "harness/engine/engine.h"
#include "harness/engine/profiles.h"

using namespace plugvet;
namespace fs = std::filesystem;

namespace {

Judgement anything(const Submission&) { return Judgement::pass(); }
constinit const Check name_length = define_check<anything>({.id = "manifest/name-length", .title = "t",
                                                            .requirement = "r", .rationale = "r", .remedy = "r",
                                                            .source = "s"});
constexpr const Check* built_in[] = {&name_length};
constexpr EmbeddedFile shipped[] = {{"base.yaml", "name: base\nchecks:\n  manifest/name-length:\n"}};
const ProfileLibrary library{shipped, built_in};

/// A folder with a profile in it, and programs.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "plugvet-custom.XXXXXX").native();
    path_ = ::mkdtemp(name.data());
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string write(const std::string& name, std::string_view content) const {
    std::ofstream{path_ / name} << content;
    return (path_ / name).native();
  }
  void write_program(const std::string& name, const std::string& script) const {
    const fs::path file = write(name, "#!/bin/sh\n" + script + "\n");
    fs::permissions(file, fs::perms::owner_all);
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

constexpr std::string_view texts = "severity: error, rationale: r, remedy: m";

/// One custom check in YAML's flow style: `judge` has the members that differ.
std::string profile_with(const std::string& judge) {
  return "name: mine\ncustom_checks:\n  - {id: house/thing, title: The thing is right, " + std::string{texts} +
         ",\n     " + judge + "}\n";
}

std::shared_ptr<Evidence> evidence() {
  auto evidence = std::make_shared<Evidence>();
  evidence->manifest = Result<Manifest>{Manifest{
      *parse_json("{\n  \"name\": \"To-do\",\n  \"about\": \"The BEST list\",\n  \"tags\": [\"a\", \"b\", \"a\"],\n"
                  "  \"size\": 3,\n  \"empty\": {},\n"
                  "  \"numbers\": [1, 1.0, {\"x\": 1, \"y\": 2}, {\"y\": 2, \"x\": 1}]\n}",
                  "ai-plugin.json"),
      "ai-plugin.json", {}, ""}};
  evidence->api = Result<ApiDescription>{
      ApiDescription{*parse_yaml("info:\n  title: Things\n", "openapi.yaml"), "openapi.yaml", {}, ""}};
  return evidence;
}

CheckResult judged(const Folder& folder, const std::string& text, std::shared_ptr<const Evidence> over = evidence()) {
  const auto profile = library.load(folder.write("mine.yaml", text));
  BOOST_REQUIRE_MESSAGE(profile, (profile ? "" : profile.problem()->what));
  const auto plan = make_plan(*profile, built_in, {}, {});
  BOOST_REQUIRE(plan);
  const Review review = judge(*plan, std::move(over), {});
  BOOST_REQUIRE(review.results.size() == 1u);
  CheckResult result = review.results.front();
  result.check = nullptr;  // it goes with the review
  return result;
}

/// "passed", "blocked: why", or "pointer: message [expected] [actual]" for each finding.
std::string summary(const CheckResult& result) {
  if (result.outcome != Outcome::failed)
    return std::string{name_of(result.outcome)} + (result.reason.empty() ? "" : ": " + result.reason);
  std::string all;
  for (const Finding& finding : result.findings)
    all += (all.empty() ? "" : "\n") + finding.where.pointer + ": " + finding.message + " [" + finding.expected +
           "] [" + finding.actual + "]";
  return all;
}

struct Case {
  std::string_view judge, summary;
};
std::ostream& operator<<(std::ostream& out, const Case& one) { return out << one.judge; }

constexpr Case cases[] = {
    {"path: $.name, defined: true", "passed"},
    {"path: $.icon, defined: true", ": There is nothing at $.icon. [a value at $.icon] [none]"},
    {"path: $.empty.icon.url, defined: true",
     "/empty: There is nothing at $.empty.icon.url. [a value at $.empty.icon.url] [none]"},
    {"path: $.icon, defined: false", "passed"},
    {"path: '$.tags[:2]', defined: false",
     "/tags/0: There is a value at /tags/0. [none] [\"a\"]\n/tags/1: There is a value at /tags/1. [none] [\"b\"]"},
    {"path: $.size, defined: false, message: No sizes here.", "/size: No sizes here. [none] [3]"},
    {"path: $.name, pattern: ^To", "passed"},
    {"path: $.icon, pattern: ^To", "passed"},
    {"path: $.name, pattern: ^Do",
     "/name: The text at /name does not match the pattern. [a text that matches ^Do] [\"To-do\"]"},
    {"path: $.size, pattern: '3'", "/size: The value at /size is a number, not a text. [a text that matches 3] [3]"},
    {"path: $.name, length: {maximum: 5}", "passed"},
    {"path: $.name, length: {maximum: 4}",
     "/name: The text at /name has 5 characters. [at most 4 characters] [5 characters]"},
    {"path: $.tags, length: {minimum: 4}", "/tags: The list at /tags has 3 items. [at least 4 items] [3 items]"},
    {"path: $.empty, length: {minimum: 1, maximum: 9}",
     "/empty: The mapping at /empty has 0 members. [from 1 to 9 members] [0 members]"},
    {"path: $.size, length: {minimum: 1}",
     "/size: The value at /size has no length: it is a number. [a text, a list or a mapping] [3]"},
    {"path: $.size, one_of: [2, 3.0]", "passed"},
    {"path: '$.numbers[2]', one_of: [{y: 2, x: 1}]", "passed"},
    {"path: $.name, one_of: [a, 1]",
     "/name: The value at /name is not among those that are accepted. [\"a\" or 1] [\"To-do\"]"},
    {"path: '$.tags[1:]', unique: true", "passed"},
    {"path: '$.tags[0,0]', unique: true", "passed"},
    {"path: '$.tags[*]', unique: true",
     "/tags/2: The value at /tags/2 is the same as at /tags/0. [a value that stands nowhere else] [\"a\"]"},
    {"path: '$.numbers[*]', unique: true",
     "/numbers/1: The value at /numbers/1 is the same as at /numbers/0. [a value that stands nowhere else] [1.0]\n"
     "/numbers/3: The value at /numbers/3 is the same as at /numbers/2. [a value that stands nowhere else] "
     "[a mapping of 2 members]"},
    {"path: $.*, forbidden_words: [best, cheapest]",
     "/about: The text at /about says best. [none of the words best or cheapest] [best]"},
    {"path: $.*, forbidden_words: [lis, do]",
     "/name: The text at /name says do. [none of the words lis or do] [do]"},
    {"path: $.tags, schema: {type: array, items: {enum: [a, b]}}", "passed"},
    {"path: $.tags, schema: {items: {enum: [b]}}",
     "/tags/0: item [0] is \"a\", expected \"b\". [\"b\"] [\"a\"]\n"
     "/tags/2: item [2] is \"a\", expected \"b\". [\"b\"] [\"a\"]"},
    {"path: $, schema: {required: [icon]}",
     ": The document lacks the member \"icon\". [a member \"icon\"] [no such member]"},
    {"path: $.size, schema: false", "/size: The value at /size is not allowed. [no value] [3]"},
};

struct Mistake {
  std::string_view entry, answer;
};
std::ostream& operator<<(std::ostream& out, const Mistake& mistake) { return out << mistake.entry; }

constexpr Mistake mistakes[] = {
    {"title: t, severity: error, rationale: r, remedy: m, in: api, path: $, unique: true", ":3:5: id is missing."},
    {"id: house/a, severity: error, rationale: r, remedy: m, in: api, path: $, unique: true",
     ":3:5: title is missing."},
    {"id: house/a, title: t, severity: error, rationale: r, in: api, path: $, unique: true",
     ":3:5: remedy is missing."},
    {"id: House, title: t, severity: error, rationale: r, remedy: m, in: api, path: $, unique: true",
     ":3:10: id is no id; write group/noun-phrase"},
    {"id: manifest/name-length, title: t, severity: error, rationale: r, remedy: m, in: api, path: $, unique: true",
     ":3:10: id manifest/name-length is taken by another check"},
    {"id: h/a, title: t, severity: bad, rationale: r, remedy: m, in: api, path: $, unique: true",
     ":3:35: severity is one of note, warning, error."},
    {"id: h/a, title: t, severity: note, rationale: r, remedy: m",
     ":3:10: id belongs to a check that judges nothing; add `in` and `path`, or `program`."},
    {"id: h/a, title: t, severity: note, rationale: r, remedy: m, in: logo, path: $, unique: true",
     ":3:70: in is manifest or api."},
    {"id: h/a, title: t, severity: note, rationale: r, remedy: m, in: api, path: $",
     ":3:81: path demands nothing; add one of defined, pattern, "},
    {"id: h/a, title: t, severity: note, rationale: r, remedy: m, in: api, path: $, defined: true, unique: true",
     "is one assertion too many: this check has defined and unique."},
    {"id: h/a, title: t, severity: note, rationale: r, remedy: m, in: api, path: $, patern: x",
     ":3:84: patern is not known here; did you mean pattern?"},
    {"id: h/a, title: t, severity: note, rationale: r, remedy: m, in: api, path: '$.a[?@.b = 1]', defined: true",
     ":3:81: path is no JSONPath: column 10 of `$.a[?@.b = 1]`: a comparison is written `==`"},
    {"id: h/a, title: t, severity: note, rationale: r, remedy: m, in: api, path: $, defined: maybe",
     ":3:93: defined is neither true nor false."},
    {"id: h/a, title: t, severity: note, rationale: r, remedy: m, in: api, path: $, pattern: '(a'",
     ":3:93: pattern is no regular expression (RE2): missing ): (a."},
    {"id: h/a, title: t, severity: note, rationale: r, remedy: m, in: api, path: $, length: {minimun: 3}",
     "minimun is not known here; did you mean minimum?"},
    {"id: h/a, title: t, severity: note, rationale: r, remedy: m, in: api, path: $, length: {}",
     "length has neither minimum nor maximum."},
    {"id: h/a, title: t, severity: note, rationale: r, remedy: m, in: api, path: $, length: {minimum: -1}",
     "minimum is negative."},
    {"id: h/a, title: t, severity: note, rationale: r, remedy: m, in: api, path: $, length: {minimum: 3, maximum: 2}",
     "minimum is larger than maximum."},
    {"id: h/a, title: t, severity: note, rationale: r, remedy: m, in: api, path: $, one_of: []",
     "one_of is not a list of values."},
    {"id: h/a, title: t, severity: note, rationale: r, remedy: m, in: api, path: $, unique: false",
     "unique is `true`, or left out."},
    {"id: h/a, title: t, severity: note, rationale: r, remedy: m, in: api, path: $, forbidden_words: ['']",
     "forbidden_words has an empty word."},
    {"id: h/a, title: t, severity: note, rationale: r, remedy: m, in: api, path: $, schema: text",
     ":3:92: schema is no JSON Schema; that is a mapping, `true` or `false`."},
    {"id: h/a, title: t, severity: note, rationale: r, remedy: m, in: api, path: $, schema: {items: {type: strin}}",
     ":3:107: type in the schema cannot be used: type is \"strin\", expected null"},
    {"id: h/a, title: t, severity: note, rationale: r, remedy: m, in: api, path: $, schema: {pattern: '('}",
     ":3:102: pattern in the schema cannot be used: "},
    {"id: h/a, title: t, severity: note, rationale: r, remedy: m, in: api, path: $, schema: {$ref: '#/x'}",
     ":3:99: $ref in the schema cannot be used: \"#/x\" leads nowhere"},
    {"id: h/a, title: t, severity: note, rationale: r, remedy: m, program: []", "program is not a list"},
    {"id: h/a, title: t, severity: note, rationale: r, remedy: m, program: [judge], in: api",
     "in does not go together with program."},
    {"id: h/a, title: t, severity: note, rationale: r, remedy: m, program: [nothere.py]", "program names no file: /"},
    {"id: h/a, title: t, severity: note, rationale: r, remedy: m, program: [sh]", "PATH is not searched."},
    {"id: h/a, title: t, severity: note, rationale: r, remedy: m, program: .", "is not a regular file."},
    {"id: h/a, title: t, severity: note, rationale: r, remedy: m, program: mine.yaml", "is not executable: chmod +x /"},
    {"id: h/a, title: t, severity: note, rationale: r, remedy: m, program: /bin/true, timeout: soon",
     "timeout is not a duration of at most 10 minutes"},
    {"id: h/a, title: t, severity: note, rationale: r, remedy: m, program: /bin/true, timeout: 11m",
     "timeout is not a duration of at most 10 minutes"},
    {"id: h/a, title: t, severity: note, rationale: r, remedy: m, program: /bin/true, needs: [tls]",
     "needs has tls; it is a list of manifest, api, logo and legal_page."},
};

std::string complaint(const Folder& folder, const std::string& text) {
  const std::string file = folder.write("mine.yaml", text);
  const auto profile = library.load(file);
  if (profile) return "";
  BOOST_TEST((profile.problem()->blame == Blame::user));
  return profile.problem()->what.substr(file.size());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(custom_checks)

BOOST_DATA_TEST_CASE(an_assertion_is_judged_over_all_that_the_path_finds, boost::unit_test::data::make(cases), one) {
  const Folder folder;
  BOOST_TEST(summary(judged(folder, profile_with("in: manifest, " + std::string{one.judge}))) == one.summary);
}

BOOST_DATA_TEST_CASE(a_mistake_in_a_custom_check_is_named_with_its_place, boost::unit_test::data::make(mistakes),
                     mistake) {
  const Folder folder;
  const std::string what = complaint(folder, "name: mine\ncustom_checks:\n  - {" + std::string{mistake.entry} + "}\n");
  BOOST_TEST(what.find(mistake.answer) != std::string::npos, what);
  BOOST_TEST(what.starts_with(":3:"), what);
}

BOOST_AUTO_TEST_CASE(a_finding_stands_at_its_line) {
  const Folder folder;
  const CheckResult result = judged(folder, profile_with("in: manifest, path: $.about, length: {maximum: 1}"));
  BOOST_TEST(result.findings.at(0).where.position.line == 3u);
  BOOST_TEST(result.findings.at(0).where.position.column == 12u);
  BOOST_CHECK(result.findings.at(0).where.artefact == Artefact::manifest);
  const CheckResult in_api = judged(folder, profile_with("in: api, path: $.info.contact, defined: true"));
  BOOST_CHECK(in_api.findings.at(0).where.artefact == Artefact::api);
  BOOST_TEST(in_api.findings.at(0).where.pointer == "/info");
}

BOOST_AUTO_TEST_CASE(of_many_findings_the_first_are_kept_and_the_others_counted) {
  const Folder folder;
  auto many = evidence();
  Json list = Json::array();
  for (int i = 0; i < 1000; ++i) list.push_back(i);
  many->manifest = Result<Manifest>{Manifest{*parse_json(Json{{"list", list}}.dump(), "m"), "m", {}, ""}};
  const CheckResult result = judged(folder, profile_with("in: manifest, path: '$.list[*]', defined: false"), many);
  BOOST_TEST(result.findings.size() == 20u);
  BOOST_TEST(result.findings.back().message ==
             "There is a value at /list/19. The same is true in 980 more places.");
}

BOOST_AUTO_TEST_CASE(what_could_not_be_collected_or_searched_is_not_judged) {
  const Folder folder;
  const std::string profile = profile_with("in: manifest, path: $.name, defined: false");
  auto missing = std::make_shared<Evidence>();
  missing->not_collected_because = "it is on disk";
  BOOST_TEST(summary(judged(folder, profile, missing)) == "skipped: it is on disk");
  Problem problem;
  problem.what = "The host does not resolve.";
  missing->manifest = Result<Manifest>{problem};
  BOOST_TEST(summary(judged(folder, profile, missing)) == "blocked: The host does not resolve.");

  auto large = evidence();
  Json list = Json::array();
  for (int i = 0; i < 5000; ++i) list.push_back(i);
  large->manifest = Result<Manifest>{Manifest{*parse_json(Json{{"list", list}}.dump(), "m"), "m", {}, ""}};
  const CheckResult costly =
      judged(folder, profile_with("in: manifest, path: '$.list[?count($.list[*]) == 1]', defined: false"), large);
  BOOST_CHECK(costly.outcome == Outcome::blocked);
  BOOST_TEST(costly.reason.find("more than 5 million values") != std::string::npos, costly.reason);
}

BOOST_AUTO_TEST_CASE(what_a_schema_could_not_decide_is_no_pass) {
  const Folder folder;
  auto large = evidence();
  Json list = Json::array();
  for (int i = 0; i < 100'001; ++i) list.push_back(i);
  large->manifest = Result<Manifest>{Manifest{*parse_json(Json{{"list", list}}.dump(), "m"), "m", {}, ""}};
  const auto over_large = [&](const std::string& judge) { return summary(judged(folder, profile_with(judge), large)); };
  BOOST_TEST(over_large("in: manifest, path: '$.list[*]', schema: {type: integer}") ==
             "blocked: The path finds 100001 values; at most 100000 are validated.");
  BOOST_TEST(over_large("in: manifest, path: $.list, schema: {items: {type: integer}}") == "passed");
  BOOST_TEST(over_large("in: manifest, path: '$.list[0]', schema: {not: {type: string}}") == "passed");
  BOOST_TEST(over_large("in: manifest, path: '$.list[0]', schema: {anyOf: [{$ref: '#'}]}") ==
             "blocked: /list/0 cannot be validated: It refers to itself in a circle.");
}

BOOST_AUTO_TEST_CASE(a_custom_check_is_a_check_like_any_other) {
  const Folder folder;
  folder.write("house.yaml",
               "name: house\nextends: base\ncustom_checks:\n"
               "  - {id: house/one, title: One, severity: warning, rationale: r, remedy: m, in: manifest, path: $.a, "
               "defined: true}\n"
               "  - {id: house/two, title: Two, severity: error, rationale: r, remedy: m, source: Book, in: api, "
               "path: $.a, defined: true}\n");
  const std::string house = (folder.path() / "house.yaml").native();
  const auto team = library.load(folder.write(
      "team.yaml", "name: team\nextends: " + house + "\nchecks:\n  house/one: {severity: note}\n  house/two: off\n"));
  BOOST_REQUIRE_MESSAGE(team, (team ? "" : team.problem()->what));
  BOOST_CHECK(team->checks.at("house/one").severity == Severity::note);
  BOOST_TEST(!team->checks.contains("house/two"));
  BOOST_TEST(!team->runs_programs);
  const auto plan = make_plan(*team, built_in, {}, {});
  BOOST_REQUIRE(plan->checks.size() == 2u);
  const CheckInfo& info = plan->checks.front().check->info;
  BOOST_TEST(info.id == "house/one");
  BOOST_TEST(info.requirement == "One");
  BOOST_TEST(info.source == "house.yaml, line 4");
  BOOST_TEST(info.since == "");
  BOOST_TEST(plan->needs.contains(Needs::manifest));
  BOOST_TEST(!plan->needs.contains(Needs::api));

  const auto again = library.load(folder.write(
      "again.yaml", "name: again\nextends: " + (folder.path() / "team.yaml").native() + "\nchecks:\n  house/two:\n"));
  BOOST_CHECK(again->checks.at("house/two").severity == Severity::error);
  BOOST_TEST(complaint(folder, "name: x\nextends: " + house + "\nchecks:\n  house/one: {maximum: 3}\n")
                 .starts_with(":4:15: this check has no limit maximum"));
  BOOST_TEST(complaint(folder, "name: x\nextends: " + house + "\nchecks:\n  house/onee: off\n") ==
             ":4:3: there is no check house/onee; did you mean house/one?");
}

BOOST_AUTO_TEST_CASE(a_review_keeps_the_checks_that_it_shows) {
  const Folder folder;
  Review review;
  {
    const std::string text = profile_with("in: manifest, path: $.a, defined: true");
    const auto profile = library.load(folder.write("mine.yaml", text));
    review = judge(*make_plan(*profile, built_in, {}, {}), evidence(), {});
  }
  const Json document = review_document(review);
  BOOST_TEST(document["results"][0]["id"] == "house/thing");
  BOOST_TEST(document["results"][0]["title"] == "The thing is right");
}

BOOST_AUTO_TEST_CASE(the_same_id_twice_is_a_mistake) {
  const Folder folder;
  const std::string entry =
      "  - {id: h/a, title: t, severity: note, rationale: r, remedy: m, in: api, path: $, unique: true}\n";
  BOOST_TEST(complaint(folder, "name: mine\ncustom_checks:\n" + entry + entry)
                 .starts_with(":4:10: id h/a is taken by another check"));
}

BOOST_AUTO_TEST_CASE(a_platform_without_manifest_has_no_check_of_one) {
  const Folder folder;
  BOOST_TEST(complaint(folder, "manifest: none\n" + profile_with("in: manifest, path: $, unique: true"))
                 .find("the profile's platform has none") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_list_of_custom_checks_is_a_list) {
  const Folder folder;
  BOOST_TEST(complaint(folder, "name: mine\ncustom_checks: {id: a/b}\n") == ":2:16: custom_checks is not a list.");
  BOOST_TEST(complaint(folder, "name: mine\ncustom_checks: [a]\n").find("expected a mapping") != std::string::npos);
}

// --- programs ---

BOOST_AUTO_TEST_CASE(a_program_that_prints_nothing_passes) {
  const Folder folder;
  folder.write_program("judge", "exit 0");
  BOOST_TEST(summary(judged(folder, profile_with("program: judge"))) == "passed");
}

BOOST_AUTO_TEST_CASE(a_program_reads_the_evidence_and_prints_findings) {
  const Folder folder;
  folder.write_program("judge", R"(cat > seen.json
echo '{"message": "The name is bad.", "pointer": "/name", "expected": "a good one", "actual": "'$1'"}'
echo
echo '{"message": "So is the title.", "artefact": "api", "pointer": "/info/title"}')");
  const CheckResult result = judged(folder, profile_with("program: [./judge, a b]"));
  BOOST_TEST(summary(result) ==
             "/name: The name is bad. [a good one] [a b]\n/info/title: So is the title. [] []");
  BOOST_TEST(result.findings[0].where.position.line == 2u);
  BOOST_TEST(result.findings[1].where.position.line == 2u);
  BOOST_CHECK(result.findings[1].where.artefact == Artefact::api);
  std::ifstream seen{folder.path() / "seen.json"};
  const Json document = Json::parse(seen);
  BOOST_TEST(document["format"] == "plugvet-evidence/1");
  BOOST_TEST(document["manifest"]["document"]["name"] == "To-do");
}

BOOST_AUTO_TEST_CASE(a_program_judges_the_files_that_a_document_refers_to) {
  const Folder folder;
  auto several = evidence();
  ApiFile file{"schemas/todo.yaml", "plugin/schemas/todo.yaml", *parse_yaml("a: 1\nb: 2\n", "x"), ""};
  (*several->api)->files.push_back(std::move(file));
  folder.write_program("judge", R"(grep -q '"name":"schemas/todo.yaml","document":{"a":1,"b":2}' || exit 1
echo '{"message": "b is bad.", "artefact": "api", "file": "schemas/todo.yaml", "pointer": "/b"}')");
  const CheckResult result = judged(folder, profile_with("program: judge"), several);
  BOOST_REQUIRE(result.findings.size() == 1u);
  BOOST_TEST(result.findings[0].where.file == "schemas/todo.yaml");
  BOOST_TEST(result.findings[0].where.position.line == 2u);
}

BOOST_AUTO_TEST_CASE(a_program_that_fails_never_passes) {
  const Folder folder;
  const auto after = [&](const std::string& script, const std::string& more = "") {
    folder.write_program("judge", script);
    return summary(judged(folder, profile_with("program: judge" + more)));
  };
  BOOST_TEST(after("echo 'Traceback: no such thing' >&2; exit 3") ==
             "crashed: The program exited with status 3. It said: Traceback: no such thing");
  BOOST_TEST(after("kill -KILL $$") == "crashed: The program was ended by signal 9.");
  BOOST_TEST(after("echo waiting >&2; sleep 30", ", timeout: 200ms") ==
             "crashed: The program took longer than 0.2 s. It said: waiting");
  BOOST_TEST(after("yes") == "crashed: The program printed more than 1 MiB.");
  BOOST_TEST(after("echo '{\"message\": \"found\"}'; exit 1") == "crashed: The program exited with status 1.");
  const auto complaint_about = [&](const std::string& output) {
    const std::string summary = after("cat <<'END'\n" + output + "\nEND");
    const std::string start = "crashed: The program printed something else than findings: ";
    return summary.starts_with(start) ? summary.substr(start.size()) : "accepted";
  };
  BOOST_TEST(complaint_about("all is well").starts_with("Line 1, column 1: "));
  BOOST_TEST(complaint_about(R"({"message": "a"})" "\n" R"({"mesage": "b"})") ==
             "standard output:2:1: message is missing.");
  BOOST_TEST(complaint_about(R"({"message": "a", "line": 3})").find("line is not known here") != std::string::npos);
  BOOST_TEST(complaint_about(R"({"message": "a", "pointer": "name"})").find("no JSON Pointer") != std::string::npos);
  BOOST_TEST(complaint_about(R"({"message": "a", "artefact": "api", "file": "x"})").find("none of the files of api") !=
             std::string::npos);
  BOOST_TEST(complaint_about(R"({"message": "a", "artefact": "soul"})").find("is none") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_program_whose_interpreter_is_missing_is_told) {
  const Folder folder;
  const fs::path file = folder.write("judge", "#!/nowhere/python\n");
  fs::permissions(file, fs::perms::owner_all);
  BOOST_TEST(summary(judged(folder, profile_with("program: judge"))) ==
             "crashed: The program exited with status 127. It said: it cannot be started: No such file or directory");
}

BOOST_AUTO_TEST_CASE(a_program_judges_nothing_without_what_it_needs) {
  const Folder folder;
  folder.write_program("judge", "exit 0");
  auto broken = evidence();
  Problem problem;
  problem.what = "The file is not JSON.";
  broken->api = Result<ApiDescription>{problem};
  BOOST_TEST(summary(judged(folder, profile_with("program: judge"), broken)) == "blocked: The file is not JSON.");
  BOOST_TEST(summary(judged(folder, profile_with("program: judge, needs: [manifest]"), broken)) == "passed");
  broken->not_collected_because = "nothing is sent";
  BOOST_TEST(summary(judged(folder, profile_with("program: judge, needs: [logo]"), broken)) ==
             "skipped: nothing is sent");
  auto only_api = evidence();
  only_api->manifest = {};
  BOOST_TEST(summary(judged(folder, profile_with("program: judge"), only_api)) == "passed");
  auto nothing = std::make_shared<Evidence>();
  nothing->not_collected_because = "nothing is sent";
  BOOST_TEST(summary(judged(folder, profile_with("program: judge"), nothing)) == "skipped: nothing is sent");
}

BOOST_AUTO_TEST_CASE(a_profile_says_that_it_runs_programs) {
  const Folder folder;
  const auto profile = library.load(folder.write("mine.yaml", profile_with("program: /bin/true")));
  BOOST_TEST(profile->runs_programs);
  const std::string base = (folder.path() / "mine.yaml").native();
  const auto heir = library.load(folder.write("heir.yaml", "name: heir\nextends: " + base + "\n"));
  BOOST_TEST(heir->runs_programs);
}

BOOST_AUTO_TEST_SUITE_END()
