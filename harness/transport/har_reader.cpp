#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/support/text.h"
#include "harness/transport/har.h"

namespace plugvet {
namespace {

using std::chrono::milliseconds;

Problem malformed(std::string what, const std::string& where) {
  return {.rung = Rung::file,
          .id = "cassette.malformed",
          .what = std::move(what),
          .where = where,
          .position = {},
          .blame = Blame::user};
}

std::chrono::system_clock::time_point moment(const Json& nanoseconds) {
  return std::chrono::system_clock::time_point{std::chrono::nanoseconds{nanoseconds.get<std::int64_t>()}};
}

Headers read_headers(const Json& list) {
  Headers headers;
  for (const Json& one : list) headers.push_back({get_text(one, "name"), get_text(one, "value")});
  return headers;
}

// HTTP/2 pseudo-headers that browsers list are no headers.
void drop_pseudo_headers(Headers& headers) {
  std::erase_if(headers, [](const Header& header) { return header.name.starts_with(':'); });
}

Request read_request(const Json& json) {
  Request request;
  request.method = get_text(json, "method");
  request.url = get_text(json, "url");
  request.headers = read_headers(json.at("headers"));
  if (json.contains("postData") && json["postData"].contains("text")) request.body = get_text(json["postData"], "text");
  return request;
}

Response read_response(const Json& json) {
  Response response;
  response.status = json.at("status").get<int>();
  response.version = json.value("httpVersion", "");
  response.headers = read_headers(json.at("headers"));
  const Json& content = json.at("content");
  if (content.contains("text"))
    response.body = content.value("encoding", "") == "base64" ? from_base64(content["text"].get<std::string>())
                                                              : content["text"].get<std::string>();
  const auto size = json.value("bodySize", std::int64_t{-1});
  response.wire_bytes = size >= 0 ? static_cast<std::size_t>(size) : response.body.size();
  return response;
}

Rung rung_named(const std::string& name) {
  for (int i = 0; i <= static_cast<int>(Rung::schema); ++i)
    if (name_of(static_cast<Rung>(i)) == name) return static_cast<Rung>(i);
  throw std::out_of_range("no rung is called " + name);
}

std::optional<Problem> read_problem(const Json& json) {
  if (json.is_null()) return {};
  Problem problem;
  problem.rung = rung_named(json.at("rung").get<std::string>());
  problem.id = get_text(json, "id");
  problem.what = get_text(json, "what");
  problem.where = get_text(json, "where");
  problem.position = {json.at("line").get<std::uint32_t>(), json.at("column").get<std::uint32_t>()};
  const auto blame = json.at("blame").get<std::string>();
  problem.blame = blame == "user" ? Blame::user : blame == "environment" ? Blame::environment : Blame::submission;
  return problem;
}

Certificate read_certificate(const Json& json) {
  Certificate certificate;
  certificate.subject = get_text(json, "subject");
  certificate.issuer = get_text(json, "issuer");
  certificate.names = json.at("names").get<std::vector<std::string>>();
  certificate.name_count = json.at("name_count").get<std::size_t>();
  certificate.not_before = moment(json.at("not_before_ns"));
  certificate.not_after = moment(json.at("not_after_ns"));
  certificate.key = json.at("key").get<std::string>();
  certificate.signature = json.at("signature").get<std::string>();
  return certificate;
}

std::optional<TlsFacts> read_tls(const Json& json) {
  if (json.is_null()) return {};
  TlsFacts facts;
  facts.version = json.at("version").get<std::string>();
  facts.cipher = json.at("cipher").get<std::string>();
  for (const Json& one : json.at("chain")) facts.chain.push_back(read_certificate(one));
  facts.verified = json.at("verified").get<bool>();
  facts.host_matches = json.at("host_matches").get<bool>();
  facts.verify_error = json.at("verify_error").get<int>();
  facts.verify_depth = json.at("verify_depth").get<int>();
  facts.verify_message = json.at("verify_message").get<std::string>();
  return facts;
}

Exchange read_own_entry(const Json& entry) {
  const Json& own = entry.at("_plugvet");
  Exchange exchange;
  exchange.request = read_request(entry.at("request"));
  if (own.at("has_response").get<bool>()) exchange.response = read_response(entry.at("response"));
  exchange.problem = read_problem(own.at("problem"));
  exchange.tls = read_tls(own.at("tls"));
  exchange.address = own.at("address").get<std::string>();
  exchange.proxy = own.value("proxy", "");
  const Json& timing = own.at("timing_ms");
  const auto at = [&](const char* name) { return milliseconds{timing.at(name).get<std::int64_t>()}; };
  exchange.timing = {at("name"), at("connect"), at("tls"), at("first_byte"), at("total")};
  exchange.started_at = moment(own.at("started_at_ns"));
  return exchange;
}

Exchange read_foreign_entry(const Json& entry) {
  Exchange exchange;
  exchange.request = read_request(entry.at("request"));
  drop_pseudo_headers(exchange.request.headers);
  if (entry.at("response").at("status").get<int>() > 0) {
    exchange.response = read_response(entry.at("response"));
    drop_pseudo_headers(exchange.response->headers);
  } else {
    exchange.problem = Problem{.rung = Rung::http,
                               .id = "cassette.no_response",
                               .what = "The HAR file records no response to this request.",
                               .where = exchange.request.url,
                               .position = {},
                               .blame = Blame::user};
  }
  exchange.timing.total = milliseconds{static_cast<std::int64_t>(entry.value("time", 0.0))};
  return exchange;
}

SecretFacts read_facts(const Json& json) {
  SecretFacts facts;
  facts.number = json.at("number").get<std::size_t>();
  facts.length = json.at("length").get<std::size_t>();
  facts.entropy = json.at("entropy").get<double>();
  facts.shared_prefix = json.at("shared_prefix").get<std::size_t>();
  facts.derived_from = json.at("derived_from").get<std::string>();
  return facts;
}

Cassette read_entries(const Json& log) {
  Cassette cassette;
  for (const Json& entry : log.at("entries")) {
    if (!entry.contains("_plugvet")) {
      cassette.exchanges.push_back(read_foreign_entry(entry));
      continue;
    }
    const Json& own = entry["_plugvet"];
    const auto number = own.at("fetch").get<std::size_t>();
    const auto hop = own.at("hop").get<std::size_t>();
    if (hop == 0 && number == cassette.fetches.size()) cassette.fetches.emplace_back();
    if (number >= cassette.fetches.size() || hop != cassette.fetches[number].fetch.hops.size())
      throw std::out_of_range("the hops of fetch " + std::to_string(number) + " are not in their order");
    Recorded& recorded = cassette.fetches[number];
    recorded.follow_redirects = own.at("follow_redirects").get<bool>();
    recorded.fetch.hops.push_back(read_own_entry(entry));
    recorded.fetch.problem = read_problem(own.at("fetch_problem"));
    recorded.fetch.took = milliseconds{own.at("fetch_took_ms").get<std::int64_t>()};
  }
  if (!log.contains("_plugvet")) return cassette;
  const Json& own = log["_plugvet"];
  cassette.old_tls = own.at("old_tls").get<std::map<std::string, std::string>>();
  if (own.contains("seed")) cassette.seed = own["seed"].get<std::uint64_t>();
  if (own.contains("secrets"))
    for (const auto& [mask, facts] : own["secrets"].items()) cassette.secrets.emplace(mask, read_facts(facts));
  if (own.contains("mail"))
    for (const auto& [domain, route] : own["mail"].items())
      cassette.mail[domain] = {domain, route.at("exists").get<bool>(), route.at("has_address").get<bool>(),
                               route.at("exchangers").get<std::vector<std::string>>()};
  return cassette;
}

}  // namespace

Result<Cassette> read_har(const std::string& text, const std::string& where) {
  const Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) return malformed(fmt::format("{} is not JSON, so it is no HAR file.", where), where);
  if (!json.is_object() || !json.contains("log") || !json["log"].is_object() || !json["log"].contains("entries"))
    return malformed(fmt::format("{} is no HAR file: it has no log.entries.", where), where);
  try {
    return read_entries(json["log"]);
  } catch (const std::exception& error) {  // a member that is missing or of another type
    return malformed(fmt::format("{} is not a complete HAR 1.2 file: {}.", where, printable(error.what())), where);
  }
}

}  // namespace plugvet
