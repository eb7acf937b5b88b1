#include <fmt/format.h>

#include <set>

#include "checks/probes.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

constexpr std::size_t longest_whole_list = 4096;  // bytes

Judgement judge_created_objects(const Probing& probing, const Evidence& evidence) {
  Judgement judgement;
  std::set<std::string> seen;
  for (const Sequence& sequence : probing.sequences) {
    if (sequence.steps.size() < 2 || sequence.steps[1].role != Role::read) continue;
    const auto *created = &sequence.steps[0], *read = &sequence.steps[1];
    if (!read->exchange.response) continue;
    const int status = read->exchange.response->status;
    // A list may leave out what is done or hidden.
    if (sequence.is_listed && (status / 100 != 2 || !sequence.is_plain)) continue;
    // A longer list may go on on another page.
    const bool may_go_on = read->exchange.response->body.size() > longest_whole_list;
    const bool is_there = sequence.is_listed ? read->object || may_go_on : status != 404 && status != 410;
    if (is_there || status / 100 == 5 || !seen.insert(created->operation).second) continue;
    const std::string id = printable(shortened(sequence.id, 60));
    Finding finding{created->where,
                    fmt::format("{} made the object {}, and {} does not show it: status {}.", created->operation, id,
                                read->operation, status),
                    "the object", "nothing", read->exchange.request.url, {}};
    finding.reproduction = curl_lines({created->exchange.request, read->exchange.request}, evidence.secrets);
    judgement.findings.push_back(std::move(finding));
  }
  return judgement;
}

}  // namespace

extern constinit const Check conformance_created_objects = define_check<judge_created_objects>({
    .id = "conformance/created-objects",
    .title = "What was made can be read at once",
    .requirement = "An object that was made with success can be read by its id, or is in the list, at once.",
    .rationale =
        "The next turn of the conversation reads it: a user who has just added something is told that it is not there.",
    .remedy = "Write before you answer, and read from where you wrote.",
    .source = "RFC 9110, section 15.3.2; Schemathesis, ensure_resource_availability",
    .passing = "POST /todos: 201 with the id t1, then GET /todos/t1: 200",
    .failing = "POST /todos: 201 with the id t1, then GET /todos/t1: 404",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
