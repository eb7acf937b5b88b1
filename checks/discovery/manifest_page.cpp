#include "checks/rungs.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement manifest_page(const Fetches&, const Result<Manifest>& manifest) {
  const Problem* problem = manifest.problem();
  if (!problem || problem->rung > Rung::content_type) return Judgement::pass();
  if (problem->rung < Rung::content_type) return Judgement::blocked(problem->what);
  return Judgement::fail({{},
                          printable(problem->what) +
                              " The server probably shows its start page for every path it does not "
                              "know; ChatGPT says \"Couldn't find manifest.\"",
                          "a JSON object",
                          "a web page",
                          problem->where});
}

}  // namespace

extern constinit const Check discovery_manifest_page = define_check<manifest_page>({
    .id = "discovery/manifest-page",
    .title = "The manifest's address answers with the manifest, not with a web page",
    .requirement = "What is served at the manifest's address is the JSON document itself, not an HTML page.",
    .rationale =
        "Single-page applications answer every unknown path with their start page and status 200. To a browser that "
        "looks right; the platform finds no manifest.",
    .remedy = "Exclude /.well-known/ from the fallback route and serve the file itself.",
    .source = "OpenAI, plugins-quickstart; plugvet, own judgement",
    .passing = R"({"schema_version": "v1", …})",
    .failing = "<!doctype html><html>…",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
