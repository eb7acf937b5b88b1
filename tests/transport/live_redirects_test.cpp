#include <algorithm>

#include "harness/transport/redirects.h"
#include "tests/transport/live_fixture.h"

namespace plugvet::tests {
namespace {

using rig::answering;
using rig::HostileServer;
using rig::Peer;

std::string to(const std::string& location, const std::string& status = "302") {
  return "HTTP/1.1 " + status + " Away\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n";
}

std::string path_of(const std::string& request) {
  const std::size_t begin = request.find(' ') + 1;
  return request.substr(begin, request.find(' ', begin) - begin);
}

// "/3" leads to "/2", and so on; "/0" is there.
void count_down(Peer& peer) {
  for (std::string request; !(request = peer.read_request()).empty();) {
    const int left = std::stoi(path_of(request).substr(1));
    peer.send(left == 0 ? rig::ok("there") : to("/" + std::to_string(left - 1)));
  }
}

bool has(const std::string& request, const std::string& line) {
  return request.find(line) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(live_redirects)

BOOST_AUTO_TEST_CASE(every_hop_is_recorded) {
  const HostileServer server{count_down};
  const Fetch fetch = get(server.origin() + "/3");
  BOOST_REQUIRE_MESSAGE(fetch.response() != nullptr, what_of(fetch));
  BOOST_REQUIRE(fetch.hops.size() == 4u);
  BOOST_TEST(fetch.requested_url() == server.origin() + "/3");
  BOOST_TEST(fetch.final_url() == server.origin() + "/0");
  BOOST_TEST(fetch.hops[1].response->status == 302);
  BOOST_TEST(fetch.hops[1].request.url == server.origin() + "/2");
  BOOST_TEST(server.connections() == 1u);
}

BOOST_AUTO_TEST_CASE(five_redirects_are_followed_and_a_sixth_is_not) {
  const HostileServer server{count_down};
  BOOST_TEST(id_of(get(server.origin() + "/5")) == "200");
  for (const std::string path : {"/6", "/100"}) {
    const Fetch fetch = get(server.origin() + path);
    BOOST_TEST(id_of(fetch) == "http.redirect.too_many");
    BOOST_TEST(says(fetch, "more than 5 redirects"));
    BOOST_TEST(fetch.hops.size() == 6u);
    BOOST_TEST(fetch.hops.back().response->status == 302);
  }
}

BOOST_AUTO_TEST_CASE(a_circle_is_told_from_a_long_way) {
  const HostileServer self{answering(to("/"))};
  BOOST_TEST(id_of(get(self.origin() + "/")) == "http.redirect.circle");
  const HostileServer pair{[](Peer& peer) {
    for (std::string request; !(request = peer.read_request()).empty();)
      peer.send(to(path_of(request) == "/a" ? "/b" : "/a"));
  }};
  const Fetch fetch = get(pair.origin() + "/a");
  BOOST_TEST(id_of(fetch) == "http.redirect.circle");
  BOOST_TEST(says(fetch, "lead back to “" + pair.origin() + "/a”"));
}

BOOST_AUTO_TEST_CASE(redirects_are_not_followed_unless_ordered) {
  const HostileServer server{count_down};
  FetchOrder asked = order(server.origin() + "/3");
  asked.follow_redirects = false;
  const Fetch fetch = open_transport()->fetch(asked);
  BOOST_TEST(id_of(fetch) == "302");
  BOOST_TEST(fetch.hops.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_location_that_cannot_be_fetched_is_refused_and_shown) {
  for (const std::string location :
       {"file:///etc/passwd", "ftp://files.example/", "javascript:alert(1)", "gopher://x.example/",
        "http://user:pw@todo.example/", "http://", "https://todo.example:99999999999999999999/",
        "http:\\\\todo.example", "//", "http://127.1/", "http://a b/"}) {
    const Fetch fetch = get(HostileServer{answering(to(location))}.origin() + "/");
    BOOST_TEST(id_of(fetch) != "302", location);
  }
  const HostileServer server{answering(to("file:///etc/passwd"))};
  const Fetch fetch = get(server.origin() + "/");
  BOOST_TEST(id_of(fetch) == "http.redirect.bad_location");
  BOOST_TEST(says(fetch, "The redirect to “file:///etc/passwd” cannot be followed: "));
  BOOST_TEST((fetch.problem->rung == Rung::http));
}

BOOST_AUTO_TEST_CASE(two_locations_that_differ_lead_nowhere_and_none_is_an_answer) {
  const HostileServer two{answering("HTTP/1.1 302 Away\r\nLocation: /a\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n")};
  BOOST_TEST(id_of(get(two.origin() + "/")) == "http.redirect.bad_location");
  const HostileServer none{answering("HTTP/1.1 302 Away\r\nContent-Length: 0\r\n\r\n")};
  BOOST_TEST(id_of(get(none.origin() + "/")) == "302");
}

BOOST_AUTO_TEST_CASE(credentials_never_cross_an_origin) {
  const HostileServer other{answering(rig::ok("x"))};
  const HostileServer server{[&](Peer& peer) {
    for (std::string request; !(request = peer.read_request()).empty();)
      peer.send(to(path_of(request) == "/" ? "/here" : other.origin() + "/there"));
  }};
  FetchOrder asked = order(server.origin() + "/");
  asked.request.headers = {
      {"Authorization", "Bearer canary"}, {"Cookie", "canary=1"}, {"X-Api-Key", "canary"}, {"Accept", "text/x"}};
  const Fetch fetch = open_transport()->fetch(asked);
  BOOST_TEST(id_of(fetch) == "200");
  BOOST_TEST(has(server.requests().at(1), "Bearer canary"));
  BOOST_TEST(!has(other.requests().at(0), "canary"));
  BOOST_TEST(has(other.requests().at(0), "Accept: text/x\r\n"));
  BOOST_TEST(fetch.hops.back().request.headers.size() == 1u);
}

BOOST_AUTO_TEST_CASE(methods_change_as_the_statuses_say) {
  for (const auto& [status, method] : {std::pair<std::string, std::string>{"301", "GET"},
                                       {"302", "GET"},
                                       {"303", "GET"},
                                       {"307", "POST"},
                                       {"308", "POST"}}) {
    const HostileServer server{[status = status](Peer& peer) {
      for (std::string request; !(request = peer.read_request()).empty();)
        peer.send(path_of(request) == "/" ? to("/next", status) : rig::ok("x"));
    }};
    FetchOrder asked = order(server.origin() + "/");
    asked.request.method = "POST";
    asked.request.body = "{}";
    asked.request.headers = {{"Content-Type", "application/json"}};
    BOOST_TEST(id_of(open_transport()->fetch(asked)) == "200");
    BOOST_TEST(server.requests().at(1).starts_with(method + " /next"), status);
    BOOST_TEST(server.requests().at(1).ends_with(method == "POST" ? "\r\n\r\n{}" : "\r\n\r\n"), status);
  }
}

BOOST_AUTO_TEST_CASE(a_body_is_not_sent_on_to_another_origin) {
  const HostileServer other{answering(rig::ok("x"))};
  const HostileServer server{answering(to(other.origin() + "/", "307"))};
  FetchOrder asked = order(server.origin() + "/");
  asked.request.method = "POST";
  asked.request.body = "{}";
  BOOST_TEST(id_of(open_transport()->fetch(asked)) == "http.redirect.cross_origin");
  BOOST_TEST(other.connections() == 0u);
}

BOOST_AUTO_TEST_CASE(a_downgrade_to_plain_http_is_followed_without_credentials_so_that_it_can_be_judged) {
  const HostileServer plain{answering(rig::ok("x"))};
  rig::HostileOptions tls;
  tls.certificate = rig::mint_certificate("valid");
  const HostileServer secure{answering(to(plain.origin() + "/")), tls};
  FetchOrder asked = order(secure.origin("localhost") + "/");
  asked.request.headers = {{"Authorization", "Bearer canary"}};
  const Fetch fetch = open_transport()->fetch(asked);
  BOOST_TEST(id_of(fetch) == "200");
  BOOST_TEST(fetch.final_url().starts_with("http://"));
  BOOST_TEST(!has(plain.requests().at(0), "canary"));
  asked.request.method = "DELETE";
  BOOST_TEST(id_of(open_transport()->fetch(asked)) == "http.redirect.downgrade");
}

BOOST_AUTO_TEST_CASE(the_deadline_covers_the_whole_chain) {
  const HostileServer server{[](Peer& peer) {
    for (std::string request; !(request = peer.read_request()).empty();) {
      peer.pause(milliseconds{120});
      peer.send(to("/" + std::to_string(request.size()) + path_of(request).substr(1)));
    }
  }};
  Fetch fetch;
  const auto time = took([&] { fetch = get(server.origin() + "/1", quick()); });
  BOOST_TEST(id_of(fetch) == "http.deadline");
  BOOST_TEST(fetch.hops.size() == 3u);
  BOOST_TEST(time.count() < 900);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace plugvet::tests
