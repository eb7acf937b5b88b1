#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace plugvet {

/// Values that nobody can guess who does not know the seed, and that are the same when it is: a replay sends what was
/// recorded. Each call gives another one.
class RandomValues {
 public:
  explicit RandomValues(std::uint64_t seed) : seed_{seed} {}

  std::string uuid();  ///< version 4, as ChatGPT's `state` is
  std::string token(std::size_t length);  ///< letters and digits
  /// A value that looks like `model`: as long, letters for letters and digits for digits.
  std::string like(std::string_view model);

 private:
  std::string hex_digits();

  std::uint64_t seed_;
  std::uint64_t count_ = 0;
};

/// The S256 code challenge of a verifier (RFC 7636 §4.2).
std::string code_challenge(std::string_view verifier);

}  // namespace plugvet
