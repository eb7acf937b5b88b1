// The rungs below TLS: URL, name, connection. And the life of a transport.
#include <dirent.h>
#include <netdb.h>

#include <thread>

#include "harness/transport/resolver.h"
#include "tests/transport/live_fixture.h"

namespace plugvet::tests {
namespace {

using rig::answering;
using rig::HostileServer;
using rig::Peer;

int entries_of(const char* folder) {
  DIR* open = opendir(folder);
  BOOST_REQUIRE(open != nullptr);
  int count = 0;
  while (readdir(open)) ++count;
  closedir(open);
  return count;
}

int open_files() {
  return entries_of("/proc/self/fd");
}
int threads() {
  return entries_of("/proc/self/task");
}

// What ends a moment later in its own thread is no leak.
bool sinks_to(int (*count)(), int most) {
  for (int i = 0; i < 100 && count() > most; ++i) std::this_thread::sleep_for(milliseconds{10});
  return count() <= most;
}

Url example() {
  return *Url::parse("https://todo.example/");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(live_connect)

BOOST_AUTO_TEST_CASE(a_url_that_cannot_be_fetched_is_a_problem_of_its_rung) {
  const auto transport = open_transport();
  for (const std::string url :
       {"", "ftp://todo.example/", "http://user:pw@todo.example/", "https://todo.example:65536/", "nonsense"}) {
    const Fetch fetch = transport->fetch(order(url));
    BOOST_REQUIRE(fetch.problem.has_value());
    BOOST_TEST((fetch.problem->rung == Rung::url), url);
    BOOST_REQUIRE(fetch.hops.size() == 1u);
    BOOST_TEST(fetch.requested_url() == url);
    BOOST_TEST(fetch.response() == nullptr);
  }
}

BOOST_AUTO_TEST_CASE(a_closed_port_is_refused_with_host_and_address) {
  const std::uint16_t port = rig::closed_port();
  LiveOptions options = open_options();
  options.resolve = {{"todo.example", 80, "127.0.0.1", port}};
  const Fetch fetch = open_transport(options)->fetch(order("http://todo.example/"));
  BOOST_TEST(what_of(fetch) == "todo.example (127.0.0.1:" + std::to_string(port) + ") refuses connections.");
  BOOST_TEST(id_of(fetch) == "connect.refused");
  BOOST_TEST((fetch.problem->rung == Rung::connect));
  BOOST_TEST((fetch.problem->blame == Blame::submission));
  BOOST_TEST(fetch.hops[0].address == "");
}

BOOST_AUTO_TEST_CASE(a_silent_port_ends_with_the_limit_of_connecting) {
  const rig::BlackHole hole;
  FetchLimits limits = quick(milliseconds{3'000});
  limits.connect = milliseconds{200};
  Fetch fetch;
  const auto time = took([&] { fetch = get("http://127.0.0.1:" + std::to_string(hole.port()) + "/", limits); });
  BOOST_TEST(id_of(fetch) == "connect.timeout");
  BOOST_TEST(says(fetch, "did not accept a connection within 0.2 s"));
  BOOST_TEST(time.count() < 1'000);
}

BOOST_AUTO_TEST_CASE(localhost_is_tried_on_both_families) {
  const HostileServer server{answering(rig::ok("x"))};  // listens on 127.0.0.1 only
  BOOST_TEST(id_of(get(server.origin("localhost") + "/")) == "200");
  BOOST_TEST(id_of(get(server.origin("plugin.localhost") + "/")) == "200");
}

BOOST_AUTO_TEST_CASE(every_address_that_was_tried_is_named) {
  const std::string port = std::to_string(rig::closed_port());
  const Fetch fetch = get("http://localhost:" + port + "/");
  BOOST_TEST(says(fetch, "127.0.0.1:" + port), what_of(fetch));
  BOOST_TEST(says(fetch, "[::1]:" + port), what_of(fetch));
}

BOOST_AUTO_TEST_CASE(the_name_server_decides_who_is_to_blame) {
  const auto problem = [](int error) { return lookup_problem(example(), error); };
  BOOST_TEST(problem(EAI_NONAME).what == "The host name todo.example does not exist.");
  BOOST_TEST(problem(EAI_NONAME).id == "name.not_found");
  BOOST_TEST((problem(EAI_NONAME).blame == Blame::submission));
  BOOST_TEST(problem(EAI_NODATA).id == "name.no_address");
  BOOST_TEST(problem(EAI_AGAIN).id == "name.temporary_failure");
  BOOST_TEST((problem(EAI_AGAIN).blame == Blame::environment));
  BOOST_TEST((problem(EAI_FAIL).blame == Blame::environment));
  BOOST_TEST((problem(EAI_NONAME).rung == Rung::name));
  BOOST_TEST(lookup_timeout(example(), milliseconds{5'000}).what ==
             "The name server gave no answer for todo.example within 5 s.");
  BOOST_TEST((lookup_timeout(example(), milliseconds{5'000}).blame == Blame::environment));
}

BOOST_AUTO_TEST_CASE(a_name_that_nobody_answers_for_ends_in_time_with_a_problem_of_the_name) {
  FetchLimits limits = quick(milliseconds{400});
  Fetch fetch;
  const auto time = took([&] { fetch = get("https://no-such-host.plugvet-test.invalid/", limits); });
  BOOST_REQUIRE(fetch.problem.has_value());
  BOOST_TEST((fetch.problem->rung == Rung::name), what_of(fetch));
  BOOST_TEST(time.count() < 1'500);
}

BOOST_AUTO_TEST_CASE(a_resolve_entry_must_be_an_address) {
  LiveOptions options;
  options.resolve = {{"todo.example", 443, "not-an-address", 0}};
  const auto transport = make_live_transport(options);
  BOOST_REQUIRE(transport.problem() != nullptr);
  BOOST_TEST((transport.problem()->blame == Blame::user));
}

BOOST_AUTO_TEST_CASE(many_orders_run_side_by_side) {
  const HostileServer server{[](Peer& peer) {
    while (!peer.read_request().empty()) {
      peer.pause(milliseconds{100});
      peer.send(rig::ok("x"));
    }
  }};
  LiveOptions options = open_options();
  options.per_host_at_once = 30;
  const auto transport = open_transport(options);
  std::vector<std::future<Fetch>> fetches;
  const auto time = took([&] {
    for (int i = 0; i < 30; ++i) fetches.push_back(transport->start(order(server.origin() + "/" + std::to_string(i))));
    for (auto& fetch : fetches) BOOST_TEST(id_of(fetch.get()) == "200");
  });
  BOOST_TEST(time.count() < 1'500);
}

BOOST_AUTO_TEST_CASE(a_transport_may_be_used_from_several_threads) {
  const HostileServer server{answering(rig::ok("x"))};
  const auto transport = open_transport();
  std::vector<std::thread> users;
  std::atomic<int> good{0};
  for (int i = 0; i < 4; ++i)
    users.emplace_back([&] {
      for (int n = 0; n < 10; ++n)
        if (transport->fetch(order(server.origin() + "/")).response()) ++good;
    });
  for (std::thread& user : users) user.join();
  BOOST_TEST(good == 40);
}

BOOST_AUTO_TEST_CASE(a_transport_that_ends_answers_what_is_under_way_at_once) {
  const HostileServer silent{[](Peer& peer) { peer.stall(); }};
  auto transport = open_transport();
  std::vector<std::future<Fetch>> fetches;
  for (int i = 0; i < 6; ++i) fetches.push_back(transport->start(order(silent.origin() + "/")));
  fetches.push_back(transport->start(order("https://no-such-host.plugvet-test.invalid/", quick(milliseconds{20'000}))));
  auto probe = transport->start_old_tls_probe("https://127.0.0.1:" + std::to_string(silent.port()) + "/");
  std::this_thread::sleep_for(milliseconds{50});
  const auto time = took([&] { transport.reset(); });
  BOOST_TEST(time.count() < 300);
  for (int i = 0; i < 6; ++i) {
    BOOST_REQUIRE((fetches[static_cast<std::size_t>(i)].wait_for(milliseconds{0}) == std::future_status::ready));
    BOOST_TEST(id_of(fetches[static_cast<std::size_t>(i)].get()) == "transport.stopped");
  }
  BOOST_TEST(fetches[6].get().problem.has_value());
  BOOST_TEST(probe.get() == "");
}

BOOST_AUTO_TEST_CASE(nothing_is_left_behind) {
  rig::HostileOptions tls;
  tls.certificate = rig::mint_certificate("valid");
  const HostileServer server{answering(rig::ok("x")), tls};
  open_transport()->fetch(order(server.origin() + "/"));  // libraries open what they keep
  std::this_thread::sleep_for(milliseconds{50});
  const int files = open_files();
  const int running = threads();
  for (int i = 0; i < 5; ++i) {
    const HostileServer own{answering(rig::ok("x")), tls};
    const auto transport = open_transport();
    for (int n = 0; n < 3; ++n) transport->fetch(order(own.origin() + "/"));
    transport->fetch(order("http://127.0.0.1:" + std::to_string(rig::closed_port()) + "/"));
    transport->start(order(own.origin() + "/"));
  }
  BOOST_TEST(sinks_to(open_files, files));
  BOOST_TEST(sinks_to(threads, running));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace plugvet::tests
