#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "harness/support/json.h"

namespace plugvet {

/// The limits that a profile sets for one check. A missing or mistyped one is a defect of the profile:
/// std::out_of_range naming it, which makes the check `crashed`. Profiles that come from a user are held against the
/// shipped ones first.
class Parameters {
 public:
  Parameters() = default;
  explicit Parameters(const Json& object);

  std::size_t count(std::string_view name) const;  ///< a whole number, not negative
  bool flag(std::string_view name) const;
  std::string text(std::string_view name) const;
  std::vector<std::string> list(std::string_view name) const;  ///< of strings
  bool contains(std::string_view name) const;
  const Json& json() const;

 private:
  const Json& member(std::string_view name) const;
  std::shared_ptr<const Json> object_;  ///< null: none
};

}  // namespace plugvet
