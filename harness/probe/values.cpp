#include "harness/probe/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

#include "harness/probe/pattern_text.h"
#include "harness/probe/texts.h"
#include "harness/support/text.h"

namespace plugvet {
namespace {

using openapi::Node;

constexpr unsigned deepest_made_value = 5;
constexpr std::size_t most_proposals = 300;     // of one schema
constexpr std::size_t longest_boundary = 10'000;  // characters: longer texts are not sent
constexpr std::size_t most_items_made = 120;
constexpr unsigned tries_for_plain = 30, tries_for_random = 6;
constexpr double largest_usual_number = 2'147'483'647;  // of what says no more than that it is a number
constexpr long double largest_integer = 1.8e19L;

/// Legal for JSON, and where programs lose bits.
constexpr std::int64_t edges[] = {0, 1, -1, 2'147'483'647, -2'147'483'648, 2'147'483'648, 9'007'199'254'740'993,
                                  std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min()};

Json number_json(long double number, bool is_integer) {
  if (is_integer || number == std::floor(number)) {
    if (number >= 0 && number <= 18446744073709551615.0L) {
      const auto whole = static_cast<std::uint64_t>(number);
      if (static_cast<long double>(whole) == number) {
        if (whole <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
          return Json(static_cast<std::int64_t>(whole));
        return Json(whole);
      }
    } else if (number < 0 && number >= -9223372036854775808.0L) {
      return Json(static_cast<std::int64_t>(number));
    }
  }
  return Json(static_cast<double>(number));
}

std::string member_path(const std::string& path, const std::string& name) {
  return path.empty() ? name : path + "." + name;
}

/// A proposal: a value, and what is said of it.
struct Proposal {
  Json value;
  std::string about;
};
using Proposals = std::vector<Proposal>;

Json with_member(const Json& object, const std::string& name, Json value) {
  Json changed = object;
  changed[name] = std::move(value);
  return changed;
}

/// Proposes values; nobody has held them against the schema yet.
class Proposer {
 public:
  Proposer(const openapi::Description& description, Random& random) : description_{description}, random_{random} {}

  std::optional<Json> plain(const Node& schema, unsigned depth, bool is_varied) {
    const auto shapes = shapes_of(description_, schema);
    if (shapes.empty() || depth > deepest_made_value || ++steps_ > most_steps) return {};
    const Shape& shape = shapes[is_varied ? random_.below(shapes.size()) : 0];
    if (!is_varied && !shape.examples.empty()) return shape.examples.front();
    if (shape.values) return shape.values->empty() ? std::nullopt : std::optional{one_of(*shape.values, is_varied)};
    return plain(shape, depth, is_varied);
  }

  std::optional<Json> least(const Node& schema) {
    const auto shapes = shapes_of(description_, schema);
    const bool is_object = !shapes.empty() && !shapes.front().values && shapes.front().types.has(JsonType::object);
    return is_object ? object_of(shapes.front(), 0, false) : plain(schema, 0, false);
  }

  std::optional<Json> whole(const Node& schema, unsigned depth) {
    const auto shapes = shapes_of(description_, schema);
    if (shapes.empty() || shapes.front().values || !shapes.front().types.has(JsonType::object) ||
        shapes.front().properties.empty())
      return plain(schema, depth, false);
    auto made = depth > deepest_made_value ? std::nullopt : object_of(shapes.front(), depth, false);
    if (made)
      for (const auto& [name, inner] : shapes.front().properties)
        if (auto value = whole(inner, depth + 1)) (*made)[name] = std::move(*value);
    return made;
  }

  Proposals covering(const Node& schema, const std::string& path, unsigned depth) {
    Proposals all;
    if (depth > deepest_made_value) return all;
    for (const Shape& shape : shapes_of(description_, schema)) cover(shape, path, depth, all);
    return all;
  }

  Proposals breaking(const Node& schema, unsigned depth) {
    Proposals all;
    if (depth > deepest_made_value) return all;
    const auto shapes = shapes_of(description_, schema);
    for (const Shape& shape : shapes) break_one(shape, depth, all);
    for (Json wrong : {Json("plugvet"), Json(17), Json(1.5), Json(true), Json(nullptr), Json::array({"plugvet"}),
                       Json{{"plugvet", true}}})
      all.push_back({std::move(wrong), {}});
    return all;
  }

 private:
  static constexpr std::size_t most_steps = 20'000;

  const Json& one_of(const std::vector<Json>& values, bool is_varied) {
    return values[is_varied ? random_.below(values.size()) : 0];
  }

  JsonType type_of(const Shape& shape, bool is_varied) {
    using enum JsonType;
    std::vector<JsonType> types;
    for (const JsonType type : {object, array, string, number, integer, boolean, null})
      if (shape.types.has(type)) types.push_back(type);
    if (is_varied) return types[random_.below(types.size())];
    // Of anything a text is the plainest, unless the rest speaks of something else.
    if (types.size() < 7) return types.front();
    if (!shape.properties.empty() || !shape.required.empty()) return object;
    if (shape.items) return array;
    return shape.minimum || shape.maximum || shape.multiple ? integer : string;
  }

  std::optional<Json> plain(const Shape& shape, unsigned depth, bool is_varied) {
    switch (type_of(shape, is_varied)) {
      case JsonType::null:
        return Json(nullptr);
      case JsonType::boolean:
        return Json(!is_varied || random_.happens(50));
      case JsonType::integer:
        return number(shape, true, is_varied);
      case JsonType::number:
        return number(shape, false, is_varied);
      case JsonType::string:
        return text(shape, is_varied);
      case JsonType::array:
        return list(shape, depth, is_varied);
      case JsonType::object:
        return object_of(shape, depth, is_varied);
    }
    return {};
  }

  // --- numbers

  static long double step_of(const Shape& shape, bool is_integer) {
    if (shape.multiple) return *shape.multiple;
    return is_integer ? 1.0L : 0.5L;
  }
  static std::optional<long double> lowest(const Shape& shape, bool is_integer) {
    if (!shape.minimum) return {};
    const long double step = step_of(shape, is_integer);
    if (!is_integer && !shape.multiple && !shape.minimum_is_excluded) return *shape.minimum;
    long double low = std::ceil(*shape.minimum / step) * step;
    if (shape.minimum_is_excluded && low <= *shape.minimum) low += step;
    return low;
  }
  static std::optional<long double> highest(const Shape& shape, bool is_integer) {
    if (!shape.maximum) return {};
    const long double step = step_of(shape, is_integer);
    if (!is_integer && !shape.multiple && !shape.maximum_is_excluded) return *shape.maximum;
    long double high = std::floor(*shape.maximum / step) * step;
    if (shape.maximum_is_excluded && high >= *shape.maximum) high -= step;
    return high;
  }

  Json number(const Shape& shape, bool is_integer, bool is_varied) {
    const long double step = step_of(shape, is_integer);
    const auto low = lowest(shape, is_integer), high = highest(shape, is_integer);
    if (!is_varied) {
      const long double usual = shape.multiple ? step : 1.0L;
      return number_json(low && *low > usual ? *low : high && *high < usual ? *high : usual, is_integer);
    }
    if (!low && !high && random_.happens(40)) return Json(edges[random_.below(std::size(edges))]);
    const long double from = low.value_or(high.value_or(1000) - 2000 * step);
    const long double span = std::max((high.value_or(from + 2000 * step) - from) / step, 0.0L);
    const auto count = static_cast<std::uint64_t>(std::min(span, largest_integer));
    const long double whole = static_cast<long double>(random_.below(count + 1));
    const long double value = from + whole * step;
    if (is_integer || shape.multiple) return number_json(value, is_integer);
    return number_json(high ? from + (*high - from) * whole / static_cast<long double>(count + 1) : value + 0.25L,
                       false);
  }

  void cover_numbers(const Shape& shape, bool is_integer, const std::string& path, Proposals& all) {
    const long double step = step_of(shape, is_integer);
    const auto add = [&](long double value, std::string_view what) {
      Json json = number_json(value, is_integer);
      std::string about = fmt::format("{} is {}{}", path, json.dump(), what);
      all.push_back({std::move(json), std::move(about)});
    };
    const auto low = lowest(shape, is_integer), high = highest(shape, is_integer);
    if (low) {
      add(*low, ", the least allowed");
      add(*low + step, ", one above the least");
    }
    if (high) {
      add(*high, ", the most allowed");
      add(*high - step, ", one below the most");
    }
    const bool is_32 = shape.format == "int32";
    for (const std::int64_t edge : edges)
      if (!is_32 ||
          (edge >= std::numeric_limits<std::int32_t>::min() && edge <= std::numeric_limits<std::int32_t>::max()))
        add(static_cast<long double>(edge), "");
    if (!is_integer)
      for (const long double part : {0.5L, -0.25L, 1e300L, 1e-300L}) add(part, "");
  }

  // --- texts

  std::optional<Json> text(const Shape& shape, bool is_varied) {
    const std::size_t most = shape.most_length.value_or(std::max<std::size_t>(shape.least_length + 20, 20));
    if (most < shape.least_length || shape.least_length > longest_boundary) return {};
    const std::size_t length =
        is_varied ? shape.least_length + random_.below(std::min<std::size_t>(most - shape.least_length, 200) + 1)
                  : std::clamp<std::size_t>(7, shape.least_length, most);
    return text_of_length(shape, length, is_varied);
  }

  std::optional<Json> text_of_length(const Shape& shape, std::size_t length, bool is_wild) {
    if (!shape.patterns.empty()) {
      auto made = text_for_pattern(shape.patterns.front(), length, random_);
      return made ? std::optional{Json(std::move(*made))} : std::nullopt;
    }
    if (const auto texts = texts_of_format(shape.format); !texts.empty())
      return Json(is_wild ? random_text_of_format(shape.format, random_) : std::string{texts.front()});
    if (is_wild) return Json(random_text(length, random_.happens(60), random_));
    static constexpr std::string_view word = "example";
    std::string made;
    while (made.size() < length) made += word.substr(0, std::min(word.size(), length - made.size()));
    return Json(std::move(made));
  }

  void cover_texts(const Shape& shape, const std::string& path, Proposals& all) {
    for (const std::string_view one : texts_of_format(shape.format))
      all.push_back({Json(one), fmt::format("{} is {}", path, in_quotes(one))});
    std::set<std::size_t> lengths{shape.least_length, shape.least_length + 1};
    if (shape.most_length && *shape.most_length <= longest_boundary) {
      lengths.insert(*shape.most_length);
      if (*shape.most_length > 0) lengths.insert(*shape.most_length - 1);
    } else if (!shape.most_length) {
      lengths.insert(shape.least_length + 1000);
    }
    for (const std::size_t length : lengths)
      if (auto made = text_of_length(shape, length, false)) {
        const std::size_t is = code_points(made->get_ref<const std::string&>());
        const std::string_view what = shape.most_length == is     ? ", the most allowed"
                                      : shape.least_length == is ? ", the least allowed"
                                                                 : "";
        all.push_back({std::move(*made), fmt::format("{} has {}{}", path, counted(is, "character"), what)});
      }
    if (!shape.patterns.empty() || !texts_of_format(shape.format).empty()) return;
    // As long in characters, three and four times so in bytes.
    if (shape.most_length && *shape.most_length > 0 && *shape.most_length <= 1000)
      for (const std::string_view one : {"\xe4\xb8\xad", "\xf0\x9f\x98\x80"}) {
        std::string wide;
        for (std::size_t i = 0; i < *shape.most_length; ++i) wide += one;
        all.push_back({Json(wide),
                       fmt::format("{} has {} of {} bytes each", path, counted(*shape.most_length, "character"),
                                               one.size())});
      }
    for (const std::string_view one : {"O'Brien \"&<b>", "caf\xc3\xa9", "a\nb", "__proto__"})
      all.push_back({Json(one), fmt::format("{} is {}", path, in_quotes(one))});
  }

  void break_texts(const Shape& shape, Proposals& all) {
    const auto add = [&](std::optional<Json> made) {
      if (made) all.push_back({std::move(*made), {}});
    };
    Shape free = shape;
    if (shape.most_length && *shape.most_length < longest_boundary) {
      add(text_of_length(shape, *shape.most_length + 1, false));
      free.patterns.clear();
      free.format.clear();
      add(text_of_length(free, *shape.most_length + 1, false));
    }
    if (shape.least_length > 0 && shape.least_length <= longest_boundary) {
      add(text_of_length(shape, shape.least_length - 1, false));
      free.patterns.clear();
      add(text_of_length(free, shape.least_length - 1, false));
    }
    const std::size_t usual = std::clamp<std::size_t>(8, shape.least_length, shape.most_length.value_or(20));
    if (!shape.patterns.empty() || !shape.format.empty()) {
      for (const char one : {'!', 'x', ' ', '0'}) add(Json(std::string(std::min(usual, longest_boundary), one)));
      add(Json("!"));
    }
    if (shape.format == "date") add(Json("2026-02-30"));
    if (shape.format == "date-time") add(Json("2026-03-20 12:30"));
    if (shape.format == "email") add(Json("nobody"));
    if (shape.format == "uuid") add(Json("6f1d2c4a"));
    if (shape.format == "uri") add(Json("not a uri"));
  }

  // --- arrays and objects

  std::optional<Json> list(const Shape& shape, unsigned depth, bool is_varied) {
    const std::size_t most = std::min(shape.most_items.value_or(shape.least_items + 3), shape.least_items + 5);
    const std::size_t count = is_varied
        ? shape.least_items + random_.below(std::max(most, shape.least_items) - shape.least_items + 1)
                                        : shape.least_items;
    return list_of(shape, count, depth, is_varied);
  }

  std::optional<Json> list_of(const Shape& shape, std::size_t count, unsigned depth, bool is_varied) {
    if (count > most_items_made) return {};
    Json made = Json::array();
    for (std::size_t i = 0; i < count; ++i) {
      auto one = plain(shape.items, depth + 1, is_varied || (shape.items_are_unique && i > 0));
      if (!one) return {};
      for (unsigned retry = 0; shape.items_are_unique && retry < 20 &&
           std::ranges::find(made, *one) != made.end(); ++retry)
        if (auto other = plain(shape.items, depth + 1, true)) one = std::move(other);
      made.push_back(std::move(*one));
    }
    return made;
  }

  void cover_lists(const Shape& shape, const std::string& path, unsigned depth, Proposals& all) {
    std::set<std::size_t> counts{shape.least_items, shape.least_items + 1};
    if (shape.most_items) counts.insert(*shape.most_items);
    for (const std::size_t count : counts)
      if (auto made = list_of(shape, count, depth, false))
        all.push_back({std::move(*made), fmt::format("{} has {}", path, counted(count, "item"))});
    auto base = list_of(shape, std::max<std::size_t>(shape.least_items, 1), depth, false);
    if (!base) return;
    for (Proposal& one : covering(shape.items, path + "[0]", depth + 1)) {
      (*base)[0] = std::move(one.value);
      all.push_back({*base, std::move(one.about)});
    }
  }

  void break_lists(const Shape& shape, unsigned depth, Proposals& all) {
    const auto add = [&](std::optional<Json> made) {
      if (made) all.push_back({std::move(*made), {}});
    };
    if (shape.least_items > 0) add(list_of(shape, shape.least_items - 1, depth, false));
    if (shape.most_items) add(list_of(shape, *shape.most_items + 1, depth, false));
    auto base = list_of(shape, std::max<std::size_t>(shape.least_items, 1), depth, false);
    if (!base) return;
    if (shape.items_are_unique) {
      Json twice = *base;
      twice.push_back(twice[0]);
      add(std::move(twice));
    }
    for (Proposal& one : breaking(shape.items, depth + 1)) {
      (*base)[0] = std::move(one.value);
      add(*base);
    }
  }

  std::optional<Json> object_of(const Shape& shape, unsigned depth, bool is_varied) {
    Json made = Json::object();
    for (const auto& [name, schema] : shape.properties) {
      const bool is_required = shape.requires_member(name);
      if (!is_required && (!is_varied || random_.happens(50)) && made.size() + 1 > shape.least_members) continue;
      auto value = plain(schema, depth + 1, is_varied);
      if (!value && is_required) return {};
      if (value) made[name] = std::move(*value);
    }
    for (const std::string& name : shape.required)
      if (!made.contains(name)) made[name] = "example";
    return made;
  }

  void cover_objects(const Shape& shape, const std::string& path, unsigned depth, Proposals& all) {
    const auto base = object_of(shape, depth, false);
    if (!base) return;
    const std::string who = path.empty() ? "the body" : path;
    all.push_back({*base, who + " has only what is required"});
    Json whole = *base;
    for (const auto& [name, schema] : shape.properties) {
      const std::string inner = member_path(path, name);
      auto value = plain(schema, depth + 1, false);
      if (!value) continue;
      if (!shape.requires_member(name)) all.push_back({with_member(*base, name, *value), inner + " is there"});
      whole[name] = std::move(*value);
    }
    all.push_back({whole, who + " has all members"});
    for (const auto& [name, schema] : shape.properties)
      if (!shape.requires_member(name) && whole.contains(name)) {
        Json without = whole;
        without.erase(name);
        all.push_back({std::move(without), member_path(path, name) + " is missing, everything else is there"});
      }
    for (const auto& [name, schema] : shape.properties)
      for (Proposal& one : covering(schema, member_path(path, name), depth + 1))
        if (all.size() < most_proposals)
          all.push_back({with_member(*base, name, std::move(one.value)), std::move(one.about)});
  }

  void break_objects(const Shape& shape, unsigned depth, Proposals& all) {
    const auto base = object_of(shape, depth, false);
    if (!base) return;
    for (const std::string& name : shape.required) {
      Json without = *base;
      without.erase(name);
      all.push_back({std::move(without), {}});
    }
    if (!shape.takes_unknown) all.push_back({with_member(*base, "plugvet_unknown", "example"), {}});
    for (const auto& [name, schema] : shape.properties)
      for (Proposal& one : breaking(schema, depth + 1))
        if (all.size() < most_proposals) all.push_back({with_member(*base, name, std::move(one.value)), {}});
  }

  // --- all of it

  void cover(const Shape& shape, const std::string& path, unsigned depth, Proposals& all) {
    using enum JsonType;
    const std::string who = path.empty() ? "the body" : path;
    const auto show = [&](const Json& value) {
      const std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
      all.push_back({value, fmt::format("{} is {}", who, printable(shortened(text, 60)))});
    };
    for (const Json& example : shape.examples) show(example);
    if (shape.values) {
      for (const Json& value : *shape.values) show(value);
      return;
    }
    // Of what may be anything, a few.
    if (shape.types.has(null) && shape.types.has(object) && shape.types.has(string) && shape.types.has(array)) {
      if (auto one = plain(shape, depth, false)) show(*one);
      if (shape.properties.empty()) return;
    }
    if (shape.types.has(boolean)) show(true), show(false);
    if (shape.types.has(null)) show(nullptr);
    if (shape.types.has(string)) cover_texts(shape, who, all);
    if (shape.types.has(number))
      cover_numbers(shape, false, who, all);
    else if (shape.types.has(integer))
      cover_numbers(shape, true, who, all);
    if (shape.types.has(array)) cover_lists(shape, who, depth, all);
    if (shape.types.has(object)) cover_objects(shape, path, depth, all);
  }

  void break_one(const Shape& shape, unsigned depth, Proposals& all) {
    using enum JsonType;
    if (shape.values) {
      all.push_back({Json("plugvet-unlisted"), {}});
      all.push_back({Json(987654321), {}});
      return;
    }
    if (shape.types.has(string)) break_texts(shape, all);
    if (shape.types.has(integer)) {
      const bool is_integer = !shape.types.has(number);
      const long double step = step_of(shape, is_integer);
      if (const auto low = lowest(shape, is_integer)) all.push_back({number_json(*low - step, is_integer), {}});
      if (const auto high = highest(shape, is_integer)) all.push_back({number_json(*high + step, is_integer), {}});
      if (shape.multiple)
        all.push_back({number_json(lowest(shape, is_integer).value_or(0) + *shape.multiple / 2, false), {}});
    }
    if (shape.types.has(array)) break_lists(shape, depth, all);
    if (shape.types.has(object)) break_objects(shape, depth, all);
  }

  const openapi::Description& description_;
  Random& random_;
  std::size_t steps_ = 0;
};

Breach breach_of(std::string_view keyword) {
  static constexpr std::pair<std::string_view, Breach> breaches[] = {
      {"type", Breach::type}, {"nullable", Breach::type}, {"required", Breach::required},
          {"dependentRequired", Breach::required},
      {"enum", Breach::enumeration}, {"const", Breach::enumeration},
      {"minimum", Breach::range}, {"maximum", Breach::range}, {"exclusiveMinimum", Breach::range},
      {"exclusiveMaximum", Breach::range}, {"multipleOf", Breach::range},
      {"minLength", Breach::length}, {"maxLength", Breach::length}, {"minItems", Breach::length},
          {"maxItems", Breach::length},
      {"minProperties", Breach::length}, {"maxProperties", Breach::length}, {"uniqueItems", Breach::length},
      {"pattern", Breach::pattern}, {"format", Breach::format},
      {"additionalProperties", Breach::unknown_member}, {"unevaluatedProperties", Breach::unknown_member}};
  const auto found = std::ranges::find(breaches, keyword, &std::pair<std::string_view, Breach>::first);
  return found == std::end(breaches) ? Breach::combination : found->second;
}

}  // namespace

namespace {

/// The last name on the way to what is wrong; of a member that is missing, or too much, the one that is quoted.
std::string field_of(const schema::ValidationError& error) {
  const Breach breach = breach_of(error.keyword);
  if (breach == Breach::required || breach == Breach::unknown_member) {
    const std::size_t end = error.message.rfind('"');
    const std::size_t begin = end == std::string::npos || end == 0 ? end : error.message.rfind('"', end - 1);
    return begin == std::string::npos ? std::string{} : error.message.substr(begin + 1, end - begin - 1);
  }
  const std::string last = error.instance.substr(error.instance.rfind('/') + 1);
  const bool is_index = last.find_first_not_of("0123456789") == std::string::npos;
  return is_index ? std::string{} : last;
}

}  // namespace

ValueMaker::ValueMaker(const openapi::Description& description, openapi::Node schema, const schema::Schema* compiled,
                       std::string subject, Random& random)
    : description_{description}, schema_{std::move(schema)}, compiled_{compiled}, subject_{std::move(subject)},
        random_{random} {}

bool ValueMaker::is_right(const Json& value) const {
  if (!compiled_) return true;
  return compiled_->validate(value, {.direction = schema::Direction::request, .errors = 1}).is_certainly_valid();
}

std::optional<MadeValue> ValueMaker::proven_wrong(const Json& value) const {
  if (!compiled_) return {};
  const auto result =
      compiled_->validate(value, {.direction = schema::Direction::request, .errors = 2, .subject = subject_});
  if (result.errors.size() != 1 || result.has_more_errors) return {};
  const schema::ValidationError& error = result.errors.front();
  return MadeValue{value, error.message, breach_of(error.keyword), error.schema, field_of(error)};
}

std::optional<Json> ValueMaker::plain() {
  Proposer proposer{description_, random_};
  for (const Shape& shape : shapes_of(description_, schema_)) {
    for (const Json& example : shape.examples)
      if (is_right(example)) return example;
  }
  for (unsigned i = 0; i < tries_for_plain; ++i)
    if (auto value = proposer.plain(schema_, 0, i > 0); value && is_right(*value)) return value;
  return {};
}

std::optional<Json> ValueMaker::whole() {
  Proposer proposer{description_, random_};
  if (auto value = proposer.whole(schema_, 0); value && is_right(*value)) return value;
  return plain();
}

std::optional<Json> ValueMaker::least() {
  Proposer proposer{description_, random_};
  if (auto value = proposer.least(schema_); value && is_right(*value)) return value;
  return plain();
}

std::optional<Json> ValueMaker::random() {
  Proposer proposer{description_, random_};
  for (unsigned i = 0; i < tries_for_random; ++i)
    if (auto value = proposer.plain(schema_, 0, true); value && is_right(*value)) return value;
  return plain();
}

std::vector<MadeValue> ValueMaker::covering() {
  std::vector<MadeValue> made;
  std::set<std::string> seen;
  for (Proposal& one : Proposer{description_, random_}.covering(schema_, subject_ == "the body" ? "" : subject_, 0)) {
    if (made.size() == most_proposals ||
        !seen.insert(one.value.dump(-1, ' ', false, Json::error_handler_t::replace)).second) continue;
    if (!is_right(one.value)) continue;
    made.push_back({std::move(one.value), std::move(one.about), Breach::none, {}, {}});
  }
  return made;
}

std::vector<MadeValue> ValueMaker::breaking() {
  std::vector<MadeValue> made;
  std::set<std::string> seen;
  for (const Proposal& one : Proposer{description_, random_}.breaking(schema_, 0)) {
    if (made.size() == most_proposals) break;
    auto wrong = proven_wrong(one.value);
    if (wrong && seen.insert(wrong->about).second) made.push_back(std::move(*wrong));
  }
  return made;
}

bool is_odd_value(const Json& value) {
  if (const auto* text = value.get_ptr<const std::string*>()) return is_odd_text(*text);
  if (value.is_number()) return std::abs(value.get<double>()) > largest_usual_number;
  if (!value.is_structured()) return false;
  if (value.is_object())
    for (const auto& [name, ignored] : value.items())
      if (is_odd_text(name)) return true;
  return (value.is_object() && value.empty()) || std::ranges::any_of(value, is_odd_value);
}

}  // namespace plugvet
