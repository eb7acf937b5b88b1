#include "checks/findings.h"

#include "harness/support/text.h"

namespace plugvet::checks {

Judgement summarised(Judgement judgement, std::size_t most) {
  auto& findings = judgement.findings;
  if (findings.size() <= most) return judgement;
  const std::size_t more = findings.size() - most;
  findings.resize(most);
  findings.back().message += " The same is true in " + counted(more, "more place") + '.';
  return judgement;
}

}  // namespace plugvet::checks
