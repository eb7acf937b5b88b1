#include <fmt/format.h>

#include "checks/probes.h"

namespace plugvet::checks {
namespace {

Judgement judge_routed_operations(const Probe& probe) {
  if (probe.breach != Breach::none) return Judgement::pass();
  const int status = status_of(probe);
  const bool has_object = probe.contract->operation->path.find('{') != std::string_view::npos;
  if (status != 405 && status != 501 && (status != 404 || has_object)) return Judgement::pass();
  // An operation may say itself that there is nothing.
  if (status == 404 && promised_answer(probe) && promised_answer(probe)->response->status == "404")
    return Judgement::pass();
  return Judgement::fail(probe_finding(probe, probe.where, "The operation is not there.",
                                       "the operation at this address", fmt::format("status {}", status)));
}

}  // namespace

extern constinit const Check conformance_routed_operations = define_check<judge_routed_operations>({
    .id = "conformance/routed-operations",
    .title = "Every operation is there",
    .requirement =
        "Every operation of the description can be called at its server: its path is not answered with 404, nor its "
        "method with 405 or 501.",
    .rationale = "The model calls what it was shown. An operation that is not there fails every time.",
    .remedy = "Mind the server's base path; add the operation, or take it out of the description.",
    .source = "OpenAPI, Server Object and Paths Object",
    .passing = "200 for GET /todos",
    .failing = "404 for GET /todos, because the API is at /api/todos",
});

}  // namespace plugvet::checks
