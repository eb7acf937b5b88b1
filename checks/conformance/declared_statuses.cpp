#include <fmt/format.h>

#include "checks/probes.h"
#include "harness/support/document.h"

namespace plugvet::checks {
namespace {

/// What speaks of HTTP itself, or of how often we call, and not of this operation.
bool is_of_http(const Probe& probe, int status) {
  if (status == 429) return true;
  const bool is_odd_request = probe.breach != Breach::none && !is_of_data(probe.breach);
  return is_odd_request && status / 100 == 4;
}

Judgement judge_declared_statuses(const Probe& probe, const ApiDescription& api) {
  const int status = status_of(probe);
  // conformance/server-errors and conformance/undeclared-methods tell of these.
  if (status == 0 || status / 100 == 5 || probe.breach == Breach::method) return Judgement::pass();
  if (is_of_http(probe, status) || promised_answer(probe)) return Judgement::pass();
  const ApiPlace& place = probe.contract->operation->node.place;
  const ApiPlace missing{place.file, join_pointer(join_pointer(place.pointer, "responses"), fmt::format("{}", status))};
  Location where = api.at(missing);
  where.pointer = missing.pointer;
  return Judgement::fail(probe_finding(probe, std::move(where), "Its description has no answer of this status.",
                                       "a status that the operation declares", fmt::format("status {}", status)));
}

}  // namespace

extern constinit const Check conformance_declared_statuses = define_check<judge_declared_statuses>({
    .id = "conformance/declared-statuses",
    .title = "Every status that is answered is declared",
    .requirement =
        "The status of every answer is declared for its operation: by its number, by a range like 4XX, or by default.",
    .rationale =
        "The description is all that the model and the reviewer know. An outcome that it does not mention cannot be "
        "expected by anybody.",
    .remedy = "Declare the status with what it means, or answer with one that is declared.",
    .source = "OpenAPI, Responses Object; Schemathesis, status_code_conformance",
    .passing = R"(responses: {"200": …, "404": …} and 404 is answered)",
    .failing = R"(responses: {"200": …} and 418 is answered)",
});

}  // namespace plugvet::checks
