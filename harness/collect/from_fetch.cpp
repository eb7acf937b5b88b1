#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "harness/collect/artefacts.h"
#include "harness/support/http_status.h"
#include "harness/support/text.h"

namespace plugvet {

namespace {

Problem problem_on(Rung rung, std::string id, std::string what, std::string where) {
  Problem problem;
  problem.rung = rung;
  problem.id = std::move(id);
  problem.what = std::move(what);
  problem.where = std::move(where);
  return problem;
}

}  // namespace

Result<std::string> body_of(const Fetch& fetch) {
  if (fetch.problem) return *fetch.problem;
  const Response* response = fetch.response();
  if (!response) return problem_on(Rung::http, "http.no_response", "There was no response.", fetch.final_url());
  const std::string url = printable(fetch.final_url());
  if (response->status == 401 || response->status == 403)
    return problem_on(Rung::http, "http.unauthorized", fmt::format("{} answered {}.", url, status_text(response->status)),
                      fetch.final_url());
  if (response->status != 200)
    return problem_on(Rung::http, "http.status", fmt::format("{} answered {}.", url, status_text(response->status)),
                      fetch.final_url());
  if (response->body.empty())
    return problem_on(Rung::http, "http.empty", url + " answered 200 with an empty body.", fetch.final_url());
  return response->body;
}

FetchOrder order_for(Artefact artefact, Location named_by, std::string url, const FetchLimits& limits) {
  FetchOrder order;
  order.artefact = artefact;
  order.named_by = std::move(named_by);
  order.request.url = std::move(url);
  order.limits = limits;
  return order;
}

Problem url_problem(const Manifest& manifest, std::string_view pointer, std::string_view what) {
  Problem problem = problem_on(Rung::url, "url.syntax", std::string{what}, manifest.location);
  problem.position = manifest.at(pointer).position;
  return problem;
}

Result<Url> url_in(const Manifest& manifest, std::string_view pointer, std::string_view member, Relative relative) {
  const std::string* text = manifest.text(pointer);
  if (!text) return url_problem(manifest, pointer, fmt::format("The manifest has no {}.", member));
  if (is_blank(*text)) return url_problem(manifest, pointer, fmt::format("{} is empty.", member));
  const bool may_resolve = relative == Relative::resolved && manifest.url;
  const Result<Url> url = may_resolve ? manifest.url->resolve(*text) : Url::parse(*text);
  if (url) return url;
  return url_problem(manifest, pointer,
                     fmt::format("{} is no URL that can be fetched: {}", member, url.problem()->what));
}

}  // namespace plugvet
