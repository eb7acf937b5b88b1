#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>

#include "checks/probes.h"
#include "harness/support/document.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

/// The member that was to be changed and says what it said before; empty: there is none.
std::string unchanged_member(const Json& wanted, const Json& before, const Json& after) {
  if (!wanted.is_object() || !before.is_object() || !after.is_object()) return {};
  for (const auto& [name, value] : wanted.items()) {
    const auto was = before.find(name), is = after.find(name);
    if (was == before.end() || is == after.end() || value.is_structured() || was->type() != value.type()) continue;
    if (*is == *was && *is != value) return name;
  }
  return {};
}

Judgement judge_changed_objects(const Probing& probing, const Evidence& evidence) {
  Judgement judgement;
  std::set<std::string> seen;
  for (const Sequence& sequence : probing.sequences)
    for (std::size_t i = 1; i + 1 < sequence.steps.size(); ++i) {
      const auto &before = sequence.steps[i - 1], &change = sequence.steps[i], &after = sequence.steps[i + 1];
      const Response* response = change.exchange.response ? &*change.exchange.response : nullptr;
      // 202: it may be done later.
      if (change.role != Role::change || after.role != Role::read || !response || response->status / 100 != 2 ||
          response->status == 202 || !before.object || !after.object) continue;
      const auto wanted = parse_json(change.exchange.request.body, "the request");
      const std::string name = wanted ? unchanged_member(wanted->root(), *before.object, *after.object) : "";
      if (name.empty() || !seen.insert(change.operation).second) continue;
      const auto shown = [&](const Json& value) {
        return printable(shortened(value.dump(-1, ' ', false, Json::error_handler_t::replace), 60));
      };
      Finding finding{change.where,
                      fmt::format("{} changed {} of the object {} with status {}, and {} still shows it as it was.",
                                  change.operation, in_quotes(name), printable(shortened(sequence.id, 60)),
                                  response->status, after.operation),
                      shown(wanted->root()[name]), shown((*after.object)[name]), after.exchange.request.url, {}};
      finding.reproduction = curl_lines({change.exchange.request, after.exchange.request}, evidence.secrets);
      judgement.findings.push_back(std::move(finding));
    }
  return judgement;
}

}  // namespace

extern constinit const Check conformance_changed_objects = define_check<judge_changed_objects>({
    .id = "conformance/changed-objects",
    .title = "What was changed is changed",
    .requirement = "A change that was answered with success is seen when the object is read again.",
    .rationale = "The model tells the user that it is done. It is not, and nobody notices before it matters.",
    .remedy = "Write before you answer; answer 4xx where a member cannot be changed, or do not offer it.",
    .source = "RFC 9110, section 15.3.1",
    .passing = R"(PATCH /todos/t1 {"done": true}: 200, then GET: {"done": true})",
    .failing = R"(PATCH /todos/t1 {"done": true}: 200, then GET: {"done": false})",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
