#pragma once
#include <cstddef>
#include <string>

#include "harness/model/check.h"

namespace plugvet::checks {

/// Keeps the first findings and says how many more there are: one document must not fill a report.
Judgement summarised(Judgement judgement, std::size_t most = 20);

/// The same for what may be found a hundred thousand times: only findings that are kept are made.
class FindingList {
 public:
  explicit FindingList(std::size_t most = 20) : most_{most} {}

  template <class Make>
  void add(const Make& make) {
    if (judgement_.findings.size() < most_)
      judgement_.findings.push_back(make());
    else
      ++more_;
  }
  Judgement judgement() &&;

 private:
  std::size_t most_;
  std::size_t more_ = 0;
  Judgement judgement_;
};

}  // namespace plugvet::checks
