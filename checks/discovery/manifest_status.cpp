#include "checks/rungs.h"

namespace plugvet::checks {
namespace {

Judgement manifest_status(const Fetches& fetches) {
  const Fetch* fetch = fetches.of(Artefact::manifest);
  if (!fetch) return Judgement::not_applicable("No manifest was asked for.");
  return judge_status(*fetch,
                      "There is no plugin here; ChatGPT says \"Couldn't find manifest.\" Many servers and hosts skip "
                      "folders that begin with a dot: allow .well-known explicitly.");
}

}  // namespace

extern constinit const Check discovery_manifest_status = define_check<manifest_status>({
    .id = "discovery/manifest-status",
    .title = "The manifest's address answers with status 200",
    .requirement =
        "After permitted redirects the address of the manifest answers with a complete HTTP response of status "
        "200. Other statuses fail, also 204, 206 and 304.",
    .rationale = "Installing stops here: ChatGPT says \"Couldn't find manifest.\" and looks at nothing else.",
    .remedy =
        "Make sure that a plain GET of the manifest's address answers 200 with the file itself on the deployed host.",
    .source = "OpenAI, plugins-quickstart, issue 22; PluginExplorer, manifest scanner",
    .passing = "HTTP/1.1 200 OK",
    .failing = "HTTP/1.1 404 Not Found",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
