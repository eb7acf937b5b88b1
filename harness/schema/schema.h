#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "harness/support/json.h"
#include "harness/support/result.h"

/// JSON Schema: compiled once, applied often. Schemas and instances are hostile: everything here ends, within bounds.
/// Nothing is ever fetched.
namespace plugvet::schema {

/// How a schema is read where no `$schema` says otherwise.
enum class Dialect : unsigned char {
  draft_4,
  draft_6,
  draft_7,
  draft_2019_09,
  draft_2020_12,
  openapi_3_0,
  openapi_3_1,
};

/// Which way a message of an API goes: `readOnly` properties do not belong into a request, nor `writeOnly` ones into a
/// response, and there they are not required either. For the dialects of OpenAPI.
enum class Direction : unsigned char { neither, request, response };

struct SchemaOptions {
  Dialect dialect = Dialect::draft_2020_12;
  bool formats_are_asserted = true;  ///< false: `format` is an annotation only
  std::string uri = "document";  ///< what relative references are resolved against: an absolute URI, or a file's name
};

struct ValidationOptions {
  Direction direction = Direction::neither;
  std::size_t errors = 20;                 ///< at most so many are reported
  std::string_view subject = "the value";  ///< how messages name the instance itself; parts of it are `loans[2].due`
  std::uint64_t steps = 20'000'000;        ///< what takes more work than this is not evaluated; about a second
};

/// Where a schema or one of its keywords is written.
struct SchemaPlace {
  std::string document;  ///< the URI or name that it was registered with
  std::string pointer;   ///< JSON Pointer within that document
  friend bool operator==(const SchemaPlace&, const SchemaPlace&) = default;
};

/// One way in which an instance does not match.
struct ValidationError {
  std::string instance;  ///< JSON Pointer of the value at fault
  SchemaPlace schema;    ///< of the keyword that it breaks
  std::string keyword;   ///< "type", "required", …; empty for the schema `false`
  std::string message;   ///< "loans[2].due is 17, expected a string in date format"
  std::string expected;  ///< "a string in date format"
  std::string actual;    ///< "17"
};

/// What could not be decided, and counts as fulfilled: a pattern that no engine of ours takes, a reference that leads
/// nowhere or in a circle, too much work.
struct NotEvaluated {
  std::string instance;  ///< JSON Pointer of the first value concerned
  SchemaPlace schema;
  std::string keyword;
  std::string reason;  ///< a sentence
};

struct ValidationResult {
  std::vector<ValidationError> errors;
  bool has_more_errors = false;  ///< there were more than the options ask for
  std::vector<NotEvaluated> not_evaluated;
  std::uint64_t steps = 0;  ///< the work that it took, for who applies many schemas and may spend so much on all of them

  bool is_valid() const { return errors.empty(); }                                     ///< nothing is known to be wrong
  bool is_certainly_valid() const { return errors.empty() && not_evaluated.empty(); }  ///< and everything was looked at
};

/// Something in a schema that cannot be used: a reference that leads nowhere, a broken pattern, a keyword of the wrong
/// type. The rest of the schema stays in use.
struct SchemaDefect {
  SchemaPlace place;  ///< of the keyword
  std::string keyword;
  std::string message;  ///< a sentence
};

/// A compiled schema of a SchemaSet, which must outlive it. Copying is cheap. Several threads may apply it as long as
/// none uses the set.
class Schema {
 public:
  ValidationResult validate(const Json& instance, const ValidationOptions& options = {}) const;
  /// Only whether: stops at the first error.
  bool is_valid(const Json& instance, const ValidationOptions& options = {}) const;

  SchemaPlace place() const;
  /// Of this schema and all that it leads to, in a fixed order.
  std::vector<SchemaDefect> defects() const;

 private:
  friend class SchemaSet;
  struct Access;
  Schema(const struct Compilation& compilation, std::uint32_t node) : compilation_{&compilation}, node_{node} {}
  const struct Compilation* compilation_;
  std::uint32_t node_;
};

/// The schemas of a document, and of further documents that they refer to. Schemas are compiled when they are asked
/// for, each once, with all that they lead to; they refer to each other by `$ref` within and across documents. The
/// meta-schemas of the drafts are known.
class SchemaSet {
 public:
  /// `document` must outlive the set: a schema, or an OpenAPI document.
  explicit SchemaSet(const Json& document, SchemaOptions options = {});
  ~SchemaSet();
  SchemaSet(SchemaSet&&) noexcept;
  SchemaSet& operator=(SchemaSet&&) noexcept;

  /// Registers another document that references may lead to, before anything is compiled. `uri` is absolute, or the
  /// name of a file as seen from the same folder as the first document's name. The document must outlive the set.
  void add(std::string uri, const Json& document);

  /// The schema at a JSON Pointer of the first document. Problems: schema.missing (nothing is there), schema.type (it
  /// is no schema).
  Result<Schema> at(std::string_view pointer);
  /// The schema that a reference from the first document leads to: "#/components/schemas/Loan",
  /// "schemas/loan.yaml#/Loan".
  Result<Schema> find(std::string_view reference);

 private:
  std::unique_ptr<struct Compilation> compilation_;
};

}  // namespace plugvet::schema
