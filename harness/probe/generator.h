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

  /// Examples come first, then what is planned, then what is made at random, without end.
  enum class Stage : unsigned char { examples, planned, random };
  /// The next one, up to that stage. Empty: there are no more.
  std::optional<Draft> next(Stage until);

  /// The same draft with simpler parts, each of which still is what it was: right, or breaks the same constraint.
  std::vector<Draft> simpler(const Draft& draft) const;
  const openapi::Contract& contract() const { return *contract_; }
  /// A plain right call, with what is required only.
  const Draft& plain_draft() const { return base_; }
  /// Right calls that a careful server takes: 0 as the examples say, 1 has everything, 2 what is required only, then
  /// every boundary in turn, then at random.
  Draft right_draft(unsigned variant);
  /// It is the input that the draft says something wrong of.
  bool breaks(const Draft& draft, std::size_t input) const;
  /// Legal, but a careful server may refuse it.
  bool is_odd(const Draft& draft) const;
  /// The draft says of an input what a plain call says, so that something else may stand there.
  bool is_usual(const Draft& draft, std::size_t input) const;

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
  Draft at_random(bool may_be_wrong);
  std::vector<MadeValue> wrong_values(const Part& part) const;
  bool takes_objects(const Part& part) const;
  bool is_wrong_in_every_reading(const Part& part, const Json& value) const;
  Draft negative(Breach breach, std::string about) const;
  bool still_is_what_it_was(const Draft& changed) const;
  static const std::optional<Json>& value_in(const Draft& draft, const Part& part);
  static void put(const Part& part, std::optional<Json> value, Draft& draft);

  const openapi::Description& description_;
  std::shared_ptr<const openapi::Contract> contract_;
  std::vector<std::string> undeclared_methods_;
  mutable Random random_;
  std::vector<Part> parts_;
  std::optional<std::size_t> body_type_;
  Draft base_;
  std::deque<Draft> planned_;
  std::vector<Draft> right_values_;  ///< kept for objects that are made of them
  std::vector<Draft> wrong_values_;  ///< kept for what is at random
  std::set<std::string> seen_;       ///< what was handed out at random
  std::string impossible_because_;
  std::vector<std::string> left_out_;
};

}  // namespace plugvet
