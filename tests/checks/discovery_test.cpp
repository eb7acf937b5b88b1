#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>
#include <ostream>

#include "checks/cause.h"
#include "checks/rungs.h"

namespace plugvet::checks {
extern const Check api_syntax;
extern const Check discovery_fetch_time;
extern const Check discovery_localhost;
extern const Check discovery_manifest_status;
extern const Check discovery_redirect_target;
extern const Check discovery_root_domain;
extern const Check legal_status;
extern const Check tls_handshake;
extern const Check tls_protocol_version;
extern const Check tls_certificate;
extern const Check transport_connection;
}  // namespace plugvet::checks

using namespace plugvet;

namespace {

const std::string well_known = "/.well-known/ai-plugin.json";

Exchange exchange(const std::string& url, int status) {
  Exchange made;
  made.request.url = url;
  made.response = Response{};
  made.response->status = status;
  return made;
}

Exchange broken_exchange(const std::string& url) {
  Exchange made;
  made.request.url = url;
  return made;
}

Fetch manifest_fetch(const std::vector<std::string>& origins) {
  Fetch fetch;
  fetch.artefact = Artefact::manifest;
  for (const std::string& origin : origins) fetch.hops.push_back(exchange(origin + well_known, 302));
  fetch.hops.back().response->status = 200;
  return fetch;
}

Evidence evidence_of(std::vector<Fetch> fetches) {
  Evidence evidence;
  evidence.fetches = Result<Fetches>{Fetches{std::move(fetches)}};
  return evidence;
}

Fetch broken_fetch(Artefact artefact, const std::string& url, Rung rung, const std::string& id,
                   Blame blame = Blame::submission) {
  Fetch fetch;
  fetch.artefact = artefact;
  fetch.hops.push_back(broken_exchange(url));
  fetch.problem = Problem{rung, id, "It broke.", url, {}, blame};
  return fetch;
}

Outcome outcome(const Check& check, const Evidence& evidence) {
  return check.rule(evidence, Parameters{}).outcome;
}

Evidence served_from(const std::string& url) {
  Evidence evidence;
  Manifest manifest;
  manifest.location = url;
  manifest.url = *Url::parse(url);
  evidence.manifest = Result<Manifest>{std::move(manifest)};
  return evidence;
}

struct Redirect {
  std::vector<std::string> origins;
  bool allowed;
};
std::ostream& operator<<(std::ostream& out, const Redirect& redirect) {
  for (const std::string& origin : redirect.origins) out << origin << ' ';
  return out;
}

// OpenAI, Plugins in production: the examples of its section on domain verification, and their neighbours.
const std::vector<Redirect> redirects{
    {{"https://foo.example.com", "https://bar.foo.example.com"}, true},
    {{"https://www.example.com", "https://example.com"}, true},
    {{"https://example.com", "https://www.example.com"}, true},
    {{"https://example.com", "https://example.com:8443"}, true},
    {{"https://example.com", "https://a.example.com", "https://b.a.example.com"}, true},
    {{"https://foo.example.com", "https://example.com"}, false},
    {{"https://foo.example.com", "https://bar.example.com"}, false},
    {{"https://example.com", "https://example2.com"}, false},
    {{"https://acme.com", "https://evilacme.com"}, false},
    {{"https://www.foo.example.com", "https://example.com"}, false},
    {{"https://example.com", "https://192.0.2.7"}, false},
    {{"https://a.example.com", "https://b.a.example.com", "https://a.example.com"}, false},
};

struct Host {
  std::string url;
  bool registrable;
};
std::ostream& operator<<(std::ostream& out, const Host& host) {
  return out << host.url;
}

const std::vector<Host> hosts{
    {"https://plugin.acme.com/ai-plugin.json", true}, {"https://acme.co.uk/ai-plugin.json", true},
    {"https://acme.github.io/ai-plugin.json", true},  {"https://www.acme.com/ai-plugin.json", true},
    {"https://github.io/ai-plugin.json", false},      {"https://www.co.uk/ai-plugin.json", false},
    {"http://localhost:3333/ai-plugin.json", false},  {"https://192.0.2.7/ai-plugin.json", false},
    {"https://[2001:db8::7]/ai-plugin.json", false},  {"https://plugin.internal/ai-plugin.json", false},
};

struct LocalAddress {
  std::string url;
  Outcome outcome;
};
std::ostream& operator<<(std::ostream& out, const LocalAddress& address) {
  return out << address.url;
}

const std::vector<LocalAddress> local_addresses{
    {"http://localhost:3333", Outcome::passed},
    {"http://localhost", Outcome::failed},
    {"http://127.0.0.1:3333", Outcome::failed},
    {"http://0.0.0.0:3333", Outcome::failed},
    {"http://[::1]:3333", Outcome::failed},
    {"http://todo.localhost:3333", Outcome::failed},
    {"https://plugin.acme.com", Outcome::not_applicable},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(discovery)

BOOST_DATA_TEST_CASE(a_manifest_redirects_only_to_a_subdomain_or_from_www_to_its_apex, redirects, redirect) {
  const Evidence evidence = evidence_of({manifest_fetch(redirect.origins)});
  const Ruling ruling = checks::discovery_redirect_target.rule(evidence, Parameters{});
  BOOST_TEST((ruling.outcome == Outcome::passed) == redirect.allowed);
  if (!redirect.allowed) BOOST_TEST(ruling.judgement.findings.size() == 1U);
}

BOOST_DATA_TEST_CASE(the_root_domain_is_one_that_can_be_registered, hosts, host) {
  BOOST_TEST((outcome(checks::discovery_root_domain, served_from(host.url)) == Outcome::passed) == host.registrable);
}

BOOST_AUTO_TEST_CASE(a_manifest_from_disk_has_no_root_domain_to_judge) {
  Evidence evidence = served_from("https://acme.com/");
  evidence.manifest->value()->url.reset();
  BOOST_TEST((outcome(checks::discovery_root_domain, evidence) == Outcome::not_applicable));
}

BOOST_DATA_TEST_CASE(a_plugin_under_development_is_named_localhost_with_a_port, local_addresses, address) {
  Evidence evidence;
  evidence.submission.url = *Url::parse(address.url);
  BOOST_TEST((outcome(checks::discovery_localhost, evidence) == address.outcome));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(rungs)

BOOST_AUTO_TEST_CASE(a_broken_certificate_is_one_finding_and_the_session_below_it_holds) {
  const Evidence evidence =
      evidence_of({broken_fetch(Artefact::manifest, "https://acme.com/", Rung::tls, "tls.certificate.expired")});
  BOOST_TEST((outcome(checks::tls_certificate, evidence) == Outcome::failed));
  BOOST_TEST((outcome(checks::tls_handshake, evidence) == Outcome::passed));
  BOOST_TEST((outcome(checks::tls_protocol_version, evidence) == Outcome::passed));
}

BOOST_AUTO_TEST_CASE(an_old_protocol_blocks_what_would_have_been_seen_in_the_session) {
  const Evidence evidence =
      evidence_of({broken_fetch(Artefact::manifest, "https://acme.com/", Rung::tls, "tls.version")});
  BOOST_TEST((outcome(checks::tls_protocol_version, evidence) == Outcome::failed));
  BOOST_TEST((outcome(checks::tls_handshake, evidence) == Outcome::blocked));
  BOOST_TEST((outcome(checks::tls_certificate, evidence) == Outcome::blocked));
  BOOST_TEST((outcome(checks::transport_connection, evidence) == Outcome::passed));
}

BOOST_AUTO_TEST_CASE(two_urls_on_one_broken_host_are_one_finding) {
  const Evidence evidence =
      evidence_of({broken_fetch(Artefact::logo, "https://acme.com/logo.png", Rung::connect, "connect.refused"),
                   broken_fetch(Artefact::legal_page, "https://acme.com/legal", Rung::connect, "connect.refused")});
  BOOST_TEST(checks::transport_connection.rule(evidence, Parameters{}).judgement.findings.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_finding_says_what_was_seen_and_what_helps_against_its_cause) {
  const auto finding_about = [](const Check& check, Rung rung, const std::string& id) {
    const Evidence evidence = evidence_of({broken_fetch(Artefact::manifest, "https://acme.com/", rung, id)});
    const Ruling ruling = check.rule(evidence, Parameters{});
    BOOST_REQUIRE_EQUAL(ruling.judgement.findings.size(), 1U);
    return ruling.judgement.findings.front();
  };
  const Finding circle = finding_about(checks::discovery_manifest_status, Rung::http, "http.redirect.circle");
  BOOST_TEST(circle.actual == "redirects in a circle");
  BOOST_TEST(circle.message.starts_with("It broke. Two rules of the server"), circle.message);
  const Finding expired = finding_about(checks::tls_certificate, Rung::tls, "tls.certificate.expired");
  BOOST_TEST(expired.actual == "an expired certificate");
  BOOST_TEST(finding_about(checks::transport_connection, Rung::connect, "connect.failed").actual == "no connection");
}

BOOST_AUTO_TEST_CASE(the_cause_of_a_longer_id_is_not_that_of_its_group) {
  const auto seen = [](const std::string& id) { return checks::cause_of(Problem{Rung::tls, id, "", "", {}, {}}).seen; };
  BOOST_TEST(seen("tls.certificate.weak") == "a weak key or signature");
  BOOST_TEST(seen("tls.certificate.of_tomorrow") == "a certificate that is not accepted");
  BOOST_TEST(seen("tls.of_tomorrow") == "no TLS session");
  BOOST_TEST(seen("of.tomorrow") == "something that cannot be used");
}

BOOST_AUTO_TEST_CASE(who_was_asked_too_often_has_said_nothing_about_the_plugin) {
  Fetch fetch = manifest_fetch({"https://acme.com"});
  fetch.hops.back().response->status = 429;
  fetch.hops.back().response->headers = {{"Retry-After", "7"}};
  const Ruling ruling = checks::discovery_manifest_status.rule(evidence_of({fetch}), {});
  BOOST_TEST((ruling.outcome == Outcome::blocked));
  BOOST_TEST(ruling.reason.find("429 Too Many Requests and Retry-After: 7.") != std::string::npos, ruling.reason);
}

BOOST_AUTO_TEST_CASE(what_the_environment_prevents_is_nobodys_finding) {
  const Evidence evidence = evidence_of(
      {broken_fetch(Artefact::manifest, "https://acme.com/", Rung::connect, "connect.no_network", Blame::environment)});
  BOOST_TEST((outcome(checks::transport_connection, evidence) == Outcome::blocked));
}

BOOST_AUTO_TEST_CASE(an_openapi_document_that_is_a_link_is_a_finding_and_a_missing_address_is_not) {
  const Parameters limits{Json{{"platform_message", "no"}}};
  Evidence evidence;
  evidence.api = Result<ApiDescription>{Problem{Rung::file, "file.link", "It is a link.", "openapi.yaml", {}, {}}};
  BOOST_TEST((checks::api_syntax.rule(evidence, limits).outcome == Outcome::failed));
  evidence.api = Result<ApiDescription>{Problem{Rung::schema, "manifest.no_url", "There is none.", "", {}, {}}};
  BOOST_TEST((checks::api_syntax.rule(evidence, limits).outcome == Outcome::blocked));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_CASE(a_deadline_of_the_user_below_the_platforms_is_not_the_plugins_fault) {
  const Parameters limits{Json{{"maximum_ms", 15000}}};
  Fetch late = broken_fetch(Artefact::manifest, "https://acme.com" + well_known, Rung::http, "http.deadline");
  late.took = std::chrono::milliseconds{1500};
  BOOST_CHECK(checks::discovery_fetch_time.rule(evidence_of({late}), limits).outcome == Outcome::blocked);
  late.took = std::chrono::milliseconds{20000};
  BOOST_CHECK(checks::discovery_fetch_time.rule(evidence_of({late}), limits).outcome == Outcome::failed);
}

BOOST_AUTO_TEST_CASE(a_legal_page_that_never_comes_is_a_finding_of_its_status) {
  Evidence evidence =
      evidence_of({broken_fetch(Artefact::legal_page, "https://acme.com/legal", Rung::http, "http.deadline")});
  evidence.legal_page = Result<LegalPage>{*evidence.fetches->value()->all.front().problem};
  BOOST_CHECK(checks::legal_status.rule(evidence, Parameters{}).outcome == Outcome::failed);
}
