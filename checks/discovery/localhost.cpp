#include "checks/rungs.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

bool is_on_this_machine(const Submission& submission) {
  return submission.is_loopback() || (submission.url && submission.url->host() == "0.0.0.0");
}

void judge_address(const Url& url, Judgement& judgement) {
  if (url.host() == "localhost" && url.port_is_written()) return;
  const std::string actual = printable(url.origin());
  const std::string why = url.host() == "localhost" ? "names no port" : "does not use the name localhost";
  judgement.findings.push_back({{},
                                "The address " + actual + " " + why +
                                    "; in ChatGPT only \"localhost:PORT\" worked, 127.0.0.1 and 0.0.0.0 did not.",
                                "http://localhost:PORT",
                                actual,
                                {}});
}

void judge_auth(const Manifest& manifest, Judgement& judgement) {
  const std::string* type = manifest.text("/auth/type");
  if (!type || *type == "none") return;  // a missing one is reported by the manifest's own checks
  const std::string actual = printable(shortened(*type, 40));
  judgement.findings.push_back({manifest.at("/auth/type"),
                                "The plugin on localhost declares the authentication type " + actual + ".",
                                "none",
                                actual,
                                {}});
}

Judgement localhost(const Submission& submission, const Collected<Manifest>& manifest) {
  if (!is_on_this_machine(submission))
    return Judgement::not_applicable("The submission is not a plugin on this machine.");
  Judgement judgement;
  judge_address(*submission.url, judgement);
  if (manifest && manifest->value()) judge_auth(*manifest->value(), judgement);
  return judgement;
}

}  // namespace

extern constinit const Check discovery_localhost = define_check<localhost>({
    .id = "discovery/localhost",
    .title = "A plugin under development is named localhost and has no authentication",
    .requirement =
        "A plugin on the developer's machine is addressed as http://localhost:PORT, and its auth.type is none.",
    .rationale =
        "ChatGPT supports development on localhost only by that name and without authentication; 127.0.0.1 and "
        "0.0.0.0 did not work.",
    .remedy =
        "Submit http://localhost:PORT. Where auth.type is another than none, set it to none while developing, and test "
        "authentication on a deployed server.",
    .source = "OpenAI, Plugin authentication (2023-09); OpenAI, plugins-quickstart, issue 22",
    .passing = "http://localhost:5003",
    .failing = "http://127.0.0.1:5003",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
