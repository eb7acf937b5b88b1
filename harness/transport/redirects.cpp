#include "harness/transport/redirects.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "harness/support/text.h"

namespace plugvet {
namespace {

// What may be told to an origin that the user did not name.
constexpr std::string_view harmless_headers[] = {"accept",
                                                 "accept-language",
                                                 "accept-encoding",
                                                 "user-agent",
                                                 "origin",
                                                 "content-type",
                                                 "access-control-request-method",
                                                 "access-control-request-headers",
                                                 "access-control-request-private-network"};

Problem problem(std::string id, std::string what, const std::string& where) {
  return {
      .rung = Rung::http, .id = std::move(id), .what = std::move(what), .where = where, .position = {}, .blame = {}};
}

std::string shown_url(std::string_view url) {
  return fmt::format("“{}”", printable(shortened(url, 200)));
}

bool is_harmless(const Header& header) {
  return std::any_of(std::begin(harmless_headers), std::end(harmless_headers),
                     [&](std::string_view name) { return equal_ignoring_case_ascii(header.name, name); });
}

void drop_body(Request& request) {
  request.body.clear();
  std::erase_if(request.headers,
                [](const Header& header) { return to_lower_ascii(header.name).starts_with("content-"); });
}

// Browsers and RFC 9110 §15.4: POST becomes GET after 301 and 302, everything but HEAD becomes GET after 303.
Request redirected(const Request& request, int status, const Url& from, const Url& to) {
  Request next = request;
  next.url = to.text();
  const bool becomes_get =
      status == 303 ? request.method != "HEAD" : (status == 301 || status == 302) && request.method == "POST";
  if (becomes_get) {
    next.method = "GET";
    drop_body(next);
  }
  if (from.origin() != to.origin())
    std::erase_if(next.headers, [](const Header& header) { return !is_harmless(header); });
  return next;
}

bool only_reads(const Request& request) {
  return (request.method == "GET" || request.method == "HEAD" || request.method == "OPTIONS") && request.body.empty();
}

// The single Location; null when several differ.
const std::string* location_of(const Response& response) {
  const std::string* location = find_header(response.headers, "Location");
  for (const Header& header : response.headers)
    if (location && equal_ignoring_case_ascii(header.name, "Location") && header.value != *location) return nullptr;
  return location;
}

std::optional<Problem> refuse(const Request& next, const Url& from, const Url& to, const std::vector<Exchange>& hops,
                              unsigned most) {
  const std::string& where = hops.back().request.url;
  if (from.origin() != to.origin() && !only_reads(next)) {
    const bool downgrade = from.is_https() && !to.is_https();
    return problem(downgrade ? "http.redirect.downgrade" : "http.redirect.cross_origin",
                   fmt::format("The server redirects a {} request to another origin, {}; it is not sent there.",
                               next.method, shown_url(to.origin())),
                   where);
  }
  const auto is_same = [&](const Exchange& hop) {
    const auto url = Url::parse(hop.request.url);  // the first one as the caller spelled it
    return url && url->text() == next.url && hop.request.method == next.method;
  };
  if (std::any_of(hops.begin(), hops.end(), is_same))
    return problem("http.redirect.circle",
                   fmt::format("The redirects go in a circle: they lead back to {}.", shown_url(next.url)), where);
  const auto redirects = std::count_if(hops.begin(), hops.end(),
                                       [](const Exchange& hop) { return hop.response && is_redirect(*hop.response); });
  if (static_cast<std::size_t>(redirects) > most)
    return problem("http.redirect.too_many",
                   fmt::format("There are more than {} on the way from {}.", counted(most, "redirect"),
                               shown_url(hops.front().request.url)),
                   where);
  return {};
}

}  // namespace

bool is_redirect(const Response& response) {
  constexpr int statuses[] = {301, 302, 303, 307, 308};
  return std::find(std::begin(statuses), std::end(statuses), response.status) != std::end(statuses) &&
         find_header(response.headers, "Location") != nullptr;
}

NextHop next_hop(const std::vector<Exchange>& hops, const FetchLimits& limits) {
  const Exchange& last = hops.back();
  if (!last.response || !is_redirect(*last.response)) return {};
  const std::string& where = last.request.url;
  const std::string* location = location_of(*last.response);
  if (!location)
    return problem("http.redirect.bad_location", "The redirect has several Location headers that differ.", where);
  const auto from = Url::parse(where);
  if (!from) return *from.problem();
  const auto to = from->resolve(*location);
  if (!to)
    return problem("http.redirect.bad_location",
                   fmt::format("The redirect to {} cannot be followed: {}", shown_url(*location), to.problem()->what),
                   where);
  Request next = redirected(last.request, last.response->status, *from, *to);
  if (auto refused = refuse(next, *from, *to, hops, limits.redirects)) return *std::move(refused);
  return next;
}

}  // namespace plugvet
