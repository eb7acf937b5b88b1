#pragma once
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "checks/findings.h"
#include "harness/model/check.h"
#include "harness/openapi/compiled_schemas.h"

namespace plugvet::checks {

/// Holds the values that a description shows against their schemas: examples and defaults. Each broken one becomes one
/// finding, at the place of what is wrong in it.
class InstanceJudge {
 public:
  /// `subject`: "the example".
  InstanceJudge(const ApiDescription& api, std::string subject);

  enum class Way : unsigned char { request, response, either };
  /// `owner` makes what the message begins with: "POST /todos (addTodo): the body". A null says that there is none, and
  /// is passed over.
  template <class Owner>
  void judge(const openapi::Node& instance, const openapi::Node& schema, Way way, const Owner& owner) {
    if (const auto mistake = first_mistake(instance, schema, way))
      findings_.add([&] { return finding(instance, *mistake, owner()); });
  }

  /// Blocked where there is so much to check that the rest was left out, and what was checked is right.
  Judgement judgement() &&;

 private:
  struct Mistake {
    schema::ValidationError error;
    std::size_t more = 0;
  };

  std::optional<Mistake> first_mistake(const openapi::Node& instance, const openapi::Node& schema, Way way);
  schema::ValidationResult validate(const schema::Schema& schema, const Json& instance, Way way);
  Finding finding(const openapi::Node& instance, const Mistake& mistake, const std::string& owner) const;

  const ApiDescription& api_;
  std::string subject_;
  openapi::CompiledSchemas schemas_;
  std::set<std::pair<const Json*, const Json*>> seen_;
  std::uint64_t steps_left_;
  bool is_exhausted_ = false;
  FindingList findings_;
};

}  // namespace plugvet::checks
