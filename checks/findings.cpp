#include "checks/findings.h"

#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement with_more(Judgement judgement, std::size_t more) {
  if (more > 0) judgement.findings.back().message += " The same is true in " + counted(more, "more place") + '.';
  return judgement;
}

}  // namespace

Judgement summarised(Judgement judgement, std::size_t most) {
  auto& findings = judgement.findings;
  if (findings.size() <= most) return judgement;
  const std::size_t more = findings.size() - most;
  findings.resize(most);
  return with_more(std::move(judgement), more);
}

Judgement FindingList::judgement() && {
  return with_more(std::move(judgement_), more_);
}

}  // namespace plugvet::checks
