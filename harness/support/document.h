#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "harness/support/json.h"
#include "harness/support/memo.h"
#include "harness/support/position.h"
#include "harness/support/result.h"

namespace plugvet {

/// Something that is wrong with the text of a document although its value could be read:
/// a repeated member name, a byte order mark, a YAML tag, a value that a YAML 1.1 reader would read differently.
struct SyntaxFault {
  std::string id;       ///< "json.duplicate_key", "json.byte_order_mark", "yaml.duplicate_key", "yaml.tag", …
  std::string message;  ///< one sentence, what was seen
  std::string pointer;  ///< JSON Pointer of the value concerned
  Position position;
};

enum class Syntax : unsigned char { json, yaml };

/// Limits on one document (FAULTS.md §2.1). What exceeds them is a located problem, not a crash.
struct DocumentLimits {
  std::size_t bytes = 10u << 20;
  unsigned depth = 256;
  std::size_t values = 3'000'000;  ///< as they are written: each takes some eighty bytes of memory
  /// YAML: values after aliases are expanded; or ten times those of the source, if more, but at most four times this.
  std::size_t nodes = 1'000'000;
};

/// A JSON value, the text it was read from, and the place of every value in that text.
/// Copying is cheap: the content is shared and immutable.
class Document {
 public:
  Document();  ///< the value null without text

  const Json& root() const;
  const std::string& text() const;
  Syntax syntax() const;

  /// Faults that did not prevent reading, in the order of their position; the first hundred that were met.
  const std::vector<SyntaxFault>& faults() const;

  /// The value at a JSON Pointer (RFC 6901); null when there is none.
  const Json* find(std::string_view pointer) const;

  /// Where the value at `pointer` begins; of the nearest ancestor that exists when it does not. Document start for "".
  Position position(std::string_view pointer) const;
  /// Where the member name of the value at `pointer` begins; position(pointer) for array items.
  Position key_position(std::string_view pointer) const;

  /// What others have worked out from this document; every copy of it has the same.
  const Memo& memo() const;

  /// The same document with one more fault, before its others.
  Document with_fault(SyntaxFault fault) const;

  struct Content;
  explicit Document(std::shared_ptr<const Content> content);

 private:
  std::shared_ptr<const Content> content_;
};

/// Strict JSON (RFC 8259). The problem names line and column and what stands there; trailing commas, comments, single
/// quotes, bad UTF-8, two documents, NaN and depth have an id of their own. A repeated member is a fault (the last one
/// wins, as in the readers of the platforms, and stands where it was written), so is a byte order mark. Numbers that do
/// not fit 64 bits or a double are rounded or clamped with a fault.
/// `where` is the URL or path that problems name.
Result<Document> parse_json(std::string text, std::string_view where, const DocumentLimits& limits = {});

/// YAML 1.2, core schema, one document; aliases expanded within the limits, merge keys resolved with a fault, no tag
/// ever makes anything. Keys that are numbers, booleans or null become strings as they are written. What an alias
/// stands for has the place of the alias, what is inside it the place where it is written.
Result<Document> parse_yaml(std::string text, std::string_view where, const DocumentLimits& limits = {});

/// By content, not by name: JSON where the first character is `{` or `[`, otherwise YAML. What begins like JSON and is only
/// YAML's flow syntax is read as YAML, with the fault `yaml.not_json`; when it is neither, the message is about JSON.
Result<Document> parse_json_or_yaml(std::string text, std::string_view where, const DocumentLimits& limits = {});

/// Joins a member name to a JSON Pointer, escaping `~` and `/`.
std::string join_pointer(std::string_view pointer, std::string_view member);
/// Joins an array index to a JSON Pointer.
std::string join_pointer(std::string_view pointer, std::size_t index);

}  // namespace plugvet
