// What a server can do with HTTP, from well-behaved to hostile.
#include <cstdlib>
#include <map>
#include <thread>

#include "tests/rig/gzip.h"
#include "tests/transport/live_fixture.h"

namespace plugvet::tests {
namespace {

using rig::answering;
using rig::gzip;
using rig::HostileServer;
using rig::Peer;
using rig::sending;

Fetch answer_of(const std::string& bytes, FetchLimits limits = quick(milliseconds{5'000})) {
  const HostileServer server{sending(bytes)};
  return get(server.origin() + "/", limits);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(live_http)

BOOST_AUTO_TEST_CASE(a_plain_response_is_recorded_whole) {
  const HostileServer server{
      answering(rig::ok("{}", "Content-Type: Application/JSON; charset=utf-8\r\nX-Twice: a\r\nX-Twice:  b \r\n"))};
  const Fetch fetch = get(server.origin() + "/.well-known/ai-plugin.json");
  BOOST_REQUIRE_MESSAGE(fetch.response() != nullptr, what_of(fetch));
  const Response& response = *fetch.response();
  BOOST_TEST(response.status == 200);
  BOOST_TEST(response.version == "HTTP/1.1");
  BOOST_TEST(response.body == "{}");
  BOOST_TEST(response.wire_bytes == 2u);
  BOOST_TEST(response.media_type() == "application/json");
  BOOST_TEST(response.headers.size() == 4u);
  BOOST_TEST(response.headers[3].value == "b");
  const Exchange& exchange = fetch.hops.front();
  BOOST_TEST(exchange.address == "127.0.0.1:" + std::to_string(server.port()));
  BOOST_TEST(!exchange.tls.has_value());
  BOOST_TEST(exchange.timing.connect.count() >= 1);
  BOOST_TEST(exchange.timing.first_byte.count() >= 1);
  BOOST_TEST(exchange.timing.total >= exchange.timing.first_byte);
  BOOST_TEST(fetch.took >= exchange.timing.total);
  BOOST_TEST((fetch.artefact == Artefact::manifest));
}

BOOST_AUTO_TEST_CASE(every_request_says_who_asks_and_which_codings_are_understood) {
  const HostileServer server{answering(rig::ok(""))};
  FetchOrder asked = order(server.origin() + "/a?b=c");
  asked.request.headers = {{"Accept", "application/json"}, {"X-Empty", ""}, {"Host", "evil.example"}};
  open_transport()->fetch(asked);
  const std::string request = server.requests().at(0);
  BOOST_TEST(request.starts_with("GET /a?b=c HTTP/1.1\r\n"));
  for (const char* line : {"\r\nUser-Agent: plugvet-test/1\r\n", "\r\nAccept-Encoding: gzip, deflate, br\r\n",
                           "\r\nAccept: application/json\r\n", "\r\nX-Empty:\r\n"})
    BOOST_TEST((request.find(line) != std::string::npos), line << " is missing in " << request);
  BOOST_TEST((request.find("evil.example") == std::string::npos));
}

BOOST_AUTO_TEST_CASE(methods_and_bodies_are_sent_as_ordered) {
  const HostileServer server{answering("HTTP/1.1 204 No Content\r\n\r\n")};
  const auto transport = open_transport();
  for (const std::string method : {"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"}) {
    FetchOrder asked = order(server.origin() + "/");
    asked.request.method = method;
    if (method == "POST" || method == "PATCH") asked.request.body = "{\"a\":1}";
    if (method == "POST") asked.request.headers = {{"Content-Type", "application/json"}};
    BOOST_TEST(id_of(transport->fetch(asked)) == "204");
    const std::string request = server.requests().back();
    BOOST_TEST(request.starts_with(method + " / HTTP/1.1\r\n"));
    BOOST_TEST(request.ends_with("\r\n\r\n" + asked.request.body));
    BOOST_TEST((request.find("urlencoded") == std::string::npos));
  }
}

BOOST_AUTO_TEST_CASE(a_header_that_would_begin_another_one_is_not_sent) {
  const HostileServer server{answering(rig::ok(""))};
  FetchOrder asked = order(server.origin() + "/");
  asked.request.headers = {{"X", "a\r\nEvil: b"}};
  BOOST_TEST(id_of(open_transport()->fetch(asked)) == "http.request");
  BOOST_TEST(server.connections() == 0u);
}

BOOST_AUTO_TEST_CASE(a_status_of_404_is_a_response_and_no_problem) {
  BOOST_TEST(id_of(answer_of("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnope")) == "404");
}

BOOST_AUTO_TEST_CASE(a_body_dripped_byte_by_byte_does_not_extend_the_deadline) {
  const HostileServer server{[](Peer& peer) {
    peer.read_request();
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
    peer.drip(std::string(100, 'x'), milliseconds{20});
  }};
  Fetch fetch;
  const auto time = took([&] { fetch = get(server.origin() + "/", quick()); });
  BOOST_TEST(id_of(fetch) == "http.deadline");
  BOOST_TEST(says(fetch, "had not ended after 0.3 s"));
  BOOST_TEST((fetch.problem->rung == Rung::http));
  BOOST_TEST(time.count() >= 290);
  BOOST_TEST(time.count() < 900);
}

BOOST_AUTO_TEST_CASE(headers_dripped_or_never_sent_meet_the_same_deadline) {
  const HostileServer dripping{[](Peer& peer) {
    peer.read_request();
    peer.send("HTTP/1.1 200 OK\r\n");
    peer.drip("X: " + std::string(100, 'v') + "\r\n\r\n", milliseconds{15});
  }};
  const Fetch dripped = get(dripping.origin() + "/", quick());
  BOOST_TEST(id_of(dripped) == "http.deadline");
  BOOST_TEST(says(dripped, "headers"));
  const HostileServer silent{[](Peer& peer) { peer.stall(); }};
  const Fetch nothing = get(silent.origin() + "/", quick());
  BOOST_TEST(id_of(nothing) == "http.deadline");
  BOOST_TEST(says(nothing, "sent no response within 0.3 s"));
}

BOOST_AUTO_TEST_CASE(a_drip_that_ends_in_time_passes) {
  const HostileServer server{[](Peer& peer) {
    peer.read_request();
    peer.drip(rig::ok("slow"), milliseconds{2});
  }};
  BOOST_TEST(id_of(get(server.origin() + "/", quick(milliseconds{3'000}))) == "200");
}

BOOST_AUTO_TEST_CASE(a_short_body_is_truncated_and_never_used) {
  const Fetch fetch = answer_of("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc");
  BOOST_TEST(id_of(fetch) == "http.truncated");
  BOOST_TEST(says(fetch, "announced a body of 100 bytes and closed the connection after 3"));
  BOOST_TEST(!fetch.hops.front().response.has_value());
  BOOST_TEST(id_of(answer_of("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc")) == "http.truncated");
}

BOOST_AUTO_TEST_CASE(a_reset_is_told_apart_by_when_it_came) {
  const HostileServer at_once{[](Peer& peer) {
    peer.read_request();
    peer.reset();
  }};
  const Fetch early = get(at_once.origin() + "/");
  BOOST_TEST(id_of(early) == "connect.reset");
  const HostileServer midway{[](Peer& peer) {
    peer.read_request();
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc");
    peer.pause(milliseconds{30});
    peer.reset();
  }};
  BOOST_TEST(id_of(get(midway.origin() + "/")) == "http.truncated");
  const HostileServer closing{[](Peer& peer) { peer.read_request(); }};
  BOOST_TEST(id_of(get(closing.origin() + "/")) == "http.empty_response");
}

BOOST_AUTO_TEST_CASE(a_body_that_exceeds_the_limit_is_a_problem_before_it_is_read) {
  FetchLimits limits = quick(milliseconds{5'000});
  limits.body = 1000;
  BOOST_TEST(id_of(answer_of(rig::ok(std::string(1000, 'x')), limits)) == "200");
  const Fetch announced = answer_of(rig::ok(std::string(1001, 'x')), limits);
  BOOST_TEST(id_of(announced) == "http.body_too_large");
  BOOST_TEST(says(announced, "announces a body of 1001 bytes"));
  BOOST_TEST(id_of(answer_of("HTTP/1.1 200 OK\r\n\r\n" + std::string(1001, 'x'), limits)) == "http.body_too_large");
  BOOST_TEST(id_of(answer_of("HTTP/1.1 200 OK\r\n\r\n" + std::string(1000, 'x'), limits)) == "200");
  BOOST_TEST(id_of(answer_of("HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551615\r\n\r\nabc")) ==
             "http.body_too_large");
}

BOOST_AUTO_TEST_CASE(an_endless_body_stops_at_the_limit) {
  const HostileServer server{[](Peer& peer) {
    peer.read_request();
    peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    const std::string chunk = "4000\r\n" + std::string(0x4000, 'x') + "\r\n";
    while (peer.send(chunk)) {
    }
  }};
  BOOST_TEST(id_of(get(server.origin() + "/")) == "http.body_too_large");
}

BOOST_AUTO_TEST_CASE(codings_are_removed) {
  const std::string text = "not much smaller than it was";
  const std::string small = gzip(text);
  const Fetch fetch = answer_of(rig::ok(small, "Content-Encoding: gzip\r\n"));
  BOOST_REQUIRE_MESSAGE(fetch.response() != nullptr, what_of(fetch));
  BOOST_TEST((fetch.response()->body == text));
  BOOST_TEST(fetch.response()->wire_bytes == small.size());
  const Fetch twice = answer_of(rig::ok(gzip(small), "Content-Encoding: gzip, gzip\r\n"));
  BOOST_REQUIRE_MESSAGE(twice.response() != nullptr, what_of(twice));
  BOOST_TEST((twice.response()->body == text));
}

BOOST_AUTO_TEST_CASE(a_gzip_bomb_is_stopped_at_the_limit) {
  FetchLimits limits = quick(milliseconds{5'000});
  const std::string bomb = rig::gzip_bomb(40u << 20);
  const Fetch fetch = answer_of(rig::ok(bomb, "Content-Encoding: gzip\r\n"), limits);
  BOOST_TEST(id_of(fetch) == "http.body_too_large");
  BOOST_TEST(says(fetch, "when it was decoded"));
  limits.body = 100u << 20;
  BOOST_TEST(id_of(answer_of(rig::ok(bomb, "Content-Encoding: gzip\r\n"), limits)) == "http.compression_ratio");
  BOOST_TEST(id_of(answer_of(rig::ok(gzip(bomb), "Content-Encoding: gzip, gzip\r\n"), limits)) ==
             "http.compression_ratio");
}

BOOST_AUTO_TEST_CASE(codings_that_were_not_asked_for_or_pile_up_or_lie_are_refused) {
  BOOST_TEST(id_of(answer_of(rig::ok("abc", "Content-Encoding: zstd\r\n"))) == "http.content_coding");
  BOOST_TEST(id_of(answer_of(rig::ok("abc", "Content-Encoding: gzip, gzip\r\nContent-Encoding: gzip\r\n"))) ==
             "http.content_coding");
  std::string many = "gzip";
  for (int i = 0; i < 99; ++i) many += ", gzip";
  BOOST_TEST(id_of(answer_of(rig::ok("abc", "Content-Encoding: " + many + "\r\n"))) == "http.content_coding");
  BOOST_TEST(id_of(answer_of(rig::ok("plain text", "Content-Encoding: gzip\r\n"))) == "http.content_coding");
}

BOOST_AUTO_TEST_CASE(endless_headers_stop_at_the_limit) {
  const HostileServer lines{[](Peer& peer) {
    peer.read_request();
    peer.send("HTTP/1.1 200 OK\r\n");
    while (peer.send("X-Name-Of-A-Header: " + std::string(5000, 'v') + "\r\n")) {
    }
  }};
  BOOST_TEST(id_of(get(lines.origin() + "/")) == "http.headers_too_large");
  const HostileServer no_newline{[](Peer& peer) {
    peer.read_request();
    peer.send("HTTP/1.1 200 OK\r\nX: ");
    while (peer.send(std::string(10000, 'v'))) {
    }
  }};
  BOOST_TEST(id_of(get(no_newline.origin() + "/")) == "http.headers_too_large");
  BOOST_TEST(id_of(answer_of("HTTP/1.1 200 " + std::string(1'000'000, 'A') + "\r\n\r\n")) == "http.headers_too_large");
}

BOOST_AUTO_TEST_CASE(headers_are_counted) {
  const auto with = [](int count) {
    std::string more;
    for (int i = 0; i < count - 1; ++i) more += "X-" + std::to_string(i) + ": v\r\n";
    return answer_of(rig::ok("", more));
  };
  BOOST_TEST(id_of(with(200)) == "200");
  BOOST_TEST(id_of(with(201)) == "http.too_many_headers");
}

BOOST_AUTO_TEST_CASE(interim_responses_are_counted_and_switching_is_refused) {
  const auto after = [](int count) {
    std::string bytes;
    for (int i = 0; i < count; ++i) bytes += "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
    return answer_of(bytes + rig::ok("x"));
  };
  const Fetch some = after(8);
  BOOST_REQUIRE_MESSAGE(some.response() != nullptr, what_of(some));
  BOOST_TEST(some.response()->headers.size() == 1u);
  BOOST_TEST(id_of(after(9)) == "http.too_many_interim");
  BOOST_TEST(id_of(answer_of("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n")) ==
             "http.switching_protocols");
}

BOOST_AUTO_TEST_CASE(what_two_readers_could_read_differently_is_no_response) {
  const std::map<std::string, std::string> cases = {
      {"Content-Length: abc\r\n", "http.content_length"},
      {"Content-Length: -5\r\n", "http.content_length"},
      {"Content-Length: +3\r\n", "http.content_length"},
      {"Content-Length: 3, 3\r\n", "http.content_length"},
      {"Content-Length: 0x3\r\n", "http.content_length"},
      {"Content-Length:\r\n", "http.content_length"},
      {"Content-Length: 3\r\nContent-Length: 5\r\n", "http.content_length"},
      {"Content-Length: 3\r\nContent-Length: 3\r\n", "200"},
      {"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", "http.ambiguous_length"},
      {"Transfer-Encoding: identity, chunked\r\n", "http.transfer_coding"},
      {"Transfer-Encoding: gzip, chunked\r\n", "http.transfer_coding"},
      {"Content-Length: 3\r\nno colon here\r\n", "http.malformed_header"},
      {"Content-Length: 3\r\nspace : before\r\n", "http.malformed_header"},
      {"Content-Length: 3\r\n: no name\r\n", "http.malformed_header"},
      {"Content-Length: 3\r\nX: a\r\n folded\r\n", "http.malformed_header"},
      {"Content-Length: 3\nX: bare line feed\r\n", "http.malformed_header"},
      {"Content-Length: 3\r\nX: bare\rcr\r\n", "http.malformed_header"},
      {std::string{"Content-Length: 3\r\nX: nul\0here\r\n", 33}, "http.malformed_header"},
      {"Content-Length: 3\r\nX: caf\xe9\r\n", "200"},
  };
  for (const auto& [headers, expected] : cases) {
    const Fetch fetch = answer_of("HTTP/1.1 200 OK\r\n" + headers + "\r\nabc");
    BOOST_TEST(id_of(fetch) == expected, headers << " -> " << id_of(fetch) << ": " << what_of(fetch));
  }
}

BOOST_AUTO_TEST_CASE(a_status_line_that_is_not_http_is_shown) {
  for (const std::string line :
       {"HTP/1.1 200 OK", "HTTP/1.1200 OK", "HTTP/2.0 200 OK", "HTTP/1.1 99 No", "HTTP/1.1 1000 No", "HTTP/1.1 -1 No",
        "HTTP/1.1 2x0 No", "HTTP/1.1 0200 No", "HTTP/3 200", "HTTP/2 200"}) {
    const Fetch fetch = answer_of(line + "\r\nContent-Length: 3\r\n\r\nabc");
    BOOST_TEST(id_of(fetch) == "http.malformed_status_line", line << " -> " << id_of(fetch) << ": " << what_of(fetch));
  }
  const Fetch ssh = answer_of("SSH-2.0-OpenSSH_9.2\r\n");
  BOOST_TEST(id_of(ssh) == "http.malformed_status_line");
  BOOST_TEST(says(ssh, "not HTTP: “SSH-2.0-OpenSSH_9.2"));
  BOOST_TEST(id_of(answer_of("x")) == "http.malformed_status_line");
}

BOOST_AUTO_TEST_CASE(a_malformed_chunk_is_named) {
  for (const std::string chunk :
       {"ZZ\r\nabc\r\n0\r\n\r\n", "-2\r\nabc\r\n", "11111111111111111\r\nabc", "3\r\nabcX\r\n0\r\n\r\n"}) {
    const Fetch fetch = answer_of("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk);
    BOOST_TEST(id_of(fetch) == "http.chunk", chunk << " -> " << id_of(fetch) << ": " << what_of(fetch));
  }
}

BOOST_AUTO_TEST_CASE(trailers_are_ignored) {
  const Fetch fetch =
      answer_of("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nContent-Length: 5\r\n\r\n");
  BOOST_REQUIRE_MESSAGE(fetch.response() != nullptr, what_of(fetch));
  BOOST_TEST(fetch.response()->body == "abc");
  BOOST_TEST(fetch.response()->headers.size() == 1u);
}

BOOST_AUTO_TEST_CASE(connections_are_kept_for_the_next_order) {
  const HostileServer server{answering(rig::ok("x"))};
  const auto transport = open_transport();
  for (int i = 0; i < 3; ++i) BOOST_TEST(id_of(transport->fetch(order(server.origin() + "/"))) == "200");
  BOOST_TEST(server.connections() == 1u);
}

BOOST_AUTO_TEST_CASE(bytes_that_follow_a_response_never_answer_the_next_request) {
  const std::string evil = rig::ok("evil");
  for (const milliseconds delay : {milliseconds{0}, milliseconds{30}}) {
    const HostileServer server{[&](Peer& peer) {
      peer.read_request();
      peer.send(rig::ok("good") + (delay.count() == 0 ? evil : ""));
      peer.pause(delay);
      if (delay.count() != 0) peer.send(evil);
      while (!peer.read_request().empty()) peer.send(rig::ok("good"));
    }};
    const auto transport = open_transport();
    const Fetch first = transport->fetch(order(server.origin() + "/"));
    BOOST_REQUIRE_MESSAGE(first.response() != nullptr, what_of(first));
    std::this_thread::sleep_for(2 * delay);
    const Fetch second = transport->fetch(order(server.origin() + "/"));
    BOOST_REQUIRE_MESSAGE(second.response() != nullptr, what_of(second));
    BOOST_TEST(second.response()->body == "good");
    BOOST_TEST(server.connections() == 2u);
  }
}

BOOST_AUTO_TEST_CASE(a_kept_connection_that_was_closed_is_replaced_for_get_and_post_is_sent_once) {
  const HostileServer server{[](Peer& peer) {
    peer.read_request();
    peer.send(rig::ok("x"));
    peer.read_request();  // and closes without an answer
  }};
  const auto transport = open_transport();
  BOOST_TEST(id_of(transport->fetch(order(server.origin() + "/"))) == "200");
  BOOST_TEST(id_of(transport->fetch(order(server.origin() + "/"))) == "200");
  const HostileServer changing{[](Peer& peer) { peer.read_request(); }};
  FetchOrder post = order(changing.origin() + "/");
  post.request.method = "POST";
  BOOST_TEST(id_of(transport->fetch(post)) == "http.empty_response");
  BOOST_TEST(changing.requests().size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_body_that_nobody_may_send_is_ignored) {
  BOOST_TEST(id_of(answer_of("HTTP/1.1 204 No Content\r\nContent-Length: 3\r\n\r\nabc")) == "204");
  const HostileServer server{sending(rig::ok("abc"))};
  FetchOrder head = order(server.origin() + "/");
  head.request.method = "HEAD";
  const Fetch fetch = open_transport()->fetch(head);
  BOOST_REQUIRE_MESSAGE(fetch.response() != nullptr, what_of(fetch));
  BOOST_TEST(fetch.response()->body == "");
}

BOOST_AUTO_TEST_CASE(proxies_of_the_environment_are_ignored) {
  const HostileServer proxy{answering(rig::ok("proxied"))};
  const HostileServer server{answering(rig::ok("direct"))};
  for (const char* name : {"http_proxy", "https_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"})
    setenv(name, proxy.origin().c_str(), 1);
  const Fetch fetch = get(server.origin() + "/");
  for (const char* name : {"http_proxy", "https_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"}) unsetenv(name);
  BOOST_REQUIRE_MESSAGE(fetch.response() != nullptr, what_of(fetch));
  BOOST_TEST(fetch.response()->body == "direct");
  BOOST_TEST(proxy.connections() == 0u);
}

BOOST_AUTO_TEST_CASE(cookies_are_not_kept) {
  const HostileServer server{answering(rig::ok("", "Set-Cookie: a=b\r\n"))};
  const auto transport = open_transport();
  transport->fetch(order(server.origin() + "/"));
  transport->fetch(order(server.origin() + "/"));
  BOOST_TEST((server.requests().at(1).find("ookie") == std::string::npos));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace plugvet::tests
