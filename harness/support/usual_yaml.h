#pragma once
#include <optional>
#include <string_view>

#include "harness/support/yaml_events.h"

namespace plugvet {

/// Reads YAML as it is usually written, many times as fast as yaml-cpp: block collections, one-line and folded scalars,
/// brackets. Nothing: the text has something else in it (anchors, tags, tabs, several documents, …) or a mistake, and
/// yaml-cpp has to read it. What is read is the tree that yaml-cpp makes of it; tests hold one against the other.
/// `text` is valid UTF-8 without control characters; `begin`: where it begins, after a byte order mark.
std::optional<YamlTree> read_usual_yaml(std::string_view text, std::size_t begin, const DocumentLimits& limits);

}  // namespace plugvet
