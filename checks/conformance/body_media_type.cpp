#include "checks/probes.h"

namespace plugvet::checks {
namespace {

Judgement judge_body_media_type(const Probe& probe) {
  if (probe.breach != Breach::media_type || status_of(probe) / 100 != 2) return Judgement::pass();
  return Judgement::fail(probe_finding(probe, probe.constraint, "But that media type is not declared.",
                                       "status 415", answer_of(probe)));
}

}  // namespace

extern constinit const Check conformance_body_media_type = define_check<judge_body_media_type>({
    .id = "conformance/body-media-type",
    .title = "A body of another media type is refused",
    .requirement = "A body of a media type that the operation does not declare is answered with a status 4xx.",
    .rationale =
        "A page of any site may make a browser send text/plain without asking first; only application/json is asked "
        "about. An API that takes both can be called from everywhere.",
    .remedy = "Answer 415 to what is not declared.",
    .source = "RFC 9110, section 15.5.16; Fetch Standard, CORS-safelisted request headers",
    .passing = "415 for text/plain",
    .failing = "201 for text/plain",
    .severity = Severity::note,
});

}  // namespace plugvet::checks
