#include "harness/model/check.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

// A comma too many stood in OpenAI's own sample; the message that people saw sent them looking for CORS.
constexpr std::string_view misleading_message =
    " The platform showed \"Failed to fetch localhost manifest. Check to ensure your localhost is running and your "
    "localhost server has CORS enabled.\" for this; the cause is the comma, not CORS.";

Judgement syntax(const Result<Manifest>& manifest) {
  const Problem* problem = manifest.problem();
  if (!problem) return Judgement::pass();
  if (problem->rung < Rung::syntax || problem->blame != Blame::submission) return Judgement::blocked(problem->what);
  std::string message = printable(problem->what);
  if (problem->id == "json.trailing_comma") message += misleading_message;
  const bool is_json = problem->rung == Rung::schema;
  return Judgement::fail({{Artefact::manifest, "", problem->position},
                          std::move(message),
                          is_json ? "a JSON object" : "strict JSON in UTF-8",
                          is_json ? "another JSON value" : "text that is not JSON",
                          {}});
}

}  // namespace

extern constinit const Check manifest_syntax = define_check<syntax>({
    .id = "manifest/syntax",
    .title = "The manifest is a strict JSON object",
    .requirement =
        "The manifest is one JSON object as RFC 8259 defines it, encoded in UTF-8: no comma after the last member, "
        "no comment, no single quotes, no unquoted names, nothing before or after it.",
    .rationale =
        "Platforms read it with strict parsers and stop at the first fault, often with a message about something "
        "else. A comma too many in OpenAI's own sample blocked installs.",
    .remedy = "Correct the place that is named. Most editors show it when the file's name ends in .json.",
    .source = "RFC 8259; OpenAI, plugins-quickstart, issues 11 and 40",
    .passing = R"({"schema_version": "v1"})",
    .failing = R"({"schema_version": "v1",})",
});

}  // namespace plugvet::checks
