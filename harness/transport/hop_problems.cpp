// What is said when curl gives up: the rung is told by how far the hop had come, the sentence by curl's code.
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "harness/support/http_status.h"
#include "harness/support/text.h"
#include "harness/transport/hop.h"
#include "harness/transport/tls_problem.h"

namespace plugvet {

Problem Hop::problem(Rung rung, std::string id, std::string what, Blame blame) const {
  return {.rung = rung,
          .id = std::move(id),
          .what = std::move(what),
          .where = plan_.url.text(),
          .position = {},
          .blame = blame};
}

// "todo.example (93.184.216.34:443)"; where none was connected, all addresses that were tried.
std::string Hop::peer_text() const {
  if (plan_.proxy) return fmt::format("{} through {}", plan_.url.host(), plan_.proxy->named());
  if (address_.empty() && tried_.empty()) return plan_.url.host();
  const std::string address = !address_.empty() ? address_ : tls_ ? tried_.back() : listed(tried_);
  return plan_.url.host_is_address() ? address : fmt::format("{} ({})", plan_.url.host(), address);
}

Problem Hop::problem_of(CURLcode code) const {
  if (is_connected_) return http_problem(code);
  if (tls_) return tls_problem(*tls_, error_, plan_.url.text(), peer_text());
  return plan_.proxy ? proxy_problem(code) : connect_problem(code);
}

Problem Hop::proxy_problem(CURLcode code) const {
  long status = 0;
  curl_easy_getinfo(handle_, CURLINFO_HTTP_CONNECTCODE, &status);
  if (status >= 300) return refusal_of_proxy(status);
  return problem(Rung::connect, "proxy.failed",
                 fmt::format("There is no connection to {}: {}.", peer_text(),
                             error_[0] ? printable(error_) : curl_easy_strerror(code)),
                 Blame::environment);
}

// Nothing that a proxy answers is the plugin's answer, even where the plugin's server is the reason.
Problem Hop::refusal_of_proxy(long status) const {
  const std::string named = plan_.proxy->named(), host = plan_.url.host();
  if (status == 407)
    return problem(Rung::connect, "proxy.credentials",
                   fmt::format("{} was not reached: {} asks for credentials, or for others than it got (status {}).",
                               host, named, status_text(407)),
                   Blame::user);
  return problem(Rung::connect, "proxy.refused",
                 fmt::format("{} was not reached: {} answers status {}. Whether the proxy or the server behind it is "
                             "the cause cannot be told; --no-proxy asks the server itself.",
                             host, named, status_text(static_cast<int>(status))),
                 Blame::environment);
}

// A proxy answers requests for http URLs in the server's place; when it does, it says so, or has a status for it.
bool Hop::is_answer_of_proxy() const {
  if (!plan_.proxy || plan_.proxy->makes_tunnel_to(plan_.url)) return false;
  const Response& response = reader_.response();
  const auto has = [&](std::string_view name) { return find_header(response.headers, name) != nullptr; };
  const int status = response.status;
  return status == 407 || (status >= 502 && status <= 504) ||
         (status >= 400 && (has("X-Squid-Error") || has("Proxy-Status") || has("Proxy-Authenticate")));
}

// What breaks a connection or does not trust it may be the proxy's doing, so it is no finding against the plugin.
Problem Hop::not_blamed_for_proxy(Problem seen) const {
  constexpr std::string_view doubtful[] = {"http.empty_response",
                                           "tls.not_tls",
                                           "tls.handshake",
                                           "tls.timeout",
                                           "tls.certificate.self_signed",
                                           "tls.certificate.untrusted_root",
                                           "tls.certificate.incomplete_chain"};
  if (!plan_.proxy || seen.blame != Blame::submission) return seen;
  if (seen.rung != Rung::connect && std::ranges::find(doubtful, seen.id) == std::end(doubtful)) return seen;
  seen.blame = Blame::environment;
  seen.what += seen.id.starts_with("tls.certificate")
                   ? " A proxy that looks into TLS shows a certificate of its own; --ca-file names its authority."
                   : " The proxy may be the cause.";
  return seen;
}

Problem Hop::connect_problem(CURLcode code) const {
  if (refused_ && tried_.empty()) return *refused_;
  if (socket_error_ != 0)
    return problem(Rung::connect, "connect.no_socket",
                   fmt::format("No socket could be opened: {}.", std::strerror(socket_error_)), Blame::environment);
  long error = 0;
  curl_easy_getinfo(handle_, CURLINFO_OS_ERRNO, &error);
  switch (error) {
    case ECONNREFUSED:
      return problem(Rung::connect, "connect.refused", fmt::format("{} refuses connections.", peer_text()));
    case EHOSTUNREACH:
      return problem(Rung::connect, "connect.unreachable",
                     fmt::format("{} cannot be reached: no route to it.", peer_text()));
    case ENETUNREACH:
    case EADDRNOTAVAIL:
      return problem(Rung::connect, "connect.no_network",
                     fmt::format("There is no network here that leads to {}.", peer_text()), Blame::environment);
    case ECONNRESET:
      return problem(Rung::connect, "connect.reset", fmt::format("{} reset the connection at once.", peer_text()));
    default:
      break;
  }
  if (code == CURLE_OPERATION_TIMEDOUT || error == ETIMEDOUT)
    return problem(Rung::connect, "connect.timeout",
                   fmt::format("{} did not accept a connection in time.", peer_text()));
  const std::string words = error != 0 ? std::strerror(static_cast<int>(error)) : printable(error_);
  return problem(Rung::connect, "connect.failed", fmt::format("{} could not be connected: {}.", peer_text(), words));
}

Problem Hop::http_problem(CURLcode code) const {
  const std::string_view words = error_;
  const bool has_words = !words.empty();
  const auto says = [&](std::string_view part) { return has_words && words.find(part) != std::string_view::npos; };
  const std::string received = bytes_text(reader_.response().wire_bytes);

  // From TLS 1.3 on, the server's refusal arrives when the handshake looks finished, or is lost in the reset after it.
  if (tls_ && (tls_->alert >= 0 || (tls_->asked_for_certificate && !reader_.has_begun())))
    return tls_problem(*tls_, words, plan_.url.text(), peer_text());
  switch (code) {
    case CURLE_GOT_NOTHING:
      return problem(Rung::http, "http.empty_response",
                     fmt::format("{} closed the connection without a response.", peer_text()));
    case CURLE_PARTIAL_FILE:
      if (const auto announced = reader_.announced_length())
        return problem(Rung::http, "http.truncated",
                       fmt::format("{} announced a body of {} bytes and closed the connection after {}.", peer_text(),
                                   *announced, wire_bytes()));
      return problem(Rung::http, "http.truncated",
                     fmt::format("{} closed the connection before the last chunk of the body; {} had arrived.",
                                 peer_text(), received));
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_WRITE_ERROR:
      if (says("content encodings"))
        return problem(Rung::http, "http.content_coding", "The body is compressed more than 2 times over.");
      return problem(Rung::http, "http.content_coding",
                     "The body is not what its Content-Encoding says: it cannot be decoded.");
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_FILESIZE_EXCEEDED:
      if (says("Content-Length") || says("file size"))
        return problem(Rung::http, "http.content_length",
                       "The Content-Length of the response is not a number of bytes.");
      if (!reader_.has_begun())
        return problem(Rung::http, "http.malformed_status_line",
                       fmt::format("The status line of the response is not valid HTTP/1.1: {}.", printable(words)));
      return problem(Rung::http, "http.malformed_header",
                     fmt::format("The response headers are malformed: {}.", printable(words)));
    case CURLE_OUT_OF_MEMORY:  // a header line that never ends: curl stops at 100 kB
      return problem(Rung::http, "http.headers_too_large",
                     fmt::format("The response headers exceed {}.", bytes_text(plan_.limits.header_block)));
    case CURLE_OPERATION_TIMEDOUT:
      return problem(Rung::http, "http.deadline", fmt::format("The response of {} did not end in time.", peer_text()));
    default:
      break;
  }
  if (says("chunk"))
    return problem(Rung::http, "http.chunk", fmt::format("The chunked body is malformed ({}).", printable(words)));
  if (!reader_.has_begun())
    return problem(Rung::connect, "connect.reset",
                   fmt::format("{} accepted the connection and reset it before any response.", peer_text()));
  return problem(Rung::http, "http.truncated",
                 fmt::format("The connection to {} broke in the middle of the response ({}).", peer_text(),
                             has_words ? printable(words) : curl_easy_strerror(code)));
}

}  // namespace plugvet
