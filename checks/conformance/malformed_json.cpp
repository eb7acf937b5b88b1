#include "checks/probes.h"

namespace plugvet::checks {
namespace {

Judgement judge_malformed_json(const Probe& probe) {
  if (probe.breach != Breach::malformed_body || status_of(probe) / 100 != 2) return Judgement::pass();
  return Judgement::fail(
      probe_finding(probe, probe.constraint, "But the body is no JSON.", "status 400", answer_of(probe)));
}

}  // namespace

extern constinit const Check conformance_malformed_json = define_check<judge_malformed_json>({
    .id = "conformance/malformed-json",
    .title = "A body that is no JSON is refused",
    .requirement = "A body that is sent as application/json and is no JSON is answered with a status 4xx.",
    .rationale = "Something was lost on the way. What is done nonetheless was not asked for by anybody.",
    .remedy = "Let the framework's own JSON reader refuse it; do not go on with an empty object.",
    .source = "RFC 9110, section 15.5.1; RFC 8259",
    .passing = R"(400 for {"text": "Buy milk")",
    .failing = R"(200 for {"text": "Buy milk")",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
