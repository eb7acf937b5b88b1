#include "checks/changes.h"

#include <fmt/format.h>

#include "checks/findings.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Location place_of(const Change& change, const Evidence& evidence) {
  if (change.artefact == Artefact::manifest && evidence.manifest && *evidence.manifest)
    return (*evidence.manifest)->at(change.pointer);
  if (change.artefact == Artefact::api && evidence.api && *evidence.api) return (*evidence.api)->at(change.pointer);
  return {change.artefact, change.pointer, {}, {}};
}

std::string noun(const std::string& value) {
  return value.empty() ? std::string{"nothing"} : in_quotes(value, 200);
}

}  // namespace

Judgement judge_changes(const Evidence& evidence, bool (*is_meant)(const Change&), std::string_view expected) {
  if (!evidence.baseline) return Judgement::not_applicable("There is no earlier review to compare with (--baseline).");
  if (!evidence.snapshot) return Judgement::not_applicable("Nothing was collected that could be compared.");
  FindingList findings;
  for (const Change& change : changes_in(evidence))
    if (is_meant(change))
      findings.add([&] {
        const auto [before, after] = differing_parts(change.before, change.after);
        return Finding{place_of(change, evidence),
                       fmt::format("{}, compared with the review of {}.", change.what,
                                   printable(first_code_points(evidence.baseline->started_at, 10))),
                       fmt::format("{}: {}", expected, noun(before)),
                       noun(after),
                       {}};
      });
  return std::move(findings).judgement();
}

}  // namespace plugvet::checks
