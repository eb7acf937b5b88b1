#include "harness/transport/cassette.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "harness/support/file.h"
#include "harness/transport/har.h"
#include "tests/transport/live_fixture.h"

namespace plugvet::tests {
namespace {

using rig::answering;
using rig::HostileServer;

const std::string& cassette_file() {
  static const std::string path = scratch_folder() + "/cassette.har";
  return path;
}

void write(const std::string& text) {
  std::ofstream{cassette_file(), std::ios::binary} << text;
}

std::shared_ptr<Transport> replaying() {
  auto transport = make_replaying_transport(cassette_file());
  BOOST_REQUIRE_MESSAGE(transport.value() != nullptr, (transport ? "" : transport.problem()->what));
  return *transport;
}

// Every field of a fetch, as text. Headers are compared before they are redacted.
std::string everything(const Fetch& fetch) {
  Fetch open = fetch;
  std::string headers;
  for (Exchange& hop : open.hops) {
    for (const Header& header : hop.request.headers) headers += header.name + ": " + header.value + "\n";
    if (!hop.response) continue;
    for (const Header& header : hop.response->headers) headers += header.name + ": " + header.value + "\n";
  }
  Cassette cassette;
  cassette.fetches.push_back({true, open});
  return har_of(cassette).dump(1) + headers + std::to_string(static_cast<int>(fetch.artefact)) + fetch.named_by.pointer;
}

std::string foreign(const std::string& entries) {
  return R"({"log": {"version": "1.2", "entries": [)" + entries + "]}}";
}

std::string foreign_entry(const std::string& url, int status, const std::string& headers, const std::string& text) {
  return R"({"startedDateTime": "2026-01-01T00:00:00.000Z", "time": 12.5, "request": {"method": "GET", "url": ")" +
         url + R"(", "headers": [{"name": ":authority", "value": "x"}]}, "response": {"status": )" +
         std::to_string(status) + R"(, "httpVersion": "h2", "headers": [)" + headers + R"(], "content": {"text": ")" +
         text + R"("}}})";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cassette)

BOOST_AUTO_TEST_CASE(a_replay_gives_the_evidence_that_was_recorded) {
  rig::HostileOptions tls, expired;
  tls.certificate = rig::mint_certificate("valid");
  expired.certificate = rig::mint_certificate("expired");
  const HostileServer good{
      answering(rig::ok(std::string{"\x89PNG\0\xff", 6}, "Content-Type: image/png\r\nX-Odd: caf\xe9\r\n")), tls};
  const HostileServer bad{answering(rig::ok("x")), expired};
  const HostileServer moved{
      answering("HTTP/1.1 302 Away\r\nLocation: " + good.origin() + "/a\r\nContent-Length: 0\r\n\r\n")};
  const HostileServer short_body{rig::sending("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc")};

  std::vector<FetchOrder> orders = {order(good.origin() + "/logo.png?size=1&x"), order(bad.origin() + "/"),
                                    order(moved.origin() + "/"), order(short_body.origin() + "/"),
                                    order("ftp://todo.example/")};
  orders.push_back(order(good.origin() + "/"));
  orders.back().request.method = "POST";
  orders.back().request.body = "{\"a\": 1}";
  orders.back().request.headers = {{"Content-Type", "application/json"}};
  orders[0].named_by.pointer = "/logo_url";
  orders[2].follow_redirects = false;
  orders.push_back(orders[2]);
  orders.back().follow_redirects = true;

  RecordingTransport recording{open_transport()};
  std::vector<std::string> recorded;
  for (const FetchOrder& one : orders) recorded.push_back(everything(recording.fetch(one)));
  const std::string version = recording.start_old_tls_probe(good.origin() + "/").get();
  BOOST_REQUIRE(recording.save(cassette_file()).value() != nullptr);

  const auto replay = replaying();
  for (std::size_t i = 0; i < orders.size(); ++i) BOOST_TEST(everything(replay->fetch(orders[i])) == recorded[i]);
  BOOST_TEST(replay->start_old_tls_probe(good.origin() + "/").get() == version);
}

BOOST_AUTO_TEST_CASE(the_mail_of_a_domain_is_on_the_cassette) {
  LiveOptions options;
  options.mail_lookup = [](const std::string& domain) -> Result<MailRoute> {
    if (domain == "silent.example") return Problem{.id = "name.timeout", .what = "No answer."};
    return MailRoute{domain, true, false, {"mx1." + domain, "mx2." + domain}};
  };
  auto live = make_live_transport(options);
  BOOST_REQUIRE(live);
  RecordingTransport recording{*live};
  const auto route = recording.start_mail_lookup("acme.example").get();
  BOOST_REQUIRE(route);
  BOOST_TEST(!recording.start_mail_lookup("silent.example").get());
  BOOST_REQUIRE(recording.save(cassette_file()).value() != nullptr);

  const auto replay = replaying();
  const auto replayed = replay->start_mail_lookup("acme.example").get();
  BOOST_REQUIRE(replayed);
  BOOST_TEST(replayed->exchangers == route->exchangers, boost::test_tools::per_element());
  BOOST_TEST(replayed->exists);
  const auto missing = replay->start_mail_lookup("other.example").get();
  BOOST_REQUIRE(!missing);
  BOOST_TEST(missing.problem()->id == "cassette.missing");
}

BOOST_AUTO_TEST_CASE(equal_requests_are_answered_in_order_and_the_last_answer_stays) {
  auto count = std::make_shared<std::atomic<int>>(0);
  const HostileServer server{[count](rig::Peer& peer) {
    while (!peer.read_request().empty()) peer.send(rig::ok(std::to_string(++*count)));
  }};
  RecordingTransport recording{open_transport()};
  recording.fetch(order(server.origin() + "/"));
  recording.fetch(order(server.origin() + "/"));
  BOOST_REQUIRE(recording.save(cassette_file()).value() != nullptr);
  const auto replay = replaying();
  for (const std::string body : {"1", "2", "2", "2"})
    BOOST_TEST(replay->fetch(order(server.origin() + "/")).response()->body == body);
}

BOOST_AUTO_TEST_CASE(what_was_not_recorded_says_so) {
  write(foreign(""));
  const Fetch fetch = replaying()->fetch(order("https://todo.example/logo.png"));
  BOOST_TEST(id_of(fetch) == "cassette.missing");
  BOOST_TEST((fetch.problem->blame == Blame::user));
  BOOST_TEST((fetch.problem->rung == Rung::connect));
  BOOST_TEST(says(fetch, "holds no answer to GET https://todo.example/logo.png."));
}

BOOST_AUTO_TEST_CASE(credentials_are_not_written) {
  const HostileServer server{answering(rig::ok("x", "Set-Cookie: sid=canary\r\nX-Auth-Token: canary\r\n"))};
  FetchOrder asked = order(server.origin() + "/");
  asked.request.headers = {
      {"Authorization", "Bearer canary"}, {"Cookie", "canary"}, {"X-API-Key", "canary"}, {"Accept", "text/html"}};
  RecordingTransport recording{open_transport()};
  recording.fetch(asked);
  BOOST_REQUIRE(recording.save(cassette_file()).value() != nullptr);
  const std::string text = *read_file(cassette_file(), 1u << 20);
  BOOST_TEST((text.find("canary") == std::string::npos));
  BOOST_TEST((text.find("text/html") != std::string::npos));
  BOOST_TEST(id_of(replaying()->fetch(asked)) == "200");
}

BOOST_AUTO_TEST_CASE(values_that_are_named_like_secrets_are_not_written_and_the_replay_finds_everything) {
  const HostileServer server{answering(rig::ok(R"({"client_secret": "canary-canary", "name": "todo"})"))};
  const HostileServer moved{answering("HTTP/1.1 302 Away\r\nLocation: " + server.origin() +
                                      "/b?access_token=canary-canary\r\nContent-Length: 0\r\n\r\n")};
  FetchOrder asked = order(server.origin() + "/a?api_key=canary-canary&size=1"), led = order(moved.origin() + "/");
  FetchOrder posted = order(server.origin() + "/");
  posted.request.method = "POST";
  posted.request.body = "grant_type=x&password=canary-canary";
  RecordingTransport recording{open_transport()};
  for (const FetchOrder& one : {asked, led, posted}) BOOST_TEST(id_of(recording.fetch(one)) == "200");
  recording.fetch(order("http://anna:canary@todo.example/"));
  BOOST_REQUIRE(recording.save(cassette_file()).value() != nullptr);
  const std::string text = *read_file(cassette_file(), 1u << 20);
  BOOST_TEST((text.find("canary") == std::string::npos), text);
  BOOST_TEST((std::filesystem::status(cassette_file()).permissions() == std::filesystem::perms{0600}));
  const auto replay = replaying();
  for (const FetchOrder& one : {asked, led, posted}) BOOST_TEST(id_of(replay->fetch(one)) == "200");
  BOOST_TEST(replay->fetch(asked).response()->body == R"({"client_secret": "xxxxxxxxxxxxx", "name": "todo"})");
}

BOOST_AUTO_TEST_CASE(the_file_is_har_1_2) {
  const HostileServer server{answering(rig::ok("{}"))};
  RecordingTransport recording{open_transport()};
  recording.fetch(order(server.origin() + "/?q=1"));
  BOOST_REQUIRE(recording.save(cassette_file()).value() != nullptr);
  const Json log = Json::parse(*read_file(cassette_file(), 1u << 20)).at("log");
  BOOST_TEST(log.at("version").get<std::string>() == "1.2");
  BOOST_TEST(log.at("creator").at("name").get<std::string>() == "plugvet");
  const Json& entry = log.at("entries").at(0);
  for (const char* name : {"startedDateTime", "time", "request", "response", "cache", "timings", "serverIPAddress"})
    BOOST_TEST(entry.contains(name), name);
  for (const char* name :
       {"method", "url", "httpVersion", "cookies", "headers", "queryString", "headersSize", "bodySize"})
    BOOST_TEST(entry.at("request").contains(name), name);
  for (const char* name : {"status", "statusText", "httpVersion", "cookies", "headers", "content", "redirectURL",
                           "headersSize", "bodySize"})
    BOOST_TEST(entry.at("response").contains(name), name);
  BOOST_TEST(entry.at("request").at("queryString").at(0).at("name").get<std::string>() == "q");
  for (const char* name : {"send", "wait", "receive"}) BOOST_TEST(entry.at("timings").at(name).get<int>() >= 0, name);
}

BOOST_AUTO_TEST_CASE(the_har_file_of_a_browser_is_replayed_with_its_redirects) {
  write(foreign(
      foreign_entry("https://todo.example/a", 302, R"({"name": "location", "value": "/b"})", "") + "," +
      foreign_entry("https://todo.example/b", 200, R"({"name": "content-type", "value": "text/plain"})", "hello")));
  const Fetch fetch = replaying()->fetch(order("https://todo.example/a"));
  BOOST_REQUIRE_MESSAGE(fetch.response() != nullptr, what_of(fetch));
  BOOST_TEST(fetch.hops.size() == 2u);
  BOOST_TEST(fetch.response()->body == "hello");
  BOOST_TEST(fetch.response()->media_type() == "text/plain");
  BOOST_TEST(fetch.took.count() == 24);
  BOOST_TEST(!fetch.hops[0].tls.has_value());
  BOOST_TEST(fetch.hops[0].request.headers.empty());
}

BOOST_AUTO_TEST_CASE(a_file_that_is_no_har_is_the_users_problem) {
  for (const std::string text :
       {"", "not json", "[]", "{}", R"({"log": 1})", R"({"log": {"entries": [{}]}})", R"({"log": {"entries": 3}})",
        R"({"log": {"entries": [{"_plugvet": {"fetch": 7, "hop": 0}}]}})"}) {
    write(text);
    const auto transport = make_replaying_transport(cassette_file());
    BOOST_REQUIRE_MESSAGE(transport.problem() != nullptr, text);
    BOOST_TEST((transport.problem()->blame == Blame::user));
    BOOST_TEST(transport.problem()->id == "cassette.malformed");
  }
  const auto missing = make_replaying_transport("/nonexistent.har");
  BOOST_REQUIRE(missing.problem() != nullptr);
  BOOST_TEST((missing.problem()->blame == Blame::user));
}

BOOST_AUTO_TEST_CASE(base64_is_read_as_it_is_written) {
  BOOST_TEST(from_base64("") == "");
  BOOST_TEST(from_base64("Zg==") == "f");
  BOOST_TEST(from_base64("Zm8=") == "fo");
  BOOST_TEST(from_base64("Zm9v") == "foo");
  BOOST_TEST(from_base64("//79") == "\xff\xfe\xfd");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace plugvet::tests
