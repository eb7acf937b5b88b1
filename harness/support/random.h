#pragma once
#include <cstdint>
#include <string_view>

namespace plugvet {

/// Numbers that look random and are the same for the same seed on every machine (xoshiro256**, seeded by splitmix64).
/// Not for secrets.
class Random {
 public:
  explicit Random(std::uint64_t seed);
  /// A stream of its own for everything that has a name, so that more of one thing does not change another.
  Random(std::uint64_t seed, std::string_view name);

  std::uint64_t next();
  /// 0 … `count` - 1; 0 for a count of 0.
  std::uint64_t below(std::uint64_t count);
  /// `low` … `high`, both included; `low` where that is nothing.
  std::int64_t between(std::int64_t low, std::int64_t high);
  /// In `percent` of a hundred cases.
  bool happens(unsigned percent) { return below(100) < percent; }

 private:
  std::uint64_t state_[4];
};

}  // namespace plugvet
