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

Judgement localhost(const Submission& submission) {
  if (!is_on_this_machine(submission))
    return Judgement::not_applicable("The submission is not a plugin on this machine.");
  Judgement judgement;
  judge_address(*submission.url, judgement);
  return judgement;
}

}  // namespace

extern constinit const Check discovery_localhost = define_check<localhost>({
    .id = "discovery/localhost",
    .title = "A plugin under development is named localhost",
    .requirement = "A plugin on the developer's machine is addressed as http://localhost:PORT.",
    .rationale = "ChatGPT supports development on localhost by that name only; 127.0.0.1 and 0.0.0.0 did not work.",
    .remedy = "Submit http://localhost:PORT.",
    .source = "OpenAI, Plugin authentication (2023-09); OpenAI, plugins-quickstart, issue 22",
    .passing = "http://localhost:5003",
    .failing = "http://127.0.0.1:5003",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
