#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <csignal>
#include <nlohmann/json.hpp>
#include <sstream>

#include "fixtures/server.h"
#include "harness/cli/command_table.h"
#include "harness/cli/configuration.h"
#include "tests/cli/front_door.h"
#include "tests/rig/certificates.h"

using namespace plugvet;
using namespace plugvet::cli_tests;
using cli::commands;

namespace {

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::string source_file(const std::string& name) {
  const Ended ended = run({"cat", PLUGVET_SOURCE_DIR "/" + name});
  BOOST_REQUIRE(ended.status == 0);
  return ended.out;
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_version_is_the_one_of_the_build) {
  const Ended ended = run_plugvet({"--version"});
  BOOST_TEST(ended.status == 0);
  BOOST_TEST(ended.out == "plugvet " + std::string{cli::version} + "\n");
  BOOST_TEST(contains(source_file("CMakeLists.txt"), "project(plugvet VERSION " + std::string{cli::version}));
  BOOST_TEST(contains(run_plugvet({"--version", "-v"}).out, "\nspecial-purpose address registries as of 20"));
}

BOOST_AUTO_TEST_CASE(help_names_every_command_and_every_option) {
  const std::string overview = run_plugvet({"--help"}).out;
  for (const cli::Command& command : commands()) {
    BOOST_TEST(contains(overview, "\n  " + std::string{command.name} + " "));
    const Ended help = run_plugvet({std::string{command.name}, "--help"});
    BOOST_TEST(help.status == 0);
    BOOST_TEST(help.out == run_plugvet({"help", std::string{command.name}}).out);
    for (const cli::Option& option : command.options) BOOST_TEST(contains(help.out, "--" + std::string{option.name}));
  }
}

BOOST_AUTO_TEST_CASE(help_fits_a_hundred_columns) {
  for (const cli::Command& command : commands()) {
    std::istringstream lines{run_plugvet({"help", std::string{command.name}}).out};
    for (std::string line; std::getline(lines, line);) BOOST_TEST(line.size() <= 102u, line);
  }
}

BOOST_AUTO_TEST_CASE(every_option_of_review_is_a_member_of_the_configuration_schema) {
  const Json schema = json_of(source_file("schemas/config.schema.json"));
  std::vector<std::string> expected, described;
  for (const cli::Option& option : cli::command_named("review")->options)
    if (option.name != "config") expected.push_back(cli::member_name(option));
  for (const auto& [name, value] : schema["properties"].items()) described.push_back(name);
  std::ranges::sort(expected);
  std::ranges::sort(described);
  BOOST_TEST(expected == described, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_list_shows_every_check_once) {
  const Ended text = run_plugvet({"list"});
  BOOST_TEST(text.status == 0);
  const Json all = json_of(run_plugvet({"list", "--report", "json"}).out);
  BOOST_TEST(all.size() > 0u);
  BOOST_TEST(contains(text.out, std::to_string(all.size()) + " checks"));
  for (const Json& check : all) BOOST_TEST(contains(text.out, check["id"].get<std::string>() + " "));
}

BOOST_AUTO_TEST_CASE(the_list_of_a_profile_has_its_severities) {
  const Json strict = json_of(run_plugvet({"list", "--profile", "gpt-actions", "--report", "json"}).out);
  for (const Json& check : strict) BOOST_TEST(check["profiles"].contains("gpt-actions"));
  BOOST_TEST(strict.size() < json_of(run_plugvet({"list", "--report", "json"}).out).size());
}

BOOST_AUTO_TEST_CASE(explaining_a_check_says_all_that_is_known_of_it) {
  const Ended ended = run_plugvet({"explain", "manifest/name-length"});
  BOOST_TEST(ended.status == 0);
  for (const char* part : {"Requirement", "Why", "How to pass", "Source", "Profiles", "Passes", "Fails", "Since",
                           "openai-plugin-v1", "maximum: 20"})
    BOOST_TEST(contains(ended.out, part), part);
}

BOOST_AUTO_TEST_CASE(explaining_a_group_lists_it) {
  const Ended ended = run_plugvet({"explain", "logo/*"});
  BOOST_TEST(ended.status == 0);
  BOOST_TEST(contains(ended.out, "logo/"));
  BOOST_TEST(!contains(ended.out, "manifest/"));
}

BOOST_AUTO_TEST_CASE(init_writes_its_files_and_replaces_none) {
  const Folder folder;
  const Ended first = run_plugvet({"init"}, {.folder = folder.path()});
  BOOST_TEST(first.status == 0);
  BOOST_TEST(first.out == "wrote plugvet.yaml\nwrote plugvet-waivers.yaml\nwrote plugvet-credentials.yaml\n");
  folder.write("plugvet.yaml", "jobs: 2\n");
  const Ended second = run_plugvet({"init"}, {.folder = folder.path()});
  BOOST_TEST(second.status == 0);
  BOOST_TEST(contains(second.err, "plugvet.yaml is already there; it was left as it is"));
  BOOST_TEST(folder.read("plugvet.yaml") == "jobs: 2\n");
}

BOOST_AUTO_TEST_CASE(what_init_writes_changes_nothing_until_it_is_edited) {
  const Folder folder;
  std::filesystem::create_directory(folder / "plugin");
  run_plugvet({"init"}, {.folder = folder.path()});
  const Ended with = run_plugvet({"review", "plugin", "--report", "json"}, {.folder = folder.path()});
  BOOST_TEST(with.status != 2, with.err);
  BOOST_TEST(contains(with.err, "using ./plugvet.yaml"));
  BOOST_TEST(contains(with.err, "using ./plugvet-waivers.yaml"));
}

BOOST_AUTO_TEST_CASE(every_line_of_the_sample_configuration_is_valid) {
  const Folder folder;
  std::filesystem::create_directory(folder / "plugin");
  run_plugvet({"init"}, {.folder = folder.path()});
  // "# jobs: 4" becomes "jobs: 4"; sentences stay comments.
  std::istringstream lines{folder.read("plugvet.yaml")};
  std::string options;
  for (std::string line; std::getline(lines, line);)
    for (const cli::Option& option : cli::command_named("review")->options)
      if (line.starts_with("# " + cli::member_name(option) + ": ")) options += line.substr(2) + "\n";
  BOOST_TEST(contains(options, "jobs: 4\n"));
  folder.write("plugvet.yaml", options);
  folder.write("company-ca.pem", rig::ca_pem());
  folder.write("plugvet-credentials.yaml", "token: abcdefgh\n");  // keeps its mode
  const Ended ended = run_plugvet({"review", "plugin"}, {.folder = folder.path()});
  BOOST_TEST(ended.status != 2, ended.err);
  BOOST_TEST(std::filesystem::exists(folder / "plugvet-report.html"));
}

BOOST_AUTO_TEST_CASE(the_command_line_wins_over_the_configuration) {
  const Folder folder;
  std::filesystem::create_directory(folder / "plugin");
  folder.write("plugvet.yaml", "report: json=from-file.json\nprofile: gpt-pro\n");
  run_plugvet({"review", "plugin", "--report", "json=typed.json"}, {.folder = folder.path()});
  BOOST_TEST(!std::filesystem::exists(folder / "from-file.json"));
  BOOST_TEST(json_of(folder.read("typed.json"))["profile"] == "gpt-pro");
  const Ended ignored =
      run_plugvet({"review", "plugin", "--config", "none", "--report", "json"}, {.folder = folder.path()});
  BOOST_TEST(json_of(ignored.out)["profile"] == "openai-plugin-v1");
}

BOOST_AUTO_TEST_CASE(the_completion_for_bash_is_valid_and_offers_what_fits) {
  const Folder folder;
  folder.write("plugvet.bash", run_plugvet({"completion", "bash"}).out);
  BOOST_TEST(run({"bash", "-n", "plugvet.bash"}, {.folder = folder.path()}).err == "");
  const auto offered = [&](const std::string& words, int current) {
    return run({"bash", "-c",
                "source ./plugvet.bash; COMP_WORDS=(" + words + "); COMP_CWORD=" + std::to_string(current) +
                    "; _plugvet; printf '%s\\n' \"${COMPREPLY[@]}\""},
               {.folder = folder.path()})
        .out;
  };
  BOOST_TEST(offered("plugvet rev", 1) == "review\n");
  BOOST_TEST(offered("plugvet review --fail-on w", 3) == "warning\n");
  BOOST_TEST(offered("plugvet review --fail-on = w", 4) == "warning\n");
  BOOST_TEST(offered("plugvet review --fail", 2) == "--fail-on\n");
  BOOST_TEST(contains(offered("plugvet review --profile g", 3), "gpt-actions\n"));
  BOOST_TEST(contains(offered("plugvet review --only logo/", 3), "logo/*\n"));
  BOOST_TEST(contains(offered("plugvet review pl", 2), "plugvet.bash\n"));
}

BOOST_AUTO_TEST_CASE(the_completion_for_zsh_is_valid) {
  if (!has_program("zsh")) return skip_because("zsh is not here");
  const Folder folder;
  folder.write("_plugvet", run_plugvet({"completion", "zsh"}).out);
  const Ended ended = run({"zsh", "-n", "_plugvet"}, {.folder = folder.path()});
  BOOST_TEST(ended.status == 0);
  BOOST_TEST(ended.err == "");
}

BOOST_AUTO_TEST_CASE(the_manual_page_is_sound_roff) {
  const Ended page = run_plugvet({"man"});
  BOOST_TEST(page.status == 0);
  BOOST_TEST(page.out.starts_with(".TH PLUGVET 1"));
  if (!has_program("groff")) return skip_because("groff is not here");
  const Ended formatted = run({"groff", "-man", "-Tutf8", "-ww", "-z"}, {.input = page.out});
  BOOST_TEST(formatted.err == "");
}

BOOST_AUTO_TEST_CASE(the_documents_that_are_generated_are_up_to_date) {
  // Run ci/docs when this fails.
  BOOST_TEST((source_file("docs/cli.md") == run_plugvet({"man", "--markdown"}).out),
             "docs/cli.md is stale: run ci/docs");
  BOOST_TEST((source_file("docs/checks.md") == run_plugvet({"list", "--report", "markdown"}).out),
             "docs/checks.md is stale: run ci/docs");
}

BOOST_AUTO_TEST_CASE(the_comparison_with_linters_names_checks_that_there_are) {
  const std::string checks = source_file("docs/checks.md");
  std::istringstream words{source_file("docs/compared-with-linters.md")};
  std::size_t named = 0;
  for (std::string word; std::getline(words, word, '`');) {
    if (!word.starts_with("api/") && !word.starts_with("security/")) continue;
    ++named;
    BOOST_TEST(contains(checks, "### " + word + "\n"), "there is no check " << word);
  }
  BOOST_TEST(named > 30u);
}

BOOST_AUTO_TEST_CASE(a_reader_who_goes_away_is_reported) {
  const Ended full = run({"sh", "-c", PLUGVET_BINARY_DIR "/plugvet list > /dev/full"});
  BOOST_TEST(full.status == 2);
  BOOST_TEST(contains(full.err, "standard output cannot be written: No space left on device"));
  const Ended closed = run({"sh", "-c", PLUGVET_BINARY_DIR "/plugvet list >&-"});
  BOOST_TEST(closed.status == 2);
  const Ended gone = run({"bash", "-c", "(sleep 0.3; " PLUGVET_BINARY_DIR "/plugvet list; echo $? >&2) | true"});
  BOOST_TEST(contains(gone.err, "Broken pipe\n2\n"));
}

BOOST_AUTO_TEST_CASE(the_fixtures_are_listed) {
  const Ended ended = run_plugvet({"serve-fixture", "--list"});
  BOOST_TEST(ended.status == 0);
  BOOST_TEST(contains(ended.out, "  todo\n"));
  BOOST_TEST(contains(ended.out, "\nFaults\n"));
}

BOOST_AUTO_TEST_CASE(a_fixture_is_served_until_it_is_interrupted) {
  const Ended ended = run_plugvet({"serve-fixture", "todo"}, {.interrupt_with = SIGINT});
  BOOST_TEST(ended.status == 0);
  BOOST_TEST(ended.out.starts_with("http://localhost:"));
}

BOOST_AUTO_TEST_CASE(describe_prints_what_the_model_is_shown) {
  const Folder folder;
  std::filesystem::create_directory(folder / "plugin");
  fixtures::write_plugin(folder / "plugin", "todo", nullptr, "https://todo.plugvet.dev");
  const Ended ended = run_plugvet({"describe", "plugin"}, {.folder = folder.path()});
  BOOST_TEST(ended.status == 0, ended.err);
  BOOST_TEST(ended.err == "");
  BOOST_TEST(contains(ended.out, "namespace todo {\n"));
  BOOST_TEST(contains(ended.out, "type listTodos = (_: {\n"));
  const char* cost = "// 4 functions, 2022 characters, about 507 tokens of every conversation\n";
  BOOST_TEST(contains(ended.out, cost), ended.out);
}

BOOST_AUTO_TEST_CASE(describe_says_why_there_is_nothing_to_describe) {
  const Folder folder;
  folder.write("openapi.yaml", "swagger: '2.0'\n");
  const Ended old = run_plugvet({"describe", "openapi.yaml"}, {.folder = folder.path()});
  BOOST_TEST(old.status == 3);
  BOOST_TEST(old.out == "");
  BOOST_TEST(contains(old.err, "openapi.yaml: there is no OpenAPI 3 document to describe."), old.err);
  folder.write("openapi.yaml", "a: [");
  const Ended broken = run_plugvet({"describe", "openapi.yaml"}, {.folder = folder.path()});
  BOOST_TEST(broken.status == 3);
  BOOST_TEST(contains(broken.err, "openapi.yaml: Line 1"), broken.err);
}
