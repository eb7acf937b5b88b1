#pragma once
#include <algorithm>
#include <string>
#include <variant>

#include "harness/support/document_content.h"
#include "harness/support/usual_yaml.h"

namespace plugvet::testing {

enum class YamlReaders : unsigned char { agree, disagree, usual_declines };

/// What the reader of usual YAML makes of a text, held against what yaml-cpp makes of it. It may decline; it must not read
/// what yaml-cpp refuses, or anything else.
inline YamlReaders compare_yaml_readers(const std::string& text) {
  Document::Content content;
  content.text = text;
  const std::size_t begin = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  content.lines = LineIndex{text, begin};
  const DocumentLimits limits;
  const auto usual = read_usual_yaml(content.text, begin, limits);
  if (!usual) return YamlReaders::usual_declines;
  const auto any = read_any_yaml(content, begin, limits);
  if (const auto* problem = std::get_if<Problem>(&any))  // yaml-cpp needs too much memory for long lists in brackets
    return problem->id == "yaml.too_large" ? YamlReaders::usual_declines : YamlReaders::disagree;
  const YamlTree& tree = std::get<YamlTree>(any);
  const auto is_same = [&](const YamlNode& a, const YamlNode& b) {
    return a.kind == b.kind && a.offset == b.offset && a.end == b.end && usual->text_of(a) == tree.text_of(b);
  };
  const bool are_equal = std::ranges::equal(usual->nodes, tree.nodes, is_same) && tree.tags.empty();
  return are_equal ? YamlReaders::agree : YamlReaders::disagree;
}

}  // namespace plugvet::testing
