#include <sys/stat.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <csignal>
#include <nlohmann/json.hpp>

#include "fixtures/server.h"
#include "tests/cli/front_door.h"
#include "tests/rig/certificates.h"
#include "tests/rig/hostile_server.h"

using namespace plugvet;
using namespace plugvet::cli_tests;

namespace {

constexpr std::string_view public_origin = "https://todo.plugvet.dev";

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

const fixtures::Fault& fault_named(std::string_view name) {
  const auto& faults = fixtures::all_faults();
  const auto found = std::ranges::find(faults, name, &fixtures::Fault::name);
  BOOST_REQUIRE(found != faults.end());
  return *found;
}

/// A fault of the manifest alone, that rejects a folder too.
const fixtures::Fault& long_name() {
  for (const fixtures::Fault& fault : fixtures::all_faults())
    if (fault.name.starts_with("manifest/name-length/") && fault.plugin == "todo" && !fault.expect.empty())
      return fault;
  return fault_named("manifest/name-length");
}

void write_plugin(const Folder& folder, const std::string& name, const fixtures::Fault* fault = nullptr) {
  std::filesystem::create_directory(folder / name);
  fixtures::write_plugin(folder / name, "todo", fault, std::string{public_origin});
}

int status_of(const Json& document) {
  const auto verdict = document["verdict"].get<std::string>();
  return verdict == "approved" ? 0 : verdict == "rejected" ? 1 : 3;
}

/// Without what differs from run to run.
void forget_times(Json& value) {
  if (value.is_object())
    for (const char* name : {"took_ms", "started_at", "timing"}) value.erase(name);
  if (value.is_structured())
    for (Json& child : value) forget_times(child);
}

const Json* artefact(const Json& document, std::string_view name) {
  for (const Json& one : document["submission"]["artefacts"])
    if (one["artefact"] == name) return &one;
  return nullptr;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_good_plugin_in_a_folder_is_approved) {
  const Folder folder;
  write_plugin(folder, "plugin");
  const Ended ended = run_plugvet({"review", "plugin", "--report", "json"}, {.folder = folder.path()});
  BOOST_TEST(ended.status == 0, ended.err);
  const Json document = json_of(ended.out);
  BOOST_TEST(document["verdict"] == "approved");
  BOOST_TEST(document["profile"] == "openai-plugin-v1");
  BOOST_TEST(document["submission"]["kind"] == "folder");
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_read_is_the_api_description_where_no_manifest_is) {
  const Folder folder;
  folder.write("api.json", std::string(1'000, '['));
  const Ended ended = run_plugvet({"review", "api.json", "--profile", "gpt-actions"}, {.folder = folder.path()});
  BOOST_TEST(ended.status == 1, ended.err);
  BOOST_TEST(contains(ended.out, "api.json:1:257\n  Line 1, column 257: the values are nested more than 256 deep."), ended.out);
}

BOOST_AUTO_TEST_CASE(a_fault_in_a_folder_is_rejected_and_a_waiver_accepts_it) {
  const Folder folder;
  write_plugin(folder, "plugin", &long_name());
  const Ended rejected = run_plugvet({"review", "plugin"}, {.folder = folder.path()});
  BOOST_TEST(rejected.status == 1, rejected.err);
  BOOST_TEST(contains(rejected.out, "manifest/name-length"));

  folder.write("plugvet-waivers.yaml",
               "waivers:\n  - check: manifest/name-length\n    reason: agreed\n    expires: 2999-12-31\n");
  const Ended accepted = run_plugvet({"review", "plugin"}, {.folder = folder.path()});
  BOOST_TEST(accepted.status == 0, accepted.out);
  BOOST_TEST(contains(accepted.err, "using ./plugvet-waivers.yaml"));
  BOOST_TEST(run_plugvet({"review", "plugin", "--waivers", "none"}, {.folder = folder.path()}).status == 1);
}

BOOST_AUTO_TEST_CASE(what_changed_since_an_earlier_review_is_said) {
  const Folder folder;
  write_plugin(folder, "plugin");
  BOOST_TEST(run_plugvet({"review", "plugin", "--report", "json=before.json"}, {.folder = folder.path()}).status == 0);
  const Ended same = run_plugvet({"review", "plugin", "--baseline", "before.json"}, {.folder = folder.path()});
  BOOST_TEST(same.status == 0, same.err + same.out);
  BOOST_TEST(contains(same.out, "What changed since the review of"));

  std::string text = folder.read("plugin/openapi.yaml");
  const std::string summary = "summary: List the todos";
  BOOST_REQUIRE(text.find(summary) != std::string::npos);
  text.replace(text.find(summary), summary.size(), "summary: List the open todos");
  folder.write("plugin/openapi.yaml", text);
  const Ended changed = run_plugvet({"review", "plugin", "--baseline", "before.json", "--report", "text", "--report", "html=r.html",
                                     "--report", "markdown=r.md", "--report", "json=r.json"},
                                    {.folder = folder.path()});
  BOOST_TEST(contains(changed.out, "GET /todos says something else"), changed.out + changed.err);
  BOOST_TEST(contains(folder.read("r.html"), "What changed since the review of"));
  BOOST_TEST(contains(folder.read("r.md"), "GET /todos says something else"));
  const Json document = json_of(folder.read("r.json"));
  BOOST_TEST(document["baseline"]["changes"][0]["kind"] == "text");
  BOOST_TEST(document["baseline"]["changes"][0]["before"].get<std::string>().find("List the todos") == 0u);

  // Nothing of a damaged file makes a crash.
  Json damaged = json_of(folder.read("before.json"));
  if (damaged.is_array()) damaged = Json(damaged[0]);
  damaged["snapshot"]["api"] = 7;
  folder.write("damaged.json", damaged.dump());
  const Ended refused = run_plugvet({"review", "plugin", "--baseline", "damaged.json"}, {.folder = folder.path()});
  BOOST_TEST(refused.status == 2, refused.err);
  damaged.erase("snapshot");
  folder.write("old.json", damaged.dump());
  const Ended old = run_plugvet({"review", "plugin", "--baseline", "old.json"}, {.folder = folder.path()});
  BOOST_TEST(old.status == 2, old.err);
  BOOST_TEST(contains(old.err, "no snapshot to compare with"));
}

BOOST_AUTO_TEST_CASE(only_and_skip_select_checks) {
  const Folder folder;
  write_plugin(folder, "plugin", &long_name());
  const auto ids = [&](std::vector<std::string> words) {
    words.insert(words.begin(), {"review", "plugin", "--report", "json"});
    std::vector<std::string> found;
    const Json document = json_of(run_plugvet(words, {.folder = folder.path()}).out);
    for (const Json& result : document["results"]) found.push_back(result["id"].get<std::string>());
    return found;
  };
  const std::vector<std::string> one{"manifest/name-length"};
  BOOST_TEST(ids({"--only", "manifest/name-length"}) == one, boost::test_tools::per_element());
  for (const std::string& id : ids({"--only", "manifest/*", "--skip", "manifest/name-length"})) {
    BOOST_TEST(id.starts_with("manifest/"));
    BOOST_TEST(id != "manifest/name-length");
  }
}

BOOST_AUTO_TEST_CASE(a_plugin_on_loopback_is_reviewed_by_the_profile_local_into_every_format) {
  const fixtures::Server server{{}};
  const Folder folder;
  const Ended ended =
      run_plugvet({"review", server.origin(), "--report", "text", "--report", "html=r.html", "--report", "junit=r.xml",
                   "--report", "sarif=r.sarif", "--report", "json=r.json", "--report", "markdown=r.md"},
                  {.folder = folder.path()});
  BOOST_TEST(ended.status == 0, ended.out);
  BOOST_TEST(contains(ended.err, "judged by the profile local, because it is a loopback address"));
  BOOST_TEST(contains(ended.err, "wrote r.html"));
  BOOST_TEST(contains(ended.out, "APPROVED"));
  BOOST_TEST(contains(folder.read("r.html"), "<!doctype html>"));
  BOOST_TEST(folder.read("r.xml").starts_with("<?xml"));
  BOOST_TEST(json_of(folder.read("r.sarif"))["version"] == "2.1.0");
  BOOST_TEST(json_of(folder.read("r.json"))["profile"] == "local");
  BOOST_TEST(!folder.read("r.md").empty());
  for (const std::string& request : server.requests())
    BOOST_TEST((request.starts_with("GET ") || request.starts_with("HEAD ") || request.starts_with("OPTIONS ")),
               request);
}

BOOST_AUTO_TEST_CASE(the_built_in_plugin_reviews_itself) {
  const Ended ended = run_plugvet({"review", "--fixture", "todo", "--report", "json"});
  BOOST_TEST(ended.status == 0, ended.out);
  BOOST_TEST(json_of(ended.out)["profile"] == "local");
}

BOOST_AUTO_TEST_CASE(reports_rendered_later_are_those_written_at_once) {
  const fixtures::Server server{{}};
  const Folder folder;
  const Setting here{.folder = folder.path()};
  run_plugvet(
      {"review", server.origin(), "--report", "json=r.json", "--report", "html=r.html", "--report", "junit=r.xml"},
      here);
  const Ended rendered = run_plugvet(
      {"render", "r.json", "--report", "json=again.json", "--report", "html=again.html", "--report", "junit=again.xml"},
      here);
  BOOST_TEST(rendered.status == 0, rendered.err);
  BOOST_TEST((folder.read("again.json") == folder.read("r.json")));
  BOOST_TEST((folder.read("again.html") == folder.read("r.html")));
  BOOST_TEST((folder.read("again.xml") == folder.read("r.xml")));
  const Ended piped =
      run_plugvet({"render", "-", "--report", "markdown"},
                  {.input = run_plugvet({"review", "--fixture", "todo", "--only", "manifest/*", "--report", "json"})
                                .out.substr(0, 60000)});
  BOOST_TEST((piped.status == 0 || piped.status == 2));
}

BOOST_AUTO_TEST_CASE(a_replay_gives_the_review_of_the_recording) {
  const Folder folder;
  const Setting here{.folder = folder.path()};
  std::string origin;
  {
    const fixtures::Server server{{}};
    origin = server.origin();
    const Ended recorded = run_plugvet({"review", origin, "--record", "tape.har", "--report", "json=live.json"}, here);
    BOOST_TEST(recorded.status == 0, recorded.err);
  }
  // The server is gone.
  const Ended replayed = run_plugvet({"review", origin, "--replay", "tape.har", "--report", "json=again.json"}, here);
  BOOST_TEST(replayed.status == 0, replayed.err);
  Json live = json_of(folder.read("live.json")), again = json_of(folder.read("again.json"));
  forget_times(live);
  forget_times(again);
  BOOST_TEST((live == again), Json::diff(live, again).dump(1));
  BOOST_TEST(run_plugvet({"review", origin, "--replay", "tape.har", "--offline", "--report", "json"}, here).status ==
             0);
}

BOOST_AUTO_TEST_CASE(what_was_not_recorded_is_no_verdict) {
  const fixtures::Server server{{}};
  const Folder folder;
  const Setting here{.folder = folder.path()};
  run_plugvet({"review", server.origin(), "--record", "tape.har", "-q"}, here);
  const Ended ended = run_plugvet({"review", "http://localhost:1", "--replay", "tape.har", "--report", "json"}, here);
  BOOST_TEST(ended.status != 0);
}

BOOST_AUTO_TEST_CASE(with_a_fixed_moment_the_same_folder_gives_the_same_bytes) {
  const Folder folder;
  write_plugin(folder, "plugin");
  const Setting fixed{.folder = folder.path(), .environment = {{"SOURCE_DATE_EPOCH", "1767225600"}}};
  const std::string once = run_plugvet({"review", "plugin", "--report", "html"}, fixed).out;
  BOOST_TEST((once == run_plugvet({"review", "plugin", "--report", "html"}, fixed).out));
  const Json document = json_of(run_plugvet({"review", "plugin", "--report", "json"}, fixed).out);
  BOOST_TEST(document["started_at"] == "2026-01-01T00:00:00.000Z");
  const Ended wrong =
      run_plugvet({"review", "plugin"}, {.folder = folder.path(), .environment = {{"SOURCE_DATE_EPOCH", "soon"}}});
  BOOST_TEST(wrong.status == 2);
}

BOOST_AUTO_TEST_CASE(with_a_fixed_moment_the_replay_of_a_cassette_gives_the_same_bytes) {
  const Folder folder;
  std::string origin;
  {
    const fixtures::Server server{{}};
    origin = server.origin();
    run_plugvet({"review", origin, origin, origin, "--jobs", "3", "--record", "tape.har", "-q"},
                {.folder = folder.path()});
  }
  const Setting fixed{.folder = folder.path(), .environment = {{"SOURCE_DATE_EPOCH", "1767225600"}}};
  for (const char* format : {"json", "html", "markdown", "junit", "sarif", "text"}) {
    const auto replay = [&] {
      return run_plugvet({"review", origin, origin, origin, "--jobs", "3", "--replay", "tape.har", "--report", format},
                         fixed);
    };
    const Ended once = replay();
    BOOST_TEST(once.status != 2, once.err);
    for (int i = 0; i < 3; ++i) BOOST_TEST((once.out == replay().out), format);
  }
}

BOOST_AUTO_TEST_CASE(a_recorded_secret_is_not_on_the_cassette_and_the_replay_finds_the_same) {
  const std::string manifest =
      R"({"schema_version": "v1", "name_for_human": "A name that is much too long to be shown", "auth": )"
      R"({"type": "none", "client_secret": "canary-canary"}, "logo_url": 3})";
  const Folder folder;
  const Setting here{.folder = folder.path()};
  std::string origin;
  {
    const rig::HostileServer server{rig::answering(rig::ok(manifest, "Content-Type: application/json\r\n"))};
    origin = server.origin("localhost");
    run_plugvet({"review", origin, "--record", "tape.har", "--report", "json=live.json", "-q"}, here);
  }
  BOOST_TEST(!contains(folder.read("tape.har"), "canary"));
  run_plugvet({"review", origin, "--replay", "tape.har", "--report", "json=again.json", "-q"}, here);
  Json live = json_of(folder.read("live.json")), again = json_of(folder.read("again.json"));
  BOOST_TEST((live["results"].size() == again["results"].size()));
  forget_times(live);
  forget_times(again);
  BOOST_TEST((live["results"] == again["results"]), Json::diff(live["results"], again["results"]).dump(1));
}

BOOST_AUTO_TEST_CASE(several_submissions_and_profiles_are_reviewed_in_the_order_given) {
  const Folder folder;
  write_plugin(folder, "good");
  write_plugin(folder, "bad", &long_name());
  const Ended ended = run_plugvet({"review", "bad", "good", "--profile", "openai-plugin-store", "--profile", "gpt-pro",
                                   "--jobs", "2", "--report", "json"},
                                  {.folder = folder.path()});
  const Json documents = json_of(ended.out);
  BOOST_REQUIRE(documents.size() == 4u);
  const auto at = [&](std::size_t i) {
    return documents[i]["submission"]["source"].get<std::string>() + " " + documents[i]["profile"].get<std::string>();
  };
  BOOST_TEST(at(0) == "bad openai-plugin-store");
  BOOST_TEST(at(1) == "bad gpt-pro");
  BOOST_TEST(at(2) == "good openai-plugin-store");
  BOOST_TEST(at(3) == "good gpt-pro");
  const auto rank = [](const Json& document) {
    return std::vector<int>{0, 2, 0, 1}[static_cast<std::size_t>(status_of(document))];
  };
  const auto worst = std::ranges::max_element(documents, {}, rank);
  BOOST_TEST(ended.status == status_of(*worst));
  BOOST_TEST(ended.status == 1);
}

BOOST_AUTO_TEST_CASE(many_submissions_give_the_reviews_that_each_gives_alone) {
  const Folder folder;
  std::vector<std::string> words{"review"};
  for (int i = 0; i < 24; ++i) {
    const std::string name = "p" + std::to_string(i);
    write_plugin(folder, name, i % 3 == 0 ? &long_name() : nullptr);
    words.push_back(name);
  }
  words.insert(words.end(), {"--jobs", "8", "--report", "json"});
  const Setting fixed{.folder = folder.path(), .environment = {{"SOURCE_DATE_EPOCH", "1767225600"}}};
  const Json all = json_of(run_plugvet(words, fixed).out);
  BOOST_REQUIRE(all.size() == 24u);
  for (std::size_t i : {0u, 1u, 23u})
    BOOST_TEST((all[i] == json_of(run_plugvet({"review", words[i + 1], "--report", "json"}, fixed).out)));
}

BOOST_AUTO_TEST_CASE(a_check_that_could_not_be_run_leaves_the_review_incomplete) {
  const rig::HostileServer server{rig::answering("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")};
  const Ended ended = run_plugvet({"review", server.origin("localhost"), "--profile", "local", "--only",
                                   "manifest/name-length", "--report", "json"});
  BOOST_TEST(ended.status == 3, ended.err);
  BOOST_TEST(json_of(ended.out)["results"][0]["outcome"] == "blocked");
}

BOOST_AUTO_TEST_CASE(a_url_that_is_no_manifests_is_refused_before_the_first_request) {
  const rig::HostileServer server{rig::answering(rig::ok("{}"))};
  for (const char* path : {"/openapi.yaml", "/openapi.json", "/foo/bar", "/.well-known/"})
    BOOST_TEST(run_plugvet({"review", server.origin("localhost") + path}).status == 2, path);
  BOOST_TEST(server.connections() == 0u);
}

BOOST_AUTO_TEST_CASE(a_redirect_circle_on_loopback_ends) {
  const rig::HostileServer server{
      rig::answering("HTTP/1.1 302 Found\r\nLocation: /.well-known/ai-plugin.json\r\nContent-Length: 0\r\n\r\n")};
  const Ended ended =
      run_plugvet({"review", server.origin("localhost"), "--report", "json"}, {.limit = std::chrono::seconds{30}});
  BOOST_TEST((ended.status == 1 || ended.status == 3), ended.err);
}

BOOST_AUTO_TEST_CASE(another_loopback_port_than_the_one_that_was_typed_is_not_reached) {
  const rig::HostileServer other{rig::answering(rig::ok("{}"))};
  const rig::HostileServer server{rig::answering("HTTP/1.1 302 Found\r\nLocation: " + other.origin("localhost") +
                                                 "/.well-known/ai-plugin.json\r\nContent-Length: 0\r\n\r\n")};
  const Ended ended = run_plugvet({"review", server.origin("localhost")});
  BOOST_TEST(ended.status != 0);
  BOOST_TEST(other.connections() == 0u);
}

BOOST_AUTO_TEST_CASE(a_private_address_is_refused_without_waiting) {
  const Ended ended =
      run_plugvet({"review", "http://10.255.255.1", "--report", "json"}, {.limit = std::chrono::seconds{10}});
  BOOST_TEST((ended.status == 1 || ended.status == 3), ended.err);
  BOOST_TEST(ended.took.count() < 5000);
}

BOOST_AUTO_TEST_CASE(a_deadline_ends_a_review_of_a_server_that_never_answers) {
  const rig::HostileServer server{[](rig::Peer& peer) { peer.stall(); }};
  const Ended ended = run_plugvet({"review", server.origin("localhost"), "--deadline", "2s", "--report", "json"},
                                  {.limit = std::chrono::seconds{20}});
  BOOST_TEST((ended.status == 1 || ended.status == 3), ended.err);
  BOOST_TEST(ended.took.count() < 6000);
}

BOOST_AUTO_TEST_CASE(a_name_is_resolved_and_a_certificate_trusted_as_the_user_says) {
  const auto certificate = rig::mint_certificate("valid", {"todo.plugvet.dev"});
  fixtures::ServerOptions options;
  options.public_origin = public_origin;
  options.certificate_pem = certificate.certificate_pem;
  options.key_pem = certificate.key_pem;
  const fixtures::Server server{options};
  const Folder folder;
  folder.write("ca.pem", rig::ca_pem());
  const Ended ended = run_plugvet(
      {"review", "todo.plugvet.dev", "--resolve", "todo.plugvet.dev:443:127.0.0.1:" + std::to_string(server.port()),
       "--allow-private", "--ca-file", "ca.pem", "--report", "json"},
      {.folder = folder.path()});
  const Json document = json_of(ended.out);
  const Json* manifest = artefact(document, "manifest");
  BOOST_REQUIRE(manifest);
  BOOST_TEST(manifest->at("problem").is_null(), manifest->dump());
  BOOST_TEST(ended.status == status_of(document));
}

BOOST_AUTO_TEST_CASE(a_pipe_a_link_or_nothing_in_place_of_the_manifest_ends_at_once) {
  const Folder folder;
  folder.write("fifo/other.txt", "");
  BOOST_REQUIRE(::mkfifo((folder / "fifo/ai-plugin.json").c_str(), 0600) == 0);
  folder.write("link/other.txt", "");
  std::filesystem::create_symlink("/etc/passwd", folder / "link/ai-plugin.json");
  folder.write("empty/other.txt", "");
  for (const char* name : {"fifo", "link", "empty"}) {
    const Ended ended =
        run_plugvet({"review", name, "--report", "json"}, {.folder = folder.path(), .limit = std::chrono::seconds{10}});
    BOOST_TEST(ended.status == 1, name << ": " << ended.err);
    BOOST_TEST(!contains(ended.out, "root:"));
  }
}

BOOST_AUTO_TEST_CASE(a_file_that_is_not_read_is_a_finding_that_names_it_and_says_what_to_do) {
  struct Case {
    const char *file, *check;
  };
  for (const Case& one : {Case{"logo.png", "logo/format"}, Case{"openapi.yaml", "api/syntax"},
                          Case{".well-known/ai-plugin.json", "manifest/presence"}}) {
    const Folder folder;
    write_plugin(folder, "plugin");
    const std::filesystem::path path = folder / "plugin" / one.file;
    folder.write(std::string{"plugin/"} + one.file, "");
    std::filesystem::rename(path, path.string() + ".kept");
    std::filesystem::create_symlink(path.filename().string() + ".kept", path);
    const Ended linked = run_plugvet({"review", "plugin"}, {.folder = folder.path()});
    BOOST_TEST(linked.status == 1, linked.err);
    BOOST_TEST(contains(linked.out, std::string{"error  "} + one.check), linked.out);
    BOOST_TEST(contains(linked.out, std::string{"plugin/"} + one.file + ": The file is a symbolic link"), linked.out);
    BOOST_TEST(contains(linked.out, "Put the file itself in its place."), linked.out);
    std::filesystem::remove(path);
    folder.write(std::string{"plugin/"} + one.file, "");
    std::filesystem::resize_file(path, std::uintmax_t{80} << 20);
    const Ended large = run_plugvet({"review", "plugin"}, {.folder = folder.path()});
    BOOST_TEST(large.status == 1, large.err);
    BOOST_TEST(contains(large.out, std::string{"plugin/"} + one.file + ": The file has 80 MiB"), large.out);
  }
}

BOOST_AUTO_TEST_CASE(a_report_that_cannot_be_written_does_not_take_the_others_with_it) {
  const Folder folder;
  write_plugin(folder, "plugin");
  const Ended ended = run_plugvet({"review", "plugin", "--report", "html=/dev/full", "--report", "json=r.json"},
                                  {.folder = folder.path()});
  BOOST_TEST(ended.status == 2);
  BOOST_TEST(contains(ended.err, "/dev/full: the html report was not written"));
  BOOST_TEST(json_of(folder.read("r.json"))["verdict"] == "approved");
}

BOOST_AUTO_TEST_CASE(quiet_says_nothing_on_standard_error) {
  const Ended ended = run_plugvet({"review", "--fixture", "todo", "-q"});
  BOOST_TEST(ended.err == "");
  BOOST_TEST(contains(ended.out, "APPROVED"));
}

BOOST_AUTO_TEST_CASE(colours_are_for_those_who_ask) {
  BOOST_TEST(!contains(run_plugvet({"review", "--fixture", "todo"}).out, "\x1b"));
  BOOST_TEST(contains(run_plugvet({"review", "--fixture", "todo", "--color", "always"}).out, "\x1b["));
}

BOOST_AUTO_TEST_CASE(progress_is_one_line_for_each_step_away_from_a_terminal) {
  const Ended ended = run_plugvet({"review", "--fixture", "todo", "--progress", "always"});
  BOOST_TEST(contains(ended.err, "collecting http://localhost:"));
  BOOST_TEST(!contains(ended.err, "\x1b"));
}

BOOST_AUTO_TEST_CASE(an_interrupted_run_writes_what_was_finished) {
  const rig::HostileServer stalled{[](rig::Peer& peer) { peer.stall(); }};
  const Folder folder;
  write_plugin(folder, "plugin");
  for (const int signal : {SIGINT, SIGTERM}) {
    const Ended ended =
        run_plugvet({"review", "plugin", stalled.origin("localhost"), "--report", "json=r.json"},
                    {.folder = folder.path(), .interrupt_with = signal, .interrupt_after = std::chrono::seconds{2}});
    BOOST_TEST(ended.status == 128 + signal);
    BOOST_TEST(ended.took.count() < 4000);
    BOOST_TEST(contains(ended.err, "interrupted: 1 of 2 submissions were reviewed"));
    BOOST_TEST(json_of(folder.read("r.json"))["submission"]["source"] == "plugin");
    std::filesystem::remove(folder / "r.json");
  }
}

BOOST_AUTO_TEST_CASE(an_interrupted_run_without_a_result_writes_no_report) {
  const rig::HostileServer stalled{[](rig::Peer& peer) { peer.stall(); }};
  const Folder folder;
  const Ended ended =
      run_plugvet({"review", stalled.origin("localhost"), "--report", "json=r.json"},
                  {.folder = folder.path(), .interrupt_with = SIGINT, .interrupt_after = std::chrono::seconds{1}});
  BOOST_TEST(ended.status == 130);
  BOOST_TEST(!std::filesystem::exists(folder / "r.json"));
}
