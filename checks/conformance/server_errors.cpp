#include "checks/probes.h"

namespace plugvet::checks {
namespace {

Judgement judge_server_errors(const Probe& probe) {
  const int status = status_of(probe);
  if (status / 100 != 5 || (status == 501 && probe.breach == Breach::method)) return Judgement::pass();
  return Judgement::fail(probe_finding(probe, probe.part, "", "an answer, or an error of status 4xx",
                                       answer_of(probe)));
}

}  // namespace

extern constinit const Check conformance_server_errors = define_check<judge_server_errors>({
    .id = "conformance/server-errors",
    .title = "No request makes the API fail",
    .requirement = "No request, right or wrong, is answered with a status 5xx.",
    .rationale =
        "The model sends what it understood, which is not always right. An API that falls over tells it nothing that "
        "it could do better, and the platform calls a plugin less often that answers 5xx.",
    .remedy = "Check every value before it is used, and answer 400 or 422 with a message that names the wrong one.",
    .source = "OpenAI, Plugins in production (2023-09); Schemathesis, not_a_server_error",
    .passing = R"(400 {"error": {"field": "text", "message": "text has 214 characters; at most 200 are allowed."}})",
    .failing = "500 Internal Server Error",
});

}  // namespace plugvet::checks
