// Certificates and handshakes, good and bad. The host is plugin.example, led to the rig by --resolve.
#include <openssl/ssl.h>

#include "tests/transport/live_fixture.h"

namespace plugvet::tests {
namespace {

using rig::answering;
using rig::HostileServer;
using rig::Peer;

rig::HostileOptions tls(std::string_view kind, std::vector<std::string> hosts = {"plugin.example"}) {
  rig::HostileOptions options;
  options.certificate = rig::mint_certificate(kind, hosts);
  return options;
}

const std::string url = "https://plugin.example/";

std::shared_ptr<Transport> leading_to(const HostileServer& server) {
  LiveOptions options = open_options();
  options.resolve = {resolve("plugin.example", 443, server)};
  return open_transport(options);
}

Fetch get_from(const HostileServer& server, FetchLimits limits = quick(milliseconds{5'000})) {
  return leading_to(server)->fetch(order(url, limits));
}

Fetch get_with(std::string_view kind) {
  return get_from(HostileServer{answering(rig::ok("x")), tls(kind)});
}

rig::HostileOptions speaking(int minimum, int maximum) {
  rig::HostileOptions options = tls("valid");
  options.tls_minimum = minimum;
  options.tls_maximum = maximum;
  return options;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(live_tls)

BOOST_AUTO_TEST_CASE(a_valid_session_is_recorded_with_its_chain) {
  const Fetch fetch = get_with("valid");
  BOOST_REQUIRE_MESSAGE(fetch.response() != nullptr, what_of(fetch));
  BOOST_REQUIRE(fetch.hops[0].tls.has_value());
  const TlsFacts& facts = *fetch.hops[0].tls;
  BOOST_TEST(facts.version == "TLSv1.3");
  BOOST_TEST(facts.cipher != "");
  BOOST_TEST(facts.verified);
  BOOST_TEST(facts.host_matches);
  BOOST_TEST(facts.verify_error == 0);
  BOOST_REQUIRE(facts.chain.size() == 2u);
  const Certificate& leaf = facts.chain[0];
  BOOST_TEST(leaf.subject == "plugin.example");
  BOOST_TEST(leaf.issuer == "Plugvet Test Intermediate");
  BOOST_TEST(leaf.names == std::vector<std::string>{"plugin.example"}, boost::test_tools::per_element());
  BOOST_TEST(leaf.name_count == 1u);
  BOOST_TEST(leaf.key == "EC P-256");
  BOOST_TEST(leaf.signature == "ecdsa-with-SHA256");
  BOOST_TEST((leaf.not_before < leaf.not_after));
  BOOST_TEST(facts.chain[1].issuer == "Plugvet Test Root");
  BOOST_TEST(fetch.hops[0].timing.tls >= fetch.hops[0].timing.connect);
  BOOST_TEST(fetch.hops[0].timing.tls.count() >= 1);
}

BOOST_AUTO_TEST_CASE(a_kept_connection_shows_the_same_facts) {
  const HostileServer server{answering(rig::ok("x")), tls("valid")};
  const auto transport = leading_to(server);
  transport->fetch(order(url));
  const Fetch second = transport->fetch(order(url));
  BOOST_REQUIRE_MESSAGE(second.response() != nullptr, what_of(second));
  BOOST_TEST(server.connections() == 1u);
  BOOST_REQUIRE(second.hops[0].tls.has_value());
  BOOST_TEST(second.hops[0].tls->chain.size() == 2u);
  BOOST_TEST(second.hops[0].tls->verified);
  BOOST_TEST(second.hops[0].timing.tls.count() == 0);
}

BOOST_AUTO_TEST_CASE(every_kind_of_bad_certificate_has_its_own_problem_and_its_facts) {
  struct Case {
    const char* kind;
    const char* id;
    const char* words;
  };
  const Case cases[] = {
      {"expired", "tls.certificate.expired", "The certificate of plugin.example expired on 20"},
      {"not-yet-valid", "tls.certificate.not_yet_valid", "The certificate of plugin.example is not valid before 20"},
      {"expired-intermediate", "tls.certificate.expired",
       "“Plugvet Test Expired Intermediate” in the chain of plugin.example expired"},
      {"wrong-host", "tls.certificate.name_mismatch", "is not for plugin.example but for other.example."},
      {"many-names", "tls.certificate.name_mismatch", "name-10.example and 2 more."},
      {"nul-in-name", "tls.certificate.name_mismatch", "is not for plugin.example but for plugin.example"},
      {"no-san", "tls.certificate.name_mismatch", "names no host in subjectAltName"},
      {"self-signed", "tls.certificate.self_signed", "signed by itself"},
      {"untrusted-root", "tls.certificate.untrusted_root", "“Nobody's Root”, which is not trusted"},
      {"untrusted-root-sent", "tls.certificate.untrusted_root", "“Nobody's Root”, which is not trusted"},
      {"missing-intermediate", "tls.certificate.incomplete_chain", "issued by “Plugvet Test Intermediate”"},
      {"weak-key", "tls.certificate.weak", "weak key (RSA 1024)"},
      {"weak-signature", "tls.certificate.weak", "weak algorithm (ecdsa-with-SHA1)"},
      {"client-only", "tls.certificate.purpose", "may not be used for a server"},
      {"revoked", "tls.certificate.revoked", "The certificate of plugin.example was revoked by its issuer."},
  };
  for (const Case& one : cases) {
    const HostileServer server{answering(rig::ok("x")), tls(one.kind)};
    const Fetch fetch = get_from(server);
    BOOST_TEST(id_of(fetch) == one.id, one.kind << " -> " << id_of(fetch) << ": " << what_of(fetch));
    BOOST_TEST(says(fetch, one.words), one.kind << ": " << what_of(fetch));
    BOOST_TEST((fetch.problem && fetch.problem->rung == Rung::tls));
    BOOST_REQUIRE(fetch.hops[0].tls.has_value());
    BOOST_TEST(!fetch.hops[0].tls->verified);
    BOOST_TEST(fetch.hops[0].tls->verify_error != 0);
    BOOST_TEST(fetch.hops[0].tls->chain.size() >= 1u);
    BOOST_TEST(!fetch.hops[0].response.has_value());
    BOOST_TEST(server.requests().empty());  // not one byte of the request was sent
  }
}

BOOST_AUTO_TEST_CASE(a_certificate_that_expires_soon_or_has_a_good_staple_is_accepted) {
  BOOST_TEST(id_of(get_with("expires-soon")) == "200");
  BOOST_TEST(id_of(get_with("stapled")) == "200");
}

BOOST_AUTO_TEST_CASE(an_address_matches_only_an_address_in_the_certificate) {
  const HostileServer named{answering(rig::ok("x")), tls("valid", {"127.0.0.1"})};
  BOOST_TEST(id_of(get(named.origin() + "/")) == "200");
  const HostileServer unnamed{answering(rig::ok("x")), tls("valid", {"plugin.example"})};
  BOOST_TEST(id_of(get(unnamed.origin() + "/")) == "tls.certificate.name_mismatch");
}

BOOST_AUTO_TEST_CASE(wildcards_cover_exactly_one_label) {
  const HostileServer server{answering(rig::ok("x")), tls("valid", {"*.example"})};
  BOOST_TEST(id_of(get_from(server)) ==
             "tls.certificate.name_mismatch");  // a public suffix is no domain: at least two labels
  const HostileServer deeper{answering(rig::ok("x")), tls("valid", {"*.plugin.example", "p*.example"})};
  BOOST_TEST(id_of(get_from(deeper)) == "tls.certificate.name_mismatch");
}

BOOST_AUTO_TEST_CASE(a_server_of_old_versions_only_is_refused_as_such) {
  for (const int version : {TLS1_VERSION, TLS1_1_VERSION}) {
    const HostileServer server{answering(rig::ok("x")), speaking(TLS1_VERSION, version)};
    const Fetch fetch = get_from(server);
    BOOST_TEST(id_of(fetch) == "tls.version", id_of(fetch) << ": " << what_of(fetch));
    BOOST_TEST(says(fetch, "speaks neither TLS 1.2 nor TLS 1.3."));
    BOOST_TEST(server.requests().empty());
  }
}

BOOST_AUTO_TEST_CASE(tls_1_2_alone_and_1_3_alone_are_accepted) {
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    const Fetch fetch = get_from(HostileServer{answering(rig::ok("x")), speaking(version, version)});
    BOOST_REQUIRE_MESSAGE(fetch.response() != nullptr, what_of(fetch));
    BOOST_TEST(fetch.hops[0].tls->version == (version == TLS1_2_VERSION ? "TLSv1.2" : "TLSv1.3"));
  }
}

BOOST_AUTO_TEST_CASE(the_probe_finds_the_newest_old_version_that_is_still_accepted) {
  const auto probe = [](int minimum, int maximum) {
    const HostileServer server{answering(rig::ok("x")), speaking(minimum, maximum)};
    const std::string version = leading_to(server)->start_old_tls_probe(url).get();
    BOOST_TEST(server.requests().empty());
    return version;
  };
  BOOST_TEST(probe(TLS1_VERSION, TLS1_VERSION) == "TLSv1");
  BOOST_TEST(probe(TLS1_VERSION, TLS1_1_VERSION) == "TLSv1.1");
  BOOST_TEST(probe(TLS1_2_VERSION, TLS1_3_VERSION) == "");
  BOOST_TEST(probe(TLS1_3_VERSION, TLS1_3_VERSION) == "");
  rig::HostileOptions all = speaking(TLS1_VERSION, 0);
  all.ciphers = "ALL:@SECLEVEL=0";
  const HostileServer server{answering(rig::ok("x")), all};
  BOOST_TEST(leading_to(server)->start_old_tls_probe(url).get() == "TLSv1.1");
  BOOST_TEST(open_transport({})->start_old_tls_probe(server.origin() + "/").get() == "");  // the guard is in the way
  BOOST_TEST(server.connections() == 1u);
}

BOOST_AUTO_TEST_CASE(plain_http_on_a_tls_port_is_told) {
  const HostileServer server{[](Peer& peer) {
    peer.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    peer.stall();
  }};
  const Fetch fetch = get_from(server);
  BOOST_TEST(id_of(fetch) == "tls.not_tls");
  BOOST_TEST(says(fetch, "does not speak TLS but plain HTTP."));
  const HostileServer ssh{[](Peer& peer) {
    peer.send("SSH-2.0-OpenSSH_9.2\r\n");
    peer.stall();
  }};
  BOOST_TEST(says(get_from(ssh), "it begins with “SSH-2”"));
}

BOOST_AUTO_TEST_CASE(a_handshake_that_stalls_or_drips_ends_with_its_limit) {
  FetchLimits limits = quick(milliseconds{3'000});
  limits.tls = milliseconds{200};
  const HostileServer silent{[](Peer& peer) { peer.stall(); }};
  const HostileServer dripping{[](Peer& peer) {
    peer.drip(std::string{"\x16\x03\x03\x20\x00\x02", 6}.append(200, '\x02'), milliseconds{10});
  }};
  for (const HostileServer* server : {&silent, &dripping}) {
    Fetch fetch;
    const auto time = took([&] { fetch = get_from(*server, limits); });
    BOOST_TEST(id_of(fetch) == "tls.timeout");
    BOOST_TEST(says(fetch, "did not finish the TLS handshake within 0.2 s"));
    BOOST_TEST(time.count() < 1'000);
  }
}

BOOST_AUTO_TEST_CASE(alerts_and_closed_handshakes_are_named) {
  const HostileServer failing{[](Peer& peer) {
    peer.send(std::string{"\x15\x03\x03\x00\x02\x02\x28", 7});
    peer.stall();
  }};
  const Fetch alert = get_from(failing);
  BOOST_TEST(id_of(alert) == "tls.alert");
  BOOST_TEST(says(alert, "with the alert “handshake failure”"));
  const HostileServer nameless{[](Peer& peer) {
    peer.send(std::string{"\x15\x03\x03\x00\x02\x02\x70", 7});
    peer.stall();
  }};
  BOOST_TEST(says(get_from(nameless), "does not know the host name plugin.example"));
  const HostileServer closing{[](Peer& peer) { peer.pause(milliseconds{20}); }};
  BOOST_TEST(id_of(get_from(closing)) == "tls.handshake");
  const HostileServer resetting{[](Peer& peer) {
    peer.pause(milliseconds{20});
    peer.reset();
  }};
  BOOST_TEST(id_of(get_from(resetting)) == "tls.handshake");
}

BOOST_AUTO_TEST_CASE(a_demanded_client_certificate_is_named) {
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    rig::HostileOptions options = speaking(version, version);
    options.client_certificate = true;
    const Fetch fetch = get_from(HostileServer{answering(rig::ok("x")), options});
    BOOST_TEST(id_of(fetch) == "tls.client_certificate", id_of(fetch) << ": " << what_of(fetch));
  }
}

BOOST_AUTO_TEST_CASE(a_body_without_a_length_must_end_with_a_proper_goodbye) {
  const HostileServer cut{[](Peer& peer) {
                            peer.read_request();
                            peer.send("HTTP/1.1 200 OK\r\n\r\n{\"half\":");
                            peer.close();
                          },
                          tls("valid")};
  const Fetch fetch = get_from(cut);
  BOOST_TEST(id_of(fetch) == "http.truncated", id_of(fetch));
  const HostileServer polite{[](Peer& peer) {
                               peer.read_request();
                               peer.send("HTTP/1.1 200 OK\r\n\r\n{}");
                             },
                             tls("valid")};
  BOOST_TEST(id_of(get_from(polite)) == "200");
}

BOOST_AUTO_TEST_CASE(a_ca_file_that_cannot_be_used_is_the_users_problem_before_any_traffic) {
  for (const std::string& file :
       {std::string{"/nonexistent/ca.pem"}, std::string{"/dev/null"}, scratch_folder() + "/"}) {
    LiveOptions options;
    options.ca_file = file;
    const auto transport = make_live_transport(options);
    BOOST_REQUIRE(transport.problem() != nullptr);
    BOOST_TEST((transport.problem()->blame == Blame::user));
    BOOST_TEST(transport.problem()->id == "options.ca_file");
  }
}

BOOST_AUTO_TEST_CASE(without_the_ca_file_the_test_authority_is_not_trusted) {
  const HostileServer server{answering(rig::ok("x")), tls("valid")};
  LiveOptions options = open_options();
  options.ca_file.clear();
  options.resolve = {resolve("plugin.example", 443, server)};
  BOOST_TEST(id_of(open_transport(options)->fetch(order(url))) == "tls.certificate.untrusted_root");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace plugvet::tests
