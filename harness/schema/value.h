#pragma once
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "harness/support/json.h"

/// JSON values as JSON Schema sees them: 1.0 is 1, the order of members says nothing.
namespace plugvet::schema {

/// A number without fraction, however it is written: 1, 1.0, 1e3.
bool is_integral(const Json& value);
/// Every integer of 64 bits and every double fits.
long double number_in(const Json& value);
/// In decimal, as the numbers are written: 0.3 is a multiple of 0.1.
bool is_multiple(const Json& value, const Json& of);

/// `work` grows with what had to be compared.
bool are_equal(const Json& a, const Json& b, std::uint64_t& work);
bool are_equal(const Json& a, const Json& b);

/// Not to be foreseen by whoever writes the document: differs from run to run.
std::uint64_t hash_of(std::string_view text);
/// Equal values have equal hashes. `work` grows with what had to be read.
std::uint64_t hash_of(const Json& value, std::uint64_t& work);

/// A set of values that are kept elsewhere.
class ValueSet {
 public:
  void reserve(std::size_t count);
  bool add(const Json& value, std::uint64_t& work);  ///< false: an equal one is there already
  bool contains(const Json& value, std::uint64_t& work) const;
  const std::vector<const Json*>& values() const { return values_; }

 private:
  std::vector<const Json*> values_;
  std::vector<std::uint64_t> hashes_;
  std::vector<std::uint32_t> slots_;  ///< open addressing; index + 1 into values_, 0 is free
};

/// Short enough for a message: `17`, `"abc…"`, `an object`, `an array of 3 items`.
std::string shown(const Json& value);
std::string in_quotes(std::string_view text);

}  // namespace plugvet::schema
