#include "harness/support/address_guard.h"

#include <sys/socket.h>

#include <map>
#include <utility>

#include "tests/transport/live_fixture.h"

namespace plugvet::tests {
namespace {

// One address for each special-purpose row of the IANA registries, multicast, and each way to put IPv4 inside IPv6,
// with what must be said of it.
const std::pair<const char*, const char*> rows[] = {
    {"0.0.0.0", "(0.0.0.0/32)"},
    {"0.1.2.3", "(0.0.0.0/8)"},
    {"10.0.0.1", "private network (10.0.0.0/8)"},
    {"100.64.0.1", "(100.64.0.0/10)"},
    {"127.0.0.1", "loopback address (127.0.0.0/8)"},
    {"127.1.2.3", "loopback address (127.0.0.0/8)"},
    {"169.254.169.254", "cloud metadata service"},
    {"172.16.0.1", "private network (172.16.0.0/12)"},
    {"192.0.0.1", "(192.0.0.0/24)"},
    {"192.0.0.8", "(192.0.0.8/32)"},
    {"192.0.0.170", "(192.0.0.170/31)"},
    {"192.0.0.192", "cloud metadata service"},
    {"192.0.2.1", "(192.0.2.0/24)"},
    {"192.88.99.1", "(192.88.99.0/24)"},
    {"192.168.1.1", "private network (192.168.0.0/16)"},
    {"198.18.0.1", "(198.18.0.0/15)"},
    {"198.51.100.1", "(198.51.100.0/24)"},
    {"203.0.113.1", "(203.0.113.0/24)"},
    {"224.0.0.1", "(224.0.0.0/4)"},
    {"239.1.2.3", "(239.0.0.0/8)"},
    {"240.0.0.1", "(240.0.0.0/4)"},
    {"255.255.255.255", "(255.255.255.255/32)"},
    {"::1", "loopback address (::1/128)"},
    {"::", "(::/128)"},
    {"::ffff:127.0.0.1", "IPv4-mapped loopback address (::ffff:0:0/96 of 127.0.0.0/8)"},
    {"::ffff:169.254.169.254", "IPv4-mapped cloud metadata service (::ffff:0:0/96 of 169.254.169.254)"},
    {"::127.0.0.1", "IPv4-compatible loopback address"},
    {"::ffff:0:7f00:1", "IPv4-translated loopback address"},
    {"64:ff9b::a00:1", "NAT64 private network"},
    {"64:ff9b:1::a00:1", "local NAT64 private network"},
    {"100::1", "(100::/64)"},
    {"100:0:0:1::1", "(100:0:0:1::/64)"},
    {"2001:0:4136:e378:8000:63bf:3fff:fdd2", "Teredo documentation network (2001::/32 of 192.0.2.0/24)"},
    {"2001:2::1", "(2001:2::/48)"},
    {"2001:10::1", "(2001:10::/28)"},
    {"2001:1ff::1", "(2001::/23)"},
    {"2001:db8::1", "(2001:db8::/32)"},
    {"2002:a00:1::1", "6to4 private network (2002::/16 of 10.0.0.0/8)"},
    {"3fff::1", "(3fff::/20)"},
    {"5f00::1", "(5f00::/16)"},
    {"fd00:ec2::254", "cloud metadata service"},
    {"fe80::1", "(fe80::/10)"},
    {"fec0::1", "(fec0::/10)"},
    {"ff02::1", "(ff00::/8)"},
};

const char* const metadata[] = {"169.254.169.254", "169.254.170.2", "100.100.100.200", "168.63.129.16",
                                "192.0.0.192",     "fd00:ec2::254", "fd20:ce::254"};

// The first and the last address inside, and their neighbours outside.
const char* const public_addresses[] = {
    "1.1.1.1",         "9.255.255.255",   "11.0.0.0",        "100.63.255.255", "100.128.0.0",      "126.255.255.255",
    "128.0.0.0",       "169.253.255.255", "169.255.0.0",     "172.15.255.255", "172.32.0.0",       "191.255.255.255",
    "192.0.1.0",       "192.0.3.0",       "192.88.98.255",   "192.88.100.0",   "192.167.255.255",  "192.169.0.0",
    "198.17.255.255",  "198.20.0.0",      "198.51.99.255",   "198.51.101.0",   "203.0.112.255",    "203.0.114.0",
    "223.255.255.255", "93.184.216.34",   "2606:4700::1111", "2001:200::1",    "2001:db7:ffff::1", "2001:db9::1",
    "2003::1",         "2620:0:2d0::1",   "3ffe::1"};
const char* const private_edges[] = {"10.255.255.255",
                                     "100.127.255.255",
                                     "172.31.255.255",
                                     "198.19.255.255",
                                     "239.255.255.255",
                                     "2001:1ff:ffff::",
                                     "3fff:fff::1",
                                     "fdff::1",
                                     "febf::1",
                                     "feff::1",
                                     "4000::1",
                                     "1fff::1",
                                     "2001:470:1:2:0:5efe:a00:1",
                                     "2001:470:1:2:200:5efe:7f00:1",
                                     "::ffff:93.184.216.34"};

std::string host_of(const std::string& literal) {
  return literal.find(':') == std::string::npos ? literal : "[" + literal + "]";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(address_guard)

BOOST_AUTO_TEST_CASE(all_44_special_purpose_rows_are_refused_with_their_name) {
  BOOST_TEST(std::size(rows) == 44u);
  for (const auto& [literal, words] : rows) {
    const std::string why = why_not_public(std::string_view{literal});
    BOOST_TEST((why.find(words) != std::string::npos), literal << " is said to be: " << why);
  }
}

BOOST_AUTO_TEST_CASE(seven_metadata_services_are_refused_by_name) {
  for (const char* literal : metadata)
    BOOST_TEST(why_not_public(std::string_view{literal}) == "cloud metadata service");
}

BOOST_AUTO_TEST_CASE(neighbours_of_every_row_are_told_apart) {
  for (const char* literal : public_addresses)
    BOOST_TEST(why_not_public(std::string_view{literal}) == "",
               literal << ": " << why_not_public(std::string_view{literal}));
  for (const char* literal : private_edges) BOOST_TEST(why_not_public(std::string_view{literal}) != "", literal);
}

BOOST_AUTO_TEST_CASE(what_is_no_address_is_not_judged) {
  BOOST_TEST(why_not_public(std::string_view{"todo.example"}) == "");
  BOOST_TEST(why_not_public(std::string_view{}) == "");
  sockaddr unix_socket{};
  unix_socket.sa_family = AF_UNIX;
  BOOST_TEST(why_not_public(unix_socket) != "");
}

BOOST_AUTO_TEST_CASE(all_rows_are_refused_as_literal_hosts_and_behind_names_without_a_connection) {
  const auto transport = open_transport({});
  LiveOptions by_name;
  int number = 0;
  for (const auto& row : rows)
    by_name.resolve.push_back({"name-" + std::to_string(number++) + ".example", 443, row.first, 0});
  const auto resolving = open_transport(by_name);
  number = 0;
  for (const auto& row : rows) {
    const std::string literal = row.first;
    const Fetch direct = transport->fetch(order("https://" + host_of(literal) + "/"));
    BOOST_TEST(id_of(direct) == "address.not_public", literal << ": " << id_of(direct) << " " << what_of(direct));
    BOOST_TEST(direct.hops.front().address == "");
    const Fetch named = resolving->fetch(order("https://name-" + std::to_string(number++) + ".example/"));
    BOOST_TEST(id_of(named) == "address.not_public", literal << ": " << id_of(named) << " " << what_of(named));
    BOOST_TEST((named.problem->rung == Rung::address));
  }
}

BOOST_AUTO_TEST_CASE(the_refusal_names_host_address_network_and_the_way_out) {
  LiveOptions options;
  options.resolve = {{"todo.example", 443, "10.0.0.1", 0}};
  const Fetch fetch = open_transport(options)->fetch(order("https://todo.example/logo.png"));
  BOOST_TEST(
      what_of(fetch) ==
      "todo.example resolves to 10.0.0.1, a private network (10.0.0.0/8); plugvet connects only to public addresses "
      "unless --allow-private is given.");
  BOOST_TEST(fetch.problem->where == "https://todo.example/logo.png");
}

BOOST_AUTO_TEST_CASE(names_that_never_are_public_are_refused_before_a_look_up) {
  const auto transport = open_transport({});
  for (const std::string host :
       {"localhost", "x.localhost", "metadata.google.internal", "metadata", "intranet", "printer.local", "db.internal",
        "host.docker.internal", "kubernetes.default.svc", "x.onion", "ip6-loopback"}) {
    const Fetch fetch = transport->fetch(order("http://" + host + "/"));
    BOOST_TEST(id_of(fetch) == "address.not_public", host << ": " << id_of(fetch));
    BOOST_TEST(fetch.took.count() == 0);
  }
}

BOOST_AUTO_TEST_CASE(ports_of_other_protocols_are_refused) {
  const auto transport = open_transport({});
  for (const std::string port : {"22", "25", "6379", "11211"}) {
    const Fetch fetch = transport->fetch(order("http://todo.example:" + port + "/"));
    BOOST_TEST(id_of(fetch) == "url.port", port << ": " << id_of(fetch));
  }
}

BOOST_AUTO_TEST_CASE(a_loopback_origin_opens_itself_and_nothing_else) {
  const rig::HostileServer server{rig::answering(rig::ok("x"))};
  const rig::HostileServer other{rig::answering(rig::ok("x"))};
  LiveOptions options;
  options.loopback_origins = {server.origin("localhost"), "http://todo.example"};
  options.resolve = {{"todo.example", 80, "10.0.0.1", 0}};
  const auto transport = open_transport(options);
  BOOST_TEST(id_of(transport->fetch(order(server.origin("localhost") + "/a"))) == "200");
  for (const std::string& url : {server.origin("127.0.0.1"), other.origin("localhost"), other.origin("127.0.0.1"),
                                 "https://localhost:" + std::to_string(server.port())})
    BOOST_TEST(id_of(transport->fetch(order(url + "/"))) == "address.not_public", url);
  const Fetch elsewhere = transport->fetch(order("http://todo.example/"));
  BOOST_TEST(id_of(elsewhere) == "address.not_public");
  BOOST_TEST(says(elsewhere, "not loopback"));
  BOOST_TEST(other.connections() == 0u);
}

BOOST_AUTO_TEST_CASE(a_redirect_to_a_private_address_is_refused_without_a_connection) {
  const rig::HostileServer canary{rig::answering(rig::ok("secret"))};
  for (const std::string& target :
       {std::string{"http://10.0.0.1/"}, canary.origin() + "/", std::string{"http://169.254.169.254/latest/"},
        "http://[::ffff:7f00:1]:" + std::to_string(canary.port()) + "/"})
    for (const std::string status : {"301", "302", "303", "307", "308"}) {
      const rig::HostileServer server{
          rig::answering("HTTP/1.1 " + status + " Away\r\nLocation: " + target + "\r\nContent-Length: 0\r\n\r\n")};
      LiveOptions options;
      options.loopback_origins = {server.origin()};
      const Fetch fetch = open_transport(options)->fetch(order(server.origin() + "/"));
      BOOST_TEST(id_of(fetch) == "address.not_public", target);
      BOOST_TEST(fetch.hops.size() == 2u);
    }
  BOOST_TEST(canary.connections() == 0u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace plugvet::tests
