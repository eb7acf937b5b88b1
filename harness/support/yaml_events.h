#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "harness/support/document_content.h"

namespace plugvet {

/// One node of a YAML text as it is written, before aliases are expanded. The nodes are a tree in document order, as
/// places are; a mapping has its keys and values in turn.
struct YamlNode {
  enum class Kind : unsigned char { plain, string, sequence, mapping, alias };
  Kind kind = Kind::plain;
  std::uint32_t offset = 0;      ///< byte offset in the text
  std::uint32_t end = 0;         ///< index after the last descendant
  std::uint32_t text_begin = 0;  ///< scalars: where in YamlTree::scalars
  std::uint32_t text_size = 0;
  std::uint32_t target = 0;  ///< aliases: the node they stand for, never another alias
};

struct YamlTree {
  std::vector<YamlNode> nodes;
  std::string scalars;                                  ///< the texts of all scalars, one after the other
  std::unordered_map<std::uint32_t, std::string> tags;  ///< by node; only as many as may be reported

  std::string_view text_of(const YamlNode& node) const {
    return std::string_view{scalars}.substr(node.text_begin, node.text_size);
  }
};

/// The first of two passes over a YAML text: finds the nodes. Depth, cycles and what the aliases would expand to are
/// checked here, so that the second pass (yaml_text.cpp) has a bounded amount of work. Usual YAML is read by ourselves
/// (usual_yaml.h), all other by yaml-cpp.
/// `begin`: where the text begins, after a byte order mark.
std::variant<YamlTree, Problem> read_yaml_tree(const Document::Content& content, std::size_t begin,
                                               const DocumentLimits& limits);
/// The same by yaml-cpp alone.
std::variant<YamlTree, Problem> read_any_yaml(const Document::Content& content, std::size_t begin,
                                              const DocumentLimits& limits);

}  // namespace plugvet
