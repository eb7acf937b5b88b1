#pragma once
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "harness/openapi/contract.h"
#include "harness/probe/draft.h"
#include "harness/probe/values.h"
#include "harness/support/random.h"

namespace plugvet {

/// Makes the probes of one operation: examples, then boundaries and broken constraints in turn, then at random without
/// end. The same seed makes the same.
class Generator {
 public:
  /// `undeclared_methods`: of the path, each is tried once.
  Generator(const openapi::Description& description, std::shared_ptr<const openapi::Contract> contract,
            std::vector<std::string> undeclared_methods, std::uint64_t seed);

  /// Why nothing can be sent; empty: something can.
  const std::string& impossible_because() const { return impossible_because_; }
  /// What no value can be made for; sentences.
  const std::vector<std::string>& left_out() const { return left_out_; }

  /// The next one. Of those that are planned (`false`: or at random); empty: there are no more.
  std::optional<Draft> next(bool planned_only);

  /// The same draft with simpler parts, each of which still is what it was: right, or breaks the same constraint.
  std::vector<Draft> simpler(const Draft& draft) const;
  const openapi::Contract& contract() const { return *contract_; }
  /// A plain right call, with what is required only.
  const Draft& plain_draft() const { return base_; }

 private:
  /// An input, or the body.
  struct Part {
    std::optional<std::size_t> input;  ///< of Contract::inputs; empty: the body
    openapi::Node schema;
    const schema::Schema* compiled = nullptr;
    std::string subject;
    bool required = false;
    std::vector<Json> examples;
    ApiPlace place;
  };
  void make_parts();
  void make_base();
  void make_examples();
  void make_coverage();
  void make_negatives();
  void make_body_negatives(std::deque<Draft>& made);
  void make_method_negatives();
  ValueMaker maker_of(const Part& part) const;
  std::optional<Json> plain(const Part& part) const;
  std::optional<Draft> at_random();
  std::vector<MadeValue> wrong_values(const Part& part) const;
  bool takes_objects(const Part& part) const;
  bool is_wrong_in_every_reading(const Part& part, const Json& value) const;
  Draft negative(Breach breach, std::string about) const;
  bool still_is_what_it_was(const Draft& changed) const;
  static const std::optional<Json>& value_in(const Draft& draft, const Part& part);
  static void put(const Part& part, std::optional<Json> value, Draft& draft);
  bool is_odd(const Draft& draft) const;

  const openapi::Description& description_;
  std::shared_ptr<const openapi::Contract> contract_;
  std::vector<std::string> undeclared_methods_;
  mutable Random random_;
  std::vector<Part> parts_;
  std::optional<std::size_t> body_type_;
  Draft base_;
  std::deque<Draft> planned_;
  std::vector<Draft> wrong_values_;  ///< kept for what is at random
  std::set<std::string> seen_;       ///< what was handed out at random
  std::string impossible_because_;
  std::vector<std::string> left_out_;
};

}  // namespace plugvet
