#include <algorithm>

#include "checks/rungs.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

std::string_view value_of(const Response& response, std::string_view name) {
  const std::string* value = find_header(response.headers, name);
  return value ? trimmed(*value) : std::string_view{};
}

bool allows_origin(const Response& response, std::string_view origin) {
  const std::string_view allowed = value_of(response, "access-control-allow-origin");
  return allowed == "*" || allowed == origin;
}

bool lists(std::string_view value, std::string_view name) {
  while (!value.empty()) {
    const std::size_t comma = std::min(value.find(','), value.size());
    const std::string_view item = trimmed(value.substr(0, comma));
    if (item == "*" || equal_ignoring_case_ascii(item, name)) return true;
    value.remove_prefix(std::min(comma + 1, value.size()));
  }
  return false;
}

// What a browser at the chat platform would miss, in the order in which it looks.
std::vector<std::string> missing_from(const CorsProbe& probe, const Parameters& limits) {
  const std::string origin = limits.text("origin");
  std::vector<std::string> missing;
  const Response& preflight = *probe.preflight.response;
  if (preflight.status < 200 || preflight.status > 299) {
    missing.push_back("a 2xx answer to OPTIONS (it is " + status_text(preflight.status) + ")");
  } else {
    if (!allows_origin(preflight, origin)) missing.push_back("Access-Control-Allow-Origin in the answer to OPTIONS");
    for (const std::string& header : limits.list("headers"))
      if (!lists(value_of(preflight, "access-control-allow-headers"), header))
        missing.push_back(header + " in Access-Control-Allow-Headers");
    if (!equal_ignoring_case_ascii(value_of(preflight, "access-control-allow-private-network"), "true"))
      missing.push_back("Access-Control-Allow-Private-Network: true");
  }
  if (!allows_origin(*probe.actual.response, origin))
    missing.push_back("Access-Control-Allow-Origin in the answer to GET");
  return missing;
}

Judgement localhost_cors(const Submission& submission, const CorsProbes& probes, const Parameters& limits) {
  if (!submission.is_loopback()) return Judgement::not_applicable("The submission is not a plugin on localhost.");
  Judgement judgement;
  for (const CorsProbe& probe : probes.all) {
    if (!probe.preflight.response || !probe.actual.response) {
      const auto& problem = probe.preflight.problem ? probe.preflight.problem : probe.actual.problem;
      judgement.blocked_because = problem ? problem->what : "There is no answer to judge.";
      continue;
    }
    if (probe.actual.response->status != 200) {  // an error page, a redirect: not the document
      judgement.blocked_because = std::string(subject_of(probe.artefact)) + " is not what answers.";
      continue;
    }
    const std::vector<std::string> missing = missing_from(probe, limits);
    if (missing.empty()) continue;
    judgement.findings.push_back(
        {{probe.artefact, {}, {}},
         "The browser may not read " + std::string(noun_of(probe.artefact)) + " from " + limits.text("origin") +
             ". ChatGPT says \"Failed to fetch localhost manifest. Check to ensure your localhost is running and your "
             "localhost server has CORS enabled.\"",
         "permission for " + limits.text("origin"),
         "without " + listed(missing),
         probe.preflight.request.url});
  }
  if (!judgement.findings.empty()) judgement.blocked_because.clear();
  return judgement;
}

}  // namespace

extern constinit const Check discovery_localhost_cors = define_check<localhost_cors>({
    .id = "discovery/localhost-cors",
    .title = "The browser may read a plugin under development",
    .requirement = "On localhost, manifest and OpenAPI document answer a preflight request, allow the platform's "
                   "origin and the headers "
                   "openai-conversation-id, openai-ephemeral-user-id and content-type, and answer "
                   "Access-Control-Request-Private-Network with Access-Control-Allow-Private-Network: true.",
    .rationale =
        "A plugin on localhost is fetched by the browser, which asks for permission first. Chrome also asks before a "
        "public page may reach the private network.",
    .remedy = "Turn on CORS for https://chat.openai.com with these headers, and answer the private-network question. "
              "Mind that "
              "ChatGPT shows the same message when the manifest is no valid JSON.",
    .source = "OpenAI, plugins-quickstart, issues 11 and 40; OpenAI, chatgpt-retrieval-plugin, pull request 248",
    .passing = "Access-Control-Allow-Origin: https://chat.openai.com",
    .failing = "no Access-Control-Allow-Origin",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
