#include <algorithm>
#include <array>

#include "checks/findings.h"
#include "checks/openapi.h"
#include "checks/paths.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

// The plugin's own files, and what servers have for those who run them: the last segment of a path that takes nothing.
constexpr auto plumbing = std::to_array<std::string_view>(
    {"ai-plugin.json", "openapi.json", "openapi.yaml", "openapi.yml", "swagger.json", "swagger.yaml", "swagger",
     "redoc",          "swagger-ui",   "api-docs",     "logo",        "logo.png",     "logo.jpg",     "logo.svg",
     "favicon.ico",    "robots.txt",   "legal",        "legal-info",  "legalinfo",    "legal_info",   "privacy",
     "privacy-policy", "terms",        "health",       "healthz",     "healthcheck",  "health-check", "health_check",
     "livez",          "readyz",       "liveness",     "readiness",   "heartbeat",    "metrics"});
// Anywhere in a path: what is beneath them is for those who run the service.
constexpr auto backstage = std::to_array<std::string_view>({"admin", "debug", "actuator", "_debug", "__debug__"});

template <std::size_t n>
bool is_among(const std::array<std::string_view, n>& words, std::string_view segment) {
  return std::ranges::find(words, to_lower_ascii(segment)) != words.end();
}

/// What kind of operation it is, as the end of a sentence; empty for those of the service itself.
std::string_view internal_kind(const openapi::Operation& operation) {
  const auto segments = path_segments(operation.path);
  if (std::ranges::any_of(segments, [](std::string_view segment) { return is_among(backstage, segment); }))
    return "is for those who run the service";
  const bool takes_nothing = operation.parameters.empty() && !operation.request_body;
  if (operation.method != "get" || !takes_nothing) return "";
  const bool is_plumbing = segments.front() == ".well-known" || is_among(plumbing, segments.back());
  return is_plumbing ? "serves the plugin's machinery, and not its users" : "";
}

Judgement internal_operations(const ApiDescription& api) {
  Judgement judgement;
  for (const openapi::Operation& operation : api.description->operations) {
    const std::string_view kind = internal_kind(operation);
    if (kind.empty()) continue;
    judgement.findings.push_back({api.at_name(operation.node.place),
                                  spoken(operation) + " " + std::string(kind) + ".",
                                  "operations that a conversation needs",
                                  in_quotes(operation.path, 100),
                                  {}});
  }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check api_internal_operations = define_check<of_openapi_3<internal_operations>>({
    .id = "api/internal-operations",
    .title = "The model is offered no internals",
    .requirement = "No operation serves the manifest, the document itself, the logo or the legal page, reports the "
                   "server's health, or lies beneath admin or debug.",
    .rationale =
        "Every operation takes context and may be called: frameworks describe all that they serve, and a model that "
        "finds an administration uses it.",
    .remedy = "Exclude these routes from the document (FastAPI: include_in_schema=False).",
    .source = "OpenAI, Plugin introduction: you need not expose everything; OWASP LLM07, Insecure plugin design",
    .passing = "GET /todos",
    .failing = "GET /.well-known/ai-plugin.json",
    .severity = Severity::note,
});

}  // namespace plugvet::checks
