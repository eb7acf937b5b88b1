#include "harness/support/json_path.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <map>
#include <span>
#include <utility>

#include "harness/support/document.h"
#include "harness/support/json_path_query.h"
#include "harness/support/text.h"

namespace plugvet {

namespace json_path {
namespace {

constexpr std::size_t most_steps = 5'000'000;
constexpr std::size_t most_pointer_bytes = 64u << 20;
constexpr std::size_t most_patterns = 64;    // compiled ones that are kept
constexpr std::size_t bytes_per_step = 16;   // of a text that is compared or searched
constexpr std::size_t steps_of_compiling = 10'000;

/// A value on the way of a query; its parents live as long as it is visited.
struct Node {
  const Json* value = nullptr;
  const Node* parent = nullptr;
  const std::string* name = nullptr;  ///< in an object
  std::size_t index = 0;              ///< in an array
};

std::string pointer_of(const Node& node) {
  std::vector<const Node*> way;
  for (const Node* at = &node; at->parent; at = at->parent) way.push_back(at);
  std::string pointer;
  for (auto step = way.rbegin(); step != way.rend(); ++step)
    pointer = (*step)->name ? join_pointer(pointer, *(*step)->name) : join_pointer(pointer, (*step)->index);
  return pointer;
}

/// What is called with each value found; it says whether to go on. It does not own what it calls.
class Visit {
 public:
  template <class F>
  Visit(const F& function)
      : function_{&function},
        call_{[](const void* called, const Node& node) { return (*static_cast<const F*>(called))(node); }} {}
  bool operator()(const Node& node) const { return call_(function_, node); }

 private:
  const void* function_;
  bool (*call_)(const void*, const Node&);
};

/// A value that a comparison or a function takes: of the document, made by a function, or nothing.
class Value {
 public:
  Value() = default;
  Value(const Json* json) : json_{json} {}
  Value(std::size_t number) : made_(number) {}  // braces would make an array
  const Json* get() const { return made_.is_null() ? json_ : &made_; }
  const std::string* text() const { return get() ? get()->get_ptr<const std::string*>() : nullptr; }

 private:
  const Json* json_ = nullptr;
  Json made_;
};

template <class T>
int sign_of_difference(T a, T b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

int compare_numbers(const Json& a, const Json& b) {
  const bool are_integers = a.is_number_integer() && b.is_number_integer();
  if (!are_integers) return sign_of_difference(a.get<double>(), b.get<double>());
  if (a.is_number_unsigned() && b.is_number_unsigned())
    return sign_of_difference(a.get<std::uint64_t>(), b.get<std::uint64_t>());
  // One that is not unsigned is negative, or was written by a program; it fits 64 bits with a sign.
  if (a.is_number_unsigned() && std::cmp_greater(a.get<std::uint64_t>(), INT64_MAX)) return 1;
  if (b.is_number_unsigned() && std::cmp_greater(b.get<std::uint64_t>(), INT64_MAX)) return -1;
  return sign_of_difference(a.get<std::int64_t>(), b.get<std::int64_t>());
}

/// One run of one query. It stops when it has made too many steps; `is_exhausted` says so.
class Evaluation {
 public:
  explicit Evaluation(const Json& root) : root_{&root} {}

  bool is_exhausted() const { return is_exhausted_; }

  /// False: the visitor, or the limit, ended it early.
  bool run(std::span<const Segment> segments, Visit visit) { return apply(segments, root_, visit); }

 private:
  bool spend(std::size_t steps = 1) {
    is_exhausted_ = is_exhausted_ || steps > left_;
    if (!is_exhausted_) left_ -= steps;
    return !is_exhausted_;
  }

  // --- segments and selectors ---

  bool apply(std::span<const Segment> segments, const Node& node, Visit visit) {
    if (segments.empty()) return visit(node);
    const auto go_on = [&](const Node& found) { return apply(segments.subspan(1), found, visit); };
    const Segment& segment = segments.front();
    return segment.is_descendant ? descend(segment, node, go_on) : select(segment, node, go_on);
  }

  bool descend(const Segment& segment, const Node& node, Visit visit) {
    if (!select(segment, node, visit)) return false;
    return for_each_child(node, [&](const Node& child) { return descend(segment, child, visit); });
  }

  bool select(const Segment& segment, const Node& node, Visit visit) {
    return std::ranges::all_of(segment.selectors, [&](const Selector& selector) {
      return std::visit([&](const auto& selects) { return take(selects, node, visit); }, selector);
    });
  }

  bool for_each_child(const Node& node, Visit visit) {
    if (node.value->is_array()) {
      for (std::size_t i = 0; i < node.value->size(); ++i)
        if (!take_item(node, i, visit)) return false;
    } else if (const auto* members = node.value->get_ptr<const Json::object_t*>()) {
      for (const auto& [name, value] : *members)
        if (!spend() || !visit(Node{&value, &node, &name, 0})) return false;
    }
    return true;
  }

  bool take_item(const Node& node, std::size_t index, Visit visit) {
    return spend() && visit(Node{&(*node.value)[index], &node, nullptr, index});
  }

  bool take(const std::string& name, const Node& node, Visit visit) {
    const auto* members = node.value->get_ptr<const Json::object_t*>();
    if (!members) return spend();
    if (!spend(1 + members->size() / bytes_per_step)) return false;  // members are looked up one by one
    const auto found = members->find(name);
    return found == members->end() || visit(Node{&found->second, &node, &found->first, 0});
  }

  bool take(Wildcard, const Node& node, Visit visit) { return for_each_child(node, visit); }

  bool take(std::int64_t index, const Node& node, Visit visit) {
    if (!node.value->is_array()) return spend();
    const auto size = static_cast<std::int64_t>(node.value->size());
    const std::int64_t from_start = index < 0 ? index + size : index;
    if (from_start < 0 || from_start >= size) return spend();
    return take_item(node, static_cast<std::size_t>(from_start), visit);
  }

  bool take(const Slice& slice, const Node& node, Visit visit) {
    if (!node.value->is_array() || slice.step == 0) return spend();
    const auto size = static_cast<std::int64_t>(node.value->size());
    const bool is_forward = slice.step > 0;
    const std::int64_t least = is_forward ? 0 : -1, most = is_forward ? size : size - 1;
    const auto bound = [&](std::optional<std::int64_t> given, std::int64_t otherwise) {
      if (!given) return otherwise;
      return std::clamp(*given < 0 ? *given + size : *given, least, most);
    };
    const std::int64_t start = bound(slice.start, is_forward ? 0 : size - 1);
    const std::int64_t end = bound(slice.end, is_forward ? size : -1);
    for (std::int64_t i = start; is_forward ? i < end : i > end; i += slice.step)
      if (!take_item(node, static_cast<std::size_t>(i), visit)) return false;
    return true;
  }

  bool take(const std::unique_ptr<Filter>& filter, const Node& node, Visit visit) {
    return for_each_child(node, [&](const Node& child) {
      const bool is_wanted = holds(*filter, child);
      return !is_exhausted_ && (!is_wanted || visit(child));
    });
  }

  // --- filters ---

  bool holds(const Filter& filter, const Node& current) {
    const auto part_holds = [&](const Filter& part) { return holds(part, current); };
    switch (filter.kind) {
      case Filter::Kind::any:
        return std::ranges::any_of(filter.parts, part_holds);
      case Filter::Kind::all:
        return std::ranges::all_of(filter.parts, part_holds);
      case Filter::Kind::none:
        return std::ranges::none_of(filter.parts, part_holds);
      case Filter::Kind::comparison:
        return compare(value_of(filter.operands[0], current), filter.comparison,
                       value_of(filter.operands[1], current));
      case Filter::Kind::test:
        break;
    }
    if (const auto* call = std::get_if<std::unique_ptr<Call>>(&filter.operands[0])) return is_match(**call, current);
    const Query* query = std::get_if<Query>(&filter.operands[0]);
    return query && !start(*query, current, [](const Node&) { return false; }) && !is_exhausted_;
  }

  bool start(const Query& query, const Node& current, Visit visit) {
    return apply(query.segments, query.is_absolute ? root_ : current, visit);
  }

  Value value_of(const Operand& operand, const Node& current) {
    if (const Json* literal = std::get_if<Json>(&operand)) return literal;
    if (const auto* call = std::get_if<std::unique_ptr<Call>>(&operand)) return value_of(**call, current);
    return only_value(std::get<Query>(operand), current);
  }

  Value value_of(const Call& call, const Node& current) {
    const Operand& argument = call.arguments.front();
    if (call.function == Function::length) return length_of(value_of(argument, current));
    const Query& query = std::get<Query>(argument);
    return call.function == Function::value ? only_value(query, current) : Value{count_of(query, current)};
  }

  /// Nothing when the query finds none or several.
  const Json* only_value(const Query& query, const Node& current) {
    const Json* found = nullptr;
    std::size_t count = 0;
    start(query, current, [&](const Node& node) {
      found = node.value;
      return ++count == 1;
    });
    return count == 1 ? found : nullptr;
  }

  std::size_t count_of(const Query& query, const Node& current) {
    std::size_t count = 0;
    start(query, current, [&](const Node&) { return ++count > 0; });
    return count;
  }

  Value length_of(const Value& value) {
    const Json* json = value.get();
    if (json && json->is_structured()) return json->size();
    const std::string* text = value.text();
    if (!text || !spend(text->size() / bytes_per_step)) return {};
    return code_points(*text);
  }

  bool is_match(const Call& call, const Node& current) {
    const Value subject = value_of(call.arguments[0], current), pattern = value_of(call.arguments[1], current);
    if (!subject.text() || !pattern.text()) return false;
    const std::shared_ptr<const RE2> regex = call.regex ? call.regex : compiled(*pattern.text());
    if (!regex || !spend(subject.text()->size() / bytes_per_step)) return false;
    return call.function == Function::match ? RE2::FullMatch(*subject.text(), *regex)
                                            : RE2::PartialMatch(*subject.text(), *regex);
  }

  std::shared_ptr<const RE2> compiled(const std::string& pattern) {
    const auto kept = patterns_.find(pattern);
    if (kept != patterns_.end()) return kept->second;
    if (!spend(steps_of_compiling)) return nullptr;
    if (patterns_.size() == most_patterns) patterns_.clear();
    return patterns_[pattern] = compile_pattern(pattern);
  }

  bool compare(const Value& left, Comparison comparison, const Value& right) {
    const Json *a = left.get(), *b = right.get();
    switch (comparison) {
      case Comparison::equal:
        return are_equal(a, b);
      case Comparison::not_equal:
        return !are_equal(a, b);
      case Comparison::less:
        return is_less(a, b);
      case Comparison::less_or_equal:
        return is_less(a, b) || are_equal(a, b);
      case Comparison::greater:
        return is_less(b, a);
      case Comparison::greater_or_equal:
        return is_less(b, a) || are_equal(a, b);
    }
    return false;
  }

  bool is_less(const Json* a, const Json* b) {
    if (!a || !b || !spend()) return false;
    if (a->is_number() && b->is_number()) return compare_numbers(*a, *b) < 0;
    const auto *x = a->get_ptr<const std::string*>(), *y = b->get_ptr<const std::string*>();
    // The order of UTF-8 is that of code points.
    return x && y && spend(std::min(x->size(), y->size()) / bytes_per_step) && *x < *y;
  }

  bool are_equal(const Json* a, const Json* b) {
    if (!a || !b) return a == b;
    if (!spend()) return false;
    if (a->is_number() && b->is_number()) return compare_numbers(*a, *b) == 0;
    if (a->type() != b->type()) return false;
    if (const auto* members = a->get_ptr<const Json::object_t*>())
      return are_equal_objects(*members, b->get_ref<const Json::object_t&>());
    if (a->is_array())
      return std::ranges::equal(*a, *b, [&](const Json& x, const Json& y) { return are_equal(&x, &y); });
    return !a->is_string() || spend(a->get_ref<const std::string&>().size() / bytes_per_step) ? *a == *b : false;
  }

  bool are_equal_objects(const Json::object_t& a, const Json::object_t& b) {
    if (a.size() != b.size() || !spend(a.size())) return false;
    return std::ranges::equal(by_name(a), by_name(b), [&](const auto* x, const auto* y) {
      return x->first == y->first && are_equal(&x->second, &y->second);
    });
  }

  static std::vector<const Json::object_t::value_type*> by_name(const Json::object_t& object) {
    std::vector<const Json::object_t::value_type*> members;
    for (const auto& member : object) members.push_back(&member);
    std::ranges::sort(members, {}, [](const auto* member) -> const std::string& { return member->first; });
    return members;
  }

  const Node root_;
  std::size_t left_ = most_steps;
  bool is_exhausted_ = false;
  std::map<std::string, std::shared_ptr<const RE2>> patterns_;
};

Problem too_costly(const std::string& text, std::string limit) {
  Problem problem;
  problem.rung = Rung::schema;
  problem.id = "json_path.too_costly";
  problem.what = fmt::format("The path {} was given up: {} in this document.", shortened(printable(text), 200), limit);
  problem.where = text;
  return problem;
}

}  // namespace
}  // namespace json_path

JsonPath::JsonPath(std::string text, std::shared_ptr<const json_path::Query> query)
    : text_{std::move(text)}, query_{std::move(query)} {}

Result<JsonPath> JsonPath::parse(std::string_view text) {
  auto query = json_path::parse(text);
  if (!query) return *query.problem();
  return JsonPath{std::string{text}, std::make_shared<const json_path::Query>(std::move(*query))};
}

Result<std::vector<JsonMatch>> JsonPath::find(const Json& root) const {
  using namespace json_path;
  std::vector<JsonMatch> matches;
  std::size_t room = most_pointer_bytes;
  Evaluation evaluation{root};
  const bool is_complete = evaluation.run(query_->segments, [&](const Node& node) {
    JsonMatch match{node.value, pointer_of(node)};
    const std::size_t size = sizeof match + match.pointer.size();
    if (size > room) return false;
    room -= size;
    matches.push_back(std::move(match));
    return true;
  });
  if (evaluation.is_exhausted())
    return too_costly(text_, "it visits more than 5 million values");
  if (!is_complete) return too_costly(text_, "it finds too many values (their pointers take more than 64 MiB)");
  return matches;
}

std::string JsonPath::nearest(const Json& root) const {
  using namespace json_path;
  const std::span<const Segment> segments{query_->segments};
  Evaluation evaluation{root};
  std::string nearest;
  for (std::size_t length = 1; length <= segments.size(); ++length) {
    std::size_t count = 0;
    std::string pointer;
    evaluation.run(segments.first(length), [&](const Node& node) {
      pointer = pointer_of(node);
      return ++count == 1;
    });
    if (count != 1 || evaluation.is_exhausted()) break;
    nearest = std::move(pointer);
  }
  return nearest;
}

}  // namespace plugvet
