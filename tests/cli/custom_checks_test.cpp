#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <map>
#include <nlohmann/json.hpp>

#include "tests/cli/front_door.h"

using namespace plugvet;
using namespace plugvet::cli_tests;

namespace {

constexpr const char* examples = PLUGVET_SOURCE_DIR "/docs/examples/";

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::string example(const std::string& name) {
  return examples + name;
}

// It breaks every check of docs/examples/spectral-oas.yaml.
constexpr std::string_view careless_api = R"(openapi: 3.0.3
info: {title: Careless, version: '1'}
servers: [{url: 'https://api.example.com/'}]
tags: [{name: todo}]
paths:
  /todos/:
    parameters: []
    get:
      operationId: list todos
      tags: [todo]
      description: All of them. <SCRIPT>alert(1)</SCRIPT>
      responses: {'200': {description: ok}}
    post:
      operationId: list todos
      tags: []
      responses: {'200': {description: ok}}
    delete:
      tags: [todo]
      description: Removes one.
      responses: {'404': {description: gone}}
)";

constexpr std::string_view careful_api = R"(openapi: 3.0.3
info:
  title: Careful
  version: '1'
  description: To-do lists.
  contact: {email: todo@acme.test}
  license: {name: MIT}
servers: [{url: 'https://api.acme.test'}]
tags: [{name: todo, description: Lists}]
paths:
  /todos:
    parameters: []
    get:
      operationId: listTodos
      tags: [todo]
      description: All of them.
      x-team: todo
      responses: {'200': {description: ok}}
)";

/// "pointer pointer" of the findings of each check that failed.
std::map<std::string, std::string> failed(const std::string& review) {
  std::map<std::string, std::string> findings;
  const Json document = json_of(review);
  for (const Json& result : document["results"]) {
    if (result["outcome"] == "passed") continue;
    std::string& pointers = findings[result["id"]];
    const auto text = [&](const char* name) { return result[name].get<std::string>(); };
    if (text("outcome") != "failed") pointers = text("outcome") + ": " + text("reason");
    for (const Json& finding : result["findings"])
      pointers += (pointers.empty() ? "" : " ") + finding["pointer"].get<std::string>();
  }
  return findings;
}

constexpr std::string_view house = R"(name: house
extends: gpt-actions
custom_checks:
  - id: house/contact
    title: The API names <a> contact
    severity: error
    rationale: Somebody has to answer.
    remedy: Add info.contact.
    in: api
    path: $.info.contact
    defined: true
)";

}  // namespace

BOOST_AUTO_TEST_SUITE(custom_checks)

BOOST_AUTO_TEST_CASE(rules_of_spectral_are_written_as_custom_checks_and_find_what_they_should) {
  const Folder folder;
  folder.write("openapi.yaml", careless_api);
  const std::map<std::string, std::string> expected = {
      {"oas/info-contact", "/info"},
      {"oas/info-description", "/info"},
      {"oas/info-license", "/info"},
      {"oas/operation-id", "/paths/~1todos~1/delete"},
      {"oas/operation-id-uniqueness", "/paths/~1todos~1/post/operationId"},
      {"oas/operation-id-characters", "/paths/~1todos~1/get/operationId /paths/~1todos~1/post/operationId"},
      {"oas/operation-tags", "/paths/~1todos~1/post"},
      {"oas/operation-description", "/paths/~1todos~1/post"},
      {"oas/tag-description", "/tags/0"},
      {"oas/server-example", "/servers/0"},
      {"oas/server-trailing-slash", "/servers/0"},
      {"oas/path-trailing-slash", "/paths"},
      {"oas/success-response", "/paths/~1todos~1/delete/responses"},
      {"oas/script-tags", "/paths/~1todos~1/get"},
  };
  const std::vector<std::string> words{"review", "openapi.yaml",      "--profile", example("spectral-oas.yaml"),
                                       "--report", "json"};
  const Ended careless = run_plugvet(words, {.folder = folder.path()});
  BOOST_TEST(careless.status == 1, careless.err);
  const auto found = failed(careless.out);
  for (const auto& [id, pointers] : expected) BOOST_TEST(found.at(id) == pointers, id);
  BOOST_TEST(found.size() == expected.size());
  BOOST_TEST(json_of(careless.out)["results"].size() == expected.size(), "each check of the example is broken once");

  folder.write("openapi.yaml", careful_api);
  const Ended careful = run_plugvet(words, {.folder = folder.path()});
  BOOST_TEST(careful.status == 0, careful.out);
  BOOST_TEST(failed(careful.out).empty());
}

BOOST_AUTO_TEST_CASE(the_example_of_a_program_judges) {
  if (!has_program("python3")) return skip_because("python3 is not here");
  const Folder folder;
  folder.write("openapi.yaml", careless_api);
  const std::vector<std::string> words{"review",  "openapi.yaml", "--profile", example("our-store.yaml"),
                                       "--report", "json",         "--only",    "house/*"};
  const auto found = failed(run_plugvet(words, {.folder = folder.path()}).out);
  BOOST_TEST(found.at("house/tracked-operations") ==
             "/paths/~1todos~1/get /paths/~1todos~1/post /paths/~1todos~1/delete");
  BOOST_TEST(found.at("house/operation-names") == "/paths/~1todos~1/get/operationId /paths/~1todos~1/post/operationId");
  BOOST_TEST(found.at("house/contact") == "/info");
  folder.write("openapi.yaml", careful_api);
  BOOST_TEST(run_plugvet(words, {.folder = folder.path()}).status == 0);
}

BOOST_AUTO_TEST_CASE(the_page_about_custom_checks_shows_the_examples_as_they_are) {
  const std::string page = run({"cat", PLUGVET_SOURCE_DIR "/docs/custom-checks.md"}).out;
  for (const char* name : {"our-store.yaml", "programs/team_of_operations.py"}) {
    const std::string file = run({"cat", example(name)}).out;
    BOOST_TEST(!file.empty());
    BOOST_TEST(contains(page, "\n" + file + "```\n"), name);
  }
}

BOOST_AUTO_TEST_CASE(every_report_shows_a_custom_check) {
  const Folder folder;
  folder.write("openapi.yaml", careless_api);
  folder.write("house.yaml", house);
  const Ended ended = run_plugvet({"review", "openapi.yaml", "--profile", "house.yaml", "--report", "text", "--report",
                                   "html=r.html", "--report", "junit=r.xml", "--report", "sarif=r.sarif", "--report",
                                   "json=r.json", "--report", "markdown=r.md"},
                                  {.folder = folder.path()});
  BOOST_TEST(ended.status == 1, ended.err);
  BOOST_TEST(contains(ended.out, "house/contact"));
  for (const char* report : {"r.html", "r.xml", "r.sarif", "r.json", "r.md"}) {
    BOOST_TEST(contains(folder.read(report), "/contact"), report);
    BOOST_TEST(contains(folder.read(report), "Add info.contact."), report);
  }
  BOOST_TEST(!contains(folder.read("r.html"), "<a> contact"));
  BOOST_TEST(json_of(folder.read("r.sarif")).dump().find("house/contact") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_custom_check_is_selected_and_waived_like_any_other) {
  const Folder folder;
  folder.write("openapi.yaml", careless_api);
  folder.write("house.yaml", house);
  folder.write("waivers.yaml",
               "waivers: [{check: house/contact, pointer: /info, reason: agreed, expires: '2099-01-01'}]\n");
  const auto review = [&](std::vector<std::string> more) {
    std::vector<std::string> words{"review", "openapi.yaml", "--profile", "house.yaml", "--report", "json"};
    words.insert(words.end(), more.begin(), more.end());
    return run_plugvet(words, {.folder = folder.path()});
  };
  const Ended only = review({"--only", "house/contact"});
  BOOST_TEST(only.status == 1);
  BOOST_TEST(json_of(only.out)["results"].size() == 1u);
  BOOST_TEST(!contains(review({"--skip", "house/*"}).out, "house/contact"));
  const Ended waived = review({"--only", "house/*", "--waivers", "waivers.yaml"});
  BOOST_TEST(waived.status == 0, waived.err);
  BOOST_TEST(json_of(waived.out)["results"][0]["waived"] == true);
  BOOST_TEST(contains(review({"--only", "house/contakt"}).err, "did you mean house/contact?"));
  // Another profile of the same run need not have it.
  const Ended two = review({"--profile", "gpt-actions", "--only", "house/contact", "--only", "api/syntax"});
  BOOST_TEST(two.status == 1, two.err);
  BOOST_TEST(json_of(two.out).size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_custom_check_is_listed_and_explained) {
  const Folder folder;
  folder.write("house.yaml", house);
  const Setting here{.folder = folder.path()};
  BOOST_TEST(contains(run_plugvet({"list", "--profile", "house.yaml"}, here).out, "house/contact  "));
  const Json list = json_of(run_plugvet({"list", "--profile", "house.yaml", "--report", "json"}, here).out);
  BOOST_TEST(std::ranges::any_of(list, [](const Json& check) { return check["id"] == "house/contact"; }));
  BOOST_TEST(contains(run_plugvet({"list", "--profile", "house.yaml", "--report", "markdown"}, here).out,
                      "**The API names \\<a\\> contact.**"));
  const Ended explained = run_plugvet({"explain", "house/contact", "--profile", "house.yaml"}, here);
  BOOST_TEST(explained.status == 0, explained.err);
  BOOST_TEST(contains(explained.out, "Somebody has to answer."));
  BOOST_TEST(contains(explained.out, "house.yaml, line 4"));
  BOOST_TEST(!contains(explained.out, "Since"));
  BOOST_TEST(run_plugvet({"explain", "house/contact"}, here).status == 2);
}

BOOST_AUTO_TEST_CASE(a_mistake_in_a_custom_check_is_found_before_the_first_request) {
  const Folder folder;
  folder.write("bad.yaml",
               "name: bad\nextends: gpt-actions\ncustom_checks:\n  - id: house/a\n    title: T\n    severity: error\n"
               "    rationale: r\n    remedy: m\n    in: api\n    path: $.paths[*\n    defined: true\n");
  const Ended ended =
      run_plugvet({"review", "https://nobody.invalid", "--profile", "bad.yaml"}, {.folder = folder.path()});
  BOOST_TEST(ended.status == 2);
  BOOST_TEST(ended.out == "");
  BOOST_TEST(ended.lines_of_err() == 1u, ended.err);
  BOOST_TEST(contains(ended.err, "bad.yaml:10:11: path is no JSONPath: column 10 of `$.paths[*`: "), ended.err);
  BOOST_TEST(contains(ended.err, "it ends where `,` or `]` is expected"), ended.err);
}

BOOST_AUTO_TEST_CASE(a_program_that_fails_leaves_the_review_incomplete) {
  const Folder folder;
  folder.write("openapi.yaml", careful_api);
  folder.write("house.yaml",
               "name: house\nextends: gpt-actions\ncustom_checks:\n  - {id: house/program, title: T, severity: error, "
               "rationale: r, remedy: m, program: [/bin/sh, -c, 'echo oh no >&2; exit 5']}\n");
  const Ended ended = run_plugvet(
      {"review", "openapi.yaml", "--profile", "house.yaml", "--only", "house/*", "--report", "json"},
      {.folder = folder.path()});
  BOOST_TEST(ended.status == 3, ended.err);
  BOOST_TEST(failed(ended.out).at("house/program") ==
             "crashed: The program exited with status 5. It said: oh no");
}

BOOST_AUTO_TEST_CASE(a_folder_cannot_start_a_program_by_its_own_configuration) {
  const Folder folder;
  folder.write("openapi.yaml", careful_api);
  folder.write("evil.yaml",
               "name: evil\nextends: gpt-actions\ncustom_checks:\n  - {id: house/program, title: T, severity: error, "
               "rationale: r, remedy: m, program: [/usr/bin/touch, started]}\n");
  folder.write("plugvet.yaml", "profile: evil.yaml\n");
  const Ended refused = run_plugvet({"review", "openapi.yaml"}, {.folder = folder.path()});
  BOOST_TEST(refused.status == 2);
  BOOST_TEST(contains(refused.err, "runs a program, and plugvet.yaml was not named by you"), refused.err);
  BOOST_TEST(!std::filesystem::exists(folder / "started"));
  const Ended named = run_plugvet({"review", "openapi.yaml", "--config", "plugvet.yaml"}, {.folder = folder.path()});
  BOOST_TEST(named.status != 2, named.err);
  BOOST_TEST(std::filesystem::exists(folder / "started"));
}

BOOST_AUTO_TEST_SUITE_END()
