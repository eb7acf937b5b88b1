#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include "fixtures/server.h"
#include "tests/cli/front_door.h"
#include "tests/rig/certificates.h"
#include "tests/rig/hostile_server.h"
#include "tests/rig/proxy_server.h"

using namespace plugvet;
using namespace plugvet::cli_tests;

namespace {

constexpr std::string_view host = "todo.plugvet.dev";

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

/// The good plugin as https://todo.plugvet.dev, which only a proxy can reach.
struct Scene {
  Folder folder;
  fixtures::Server server;

  Scene() : server{options()} { folder.write("ca.pem", rig::ca_pem()); }

  static fixtures::ServerOptions options() {
    const auto certificate = rig::mint_certificate("valid", {std::string{host}});
    fixtures::ServerOptions options;
    options.public_origin = "https://" + std::string{host};
    options.certificate_pem = certificate.certificate_pem;
    options.key_pem = certificate.key_pem;
    return options;
  }

  Ended review(std::map<std::string, std::string> environment, std::vector<std::string> more = {}) const {
    std::vector<std::string> words{"review", std::string{host}, "--profile", "openai-plugin-v1",
                                   "--ca-file", "ca.pem", "--rate", "0"};
    words.insert(words.end(), more.begin(), more.end());
    return run_plugvet(words, {.folder = folder.path(), .environment = std::move(environment)});
  }
};

const std::string& nowhere() {
  static const std::string url = "http://anna:canary@127.0.0.1:" + std::to_string(rig::closed_port());
  return url;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_review_through_a_proxy_says_so) {
  const Scene scene;
  const rig::ProxyServer proxy{{.target_port = scene.server.port(), .credentials = "anna:canary"}};
  const std::string url = proxy.url("anna:canary");
  const std::map<std::string, std::string> variables[] = {
      {{"https_proxy", url}}, {{"HTTPS_PROXY", url}}, {{"all_proxy", url}}, {{"ALL_PROXY", url}}};
  for (const auto& environment : variables) {
    const Ended ended = scene.review(environment, {"--report", "text", "--report", "json=r.json", "--report",
                                                   "html=r.html", "--report", "markdown=r.md"});
    BOOST_TEST(ended.status == 0, ended.out);
    const std::string remark =
        "using the proxy " + proxy.url() + " (of " + environment.begin()->first + ") (--no-proxy connects directly)";
    BOOST_TEST(contains(ended.err, remark), ended.err);
    for (const std::string& text : {ended.out, scene.folder.read("r.html"), scene.folder.read("r.md")})
      BOOST_TEST(contains(text, "Fetched through the proxy"), text);
    const Json document = json_of(scene.folder.read("r.json"));
    for (const Json& exchange : document["exchanges"]) BOOST_TEST(exchange["proxy"] == proxy.url());
    for (const std::string& text : {ended.out, ended.err, scene.folder.read("r.json"), scene.folder.read("r.html")})
      BOOST_TEST(!contains(text, "canary"));
  }
  BOOST_TEST(proxy.requests().front() == "CONNECT todo.plugvet.dev:443 HTTP/1.1");
  BOOST_TEST(scene.review({}, {"--proxy", url}).status == 0);
}

BOOST_AUTO_TEST_CASE(the_option_wins_over_the_environment_and_the_command_line_over_the_file) {
  const Scene scene;
  const rig::ProxyServer proxy{{.target_port = scene.server.port()}};
  BOOST_TEST(scene.review({{"https_proxy", nowhere()}}, {"--proxy", proxy.url()}).status == 0);
  scene.folder.write("plugvet.yaml", "proxy: " + nowhere() + "\n");
  BOOST_TEST(scene.review({}).status == 2);
  BOOST_TEST(scene.review({}, {"--proxy", proxy.url()}).status == 0);
  const std::vector<std::string> direct[] = {{"--proxy", ""}, {"--proxy="}, {"--no-proxy"}};
  const auto asked = proxy.requests().size();
  for (const auto& words : direct) BOOST_TEST(scene.review({{"https_proxy", proxy.url()}}, words).status != 2);
  scene.folder.write("plugvet.yaml", "proxy: ''\n");
  BOOST_TEST(scene.review({{"https_proxy", proxy.url()}}).status != 2);
  scene.folder.write("plugvet.yaml", "no_proxy: true\n");
  BOOST_TEST(scene.review({{"https_proxy", proxy.url()}}).status != 2);
  BOOST_TEST(scene.review({{"https_proxy", proxy.url()}, {"no_proxy", "plugvet.dev"}}, {"--config", "none"}).status !=
             2);
  BOOST_TEST(proxy.requests().size() == asked);
}

BOOST_AUTO_TEST_CASE(a_proxy_that_cannot_be_used_is_the_users_mistake_before_the_first_request) {
  const Scene scene;
  struct Case {
    const char *variable, *value, *answer;
  };
  for (const Case& one : {Case{"https_proxy", nowhere().c_str(), "https_proxy: the proxy http://127.0.0.1:"},
                          Case{"ALL_PROXY", nowhere().c_str(), "ALL_PROXY: the proxy http://127.0.0.1:"},
                          Case{"HTTPS_PROXY", "ftp://anna:canary@proxy.test", "HTTPS_PROXY: ftp is no kind of proxy"},
                          Case{"http_proxy", "http://anna:canary@proxy.test:x", "http_proxy: this is no URL"}}) {
    const Ended ended = scene.review({{one.variable, one.value}}, {"--report", "json=r.json"});
    BOOST_TEST(ended.status == 2, ended.err);
    BOOST_TEST(ended.lines_of_err() == 1u, ended.err);
    BOOST_TEST(contains(ended.err, one.answer), ended.err);
    BOOST_TEST(!contains(ended.err, "canary"));
    BOOST_TEST(!std::filesystem::exists(scene.folder / "r.json"));
  }
  BOOST_TEST(scene.server.requests().empty());
  const rig::BlackHole hole;
  const Ended silent = scene.review({}, {"--proxy", "127.0.0.1:" + std::to_string(hole.port())});
  BOOST_TEST(silent.status == 2);
  BOOST_TEST(contains(silent.err, "no answer within 3 s"), silent.err);
  BOOST_TEST(silent.took.count() < 5000);
}

BOOST_AUTO_TEST_CASE(a_proxy_that_fails_leaves_the_review_incomplete) {
  const Scene scene;
  for (const auto& [options, answer] :
       {std::pair{rig::ProxyOptions{.credentials = "anna:right"}, "asks for credentials"},
        std::pair{rig::ProxyOptions{.refuses_with = 502}, "answers status 502"}}) {
    const rig::ProxyServer proxy{options};
    const Ended ended = scene.review({{"https_proxy", proxy.url("anna:canary")}}, {"--report", "json"});
    BOOST_TEST(ended.status == 3, ended.out);
    const Json document = json_of(ended.out);
    BOOST_TEST(document["counts"]["error"] == 0);
    BOOST_TEST(document["counts"]["failed"] == 0);
    BOOST_TEST(contains(ended.out, answer));
    BOOST_TEST(contains(ended.out, "the proxy " + proxy.url() + " (of https_proxy)"));
    BOOST_TEST(!contains(ended.out, "canary"));
  }
}

BOOST_AUTO_TEST_CASE(a_plugin_on_this_machine_needs_no_proxy_unless_one_was_typed) {
  const fixtures::Server server{{}};
  const rig::ProxyServer proxy{{.target_port = server.port()}};
  const auto review = [&](std::map<std::string, std::string> environment, std::vector<std::string> more) {
    more.insert(more.begin(), {"review", server.origin(), "-q"});
    return run_plugvet(more, {.environment = std::move(environment)}).status;
  };
  BOOST_TEST(review({{"http_proxy", nowhere()}, {"all_proxy", nowhere()}}, {}) == 0);
  BOOST_TEST(proxy.requests().empty());
  BOOST_TEST(review({}, {"--proxy", proxy.url()}) == 0);
  BOOST_TEST(!proxy.requests().empty());
}

BOOST_AUTO_TEST_CASE(what_sends_nothing_asks_for_no_proxy) {
  const Folder folder;
  std::filesystem::create_directory(folder / "plugin");
  fixtures::write_plugin(folder / "plugin", "todo", nullptr, "https://todo.plugvet.dev");
  const Setting broken{.folder = folder.path(), .environment = {{"all_proxy", "ftp://nonsense"}}};
  BOOST_TEST(run_plugvet({"review", "plugin"}, broken).status == 0);
  BOOST_TEST(run_plugvet({"review", "plugin", "--proxy", nowhere()}, broken).status == 0);
  std::string origin;
  {
    const fixtures::Server server{{}};
    origin = server.origin();
    run_plugvet({"review", origin, "--record", "tape.har", "-q"}, {.folder = folder.path()});
  }
  BOOST_TEST(run_plugvet({"review", origin, "--replay", "tape.har", "--proxy", nowhere()}, broken).status == 0);
}
