#include <utility>

#include "checks/cause.h"
#include "checks/rungs.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

std::string_view expected_on(Rung rung) {
  if (rung == Rung::file) return "a regular file in the submission";
  if (rung == Rung::content_type) return "an OpenAPI document";
  return rung == Rung::syntax ? "valid JSON or YAML" : "an object that is an OpenAPI document";
}

std::string_view actual_of(const Problem& problem) {
  if (problem.rung == Rung::file) return cause_of(problem).seen;
  if (problem.rung == Rung::content_type) return "a web page";
  if (problem.id == "api.error_answer") return "an error answer";
  return problem.rung == Rung::syntax ? "text that cannot be parsed" : "another kind of document";
}

// The document itself: not its address in the manifest, nor the way there. A file that cannot be read is a link, or too
// large; one that is not there at all is no problem, because the document may be elsewhere.
bool is_own(const Problem& problem) {
  if (problem.blame != Blame::submission || problem.id.starts_with("manifest.")) return false;
  return problem.rung == Rung::file || problem.rung >= Rung::content_type;
}

std::string_view advice_on(const Problem& problem, const Submission& submission, bool has_manifest) {
  if (problem.rung == Rung::file) return cause_of(problem).advice;
  if (!submission.url || problem.rung == Rung::syntax) return "";
  if (!has_manifest) return advice_on_submitted_address;
  return problem.rung == Rung::content_type ? "The server probably shows this page for every path it does not know; "
                                              "exclude the document from that."
                                            : "";
}

Judgement syntax(const Submission& submission, const Collected<Manifest>& manifest, const Result<ApiDescription>& api,
                 const Parameters& limits) {
  // A broken manifest hides the document, whatever is wrong with it.
  if (manifest && manifest->problem()) return Judgement::blocked(manifest->problem()->what);
  const Problem* problem = api.problem();
  if (!problem) return Judgement::pass();
  if (!is_own(*problem)) return Judgement::blocked(problem->what);
  std::string message = printable(problem->what);
  if (problem->rung != Rung::file) message += " The platform says \"" + limits.text("platform_message") + "\".";
  append_sentence(message, advice_on(*problem, submission, manifest.has_value()));
  return Judgement::fail({{Artefact::api, {}, problem->position},
                          std::move(message),
                          std::string(expected_on(problem->rung)),
                          std::string(actual_of(*problem)),
                          problem->where});
}

}  // namespace

extern constinit const Check api_syntax = define_check<syntax>({
    .id = "api/syntax",
    .title = "The OpenAPI document can be read",
    .requirement = "The OpenAPI document is one JSON or YAML document whose root is an object; on disk, a regular file "
                   "and not a link.",
    .rationale =
        "Nothing else about the API can be read. The platform reports it late, when the first conversation starts.",
    .remedy =
        "Put the OpenAPI document itself there, as JSON or YAML that a parser reads; the message names the place.",
    .source = "OpenAI, Plugins: getting started (mid-2023); error messages reported by developers",
    .passing = "openapi: 3.0.1",
    .failing = "openapi: 3.0.1 beneath a line indented with tabs",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
