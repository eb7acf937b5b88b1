#include "checks/probes.h"

namespace plugvet::checks {
namespace {

Judgement judge_invalid_input(const Probe& probe) {
  if (!is_of_data(probe.breach) || status_of(probe) / 100 != 2) return Judgement::pass();
  return Judgement::fail(probe_finding(probe, probe.constraint, "But the request is wrong by the description.",
                                       "status 400 or 422", answer_of(probe)));
}

}  // namespace

extern constinit const Check conformance_invalid_input = define_check<judge_invalid_input>({
    .id = "conformance/invalid-input",
    .title = "What the description excludes is refused",
    .requirement =
        "A request that breaks a constraint of the description (a type, a limit, a pattern, a required part) is "
        "answered with a status 4xx.",
    .rationale =
        "Models send wrong types and values. Where they are taken in silence, the plugin does something else than the "
        "user wanted, and nobody notices.",
    .remedy = "Validate requests against the description; most frameworks can do it with the document itself.",
    .source = "OWASP Top 10 for LLM Applications, LLM07; Schemathesis, negative_data_rejection",
    .passing = "minimum: 1, and 0 is answered with 400",
    .failing = "minimum: 1, and 0 is answered with 200",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
