#include "checks/rungs.h"

namespace plugvet::checks {
namespace {

Judgement web_port(const Fetches& fetches) {
  return judge_rung(
      fetches, Rung::url, [](const Problem& p) { return p.id == "url.port"; }, "a port for HTTP");
}

}  // namespace

extern constinit const Check transport_web_port = define_check<web_port>({
    .id = "transport/web-port",
    .title = "No URL names the port of another protocol",
    .requirement =
        "No URL of the submission, and no redirect, leads to a port that browsers block because it belongs to "
        "another protocol: mail, SSH, databases.",
    .rationale =
        "Such a URL makes whoever fetches it talk to a service that does not speak HTTP. No browser follows it, and "
        "it is a known way to misuse a fetcher.",
    .remedy = "Serve the file on port 443 and drop the port from the URL.",
    .source = "WHATWG, Fetch, section on port blocking; OpenAI, Plugins in production (2023-09)",
    .passing = "https://acme.com/legal",
    .failing = "https://acme.com:25/legal",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
