#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/model/redaction.h"
#include "harness/support/text.h"
#include "harness/support/time.h"
#include "harness/transport/har.h"

namespace plugvet {
namespace {

constexpr const char* redacted = "•••";

std::int64_t nanoseconds(std::chrono::system_clock::time_point moment) {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(moment.time_since_epoch()).count();
}

Json headers_json(const Headers& headers) {
  Json list = Json::array();
  for (const Header& header : headers) {
    Json one;
    put_text(one, "name", header.name);
    put_text(one, "value", is_secret_header(header.name) ? redacted : with_masked_parameters(header.value));
    list.push_back(std::move(one));
  }
  return list;
}

Json query_json(const std::string& url) {
  Json list = Json::array();
  const std::size_t begin = url.find('?');
  if (begin == std::string::npos) return list;
  std::string_view query{url};
  query = query.substr(begin + 1, url.find('#', begin) - begin - 1);
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    Json one;
    put_text(one, "name", std::string{pair.substr(0, equals)});
    put_text(one, "value", std::string{pair.substr(std::min(equals + 1, pair.size()))});
    list.push_back(std::move(one));
  }
  return list;
}

Json request_json(const Request& request, const std::string& version) {
  Json json;
  const std::string url = with_masked_parameters(request.url);
  put_text(json, "method", request.method);
  put_text(json, "url", url);
  json["httpVersion"] = version;
  json["cookies"] = Json::array();
  json["headers"] = headers_json(request.headers);
  json["queryString"] = query_json(url);
  json["headersSize"] = -1;
  json["bodySize"] = request.body.size();
  if (request.body.empty()) return json;
  const std::string* type = find_header(request.headers, "Content-Type");
  Json& data = json["postData"];
  put_text(data, "mimeType", type ? *type : std::string{});
  put_text(data, "text", with_masked_values(request.body));
  return json;
}

Json content_json(const Response& response) {
  Json json;
  json["size"] = response.body.size();
  const std::string* type = find_header(response.headers, "Content-Type");
  put_text(json, "mimeType", type ? *type : std::string{});
  const bool is_text = is_valid_utf8(response.body);
  json["text"] = is_text ? with_masked_values(response.body) : base64(response.body);
  if (!is_text) json["encoding"] = "base64";
  return json;
}

// Without a response, as browsers write it: status 0.
Json response_json(const std::optional<Response>& response) {
  const Response none;
  const Response& shown = response ? *response : none;
  Json json;
  json["status"] = shown.status;
  json["statusText"] = "";
  json["httpVersion"] = shown.version;
  json["cookies"] = Json::array();
  json["headers"] = headers_json(shown.headers);
  json["content"] = content_json(shown);
  const std::string* location = find_header(shown.headers, "Location");
  put_text(json, "redirectURL", location ? with_masked_parameters(*location) : std::string{});
  json["headersSize"] = -1;
  json["bodySize"] = shown.wire_bytes;
  return json;
}

// HAR wants durations, the model has moments; -1 is "does not apply".
Json timings_json(const Timing& timing) {
  const auto span = [](std::chrono::milliseconds from, std::chrono::milliseconds to) {
    return to.count() == 0 ? Json(-1) : Json(std::max<std::int64_t>((to - from).count(), 0));
  };
  const auto ready = std::max({timing.name, timing.connect, timing.tls});
  Json json;
  json["blocked"] = -1;
  json["dns"] = span({}, timing.name);
  json["connect"] = span(timing.name, timing.connect);
  json["ssl"] = span(timing.connect, timing.tls);
  json["send"] = 0;
  json["wait"] = std::max<std::int64_t>((timing.first_byte - ready).count(), 0);
  json["receive"] = std::max<std::int64_t>((timing.total - std::max(timing.first_byte, ready)).count(), 0);
  return json;
}

Json problem_json(const Problem& problem) {
  Json json;
  json["rung"] = name_of(problem.rung);
  put_text(json, "id", problem.id);
  put_text(json, "what", with_masked_parameters(problem.what));
  put_text(json, "where", with_masked_parameters(problem.where));
  json["line"] = problem.position.line;
  json["column"] = problem.position.column;
  json["blame"] = problem.blame == Blame::submission ? "submission"
                  : problem.blame == Blame::user     ? "user"
                                                     : "environment";
  return json;
}

Json certificate_json(const Certificate& certificate) {
  Json json;
  put_text(json, "subject", certificate.subject);
  put_text(json, "issuer", certificate.issuer);
  json["names"] = certificate.names;
  json["name_count"] = certificate.name_count;
  json["not_before_ns"] = nanoseconds(certificate.not_before);
  json["not_after_ns"] = nanoseconds(certificate.not_after);
  json["key"] = certificate.key;
  json["signature"] = certificate.signature;
  return json;
}

Json tls_json(const TlsFacts& facts) {
  Json json;
  json["version"] = facts.version;
  json["cipher"] = facts.cipher;
  json["chain"] = Json::array();
  for (const Certificate& certificate : facts.chain) json["chain"].push_back(certificate_json(certificate));
  json["verified"] = facts.verified;
  json["host_matches"] = facts.host_matches;
  json["verify_error"] = facts.verify_error;
  json["verify_depth"] = facts.verify_depth;
  json["verify_message"] = facts.verify_message;
  return json;
}

// What HAR has no place for.
Json facts_json(const Exchange& exchange) {
  Json json;
  json["has_response"] = exchange.response.has_value();
  json["problem"] = exchange.problem ? problem_json(*exchange.problem) : Json(nullptr);
  json["tls"] = exchange.tls ? tls_json(*exchange.tls) : Json(nullptr);
  json["address"] = exchange.address;
  if (!exchange.proxy.empty()) json["proxy"] = exchange.proxy;
  const Timing& timing = exchange.timing;
  json["timing_ms"] = {{"name", timing.name.count()},
                       {"connect", timing.connect.count()},
                       {"tls", timing.tls.count()},
                       {"first_byte", timing.first_byte.count()},
                       {"total", timing.total.count()}};
  json["started_at_ns"] = nanoseconds(exchange.started_at);
  return json;
}

Json entry_json(const Exchange& exchange) {
  Json json;
  json["startedDateTime"] = timestamp_text(exchange.started_at);
  json["time"] = exchange.timing.total.count();
  json["request"] = request_json(exchange.request, exchange.response ? exchange.response->version : "HTTP/1.1");
  json["response"] = response_json(exchange.response);
  json["cache"] = Json::object();
  json["timings"] = timings_json(exchange.timing);
  if (const std::size_t port = exchange.address.rfind(':'); port != std::string::npos) {
    std::string host = exchange.address.substr(0, port);
    std::erase_if(host, [](char c) { return c == '[' || c == ']'; });
    json["serverIPAddress"] = host;
  }
  json["_plugvet"] = facts_json(exchange);
  return json;
}

}  // namespace

Json har_of(const Cassette& cassette) {
  Json log;
  log["version"] = "1.2";
  log["creator"] = {{"name", "plugvet"}, {"version", "0.1"}};
  log["entries"] = Json::array();
  std::size_t number = 0;
  for (const Recorded& recorded : cassette.fetches) {
    const Fetch& fetch = recorded.fetch;
    for (std::size_t hop = 0; hop < fetch.hops.size(); ++hop) {
      Json entry = entry_json(fetch.hops[hop]);
      Json& own = entry["_plugvet"];
      own["fetch"] = number;
      own["hop"] = hop;
      own["follow_redirects"] = recorded.follow_redirects;
      own["fetch_problem"] = fetch.problem ? problem_json(*fetch.problem) : Json(nullptr);
      own["fetch_took_ms"] = fetch.took.count();
      log["entries"].push_back(std::move(entry));
    }
    ++number;
  }
  log["_plugvet"] = {{"format", "plugvet-cassette/1"}, {"old_tls", Json::object()}};
  for (const auto& [url, version] : cassette.old_tls) log["_plugvet"]["old_tls"][with_masked_parameters(url)] = version;
  if (cassette.seed) log["_plugvet"]["seed"] = *cassette.seed;
  for (const auto& [mask, facts] : cassette.secrets)
    log["_plugvet"]["secrets"][mask] = {{"number", facts.number},
                                        {"length", facts.length},
                                        {"entropy", facts.entropy},
                                        {"shared_prefix", facts.shared_prefix},
                                        {"derived_from", facts.derived_from}};
  for (const auto& [domain, route] : cassette.mail)
    log["_plugvet"]["mail"][domain] = {
        {"exists", route.exists}, {"has_address", route.has_address}, {"exchangers", route.exchangers}};
  return {{"log", std::move(log)}};
}

}  // namespace plugvet
