#include "harness/transport/politeness.h"

#include <thread>

#include "harness/transport/retry_after.h"
#include "tests/transport/live_fixture.h"

namespace plugvet::tests {
namespace {

using rig::HostileServer;
using rig::Peer;

const Politeness::Time noon = Politeness::Time{} + std::chrono::hours{1'000};
Politeness::Time at(int ms) {
  return noon + milliseconds{ms};
}

Response asking(const std::string& value, int status = 429) {
  Response response;
  response.status = status;
  response.headers = {{"Retry-After", value}};
  return response;
}

// Says `first` once, then "200".
rig::Script busy_once(std::string first) {
  auto asked = std::make_shared<std::atomic<int>>(0);
  return [first = std::move(first), asked](Peer& peer) {
    while (!peer.read_request().empty()) peer.send((*asked)++ == 0 ? first : rig::ok("x"));
  };
}

std::string busy(const std::string& retry_after, const std::string& status = "429") {
  return "HTTP/1.1 " + status + " Busy\r\nRetry-After: " + retry_after + "\r\nContent-Length: 0\r\n\r\n";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(politeness)

BOOST_AUTO_TEST_CASE(at_most_two_requests_run_at_once_on_one_host) {
  Politeness polite{2, 0};
  BOOST_TEST((polite.earliest("a", noon, true) == noon));
  polite.begin("a", noon);
  polite.begin("a", noon);
  BOOST_TEST(!polite.earliest("a", noon, true).has_value());
  BOOST_TEST((polite.earliest("b", noon, true) == noon));
  polite.end("a");
  BOOST_TEST((polite.earliest("a", noon, true) == noon));
}

BOOST_AUTO_TEST_CASE(at_most_five_requests_start_in_any_second) {
  Politeness polite{100, 5};
  for (const int ms : {0, 0, 0, 400, 900}) {
    BOOST_TEST((polite.earliest("a", at(ms), true) == at(ms)));
    polite.begin("a", at(ms));
  }
  BOOST_TEST((polite.earliest("a", at(950), true) == at(1000)));
  BOOST_TEST((polite.earliest("a", at(950), false) == at(950)));  // loopback
  polite.begin("a", at(1000));
  polite.begin("a", at(1000));
  polite.begin("a", at(1000));
  BOOST_TEST((polite.earliest("a", at(1000), true) == at(1400)));
}

BOOST_AUTO_TEST_CASE(less_than_one_per_second_is_possible) {
  Politeness polite{100, 0.5};
  polite.begin("a", noon);
  BOOST_TEST((polite.earliest("a", noon, true) == at(2000)));
}

BOOST_AUTO_TEST_CASE(a_host_that_asked_for_a_rest_gets_it) {
  Politeness polite{2, 5};
  polite.rest("a", at(3000));
  polite.rest("a", at(1000));
  BOOST_TEST((polite.earliest("a", noon, false) == at(3000)));
  BOOST_TEST((polite.earliest("b", noon, false) == noon));
}

BOOST_AUTO_TEST_CASE(retry_after_is_read_in_both_forms) {
  const auto now = std::chrono::system_clock::from_time_t(784'111'777);  // Sun, 06 Nov 1994 08:49:37 GMT
  const auto rest = [&](const std::string& value, int status = 429) {
    const auto seconds = asked_rest(asking(value, status), now);
    return seconds ? seconds->count() : -1;
  };
  BOOST_TEST(rest("3") == 3);
  BOOST_TEST(rest("3", 503) == 3);
  BOOST_TEST(rest("3", 200) == -1);
  BOOST_TEST(rest("Sun, 06 Nov 1994 08:50:00 GMT") == 23);
  BOOST_TEST(rest("Sun, 06 Nov 1994 08:00:00 GMT") == 0);
  for (const std::string nonsense : {"-5", "1e9", "soon", "", "99999999999"})
    BOOST_TEST(rest(nonsense) == -1, nonsense);
  Response twice = asking("3");
  twice.headers.push_back({"retry-after", "5"});
  BOOST_TEST(!asked_rest(twice, now).has_value());
}

BOOST_AUTO_TEST_CASE(a_server_never_sees_more_than_two_connections_at_once) {
  const HostileServer server{[](Peer& peer) {
    while (!peer.read_request().empty()) {
      peer.pause(milliseconds{20});
      peer.send(rig::ok("x", "Connection: close\r\n"));
      return;
    }
  }};
  const auto transport = open_transport();
  std::vector<std::future<Fetch>> fetches;
  for (int i = 0; i < 8; ++i) fetches.push_back(transport->start(order(server.origin() + "/")));
  for (auto& fetch : fetches) BOOST_TEST(id_of(fetch.get()) == "200");
  BOOST_TEST(server.requests().size() == 8u);
  BOOST_TEST(server.most_at_once() <= 3u);  // the server may notice a close after the next one was opened
}

BOOST_AUTO_TEST_CASE(a_rest_that_was_asked_for_is_kept_and_followed_by_one_retry) {
  const HostileServer server{busy_once(busy("1"))};
  Fetch fetch;
  const auto time = took([&] { fetch = get(server.origin() + "/"); });
  BOOST_TEST(id_of(fetch) == "200");
  BOOST_TEST(time.count() >= 990);
  BOOST_REQUIRE(fetch.hops.size() == 2u);
  BOOST_TEST(fetch.hops[0].response->status == 429);
  const HostileServer unavailable{busy_once(busy("0", "503"))};
  BOOST_TEST(id_of(get(unavailable.origin() + "/")) == "200");
  const HostileServer always{rig::answering(busy("0"))};
  BOOST_TEST(id_of(get(always.origin() + "/")) == "429");
  BOOST_TEST(always.requests().size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_rest_that_is_too_long_or_for_a_change_leaves_the_response_as_it_is) {
  const HostileServer beyond_deadline{busy_once(busy("30"))};
  BOOST_TEST(id_of(get(beyond_deadline.origin() + "/")) == "429");
  const HostileServer beyond_cap{busy_once(busy("61"))};
  BOOST_TEST(id_of(get(beyond_cap.origin() + "/", quick(milliseconds{100'000}))) == "429");
  const HostileServer changing{busy_once(busy("0"))};
  FetchOrder post = order(changing.origin() + "/");
  post.request.method = "POST";
  BOOST_TEST(id_of(open_transport()->fetch(post)) == "429");
  BOOST_TEST(changing.requests().size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace plugvet::tests
