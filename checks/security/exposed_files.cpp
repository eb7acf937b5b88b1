#include <re2/re2.h>

#include <algorithm>
#include <array>

#include "harness/model/check.h"
#include "harness/model/sensitive_paths.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

bool has(std::string_view body, std::string_view part) {
  return body.find(part) != std::string_view::npos;
}

bool is_page(std::string_view body) {
  const std::string start = to_lower_ascii(trimmed(body.substr(0, 1'024)));
  return start.starts_with("<!doctype") || start.starts_with("<html") || has(start, "<head") || has(start, "<body");
}

/// Lines of NAME=value and comments, and nothing else.
bool is_settings_file(std::string_view body) {
  static const RE2 assignment(R"((?:export )?[A-Za-z_][A-Za-z0-9_.]*\s*=.*)");
  std::size_t assignments = 0, others = 0;
  while (!body.empty()) {
    const std::string_view line = trimmed(body.substr(0, body.find('\n')));
    body.remove_prefix(std::min(body.find('\n'), body.size() - 1) + 1);
    if (line.empty() || line.starts_with('#')) continue;
    ++(RE2::FullMatch(re2::StringPiece(line.data(), line.size()), assignment) ? assignments : others);
  }
  return assignments > 0 && others <= assignments / 4;
}

bool is_git_head(std::string_view body) {
  static const RE2 commit("[0-9a-f]{40}");
  const std::string_view text = trimmed(body);
  return text.starts_with("ref: refs/") || RE2::FullMatch(re2::StringPiece(text.data(), text.size()), commit);
}

bool is_git_config(std::string_view body) {
  return !is_page(body) && has(body, "[core]") && has(body, "repositoryformatversion");
}

bool is_aws_credentials(std::string_view body) {
  return !is_page(body) && has(body, "aws_access_key_id") && has(body, "aws_secret_access_key");
}

bool is_listing(std::string_view body) {
  static const RE2 title(R"((?i)<title>\s*(?:Index of /|Directory listing (?:for|of) )|<h1>Index of /)");
  return RE2::PartialMatch(re2::StringPiece(body.data(), body.size()), title);
}

bool is_actuator(std::string_view body) {
  return trimmed(body).starts_with('{') && has(body, "\"propertySources\"");
}

bool is_profiler(std::string_view body) {
  return has(body, "/debug/pprof/") && has(body, "goroutine") && has(body, "profile");
}

bool is_server_status(std::string_view body) {
  return has(body, "Apache Server Status") || (has(body, "Server uptime:") && has(body, "Total accesses:"));
}

bool is_compose_file(std::string_view body) {
  static const RE2 services(R"((?m)^services:\s*$)"), service(R"((?m)^\s+(?:image|build):)");
  const re2::StringPiece text(body.data(), body.size());
  return !is_page(body) && RE2::PartialMatch(text, services) && RE2::PartialMatch(text, service);
}

struct Signature {
  std::string_view path, noun;
  bool (*is_it)(std::string_view body);  ///< by content: many sites answer 200 to everything
};

constexpr std::array<Signature, sensitive_paths.size()> signatures{{
    {"/.env", "a file of settings, which often holds passwords and keys", is_settings_file},
    {"/.git/HEAD", "a part of the source's repository, which can be downloaded whole from there", is_git_head},
    {"/.git/config", "a part of the source's repository, which can be downloaded whole from there", is_git_config},
    {"/.aws/credentials", "a file of access keys", is_aws_credentials},
    {"/.well-known/", "a list of all files in that folder", is_listing},
    {"/actuator/env", "the settings of a Spring application", is_actuator},
    {"/debug/pprof/", "the profiler of a Go program", is_profiler},
    {"/server-status", "the status page of Apache, with the addresses and requests of visitors", is_server_status},
    {"/docker-compose.yml", "the description of how the service is deployed", is_compose_file},
}};

constexpr bool every_path_has_a_signature() {
  return std::ranges::equal(signatures, sensitive_paths, {}, &Signature::path);
}
static_assert(every_path_has_a_signature());

Judgement exposed_files(const PathProbes& probes) {
  Judgement judgement;
  bool was_answered = false;
  for (std::size_t i = 0; i < probes.all.size() && i < signatures.size(); ++i) {
    const Fetch& probe = probes.all[i];
    const Response* response = probe.response();
    was_answered |= response != nullptr;
    if (!response || response->status != 200 || !signatures[i].is_it(response->body)) continue;
    const std::string url = printable(shortened(probe.requested_url(), 200));
    judgement.findings.push_back({{Artefact::submission, std::string{signatures[i].path}, {}, {}},
                                  url + " is " + std::string{signatures[i].noun} + ", and anybody can read it.",
                                  "404 Not Found", bytes_text(response->body.size()), {}});
  }
  if (!was_answered && !probes.all.empty() && probes.all.front().problem)
    return Judgement::blocked(probes.all.front().problem->what);
  return judgement;
}

}  // namespace

extern constinit const Check security_exposed_files = define_check<exposed_files>({
    .id = "security/exposed-files",
    .title = "No file is served that was never meant to be",
    .requirement =
        "The host of the submission answers none of these with what their names promise: /.env, /.git/HEAD, /.git/config, "
        "/.aws/credentials, a listing of /.well-known/, /actuator/env, /debug/pprof/, /server-status, /docker-compose.yml. "
        "Each is asked for once; an answer counts by its content, not by its status.",
    .rationale =
        "Such files hold keys, source and addresses of visitors, and they are what every scanner looks for first. A study "
        "found that more than a third of the store's plugins leaked configuration files.",
    .remedy =
        "Do not serve these paths; deploy only what is to be public. What was readable counts as known: replace every "
        "password and key in it.",
    .source = "Yan et al., Exploring ChatGPT App Ecosystem (arXiv 2408.14357); plugvet, own judgement, for the list",
    .passing = "GET /.env: 404 Not Found",
    .failing = "GET /.env: 200 OK, DATABASE_PASSWORD=…",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
