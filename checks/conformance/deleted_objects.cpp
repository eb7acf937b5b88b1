#include <fmt/format.h>

#include <set>

#include "checks/probes.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement judge_deleted_objects(const Probing& probing, const Evidence& evidence) {
  Judgement judgement;
  std::set<std::string> seen;
  for (const Sequence& sequence : probing.sequences) {
    const auto* removed = sequence.step(Role::remove);
    const auto* again = sequence.step(Role::read_again);
    if (!removed || !again || !again->exchange.response || again->exchange.response->status / 100 != 2) continue;
    if ((sequence.is_listed && !again->object) || !seen.insert(removed->operation).second) continue;
    const std::string id = printable(shortened(sequence.id, 60));
    Finding finding{removed->where,
                    fmt::format("{} deleted the object {}, and {} still shows it with status {}.", removed->operation,
                                id,
                                again->operation, again->exchange.response->status),
                    "status 404, or a list without it", "the object", again->exchange.request.url, {}};
    finding.reproduction = curl_lines({removed->exchange.request, again->exchange.request}, evidence.secrets);
    judgement.findings.push_back(std::move(finding));
  }
  return judgement;
}

}  // namespace

extern constinit const Check conformance_deleted_objects = define_check<judge_deleted_objects>({
    .id = "conformance/deleted-objects",
    .title = "What was deleted is gone",
    .requirement =
        "An object that was deleted with success is answered with 404 afterwards, or is missing from the list.",
    .rationale = "The model tells the user that it is gone. The next question shows it again.",
    .remedy = "Delete before you answer; mind caches and lists that are made elsewhere.",
    .source = "RFC 9110, section 9.3.5; Schemathesis, use_after_free",
    .passing = "DELETE /todos/t1: 200, then GET /todos/t1: 404",
    .failing = "DELETE /todos/t1: 200, then GET /todos/t1: 200",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
