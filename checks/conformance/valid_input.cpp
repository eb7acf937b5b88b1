#include "checks/probes.h"

namespace plugvet::checks {
namespace {

/// Refused because of what it says; not for want of a pass, of the object, or because of what is there already.
bool is_refused_as_wrong(int status) {
  return status == 400 || status == 406 || status == 411 || status == 413 || status == 415 || status == 422 ||
      status == 428;
}

Judgement judge_valid_input(const Probe& probe) {
  if (probe.breach != Breach::none || probe.is_odd || !is_refused_as_wrong(status_of(probe))) return Judgement::pass();
  return Judgement::fail(probe_finding(probe, probe.where, "But the request is right by the description.",
                                       "the request is done", answer_of(probe)));
}

}  // namespace

extern constinit const Check conformance_valid_input = define_check<judge_valid_input>({
    .id = "conformance/valid-input",
    .title = "What the description allows is accepted",
    .requirement =
        "A request that is valid by the description is not refused as wrong. It may be refused for want of rights, of "
        "the object (404), or because of what is there already (409).",
    .rationale =
        "The model takes the description at its word. A call that follows it and is refused nonetheless cannot be put "
        "right by the model.",
    .remedy = "Say in the schema what is really allowed (pattern, maximum, required), or accept what it says.",
    .source = "Schemathesis, positive_data_acceptance",
    .passing = "maxLength: 200, and 200 characters are taken",
    .failing = "maxLength: 200, and 150 characters are answered with 400",
});

}  // namespace plugvet::checks
