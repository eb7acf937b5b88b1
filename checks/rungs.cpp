#include "checks/rungs.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "checks/cause.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

// Rungs in the order in which they are climbed. A certificate is looked at when a session stands, so whoever judges the
// session is not hindered by it.
int height(const Problem& problem) {
  const bool of_certificate = problem.id.starts_with("tls.certificate");
  return 2 * static_cast<int>(problem.rung) + (of_certificate ? 1 : 0);
}

std::string origin_of(const std::string& url) {
  const auto parsed = Url::parse(url);
  return parsed ? parsed->origin() : url;
}

std::string where_it_broke(const Fetch& fetch) {
  return fetch.problem->where.empty() ? fetch.final_url() : fetch.problem->where;
}

Finding finding_of(const Fetch& fetch, std::string_view expected) {
  const std::string where = where_it_broke(fetch);
  const Cause cause = cause_of(*fetch.problem);
  std::string message = printable(fetch.problem->what);
  if (!fetch.redirects().empty())
    message += " This is where " + printable(shortened(fetch.requested_url(), 200)) + " redirects to.";
  append_sentence(message, cause.advice);
  return {fetch.named_by, std::move(message), std::string(expected), std::string(cause.seen), where};
}

// It says nothing about the plugin: others who ask less often get an answer.
std::string asked_too_often(const Fetch& fetch, const Response& response) {
  std::string what = named(fetch) + " was asked too often and answers with status " + status_text(429);
  if (const std::string* rest = find_header(response.headers, "retry-after"))
    what += " and Retry-After: " + printable(shortened(*rest, 40));
  return what + ". Review it again later, or with a lower --rate.";
}

}  // namespace

Judgement judge_rung(const Fetches& fetches, Rung rung, Owns owns, std::string_view expected) {
  Judgement judgement;
  std::vector<std::string> judged;  // origins: the second URL on a broken host is the same broken thing
  int own_height = 2 * static_cast<int>(rung);
  for (const Fetch& fetch : fetches.all)
    if (fetch.problem && owns(*fetch.problem)) own_height = std::max(own_height, height(*fetch.problem));
  for (const Fetch& fetch : fetches.all) {
    if (!fetch.problem) continue;
    const Problem& problem = *fetch.problem;
    const bool own = owns(problem);
    if (own && problem.blame == Blame::submission) {
      const std::string origin = origin_of(where_it_broke(fetch));
      if (std::find(judged.begin(), judged.end(), origin) != judged.end()) continue;
      judged.push_back(origin);
      judgement.findings.push_back(finding_of(fetch, expected));
    } else if (own || height(problem) <= own_height) {
      judgement.blocked_because = problem.what;
    }
  }
  // What was found stays found, even though something else could not be looked at.
  if (!judgement.findings.empty()) judgement.blocked_because.clear();
  return judgement;
}

Judgement judge_status(const Fetch& fetch, std::string_view advice) {
  if (fetch.problem) {
    // Whether manifest and API description come in time is discovery/fetch-time's question.
    const bool is_timed = fetch.artefact == Artefact::manifest || fetch.artefact == Artefact::api;
    const bool is_late = is_timed && is_deadline(*fetch.problem);
    if (fetch.problem->rung != Rung::http || is_late || fetch.problem->blame != Blame::submission)
      return Judgement::blocked(fetch.problem->what);
    return Judgement::fail(finding_of(fetch, "a complete HTTP answer with status 200"));
  }
  const Response* response = fetch.response();
  if (!response) return Judgement::blocked("There is no answer to judge.");
  if (response->status == 200 && !response->body.empty()) return Judgement::pass();
  if (response->status == 200)
    return Judgement::fail({fetch.named_by, named(fetch) + " answers with status 200 and an empty body.",
                            "status 200 with a body", "0 bytes", fetch.final_url()});
  const std::string status = status_text(response->status);
  if (is_access_refusal(*response))
    return Judgement::blocked(named(fetch) + " was refused with status " + status + ".");
  if (response->status == 429) return Judgement::blocked(asked_too_often(fetch, *response));
  std::string message = named(fetch) + " answers with status " + status + ".";
  const bool is_absent = response->status == 404 || response->status == 410;
  if (is_absent) append_sentence(message, advice);
  if (response->status >= 500) append_sentence(message, "The server failed; its log says why.");
  return Judgement::fail({fetch.named_by, std::move(message), "status 200", "status " + status, fetch.final_url()});
}

Judgement judge_media_type(const Fetches& fetches, Artefact artefact, const Problem* problem_of_artefact,
                           const std::vector<std::string>& accepted, std::string_view manner,
                           std::string_view expected) {
  if (problem_of_artefact && problem_of_artefact->rung <= Rung::content_type)
    return Judgement::blocked(problem_of_artefact->what);
  const FoundFetch found = find_fetch(fetches, artefact, problem_of_artefact);
  if (!found.fetch) return Judgement::blocked(found.missing_because);
  const Response* response = found.fetch->response();
  if (!response) return Judgement::blocked("There is no answer to judge.");
  const std::string type = response->media_type();
  if (std::find(accepted.begin(), accepted.end(), type) != accepted.end()) return Judgement::pass();
  const std::string actual = type.empty() ? "no Content-Type" : printable(shortened(type, 100));
  return Judgement::fail({found.fetch->named_by,
                          named(*found.fetch) + " is sent " + std::string(manner) + " " + actual + ".",
                          std::string(expected), actual, found.fetch->final_url()});
}

FoundFetch find_fetch(const Fetches& fetches, Artefact artefact, const Problem* problem_of_artefact) {
  if (const Fetch* fetch = fetches.of(artefact)) return {fetch, {}};
  if (problem_of_artefact) return {nullptr, problem_of_artefact->what};
  return {nullptr, "No address of " + std::string(noun_of(artefact)) + " is known."};
}

bool is_deadline(const Problem& problem) {
  return problem.id.ends_with("deadline");
}

bool is_access_refusal(const Response& response) {
  if (response.status == 401 || response.status == 403 || response.status == 407) return true;
  const std::string* mitigated = find_header(response.headers, "cf-mitigated");
  return mitigated && equal_ignoring_case_ascii(trimmed(*mitigated), "challenge");
}

std::string_view noun_of(Artefact artefact) {
  switch (artefact) {
    case Artefact::submission:
      return "the submission";
    case Artefact::manifest:
      return "the manifest";
    case Artefact::api:
      return "the OpenAPI document";
    case Artefact::logo:
      return "the logo";
    case Artefact::legal_page:
      return "the legal page";
    case Artefact::tls:
      return "the TLS session";
    case Artefact::cors:
      return "the cross-origin request";
  }
  return "the submission";
}

std::string_view subject_of(Artefact artefact) {
  switch (artefact) {
    case Artefact::submission:
      return "The submission";
    case Artefact::manifest:
      return "The manifest";
    case Artefact::api:
      return "The OpenAPI document";
    case Artefact::logo:
      return "The logo";
    case Artefact::legal_page:
      return "The legal page";
    case Artefact::tls:
      return "The TLS session";
    case Artefact::cors:
      return "The cross-origin request";
  }
  return "The submission";
}

std::string named(const Fetch& fetch) {
  return std::string(subject_of(fetch.artefact)) + " (" + printable(shortened(fetch.final_url(), 200)) + ")";
}

std::vector<WrittenUrl> called_urls(const Manifest& manifest) {
  std::vector<WrittenUrl> urls;
  if (manifest.url) urls.push_back({"", *manifest.url});
  const auto add = [&](const std::string& pointer) {
    const std::string* text = manifest.text(pointer);
    if (!text) return;
    if (auto url = Url::parse(*text)) urls.push_back({pointer, std::move(*url)});
  };
  if (manifest.format() == ManifestFormat::m365) {
    const Json* runtimes = manifest.document.find("/runtimes");
    const std::size_t count = runtimes && runtimes->is_array() ? runtimes->size() : 0;
    for (std::size_t i = 0; i < count; ++i) add("/runtimes/" + std::to_string(i) + "/spec/url");
  } else {
    for (const char* pointer : {"/api/url", "/auth/client_url", "/auth/authorization_url"}) add(pointer);
  }
  add("/logo_url");
  return urls;
}

Location place_of(const WrittenUrl& written, const Manifest& manifest) {
  return written.pointer.empty() ? Location{} : manifest.at(written.pointer);
}

}  // namespace plugvet::checks
