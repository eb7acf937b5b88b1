#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "harness/model/probing.h"
#include "harness/openapi/contract.h"
#include "harness/probe/shape.h"
#include "harness/support/random.h"

namespace plugvet {

/// A value that was made, and what it is for.
struct MadeValue {
  Json value;
  std::string about;  ///< "text has 200 characters", "text is 17, expected a string"
  Breach breach = Breach::none;
  schema::SchemaPlace broken;  ///< the keyword that it breaks
  std::string field;           ///< the name of the member that is wrong, where it has one
};

/// Makes values for one schema. Everything that it hands out was held against the schema: what is said to be right is
/// certainly right, and what is said to be wrong breaks exactly one keyword. Ends on every schema.
class ValueMaker {
 public:
  /// `subject`: how the value is called, "the body". All live longer.
  ValueMaker(const openapi::Description& description, openapi::Node schema, const schema::Schema* compiled,
             std::string subject, Random& random);

  /// A plain right value: an example, a default, else something of the type. Empty: none was found.
  std::optional<Json> plain();
  /// As plain as that, with all members that it may have.
  std::optional<Json> whole();
  /// With those only that it must have, whatever the examples show.
  std::optional<Json> least();
  /// Every boundary of each constraint, each value of an enum, each optional member absent and present.
  std::vector<MadeValue> covering();
  /// Each constraint broken alone.
  std::vector<MadeValue> breaking();
  /// Anything that is right; a plain value where nothing else is found.
  std::optional<Json> random();

  bool is_right(const Json& value) const;
  /// What it breaks; empty: nothing, several things, or nobody knows.
  std::optional<MadeValue> proven_wrong(const Json& value) const;

 private:
  const openapi::Description& description_;
  openapi::Node schema_;
  const schema::Schema* compiled_;
  std::string subject_;
  Random& random_;
};

/// A value is legal, but a careful server may refuse it: an odd text in it, a huge number, an object without members.
bool is_odd_value(const Json& value);

}  // namespace plugvet
