#include "checks/rungs.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement judge_on_disk(const Result<Logo>& logo) {
  const Problem* problem = logo.problem();
  if (!problem) return Judgement::pass();
  if (problem->rung != Rung::file || problem->blame != Blame::submission) return Judgement::blocked(problem->what);
  return Judgement::fail({{Artefact::manifest, "/logo_url", {}}, printable(problem->what), "a readable image file",
                          printable(problem->where), {}});
}

Judgement reachable(const Result<Logo>& logo, const Collected<Fetches>& fetches) {
  const Fetch* fetch = fetches && *fetches ? (*fetches)->of(Artefact::logo) : nullptr;
  if (!fetch) return judge_on_disk(logo);
  Judgement judgement = judge_status(*fetch, "There is no logo at this address.");
  const Response* response = fetch->response();
  if (!judgement.findings.empty() || !judgement.blocked_because.empty() || !response) return judgement;
  if (!response->body.empty()) return judgement;
  return Judgement::fail({fetch->named_by, named(*fetch) + " answers with an empty body.", "an image", "0 bytes", fetch->final_url()});
}

}  // namespace

extern constinit const Check logo_reachable = define_check<reachable>({
    .id = "logo/reachable",
    .title = "The logo can be fetched",
    .requirement = "logo_url answers a plain GET with status 200 and a body that is not empty.",
    .rationale = "The logo is required and shown wherever the plugin is offered; a missing one shows as a broken image.",
    .remedy = "Open logo_url in a private browser window; it must show the image, without signing in.",
    .source = "OpenAI, Getting started (late 2023): logo_url",
    .passing = "HTTP/1.1 200 OK, Content-Type: image/png",
    .failing = "HTTP/1.1 404 Not Found",
});

}  // namespace plugvet::checks
