#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "harness/support/json.h"
#include "harness/support/result.h"

namespace plugvet {

namespace json_path {
struct Query;
}

/// A value that a path found in a document, and where.
struct JsonMatch {
  const Json* value = nullptr;  ///< belongs to the document
  std::string pointer;          ///< JSON Pointer (RFC 6901)
};

/// A JSONPath query (RFC 9535), complete: all selectors, filters, and the functions length, count, match, search and
/// value. Regular expressions are RE2's, which takes every I-Regexp (RFC 9485) and more; `^` and `$` are anchors.
/// Copying is cheap. One path may be used by several threads.
class JsonPath {
 public:
  /// The problem (json_path.syntax) says what is wrong and at which column; its position has the column too. Types are
  /// judged here, and so are regular expressions that stand in the query. At most 4096 bytes, nested 20 deep.
  static Result<JsonPath> parse(std::string_view text);

  const std::string& text() const { return text_; }

  /// What the path finds, in the order of the RFC; the same value twice when it is found twice. The problem
  /// (json_path.too_costly) says which limit was reached: 5 million visited values, or 64 MiB of pointers.
  Result<std::vector<JsonMatch>> find(const Json& root) const;

  /// The pointer of the deepest value on the way of a path that finds nothing: where the path still named one value
  /// and no more. The whole document when nothing is nearer.
  std::string nearest(const Json& root) const;

 private:
  JsonPath(std::string text, std::shared_ptr<const json_path::Query> query);

  std::string text_;
  std::shared_ptr<const json_path::Query> query_;
};

}  // namespace plugvet
