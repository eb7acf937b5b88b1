// Whatever a server does, wherever it does it: the review ends in time, says so, and all else is in it.
#include <fmt/format.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include "fixtures/server.h"
#include "tests/faults/site.h"
#include "tests/faults/trial.h"
#include "tests/rig/brotli.h"
#include "tests/rig/gzip.h"

using namespace plugvet;
using namespace plugvet::faults;
using rig::Peer;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

struct Misdeed {
  std::string name;
  Answer answer;
  std::string problem;  ///< id of what the artefact could not be had for; "": it was had; "?": either
};

std::string head(std::string_view headers) {
  return fmt::format("HTTP/1.1 200 OK\r\n{}\r\n", headers);
}

/// The beginning, and then the same over and over.
Answer endless(std::string beginning, std::string rest) {
  return [=](Peer& peer, const std::string&) {
    for (peer.send(beginning); peer.send(rest);) {
    }
    return false;
  };
}

Answer dripping(std::string beginning) {
  return [=](Peer& peer, const std::string&) {
    peer.send(beginning);
    peer.drip(std::string(10'000, 'x'), milliseconds{100});
    return false;
  };
}

Answer stalling(std::string beginning) {
  return [=](Peer& peer, const std::string&) {
    peer.send(beginning);
    peer.stall();
    return false;
  };
}

Answer resetting(std::string beginning) {
  return [=](Peer& peer, const std::string&) {
    peer.send(beginning);
    peer.pause(milliseconds{30});
    peer.reset();
    return false;
  };
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

const std::vector<Misdeed>& stalls() {
  static const std::vector<Misdeed> all = {
      {"says nothing", stalling(""), "http.deadline"},
      {"stalls in the status line", stalling("HTTP/1.1 2"), "http.deadline"},
      {"stalls after its headers", stalling(head("Content-Length: 500\r\n")), "http.deadline"},
      {"stalls in a chunk", stalling(head("Transfer-Encoding: chunked\r\n") + "ff\r\nabc"), "http.deadline"},
      {"drips its body", dripping(head("Content-Length: 10000\r\n")), "http.deadline"},
      {"drips a body without length", dripping(head("")), "http.deadline"},
      {"drips its headers", dripping("HTTP/1.1 200 OK\r\nX: "), "http.deadline"},
      {"drips its status line", dripping("HTTP/1.1 200 "), "http.deadline"},
      {"drips events",
       [](Peer& peer, const std::string&) {
         peer.send(head("Content-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n"));
         while (peer.send("8\r\ndata: x\n\r\n")) peer.pause(milliseconds{100});
         return false;
       },
       "http.deadline"},
      {"drips early hints",
       [](Peer& peer, const std::string&) {
         for (int i = 0; i < 8; ++i) peer.drip("HTTP/1.1 103 Early Hints\r\n\r\n", milliseconds{40});
         peer.stall();
         return false;
       },
       "http.deadline"},
      {"asks for a rest that is too long",
       bytes("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1000000000\r\nContent-Length: 0\r\n\r\n"), "?"}};
  return all;
}

std::vector<Misdeed> answers_that_are_none() {
  const std::string chunked = head("Transfer-Encoding: chunked\r\n"), bomb = rig::gzip_bomb(100u << 20);
  std::vector<Misdeed> all = {
      {"resets at once", resetting(""), "connect.reset"},
      {"resets in the headers", resetting("HTTP/1.1 200 OK\r\nX: y"), "?"},
      {"resets in the body", resetting(head("Content-Length: 100\r\n") + "abc"), "http.truncated"},
      {"closes at once", bytes(""), "http.empty_response"},
      {"sends one byte", bytes("H"), "?"},
      {"closes in the body", bytes(head("Content-Length: 100\r\n") + "abc"), "http.truncated"},
      {"closes in a chunk", bytes(chunked + "64\r\nabc"), "http.truncated"},
      {"talks SSH", bytes("SSH-2.0-OpenSSH_9.2\r\n"), "http.malformed_status_line"},
      {"talks SMTP with an escape", bytes("220 \x1b]0;owned\x07 ESMTP\r\n"), "http.malformed_status_line"},
      {"talks TLS", bytes("\x15\x03\x03\x02\x02\x28"), "http.malformed_status_line"},
      {"talks HTTP/0.9", bytes("<html>hello</html>"), "http.malformed_status_line"},
      {"has a reason of 100 KB", bytes("HTTP/1.1 200 " + std::string(100'000, 'A') + "\r\n\r\n"),
          "http.headers_too_large"},
      {"has a header line of 1 MB", bytes("HTTP/1.1 200 OK\r\nX: " + std::string(1'000'000, 'A') + "\r\n\r\n"),
       "http.headers_too_large"},
      {"has 5001 headers", bytes(head(repeated("X: y\r\n", 5'001))), "?"},
      {"has 201 headers", bytes(head(repeated("X: y\r\n", 201))), "http.too_many_headers"},
      {"has headers without end", endless("HTTP/1.1 200 OK\r\n", "X: y\r\n"), "?"},
      {"has a header without end", endless("HTTP/1.1 200 OK\r\nX: ", std::string(10'000, 'v')),
          "http.headers_too_large"},
      {"has chunks without end", endless(chunked, "4000\r\n" + std::string(0x4000, ' ') + "\r\n"),
          "http.body_too_large"},
      {"has a body without end", endless(head(""), std::string(0x4000, ' ')), "http.body_too_large"},
      {"announces 10 GB", bytes(head("Content-Length: 10737418240\r\n")), "http.body_too_large"},
      {"announces 2^64 bytes", bytes(head("Content-Length: 18446744073709551616\r\n")), "?"},
      {"has two lengths", bytes(head("Content-Length: 3\r\nContent-Length: 5\r\n") + "abcde"), "http.content_length"},
      {"has a length and chunks", bytes(head("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n"),
       "http.ambiguous_length"},
      {"has a chunk of -2 bytes", bytes(chunked + "-2\r\nabc\r\n0\r\n\r\n"), "http.chunk"},
      {"has a chunk of 17 digits", bytes(chunked + "11111111111111111\r\nabc"), "http.chunk"},
      {"has a chunk extension of 100 KB", bytes(chunked + "3;" + std::string(100'000, 'x') + "\r\nabc\r\n0\r\n\r\n"),
          "?"},
      {"has more extensions than content", endless(chunked, "1;" + std::string(1'024, 'x') + "\r\n \r\n"), "?"},
      {"has a NUL in a header", bytes(head(std::string{"X: a\0b\r\n", 8})), "http.malformed_header"},
      {"switches protocols", bytes("HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n"),
       "http.switching_protocols"},
      {"has 10000 interim answers", bytes(repeated("HTTP/1.1 100 Continue\r\n\r\n", 10'000) + head("")),
       "http.too_many_interim"},
      {"is a gzip bomb", bytes(rig::ok(bomb, "Content-Encoding: gzip\r\n")), "?"},
      {"is a gzip bomb in gzip", bytes(rig::ok(rig::gzip(bomb), "Content-Encoding: gzip, gzip\r\n")), "?"},
      {"is a brotli bomb", bytes(rig::ok(rig::brotli_bomb(), "Content-Encoding: br\r\n")), "?"},
      {"is coded a hundred times", bytes(rig::ok("abc", "Content-Encoding: " + repeated("gzip, ", 99) + "gzip\r\n")),
       "http.content_coding"},
      {"is coded in a hundred headers", bytes(rig::ok("abc", repeated("Content-Encoding: gzip\r\n", 100))),
       "http.content_coding"},
      {"lies about its coding", bytes(rig::ok("plain", "Content-Encoding: gzip\r\n")), "http.content_coding"},
      {"is gone", bytes("HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n"), "http.status"},
      {"asks for a password in ESC",
       bytes("HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"\x1b[31m<script>\"\r\nContent-Length: 0\r\n\r\n"),
           "?"},
      {"has a challenge of 60 KB",
       bytes("HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"" + std::string(60'000, 'r') +
             "\"\r\nContent-Length: 0\r\n\r\n"),
       "http.unauthorized"},
      {"is empty", bytes(head("Content-Length: 0\r\n")), "http.empty"},
      {"is no content", bytes("HTTP/1.1 204 No Content\r\n\r\n"), "http.status"},
      {"is part of something", bytes("HTTP/1.1 206 Partial Content\r\nContent-Length: 3\r\n\r\nabc"), "http.status"},
      {"names a file for us", bytes(rig::ok("{}", "Content-Disposition: attachment; "
       "filename=\"../../.bashrc\"\r\n")), "?"},
      {"names another service", bytes(rig::ok("{}", "Alt-Svc: h2=\"169.254.169.254:80\"\r\nRefresh: 0; url=/\r\n")),
          "?"},
      {"sends 5000 cookies", bytes(rig::ok("{}", repeated("Set-Cookie: a=b\r\n", 100))), "?"},
      {"sends noise", bytes(rig::ok(std::string{"\0\xff\xfe\x1b[2J", 7}, "Content-Type: image/png, text/html\r\n")),
          "?"},
      {"redirects in a circle", redirect("/circle"), "?"},
      {"redirects to a file", redirect("file:///etc/passwd"), "?"},
      {"redirects to a script", redirect("javascript:alert(1)"), "?"},
      {"redirects nowhere", redirect(""), "?"},
      {"redirects to 64 KB", redirect("/" + std::string(60'000, 'a')), "?"},
      {"redirects to two places",
       bytes("HTTP/1.1 302 F\r\nLocation: /a\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n"), "?"},
      {"redirects to another port of this machine", redirect("http://127.0.0.1:1/"), "url.port"},
      {"redirects to a metadata service", redirect("http://169.254.169.254/latest/meta-data/"), "address.not_public"},
      {"redirects to a header of its own", redirect("/%0d%0aX-Injected:%201"), "?"}};
  for (const char* line : {"HTTP/2.0 200", "HTP/1.1 200 OK", "HTTP/1.1200 OK", "HTTP/1.1 99 X", "HTTP/1.1 1000 X",
                           "HTTP/1.1 -1 X", "HTTP/1.1 0200 X", "HTTP/1.1 2x0 X"})
    all.push_back({fmt::format("begins with {}", line), bytes(std::string{line} + "\r\nContent-Length: 0\r\n\r\n"),
                   "http.malformed_status_line"});
  return all;
}

struct Place {
  std::string_view path, artefact;
};
const Place places[] = {
    {manifest_path, "manifest"}, {api_path, "api"}, {logo_path, "logo"}, {legal_path, "legal_page"}};

std::ostream& operator<<(std::ostream& out, const Place& place) {
  return out << place.artefact;
}

/// All of them for the manifest. At the other places the same code reads: there every third, another one at each,
/// unless all is asked for.
std::vector<Misdeed> chosen(std::vector<Misdeed> misdeeds, const Place& place) {
  std::size_t at = 0;
  while (places[at].path != place.path) ++at;
  if (at == 0 || std::getenv("PLUGVET_ALL_FAULTS")) return misdeeds;
  std::vector<Misdeed> some;
  for (std::size_t i = at - 1; i < misdeeds.size(); i += 3) some.push_back(std::move(misdeeds[i]));
  return some;
}

/// All misdeeds at one path, each by a server of its own, reviewed side by side; and a good plugin among them, which
/// must be
/// judged as if it were alone.
void demand_reviews(const std::vector<Misdeed>& misdeeds, const Place& place, const std::string& deadline,
                    seconds budget) {
  const auto& [path, artefact] = place;
  const Folder here;
  const fixtures::Server good{{}};
  std::vector<std::unique_ptr<rig::HostileServer>> servers;
  Trial trial{.words = {good.origin(), "--jobs", "16", "--deadline", deadline},
              .budget = budget,
              .memory_kib = 512 << 10};  // of them all
  const std::vector<std::string> few = few_checks();
  trial.words.insert(trial.words.end(), few.begin(), few.end());
  for (const Misdeed& misdeed : misdeeds) {
    servers.push_back(std::make_unique<rig::HostileServer>(plugin_but({{std::string{path}, misdeed.answer}})));
    trial.words.push_back(servers.back()->origin("localhost"));
  }
  const Reviewed reviewed = review(here, trial);
  BOOST_REQUIRE(reviewed.documents.size() == misdeeds.size() + 1);
  BOOST_TEST(reviewed.document()["verdict"] == "approved", "the good plugin suffered");
  tell_figure(fmt::format("servers: {} misdeeds at the {}, side by side in {} ms", misdeeds.size(), artefact,
                          reviewed.ended.took.count()));
  for (std::size_t i = 0; i < misdeeds.size(); ++i) {
    const std::string problem = reviewed.problem(artefact, i + 1);
    BOOST_TEST((misdeeds[i].problem == "?" || problem == misdeeds[i].problem),
               artefact << " that " << misdeeds[i].name << ": " << problem);
    if (artefact != "legal_page" && !problem.empty())
      BOOST_TEST(reviewed.document(i + 1)["verdict"] != "approved", artefact << " that " << misdeeds[i].name);
    for (const std::string& request : servers[i]->requests()) {
      BOOST_TEST((request.starts_with("GET ") || request.starts_with("HEAD ") || request.starts_with("OPTIONS ")));
      BOOST_TEST(request.find("\r\nUser-Agent: plugvet/") != std::string::npos, request);
      BOOST_TEST(request.find("\r\nX-Injected") == std::string::npos, request);
    }
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(network)

BOOST_DATA_TEST_CASE(a_server_that_takes_its_time_is_left_when_the_deadline_is_over, places, place) {
  demand_reviews(stalls(), place, "5s", seconds{20});
}

BOOST_DATA_TEST_CASE(a_server_that_answers_anything_but_http_is_told_so, places, place) {
  demand_reviews(chosen(answers_that_are_none(), place), place, "30s", seconds{60});
}

BOOST_AUTO_TEST_SUITE_END()
