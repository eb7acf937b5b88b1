#pragma once
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "harness/support/document.h"
#include "harness/support/line_index.h"

namespace plugvet {

/// Where one value stands. The places of a document are a tree, written down in document order: the children of a place
/// begin right after it, and each child's `end` is where the next one begins.
struct Place {
  std::uint32_t value = 0;  ///< byte offset of the value
  std::uint32_t name = 0;   ///< byte offset of the member name; of the value where there is none
  std::uint32_t end = 0;    ///< index after the last descendant

  /// A member that another one of the same name replaces: it has a place, but no value.
  static constexpr std::uint32_t replaced = 0xFFFFFFFF;
  bool is_replaced() const { return name == replaced; }
};

/// Ways into a container of many children: without them, looking up each of n members would take n² steps.
struct ContainerIndex {
  std::vector<std::uint32_t> landmarks;                        ///< the place of every 64th child
  std::vector<std::pair<std::size_t, std::uint32_t>> by_hash;  ///< members: hash of the name, number; sorted
};

struct Document::Content {
  std::string text;
  Syntax syntax = Syntax::json;
  Json root;
  std::vector<SyntaxFault> faults;
  LineIndex lines;
  std::vector<Place> places;
  std::unordered_map<std::uint32_t, ContainerIndex> indexes;  ///< by place, for large containers only
  Memo memo;

  Position position_of(std::size_t offset) const { return lines.at(text, offset); }
};

/// More faults than this are not recorded: one document must not fill a report.
inline constexpr std::size_t most_faults = 100;

/// To be called when root and places are complete: makes the indexes, sorts the faults.
void finish(Document::Content& content);

/// The members of an object as what they are, a vector: appending there needs no search for the name.
Json::object_t::Container& members_of(Json& object);

/// "Line 14, column 3: a comma before …"
std::string located(Position position, std::string_view sentence);

/// A piece of the text as messages show it: at most 20 characters, nothing invisible.
std::string excerpt(std::string_view text);

/// "an HTML page titled "404 Not Found"" or "XML", when that is what the text is; otherwise empty.
std::string markup_kind(std::string_view text);

/// The name of the encoding of 16 or 32 bits that the text seems to be in; empty when it does not.
std::string_view wide_encoding(std::string_view bytes);

inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

}  // namespace plugvet
