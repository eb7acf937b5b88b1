// Nothing that a run reads is replaced by what it writes.
#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include "fixtures/server.h"
#include "tests/cli/front_door.h"
#include "tests/rig/certificates.h"

using namespace plugvet;
using namespace plugvet::cli_tests;

namespace {

struct Scene {
  Folder folder;
  Setting here{.folder = folder.path()};

  Scene() {
    std::filesystem::create_directory(folder / "plugin");
    fixtures::write_plugin(folder / "plugin", "todo", nullptr, "https://todo.plugvet.dev");
    folder.write("base.yaml", "name: base\nextends: openai-plugin-v1\n");
    folder.write("mine.yaml", "name: mine\nextends: base.yaml\n");
    folder.write("waivers.yaml", "waivers: []\n");
    folder.write("config.yaml", "jobs: 2\n");
    folder.write("ca.pem", rig::ca_pem());
    folder.write("tape.har", R"({"log": {"version": "1.2", "entries": []}})");
    std::filesystem::create_symlink("waivers.yaml", folder / "link.yaml");
    std::filesystem::create_hard_link(folder / "waivers.yaml", folder / "hard.yaml");
  }

  Ended write_to(const std::string& option, const std::string& path, std::vector<std::string> more = {}) const {
    std::vector<std::string> words{"review", "plugin", option, option == "--report" ? "json=" + path : path};
    words.insert(words.end(), {"--profile", "mine.yaml", "--waivers", "waivers.yaml", "--config", "config.yaml",
                               "--ca-file", "ca.pem"});
    words.insert(words.end(), more.begin(), more.end());
    return run_plugvet(words, here);
  }
};

}  // namespace

BOOST_AUTO_TEST_CASE(what_a_run_reads_is_not_replaced) {
  const Scene scene;
  for (const char* path :
       {"plugin/.well-known/ai-plugin.json", "plugin/openapi.yaml", "plugin/logo.png", "./plugin/../plugin/logo.png",
        "mine.yaml", "base.yaml", "waivers.yaml", "link.yaml", "hard.yaml", "config.yaml", "ca.pem"})
    for (const char* option : {"--report", "--record"}) {
      const std::string before = scene.folder.read(path);
      const Ended ended = scene.write_to(option, path);
      BOOST_TEST(ended.status == 2, path);
      BOOST_TEST(ended.lines_of_err() == 1u, ended.err);
      BOOST_TEST(ended.err.find("it would be replaced") != std::string::npos, ended.err);
      BOOST_TEST((!before.empty() && scene.folder.read(path) == before), path);
    }
  BOOST_TEST(scene.write_to("--report", "tape.har", {"--replay", "tape.har"}).status == 2);
}

BOOST_AUTO_TEST_CASE(a_part_of_the_submission_is_kept_whichever_part_was_named) {
  const Scene scene;
  const auto report_to = [&](const std::string& submission, const std::string& path, const std::string& profile) {
    return run_plugvet({"review", submission, "--profile", profile, "--report", "json=" + path}, scene.here).status;
  };
  BOOST_TEST(report_to("plugin/.well-known/ai-plugin.json", "plugin/openapi.yaml", "gpt-pro") == 2);
  BOOST_TEST(report_to("plugin", "plugin/.well-known/ai-plugin.json", "gpt-actions") == 2);
  BOOST_TEST(report_to("plugin/openapi.yaml", "plugin/openapi.yaml", "gpt-actions") == 2);
}

BOOST_AUTO_TEST_CASE(a_file_that_is_referred_to_and_a_program_of_a_profile_are_kept) {
  const Scene scene;
  scene.folder.write("split/openapi.yaml",
                     "openapi: 3.0.1\ninfo: {title: A, version: '1'}\nservers: [{url: 'https://a.plugvet.dev'}]\npaths:\n"
                     "  /a:\n    get:\n      operationId: a\n      responses:\n        '200':\n"
                     "          $ref: 'parts/answer.yaml'\n");
  scene.folder.write("split/parts/answer.yaml", "description: An answer.\n");
  scene.folder.write("judge.sh", "#!/bin/sh\nexit 0\n");
  std::filesystem::permissions(scene.folder / "judge.sh", std::filesystem::perms::owner_all);
  scene.folder.write("ours.yaml",
                     "name: ours\nextends: gpt-actions\ncustom_checks:\n  - id: ours/all\n    title: All is well\n    severity: note\n"
                     "    requirement: It is.\n    rationale: So.\n    remedy: Do.\n    source: Us.\n"
                     "    program: [judge.sh]\n");
  for (const char* path : {"split/parts/answer.yaml", "judge.sh"}) {
    const Ended ended = run_plugvet(
        {"review", "split", "--profile", "ours.yaml", "--report", std::string{"json="} + path}, scene.here);
    BOOST_TEST(ended.status == 2, ended.err);
    BOOST_TEST(ended.err.find("it would be replaced") != std::string::npos, ended.err);
  }
}

BOOST_AUTO_TEST_CASE(an_earlier_report_is_replaced) {
  const Scene scene;
  for (const char* path : {"report.json", "plugin/report.json", "plugin/.well-known/report.json"})
    for (int i = 0; i < 2; ++i) BOOST_TEST(scene.write_to("--report", path).status == 0, path);
  BOOST_TEST(run_plugvet({"review", "plugin", "--report", "json=/dev/null", "--report", "html=/dev/null"}, scene.here)
                 .status == 0);
}

BOOST_AUTO_TEST_CASE(the_review_that_is_rendered_is_kept) {
  const Scene scene;
  BOOST_TEST(scene.write_to("--report", "review.json").status == 0);
  std::filesystem::create_symlink("review.json", scene.folder / "same.json");
  for (const char* path : {"review.json", "same.json"})
    BOOST_TEST(run_plugvet({"render", "review.json", "--report", std::string{"html="} + path}, scene.here).status == 2);
  BOOST_TEST(json_of(scene.folder.read("review.json"))["profile"] == "mine");
}
