// Ten secrets where secrets are: none is in any report, on the terminal, on a cassette or in another file.
#include <fmt/format.h>

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include "harness/support/text.h"
#include "tests/faults/secrets.h"
#include "tests/faults/site.h"
#include "tests/faults/trial.h"
#include "tests/rig/certificates.h"
#include "tests/rig/proxy_server.h"

using namespace plugvet;
using namespace plugvet::faults;

namespace {

std::string manifest_of_secrets(const std::string& origin) {
  Json manifest = Json::parse(good_files(origin).at(std::string{manifest_path}));
  manifest["auth"] = {{"type", "service_http"},
                      {"authorization_type", "bearer"},
                      {"client_secret", value_of(Secret::client_secret)},
                      {"api_key", value_of(Secret::api_key)},
                      {"access_token", value_of(Secret::bearer_token)},
                      {"refresh_token", value_of(Secret::refresh_token)},
                      {"password", value_of(Secret::basic_password)}};
  manifest["api"]["url"] = origin + "/openapi.yaml?access_token=" + value_of(Secret::url_query);
  manifest["legal_info_url"] = origin + "/legal?api_key=" + value_of(Secret::api_key);
  manifest["logo_url"] = "https://user:" + value_of(Secret::basic_password) + "@todo.plugvet.dev/logo.png";
  manifest["webhook_secret"] = "https://hooks.plugvet.dev/?token=" + value_of(Secret::webhook);
  return manifest.dump(2);
}

/// The server echoes what it was sent, and what it knows, in headers, errors and pages.
Answer echoing() {
  return [](rig::Peer& peer, const std::string& request) {
    const std::string cookie = "Set-Cookie: session=" + value_of(Secret::cookie) + "; Path=/\r\n";
    const std::string text = "<p>" + request + "</p><a href=\"/x?api_key=" + value_of(Secret::api_key) + "\">x</a>";
    return peer.send(rig::ok(text, cookie + "Content-Type: text/html\r\n"));
  };
}

}  // namespace

BOOST_AUTO_TEST_SUITE(secrets)

BOOST_AUTO_TEST_CASE(the_search_finds_every_secret_in_every_spelling) {
  for (std::size_t i = 0; i < secret_count; ++i) {
    const std::string& secret = value_of(static_cast<Secret>(i));
    BOOST_TEST(secret.size() == 24u);
    for (const std::string& spelling : spellings_of(secret))
      BOOST_TEST(secrets_in("a " + spelling + " b").size() == 1u);
    for (const std::string before : {"", "a", "ab", "abc"})
      BOOST_TEST(secrets_in(base64(before + secret + "xyz")).size() == 1u, before);
  }
  BOOST_TEST(secrets_in("nothing of that kind").empty());
}

BOOST_AUTO_TEST_CASE(ten_secrets_are_in_no_artefact) {
  const Folder here;
  std::string origin;
  const rig::HostileServer server{
      plugin_but({{std::string{manifest_path},
                   [&](rig::Peer& peer, const std::string&) {
                     return peer.send(rig::ok(manifest_of_secrets(origin), "Set-Cookie: session=" +
                                                                               value_of(Secret::cookie) + "\r\n"));
                   }},
                  {std::string{legal_path}, echoing()},
                  {std::string{logo_path}, echoing()}})};
  origin = server.origin("localhost");
  const Folder tape;
  const Reviewed reviewed = review(
      here, {.words = {origin, "-v", "--record", (tape / "tape.har").native()},
             .environment = {{"OPENAI_API_KEY", value_of(Secret::model_key)},
                             {"PLUGVET_TOKEN", value_of(Secret::model_key)},
                             {"ALL_PROXY", "http://user:" + value_of(Secret::proxy_password) + "@proxy.example"}}});
  BOOST_TEST(reviewed.problem("manifest") == "");
  const std::string har = tape.read("tape.har");
  BOOST_TEST(!har.empty());
  for (const std::string& found : secrets_in(har)) BOOST_ERROR("the cassette holds " + found);
  for (const std::string& found : secrets_in(cli_tests::run_plugvet({"describe", origin}).out)) BOOST_ERROR(found);
  tell_figure(fmt::format("secrets: {} in {} spellings each, in every report and the cassette: 0 found", secret_count,
                          spellings_of(value_of(Secret::api_key)).size()));
}

BOOST_AUTO_TEST_CASE(secrets_of_files_are_masked_too) {
  const Folder here;
  const std::string origin = "https://todo.plugvet.dev";
  const std::string api = fmt::format(
      "openapi: 3.0.1\ninfo: {{title: A, version: '1', api_key: {}}}\npaths: {{}}\nexample:\n  client_secret: {}\n",
      value_of(Secret::api_key), value_of(Secret::client_secret));
  write_plugin(here, {{".well-known/ai-plugin.json", manifest_of_secrets(origin)}, {"openapi.yaml", api}});
  review(here, {.words = {"plugin", "-v"}, .again = true});
}

BOOST_AUTO_TEST_CASE(the_password_of_a_proxy_is_shown_nowhere) {
  const Folder here;
  here.write("ca.pem", rig::ca_pem());
  const rig::HostileServer server{plugin_but({}, "https"), {.certificate = rig::mint_certificate("valid",
      {"todo.plugvet.dev"})}};
  const std::string& password = value_of(Secret::proxy_password);
  const rig::ProxyServer proxy{{.target_port = server.port(), .credentials = "user:" + password}};
  for (const std::string& url : {proxy.url("user:" + password), proxy.url("wrong:" + password),
                                 "http://user:" + password + "@127.0.0.1:1"})
    for (const char* format : {"json", "html", "text", "markdown", "junit", "sarif"}) {
      const std::vector<std::string> words{"review", "https://todo.plugvet.dev", "--ca-file", "ca.pem", "--rate",
                                           "0", "--report", format};
      const cli_tests::Setting setting{.folder = here.path(), .environment = {{"https_proxy", url}}};
      const Ended ended = cli_tests::run_plugvet(words, setting);
      BOOST_TEST((ended.status >= 0 && ended.status <= 3), ended.err);
      for (const std::string& found : secrets_in(ended.out + ended.err)) BOOST_ERROR(found);
    }
  const Ended wrong = cli_tests::run_plugvet({"review", "todo.plugvet.dev", "--proxy",
      "gopher://user:" + password + "@x:1"});
  BOOST_TEST(wrong.status == 2);
  for (const std::string& found : secrets_in(wrong.err)) BOOST_ERROR(found);
}

BOOST_AUTO_TEST_SUITE_END()
