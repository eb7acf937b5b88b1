#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/openapi/description.h"

namespace plugvet {

enum class JsonType : unsigned char { null, boolean, integer, number, string, array, object };

/// Some types of JSON.
class JsonTypes {
 public:
  static constexpr JsonTypes all() { return JsonTypes{0x7f}; }
  constexpr JsonTypes() = default;
  constexpr bool has(JsonType type) const { return (bits_ >> static_cast<unsigned>(type) & 1u) != 0; }
  constexpr void add(JsonType type) { bits_ |= 1u << static_cast<unsigned>(type); }
  constexpr bool empty() const { return bits_ == 0; }
  friend constexpr JsonTypes operator&(JsonTypes a, JsonTypes b) { return JsonTypes{a.bits_ & b.bits_}; }

 private:
  explicit constexpr JsonTypes(unsigned bits) : bits_{bits} {}
  unsigned bits_ = 0;
};

/// What a schema asks of a value, with references followed, allOf merged and one of the alternatives chosen: enough to
/// propose values. Whether one is right says the schema itself.
struct Shape {
  JsonTypes types = JsonTypes::all();
  std::optional<std::vector<Json>> values;  ///< enum, const
  std::vector<Json> examples;               ///< example, examples, default

  std::optional<long double> minimum, maximum, multiple;  ///< long double holds every 64-bit integer
  bool minimum_is_excluded = false, maximum_is_excluded = false;

  std::size_t least_length = 0;
  std::optional<std::size_t> most_length;
  std::string format;
  std::vector<std::string> patterns;

  std::size_t least_items = 0;
  std::optional<std::size_t> most_items;
  bool items_are_unique = false;
  openapi::Node items;  ///< null: anything

  std::vector<std::pair<std::string, openapi::Node>> properties;  ///< in their order
  std::vector<std::string> required;
  bool takes_unknown = true;
  std::size_t least_members = 0;

  bool requires_member(std::string_view name) const;
};

/// The first alternatives of a schema, at least one; none where it leads in a circle or contradicts itself at once.
std::vector<Shape> shapes_of(const openapi::Description& description, const openapi::Node& schema);

}  // namespace plugvet
