// The machine fails, or somebody ends the run: what was written before is there, whole, and the message is clear.
#include <fmt/format.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <random>
#include <thread>

#include "fixtures/server.h"
#include "tests/faults/site.h"
#include "tests/faults/trial.h"
#include "tests/rig/certificates.h"
#include "tests/rig/private_network.h"

using namespace plugvet;
using namespace plugvet::faults;
using cli_tests::run;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

const std::string plugvet_program = PLUGVET_BINARY_DIR "/plugvet";

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

/// One clear line on standard error, and no crash.
void demand_sentence(const Ended& ended, int status, std::string_view words) {
  BOOST_TEST(ended.status == status, ended.status << ": " << ended.err);
  BOOST_TEST(contains(ended.err, words), ended.err);
  BOOST_TEST(!contains(ended.err, "terminate called"), ended.err);
  BOOST_TEST(ended.lines_of_err() <= 3u, ended.err);
}

Ended shell(const Folder& here, const std::string& command) {
  return run({"sh", "-c", command}, {.folder = here.path(), .environment = {{"PLUGVET", plugvet_program}}});
}

/// Starts a review and kills it after that time. Whether it had ended before.
bool kill_after(const Folder& here, const std::vector<std::string>& options, std::chrono::microseconds delay) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::chdir(here.path().c_str());
    ::close(STDOUT_FILENO);
    ::close(STDERR_FILENO);
    std::vector<std::string> words{plugvet_program, "review", "plugin"};
    words.insert(words.end(), options.begin(), options.end());
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    ::execv(argv.front(), argv.data());
    ::_exit(127);
  }
  ::usleep(static_cast<useconds_t>(delay.count()));
  int status = 0;
  const bool ended = ::waitpid(child, &status, WNOHANG) == child;
  if (ended) return true;
  ::kill(child, SIGKILL);
  ::waitpid(child, &status, 0);
  return false;
}

constexpr int rounds_of_killing = 4;  // each is a test, so that they run side by side

int times_to_kill() {
  return (std::getenv("PLUGVET_ALL_FAULTS") ? 1'000 : 48) / rounds_of_killing;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(process)

BOOST_DATA_TEST_CASE(a_run_that_is_killed_leaves_the_old_report_or_the_whole_new_one,
                     boost::unit_test::data::xrange(rounds_of_killing), round) {
  const Folder here;
  write_plugin(here);
  const std::vector<std::string> options{"--report", "json=r.json", "--report", "html=r.html", "--report",
      "junit=r.xml", "-q"};
  std::vector<std::string> words{"review", "plugin"};
  words.insert(words.end(), options.begin(), options.end());
  const Ended whole = cli_tests::run_plugvet(words, {.folder = here.path()});
  BOOST_REQUIRE(whole.status == 0);
  std::mt19937 random{static_cast<unsigned>(round)};
  int killed = 0, replaced = 0;
  const int times = times_to_kill();
  for (int i = 0; i < times; ++i) {
    const std::string before = here.read("r.json");
    const auto most = static_cast<unsigned>(whole.took.count() * 1'200);
    killed += kill_after(here, options, std::chrono::microseconds{random() % most}) ? 0 : 1;
    const std::string json = here.read("r.json"), html = here.read("r.html"), xml = here.read("r.xml");
    replaced += json == before ? 0 : 1;
    const Json document = Json::parse(json, nullptr, false);
    BOOST_REQUIRE(!document.is_discarded());
    BOOST_TEST(document["verdict"] == "approved");
    BOOST_TEST(document["results"].size() > 50u);
    BOOST_TEST((html.ends_with("</html>\n") && xml.ends_with("</testsuites>\n")));
  }
  tell_figure(fmt::format("killed {} {} {}", times, killed, replaced));
  BOOST_TEST(killed >= times / 5);
  // What a killed run may leave is a temporary file beside the report, and it disturbs no later run.
  BOOST_TEST(cli_tests::run_plugvet(words, {.folder = here.path()}).status == 0);
}

BOOST_AUTO_TEST_CASE(a_signal_at_any_moment_ends_the_run_with_valid_reports_or_none) {
  const Folder here;
  const rig::HostileServer server{plugin_but({{std::string{legal_path}, [](rig::Peer& peer, const std::string&) {
                                                 peer.stall();
                                                 return false;
                                               }}})};
  for (const int number : {SIGINT, SIGTERM})
    for (const int delay : {5, 30, 60, 120, 300}) {
      const Ended ended = cli_tests::run_plugvet(
          {"review", server.origin("localhost"), "--report", "json=r.json", "--report", "html=r.html"},
          {.folder = here.path(), .interrupt_with = number, .interrupt_after = milliseconds{delay}});
      BOOST_TEST(ended.status == 128 + number, ended.err);
      BOOST_TEST(ended.took.count() < delay + 2'500);
      if (const std::string json = here.read("r.json"); !json.empty())
        BOOST_TEST(!Json::parse(json, nullptr, false).is_discarded());
    }
}

BOOST_AUTO_TEST_CASE(a_full_disk_is_told_and_the_old_report_stays) {
  const Folder here;
  write_plugin(here);
  demand_sentence(shell(here, "$PLUGVET review plugin --report json=/dev/full -q"), 2, "/dev/full: the json report "
                              "was not written: ");
  demand_sentence(shell(here, "$PLUGVET review plugin --report json >/dev/full"), 2, "standard output cannot be "
                              "written: No space left");

  std::filesystem::create_directory(here / "disk");
  // Which size is too small for which report differs: every one of them leaves what was there before.
  for (int size = 16; size <= 320; size += 16) {
    if (const std::string why = rig::mount_small_disk((here / "disk").native(), fmt::format("{}k", size)); !why.empty())
      return cli_tests::skip_because(why);
    here.write("disk/r.json", "{\"old\": true}\n");
    const Ended ended = cli_tests::run_plugvet(
        {"review", "plugin", "--report", "json=disk/r.json", "--report", "html=disk/r.html", "--report", "text", "-q"},
        {.folder = here.path()});
    const std::string json = here.read("disk/r.json");
    BOOST_TEST(!Json::parse(json, nullptr, false).is_discarded(), size);
    BOOST_TEST(contains(ended.out, "APPROVED"), "the findings are told all the same");
    if (contains(json, "\"old\": true"))
      demand_sentence(ended, 2, "disk/r.json: the json report was not written: The file cannot be written: No space "
                                "left");
    for (const auto& entry : std::filesystem::directory_iterator{here / "disk"})
      BOOST_TEST(!entry.path().filename().native().starts_with("."), entry.path() << " was left");
  }
}

BOOST_AUTO_TEST_CASE(a_place_that_cannot_be_written_is_told_before_the_first_request) {
  const Folder here;
  std::filesystem::create_directory(here / "disk");
  const std::string why_no_disk = rig::mount_small_disk((here / "disk").native(), "64k");  // before there are threads
  const fixtures::Server server{{}};
  here.write("file", "x");
  const auto refused = [&](const std::string& path, std::string_view words) {
    const std::vector<std::string> command{"review", server.origin(), "--report", "json=" + path};
    demand_sentence(cli_tests::run_plugvet(command, {.folder = here.path()}), 2, words);
  };
  refused("nowhere/r.json", "does not exist");
  refused("file/r.json", "cannot be written");
  refused("disk", "is a folder");
  refused(std::string(300, 'n'), "the name is too long");
  refused("disk/" + std::string(5'000, 'n') + "/r.json", "cannot be written");
  if (why_no_disk.empty() && rig::make_read_only((here / "disk").native()).empty())
    refused("disk/r.json", "Read-only file system");
  BOOST_TEST(server.requests().empty());
}

BOOST_AUTO_TEST_CASE(a_reader_that_leaves_is_told_and_nothing_breaks) {
  const Folder here;
  write_plugin(here);
  for (const char* format : {"text", "json", "html", "markdown", "junit", "sarif"}) {
    const Ended ended = shell(here, fmt::format("{{ $PLUGVET review plugin --report {} -v; echo \"status $?\" >&2; }} "
                                                "| true", format));
    BOOST_TEST((contains(ended.err, "status 2") || contains(ended.err, "status 0")), ended.err);
    demand_sentence(shell(here, fmt::format("$PLUGVET review plugin --report {} >&-", format)), 2, "standard output "
                                            "cannot be written");
  }
  BOOST_TEST(shell(here, "$PLUGVET review plugin <&-").status == 0);
  BOOST_TEST(shell(here, "$PLUGVET review plugin 2>&-").status == 0);
  BOOST_TEST(shell(here, "$PLUGVET review plugin -v 2>/dev/full").status == 0);
}

BOOST_AUTO_TEST_CASE(a_slow_reader_gets_everything) {
  const Folder here;
  write_plugin(here);
  const Ended ended = shell(here,
                            "{ $PLUGVET review plugin plugin plugin --report json; echo \"status $?\" >&2; } | "
                            "{ sleep 0.5; while head -c 9999 >part && [ -s part ]; do cat part; sleep 0.005; done; }");
  BOOST_TEST(contains(ended.err, "status 0"), ended.err);
  const Json documents = Json::parse(ended.out, nullptr, false);
  BOOST_TEST((documents.is_array() && documents.size() == 3u), ended.out.size());
}

BOOST_AUTO_TEST_CASE(too_few_descriptors_threads_or_memory_are_told) {
  if (!cli_tests::has_program("prlimit")) return cli_tests::skip_because("prlimit is not installed");
  const Folder here;
  write_plugin(here);
  here.write("ca.pem", rig::ca_pem());
  const fixtures::Server server{{}};
  const auto limited = [&](const std::string& limit, const std::string& submission) {
    return run({"prlimit", limit, "--", plugvet_program, "review", submission, "--report", "json", "--jobs", "4"},
               {.folder = here.path(), .limit = seconds{30}});
  };
  for (const std::string& submission : {std::string{"plugin"}, server.origin()})
    for (const int descriptors : {3, 4, 5, 6, 7, 8, 10, 12, 16, 20, 24, 32, 64}) {
      const Ended ended = limited(fmt::format("--nofile={0}:{0}", descriptors), submission);
      if (ended.status == 127) continue;  // not even its libraries could be opened
      BOOST_TEST((ended.status >= 0 && ended.status <= 3), descriptors << ": " << ended.status << " " << ended.err);
      if (ended.status == 1) {
        // The machine's lack is not the plugin's fault.
        const Json document = Json::parse(ended.out, nullptr, false);
        BOOST_REQUIRE(document.is_object());
        for (const Json& result : document["results"])
          if (result["outcome"] == "failed") BOOST_TEST(false, descriptors << ": " << result["id"] << " "
              << result["findings"].dump());
      }
      if (ended.status == 2) BOOST_TEST(!ended.err.empty());
    }
  for (const int mebibytes : {96, 128, 191})
    demand_sentence(limited(fmt::format("--as={}", static_cast<long>(mebibytes) << 20), "plugin"), 2,
                    "the address space is limited to ");
  for (const int mebibytes : {192, 224, 256, 512})
    for (const std::string& submission : {std::string{"plugin"}, server.origin()}) {
      const Ended ended = limited(fmt::format("--as={}", static_cast<long>(mebibytes) << 20), submission);
      BOOST_TEST((ended.status == 0 || ended.status == 3 || ended.status == 70),
                 mebibytes << " MiB: " << ended.status << " " << ended.err);
      if (ended.status != 0) BOOST_TEST(!ended.err.empty(), mebibytes);
    }
}

BOOST_AUTO_TEST_CASE(the_environment_changes_nothing) {
  const Folder here;
  write_plugin(here, {{"openapi.yaml", "openapi: 3.0.1\ninfo: {title: ITIL, version: '1'}\npaths: {}\n"}});
  const Reviewed usual = review(here, {.words = {"plugin"}});
  for (const char* locale : {"C", "POSIX", "tr_TR.UTF-8", "ar_EG.UTF-8", "nonsense", ""}) {
    const Trial elsewhere{.words = {"plugin"},
                          .environment = {{"LC_ALL", locale}, {"LANG", locale}, {"TZ", "Asia/Kathmandu"}}};
    BOOST_TEST((without_times(review(here, elsewhere).documents) == without_times(usual.documents)), locale);
  }
  const Folder keys;
  const rig::HostileServer server{plugin_but({}, "https"),
                                  {.certificate = rig::mint_certificate("valid", {"localhost"})}};
  here.write("ca.pem", rig::ca_pem());
  here.write(".curlrc", "user-agent = evil\nproxy = http://127.0.0.1:1\n");
  here.write(".netrc", "machine localhost login a password b\n");
  const Reviewed reviewed = review(here, {.words = {server.origin("localhost"), "--ca-file", "ca.pem"},
                                          .environment = {{"SSLKEYLOGFILE", (keys / "keys").native()},
                                                          {"CURL_HOME", here.path().native()},
                                                          {"HOME", here.path().native()},
                                                          {"NETRC", (here / ".netrc").native()},
                                                          {"https_proxy", "http://127.0.0.1:1"},
                                                          {"CURL_CA_BUNDLE", "/nowhere"}}});
  BOOST_TEST(reviewed.problem("manifest") == "", reviewed.problem("manifest"));
  BOOST_TEST(keys.read("keys").empty());
  for (const std::string& request : server.requests()) {
    BOOST_TEST(!contains(request, "Authorization"));
    BOOST_TEST(contains(request, "User-Agent: plugvet/"));
  }
}

BOOST_AUTO_TEST_CASE(two_runs_with_one_report_give_one_whole_report) {
  const Folder here;
  write_plugin(here);
  const Ended ended = shell(here,
                            "for i in 1 2 3 4 5 6; do $PLUGVET review plugin --report json=r.json -q & done; wait; ls "
                            "-A");
  BOOST_TEST(contains(ended.out, "r.json"));
  BOOST_TEST(Json::parse(here.read("r.json"), nullptr, false)["verdict"] == "approved");
}

BOOST_AUTO_TEST_CASE(one_in_ten_that_hangs_slows_nobody) {
  const Folder here;
  const auto outcomes = [](const Json& document) {
    std::map<std::string, std::string> found;
    for (const Json& result : document["results"]) found[result["id"]] = result["outcome"];
    return found;
  };
  const fixtures::Server good{{}}, other{{}};
  const auto alone = outcomes(review(here, {.words = {other.origin()}}).document());
  const int all = std::getenv("PLUGVET_ALL_FAULTS") ? 40 : 20;
  const std::size_t asked_of_all = other.requests().size() * static_cast<std::size_t>(all - all / 10);

  // No clock decides: the stuck ones hang until everything has been asked of all others, and only then go away. Were
  // anybody held up by them, they would still hang at their own deadline.
  const auto hang = [&](rig::Peer& peer) {
    peer.read_request();
    for (int i = 0; i < 3'000 && good.requests().size() < asked_of_all; ++i)
      std::this_thread::sleep_for(milliseconds{10});
  };
  std::vector<std::unique_ptr<rig::HostileServer>> stuck;
  Trial trial{.words = {"--jobs", std::to_string(all / 10 + 4)}, .budget = seconds{60}, .memory_kib = 1 << 20};
  for (int i = 0; i < all; ++i) {
    if (i % 10 == 5) stuck.push_back(std::make_unique<rig::HostileServer>(hang));
    trial.words.push_back(i % 10 == 5 ? stuck.back()->origin("localhost") : good.origin());
  }
  const Reviewed reviewed = review(here, trial);
  BOOST_REQUIRE(reviewed.documents.size() == static_cast<std::size_t>(all));
  for (std::size_t i = 0; i < reviewed.documents.size(); ++i) {
    const Json& document = reviewed.document(i);
    if (i % 10 == 5) {
      BOOST_TEST(document["verdict"] != "approved");
      BOOST_TEST(reviewed.problem("manifest", i) == "http.empty_response", i);
    } else {
      BOOST_TEST((outcomes(document) == alone), i);
    }
  }
  tell_figure(fmt::format("one in ten hangs: {} plugins in {} ms", all, reviewed.ended.took.count()));
}

BOOST_AUTO_TEST_SUITE_END()
