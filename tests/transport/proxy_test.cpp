#include "harness/transport/proxy.h"

#include "harness/transport/cassette.h"
#include "tests/rig/proxy_server.h"
#include "tests/transport/live_fixture.h"

namespace plugvet::tests {
namespace {

using rig::HostileServer;
using rig::ProxyServer;

ProxyRules all_through(const std::string& url) {
  const auto proxy = Proxy::parse(url, "--proxy");
  BOOST_REQUIRE_MESSAGE(proxy.value() != nullptr, (proxy ? "" : proxy.problem()->what));
  return {*proxy, *proxy, {}, false};
}

/// As on the internet: the guard stands, and no name server knows the hosts of these tests.
Fetch fetch_through(const std::string& proxy, const std::string& url) {
  LiveOptions options = open_options();
  options.allow_private = false;
  options.proxies = all_through(proxy);
  return open_transport(options)->fetch(order(url));
}

rig::HostileOptions with_certificate(const std::string& kind) {
  rig::HostileOptions options;
  options.certificate = rig::mint_certificate(kind, {"plugin.invalid"});
  return options;
}

std::string refusal(const std::string& text) {
  const auto proxy = Proxy::parse(text, "https_proxy");
  BOOST_REQUIRE_MESSAGE(!proxy, text);
  return proxy.problem()->what;
}

const Proxy* proxy_for(const ProxyRules& rules, const char* url) {
  return rules.proxy_for(*Url::parse(url));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(proxy)

BOOST_AUTO_TEST_CASE(a_proxy_is_read_as_curl_reads_it_and_never_shows_its_credentials) {
  const auto parse = [](const char* text) { return *Proxy::parse(text, "https_proxy"); };
  BOOST_TEST(parse("proxy.corp").url() == "http://proxy.corp:1080");
  BOOST_TEST(parse("proxy.corp:3128").url() == "http://proxy.corp:3128");
  BOOST_TEST(parse("HTTPS://Proxy.Corp/").url() == "https://proxy.corp:443");
  BOOST_TEST(parse("socks5h://[::1]:9050").url() == "socks5h://[::1]:9050");
  const Proxy secret = parse("http://anna:p%40ss@proxy.corp:3128");
  BOOST_TEST(secret.url() == "http://proxy.corp:3128");
  BOOST_TEST(secret.named() == "the proxy http://proxy.corp:3128 (of https_proxy)");
  BOOST_TEST(secret.user() == "anna");
  BOOST_TEST(secret.password() == "p@ss");
}

BOOST_AUTO_TEST_CASE(what_is_no_proxy_is_the_users_problem_and_not_repeated) {
  for (const char* text : {"http://", "http://an na:canary@proxy.corp", "ftp://anna:canary@proxy.corp",
                           "http://anna:canary@proxy.corp:99999", "http://anna:canary@proxy.corp/pac",
                           "http://anna:canary@proxy.corp:x", "http://proxy.corp:0", "socks4://proxy.corp", "a b"}) {
    BOOST_TEST(refusal(text).starts_with("https_proxy: "), text);
    BOOST_TEST(refusal(text).find("canary") == std::string::npos, text);
  }
  BOOST_TEST((Proxy::parse("ftp://x", "--proxy").problem()->blame == Blame::user));
}

BOOST_AUTO_TEST_CASE(exceptions_are_domains_addresses_and_networks) {
  ProxyRules rules = all_through("http://proxy.corp:3128");
  rules.exceptions = no_proxy_items(" corp.example,.ours.example *.theirs.example ,10.0.0.0/8,2001:db8::/32, 192.0.2.7,"
                                    "[2001:db9::1],port.example:8443,, a/b");
  for (const char* url :
       {"https://corp.example/", "https://a.b.CORP.example/", "https://ours.example/", "https://x.ours.example/",
        "https://x.theirs.example/", "https://10.1.2.3/", "https://[2001:db8::5]/", "https://192.0.2.7/",
        "https://[2001:db9::1]/", "https://port.example:8443/"})
    BOOST_TEST(proxy_for(rules, url) == nullptr, url);
  for (const char* url : {"https://notcorp.example/", "https://corp.example.org/", "https://11.1.2.3/",
                          "https://[2001:dba::5]/", "https://192.0.2.70/", "https://port.example/"})
    BOOST_TEST(proxy_for(rules, url) != nullptr, url);
  rules.exceptions = no_proxy_items("*");
  BOOST_TEST(proxy_for(rules, "https://acme.example/") == nullptr);
}

BOOST_AUTO_TEST_CASE(what_is_on_this_machine_is_reached_directly_unless_asked) {
  ProxyRules rules = all_through("http://proxy.corp:3128");
  for (const char* url : {"http://localhost:3333/", "http://127.0.0.1/", "http://[::1]/", "http://x.localhost/"})
    BOOST_TEST(proxy_for(rules, url) == nullptr, url);
  rules.loopback_too = true;
  BOOST_TEST(proxy_for(rules, "http://localhost:3333/") != nullptr);
  rules.for_http.reset();
  BOOST_TEST(proxy_for(rules, "http://localhost:3333/") == nullptr);
}

BOOST_AUTO_TEST_CASE(https_goes_through_a_tunnel_by_name) {
  const HostileServer server{rig::answering(rig::ok("hello")), with_certificate("valid")};
  const ProxyServer proxy{{.target_port = server.port()}};
  const Fetch fetch = fetch_through(proxy.url(), "https://plugin.invalid/a");
  BOOST_REQUIRE_MESSAGE(fetch.response() != nullptr, what_of(fetch));
  BOOST_TEST(fetch.response()->body == "hello");
  BOOST_TEST(fetch.hops[0].proxy == proxy.url());
  BOOST_TEST(fetch.hops[0].address == "127.0.0.1:" + std::to_string(proxy.port()));
  BOOST_REQUIRE(fetch.hops[0].tls.has_value());
  BOOST_TEST(fetch.hops[0].tls->verified);
  BOOST_TEST(fetch.hops[0].tls->chain.front().subject != "");
  BOOST_TEST(proxy.requests().front() == "CONNECT plugin.invalid:443 HTTP/1.1");
}

BOOST_AUTO_TEST_CASE(http_is_passed_on_by_the_proxy) {
  const HostileServer server{rig::answering(rig::ok("hello"))};
  const ProxyServer proxy{{.target_port = server.port(), .credentials = "anna:p@ss"}};
  const Fetch fetch = fetch_through(proxy.url("anna:p%40ss"), "http://plugin.invalid/a?b");
  BOOST_REQUIRE_MESSAGE(fetch.response() != nullptr, what_of(fetch));
  BOOST_TEST(fetch.response()->body == "hello");
  BOOST_TEST(proxy.requests().front() == "GET http://plugin.invalid/a?b HTTP/1.1");
  BOOST_REQUIRE(server.requests().size() == 1u);
  BOOST_TEST(server.requests()[0].find("GET /a?b ") == 0u);
}

BOOST_AUTO_TEST_CASE(a_proxy_may_speak_tls) {
  rig::HostileOptions tls;
  tls.certificate = rig::mint_certificate("valid");
  const HostileServer proxy{rig::answering(rig::ok("from the proxy")), tls};
  const Fetch fetch = fetch_through(proxy.origin(), "http://plugin.invalid/");
  BOOST_REQUIRE_MESSAGE(fetch.response() != nullptr, what_of(fetch));
  BOOST_TEST(fetch.response()->body == "from the proxy");
  BOOST_TEST(!fetch.hops[0].tls.has_value());
  BOOST_TEST(!why_unreachable(*Proxy::parse(proxy.origin(), "--proxy"), ca_file()).has_value());
  BOOST_TEST(why_unreachable(*Proxy::parse(proxy.origin(), "--proxy"), "").has_value());
}

BOOST_AUTO_TEST_CASE(the_failure_of_a_proxy_is_not_the_plugins) {
  const HostileServer server{rig::answering(rig::ok("hello")), with_certificate("valid")};
  const std::string marked = "X-Squid-Error: ERR_ACCESS_DENIED 0\r\n";
  struct Case {
    rig::ProxyOptions options;
    const char *url, *id, *says;
    Blame blame;
  };
  const Case cases[] = {
      {{.credentials = "a:b"}, "https://plugin.invalid/", "proxy.credentials", "407", Blame::user},
      {{.credentials = "a:b"}, "http://plugin.invalid/", "proxy.credentials", "407", Blame::user},
      {{.refuses_with = 502}, "https://plugin.invalid/", "proxy.refused", "502", Blame::environment},
      {{.refuses_with = 403}, "https://plugin.invalid/", "proxy.refused", "403", Blame::environment},
      {{.refuses_with = 503}, "http://plugin.invalid/", "proxy.refused", "503", Blame::environment},
      {{.refuses_with = 403, .refusal_headers = marked}, "http://plugin.invalid/", "proxy.refused", "403",
       Blame::environment},
      {{.target_port = rig::closed_port()}, "https://plugin.invalid/", "proxy.refused", "502", Blame::environment},
  };
  for (const Case& one : cases) {
    const ProxyServer proxy{one.options};
    const Fetch fetch = fetch_through(proxy.url("anna:canary"), one.url);
    BOOST_TEST(id_of(fetch) == one.id);
    BOOST_REQUIRE(fetch.problem.has_value());
    BOOST_TEST((fetch.problem->blame == one.blame));
    BOOST_TEST((fetch.problem->rung == Rung::connect));
    BOOST_TEST(says(fetch, one.says));
    BOOST_TEST(says(fetch, "the proxy " + proxy.url() + " (of --proxy)"));
    BOOST_TEST(!says(fetch, "canary"));
    BOOST_TEST(fetch.hops[0].proxy == proxy.url());
  }
  const ProxyServer plain{{.refuses_with = 403}};
  BOOST_TEST(id_of(fetch_through(plain.url(), "http://plugin.invalid/")) == "403");
}

BOOST_AUTO_TEST_CASE(a_connection_that_breaks_behind_a_proxy_is_not_the_plugins) {
  const HostileServer cut{[](rig::Peer& peer) { peer.close(); }};
  const ProxyServer proxy{{.target_port = cut.port()}};
  for (const char* url : {"https://plugin.invalid/", "http://plugin.invalid/"}) {
    const Fetch fetch = fetch_through(proxy.url(), url);
    BOOST_REQUIRE(fetch.problem.has_value());
    BOOST_TEST((fetch.problem->blame == Blame::environment), fetch.problem->id);
    BOOST_TEST(says(fetch, "The proxy may be the cause."));
  }
  const std::string closed = "http://127.0.0.1:" + std::to_string(rig::closed_port());
  const Fetch refused = fetch_through(closed, "https://plugin.invalid/");
  BOOST_TEST(id_of(refused) == "proxy.failed");
  BOOST_TEST((refused.problem->blame == Blame::environment));
  const HostileServer silent{[](rig::Peer& peer) { peer.stall(); }};
  LiveOptions options = open_options();
  options.proxies = all_through(silent.origin());
  FetchOrder waiting = order("https://plugin.invalid/");
  waiting.limits.connect = milliseconds{200};
  const Fetch fetch = open_transport(options)->fetch(waiting);
  BOOST_TEST(id_of(fetch) == "proxy.no_answer");
  BOOST_TEST((fetch.problem->blame == Blame::environment));
}

BOOST_AUTO_TEST_CASE(a_certificate_that_a_proxy_may_have_put_in_place_is_not_the_plugins) {
  for (const auto& [kind, id, blame] :
       {std::tuple{"self-signed", "tls.certificate.self_signed", Blame::environment},
        std::tuple{"expired", "tls.certificate.expired", Blame::submission}}) {
    const HostileServer server{rig::answering(rig::ok("x")), with_certificate(kind)};
    const ProxyServer proxy{{.target_port = server.port()}};
    const Fetch fetch = fetch_through(proxy.url(), "https://plugin.invalid/");
    BOOST_TEST(id_of(fetch) == id);
    BOOST_REQUIRE(fetch.problem.has_value());
    BOOST_TEST((fetch.problem->blame == blame));
  }
}

BOOST_AUTO_TEST_CASE(the_guard_stands_before_the_proxy) {
  const ProxyServer proxy{{}};
  for (const char* url : {"http://10.0.0.1/", "https://169.254.169.254/", "http://[::ffff:10.0.0.1]/",
                          "http://metadata.google.internal/", "http://intranet/"})
    BOOST_TEST(id_of(fetch_through(proxy.url(), url)) == "address.not_public", url);
  BOOST_TEST(proxy.requests().empty());
  LiveOptions options = open_options();
  options.allow_private = false;
  options.proxies = all_through(proxy.url());
  options.resolve = {{"plugin.invalid", 443, "10.0.0.1", 0}};
  BOOST_TEST(id_of(open_transport(options)->fetch(order("https://plugin.invalid/"))) == "address.not_public");
  BOOST_TEST(proxy.requests().empty());
}

BOOST_AUTO_TEST_CASE(where_the_user_says_a_host_is_the_proxy_is_asked_for_that_address) {
  const HostileServer server{rig::answering(rig::ok("hello")), with_certificate("valid")};
  const ProxyServer proxy{{.target_port = server.port()}};
  LiveOptions options = open_options();
  options.proxies = all_through(proxy.url());
  options.resolve = {{"plugin.invalid", 443, "192.0.2.9", 0}};
  const Fetch fetch = open_transport(options)->fetch(order("https://plugin.invalid/"));
  BOOST_TEST(id_of(fetch) == "200");
  BOOST_TEST(proxy.requests().front() == "CONNECT 192.0.2.9:443 HTTP/1.1");
}

BOOST_AUTO_TEST_CASE(old_tls_is_probed_through_the_proxy_too) {
  const HostileServer server{rig::answering(rig::ok("x")), with_certificate("valid")};
  const ProxyServer proxy{{.target_port = server.port()}};
  LiveOptions options = open_options();
  options.proxies = all_through(proxy.url());
  BOOST_TEST(open_transport(options)->start_old_tls_probe("https://plugin.invalid/").get() == "TLSv1.1");
  BOOST_TEST(proxy.requests().size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_proxy_that_cannot_be_reached_is_named_with_what_named_it) {
  const std::string closed = "127.0.0.1:" + std::to_string(rig::closed_port());
  const auto problem = why_unreachable(*Proxy::parse("http://anna:canary@" + closed, "https_proxy"), "");
  BOOST_REQUIRE(problem.has_value());
  BOOST_TEST((problem->blame == Blame::user));
  BOOST_TEST(problem->what.starts_with("https_proxy: the proxy http://" + closed + " cannot be reached: "));
  BOOST_TEST(problem->what.find("canary") == std::string::npos);
  const rig::BlackHole hole;
  std::optional<Problem> silent;
  const auto time = took([&] {
    silent = why_unreachable(*Proxy::parse("127.0.0.1:" + std::to_string(hole.port()), "--proxy"), "");
  });
  BOOST_REQUIRE(silent.has_value());
  BOOST_TEST(silent->what.find("no answer within 3 s") != std::string::npos, silent->what);
  BOOST_TEST((time.count() > 2'500 && time.count() < 4'500));
}

BOOST_AUTO_TEST_CASE(the_environment_is_never_asked) {
  const HostileServer server{rig::answering(rig::ok("hello"))};
  const ProxyServer proxy{{.target_port = server.port()}};
  for (const char* name : {"http_proxy", "https_proxy", "all_proxy", "ALL_PROXY", "HTTPS_PROXY"})
    ::setenv(name, proxy.url().c_str(), 1);
  LiveOptions options = open_options();
  options.resolve = {resolve("plugin.invalid", 80, server)};
  BOOST_TEST(id_of(open_transport(options)->fetch(order("http://plugin.invalid/"))) == "200");
  for (const char* name : {"http_proxy", "https_proxy", "all_proxy", "ALL_PROXY", "HTTPS_PROXY"}) ::unsetenv(name);
  BOOST_TEST(proxy.requests().empty());
}

BOOST_AUTO_TEST_CASE(a_cassette_keeps_the_proxy_and_a_replay_needs_none) {
  const std::string file = scratch_folder() + "/proxy.har";
  std::string named;
  {
    const HostileServer server{rig::answering(rig::ok("hello"))};
    const ProxyServer proxy{{.target_port = server.port()}};
    named = proxy.url();
    LiveOptions options = open_options();
    options.proxies = all_through(proxy.url("anna:canary"));
    RecordingTransport recording{open_transport(options)};
    recording.fetch(order("http://plugin.invalid/"));
    BOOST_REQUIRE(recording.save(file).value() != nullptr);
  }
  const auto replay = make_replaying_transport(file);
  BOOST_REQUIRE(replay.value() != nullptr);
  const Fetch fetch = (*replay)->fetch(order("http://plugin.invalid/"));
  BOOST_TEST(id_of(fetch) == "200");
  BOOST_TEST(fetch.hops[0].proxy == named);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace plugvet::tests
