#include <fmt/format.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "fixtures/server.h"
#include "harness/model/review.h"
#include "harness/openapi/description.h"
#include "harness/probe/probe.h"
#include "harness/transport/live.h"
#include "tests/rig/hostile_server.h"

using namespace plugvet;

namespace {

const char* const one_operation = R"(
openapi: 3.0.3
info: {title: A, version: '1'}
servers: [{url: '{origin}'}]
paths:
  /a:
    get:
      operationId: get
      parameters: [{name: n, in: query, schema: {type: integer, minimum: 1, maximum: 9}}]
      responses: {'200': {description: ok}}
    post:
      operationId: post
      requestBody: {required: true, content: {application/json: {schema: {type: object, required: [t], properties: {t: {type: string}}}}}}
      responses: {'200': {description: ok}}
)";

/// The API of a description, served by a script, as evidence.
struct Served {
  explicit Served(rig::Script script, const std::string& description = one_operation) : server{std::move(script)} {
    std::string text = description;
    const std::string place = "{origin}";
    text.replace(text.find(place), place.size(), server.origin("localhost"));
    const auto document = parse_yaml(text, "openapi.yaml");
    BOOST_REQUIRE(document);
    ApiDescription api;
    api.document = *document;
    api.description = openapi::describe(*document);
    evidence.api = Result<ApiDescription>{std::move(api)};
    LiveOptions live;
    live.loopback_origins = {server.origin("localhost")};
    live.per_host_at_once = 8;
    transport = *make_live_transport(live);
    options.authorize.live = options.authorize.allow_writes = true;
    options.authorize.seed = 1;
    options.authorize.wait = [](std::chrono::milliseconds) {};
    options.max_requests = 60;
  }

  const Probing& probed() {
    probe(evidence, Needs::probing, transport, options);
    BOOST_REQUIRE(evidence.probing && *evidence.probing);
    return **evidence.probing;
  }

  rig::HostileServer server;
  Evidence evidence;
  std::shared_ptr<Transport> transport;
  ProbeOptions options;
};

std::size_t count_of(const rig::HostileServer& server, std::string_view method) {
  return static_cast<std::size_t>(std::ranges::count_if(server.requests(),
                                                        [&](const std::string& one) { return one.starts_with(method); }));
}

std::string answer(int status, std::string_view more = {}) {
  return fmt::format("HTTP/1.1 {} X\r\nContent-Length: 2\r\nContent-Type: application/json\r\n{}\r\n{{}}", status,
                     more);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(probe_sending)

BOOST_AUTO_TEST_CASE(nothing_is_sent_without_live) {
  Served served{rig::answering(rig::ok("{}"))};
  served.options.authorize.live = false;
  probe(served.evidence, Needs::probing, served.transport, served.options);
  BOOST_TEST(!served.evidence.probing.has_value());
  BOOST_TEST(served.evidence.not_probed_because.find("--live") != std::string::npos);
  BOOST_TEST(served.server.requests().empty());
}

BOOST_AUTO_TEST_CASE(nothing_that_may_change_something_is_sent_without_permission) {
  Served served{rig::answering(rig::ok("{}"))};
  served.options.authorize.allow_writes = false;
  const Probing& probing = served.probed();
  BOOST_TEST(count_of(served.server, "GET ") > 5u);
  BOOST_TEST(count_of(served.server, "GET ") == served.server.requests().size());
  BOOST_TEST(probing.operations[1].not_probed_because.find("--allow-writes") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_budget_is_kept_and_shared) {
  Served served{rig::answering(rig::ok("{}"))};
  const Probing& probing = served.probed();
  BOOST_TEST(probing.requests == 60u);
  BOOST_TEST(served.server.requests().size() == 60u);
  BOOST_TEST(probing.operations[0].requests + probing.operations[1].requests == 60u);
  BOOST_TEST(probing.operations[0].requests > 15u);
  BOOST_TEST(probing.operations[1].requests > 15u);
  BOOST_TEST(probing.ended_because == "");
}

BOOST_AUTO_TEST_CASE(the_same_seed_sends_the_same) {
  const auto sent = [] {
    Served served{rig::answering(rig::ok("{}"))};
    std::multiset<std::string> all;
    for (const Probe& one : served.probed().probes) {
      const Request& request = one.exchange.request;
      const std::string path = request.url.substr(request.url.find("/a"));
      all.insert(request.method + path + *find_header(request.headers, "openai-conversation-id") + request.body);
    }
    return all;
  };
  BOOST_TEST((sent() == sent()));
}

BOOST_AUTO_TEST_CASE(an_api_that_asks_for_a_rest_is_left_alone) {
  Served served{rig::answering(answer(429, "Retry-After: 600\r\n"))};
  const Probing& probing = served.probed();
  BOOST_TEST(served.server.requests().size() < 40u);  // those on their way
  for (const ProbedOperation& operation : probing.operations)
    BOOST_TEST(operation.ended_because == "it answered 429 and asks to be left alone for 600 s");
  BOOST_TEST(probing.probes.empty());
}

BOOST_AUTO_TEST_CASE(an_api_that_dies_ends_it_and_what_was_seen_is_kept) {
  std::atomic<int> left = 20;
  Served served{[&](rig::Peer& peer) {
    while (!peer.read_request().empty()) {
      if (--left < 0) return peer.reset();
      peer.send(rig::ok("{}"));
    }
  }};
  const Probing& probing = served.probed();
  BOOST_TEST(probing.ended_because.find("could not be called any more") != std::string::npos, probing.ended_because);
  BOOST_TEST(probing.probes.size() >= 20u);
  BOOST_TEST(probing.requests < 60u);
}

BOOST_AUTO_TEST_CASE(it_ends_when_it_is_interrupted) {
  Served served{rig::answering(rig::ok("{}"))};
  int asked = 0;
  served.options.is_interrupted = [&] { return ++asked > 20; };
  const Probing& probing = served.probed();
  BOOST_TEST(probing.ended_because.starts_with("It was interrupted after"), probing.ended_because);
  BOOST_TEST(probing.requests < 40u);
}

BOOST_AUTO_TEST_CASE(the_time_that_is_up_is_nobodys_fault) {
  Served served{[](rig::Peer& peer) { peer.stall(); }};
  served.options.authorize.deadline = std::chrono::milliseconds{300};
  const Probing& probing = served.probed();
  BOOST_TEST(probing.ended_because.starts_with("The time was up"), probing.ended_because);
  BOOST_TEST(probing.probes.empty());
}

BOOST_AUTO_TEST_CASE(what_is_complained_about_becomes_as_small_as_it_can_be) {
  Served served{[](rig::Peer& peer) {
    for (std::string request = peer.read_request(); !request.empty(); request = peer.read_request())
      peer.send(request.find("\"t\":\"") != std::string::npos && request.size() - request.find("\"t\":\"") > 40
                ? answer(500) : answer(200));
  }};
  served.options.max_requests = 300;
  served.options.complaints = [](const Evidence&, const Probe& one) {
    const bool is_wrong = one.exchange.response && one.exchange.response->status == 500;
    return is_wrong ? std::vector<std::string>{"it fails"} : std::vector<std::string>{};
  };
  std::vector<Probe> wrong;
  for (const Probe& one : served.probed().probes)
    if (one.exchange.response->status == 500) wrong.push_back(one);
  BOOST_REQUIRE(wrong.size() == 1u);
  const Json body = Json::parse(wrong[0].exchange.request.body);
  BOOST_TEST(body.size() == 1u);
  BOOST_TEST(body["t"].get<std::string>().size() == 34u);
}

BOOST_AUTO_TEST_CASE(what_fails_now_and_then_is_flaky) {
  std::atomic<int> count = 0;
  Served served{[&](rig::Peer& peer) {
    while (!peer.read_request().empty()) peer.send(answer(++count == 10 ? 500 : 200));
  }};
  served.options.authorize.allow_writes = false;
  served.options.complaints = [](const Evidence&, const Probe& one) {
    const bool is_wrong = one.exchange.response && one.exchange.response->status == 500;
    return is_wrong ? std::vector<std::string>{"it fails"} : std::vector<std::string>{};
  };
  std::size_t flaky = 0;
  for (const Probe& one : served.probed().probes) flaky += one.is_flaky;
  BOOST_TEST(flaky == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
