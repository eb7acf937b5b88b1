#pragma once
#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "harness/schema/schema.h"
#include "harness/support/document.h"

namespace plugvet::testing {

inline Json json(std::string_view text) {
  const auto document = parse_json(std::string{text}, "here");
  BOOST_REQUIRE_MESSAGE(document, (document ? "" : document.problem()->what) << " in " << text.substr(0, 200));
  return document->root();
}

/// A schema that was written in place, and what it needs to live.
struct Compiled {
  Json document;
  schema::SchemaSet set;
  schema::Schema schema;
  explicit Compiled(std::string_view text, schema::SchemaOptions options = {}, std::string_view pointer = "")
      : document(json(text)), set{document, std::move(options)}, schema{found(set, pointer)} {}
  Compiled(const Compiled&) = delete;

  schema::ValidationResult operator()(std::string_view instance, const schema::ValidationOptions& options = {}) const {
    const Json value = json(instance);
    const schema::ValidationResult result = schema.validate(value, options);
    BOOST_TEST(schema.is_valid(value, options) == result.is_valid());
    return result;
  }
  bool accepts(std::string_view instance, const schema::ValidationOptions& options = {}) const {
    return (*this)(instance, options).is_certainly_valid();
  }
  /// "message [keyword at instance, schema]" of each error, one in a line.
  std::string errors(std::string_view instance, const schema::ValidationOptions& options = {}) const {
    std::string text;
    for (const schema::ValidationError& error : (*this)(instance, options).errors)
      text += error.message + " [" + error.instance + " " + error.schema.pointer + "]\n";
    return text;
  }
  /// "reason [instance, schema]" of what was not evaluated, one in a line.
  std::string not_evaluated(std::string_view instance, const schema::ValidationOptions& options = {}) const {
    std::string text;
    for (const schema::NotEvaluated& entry : (*this)(instance, options).not_evaluated)
      text += entry.reason + " [" + entry.instance + " " + entry.schema.pointer + "]\n";
    return text;
  }
  std::string defects() const {
    std::string text;
    for (const schema::SchemaDefect& defect : schema.defects())
      text += defect.message + " [" + defect.place.pointer + "]\n";
    return text;
  }

 private:
  static schema::Schema found(schema::SchemaSet& set, std::string_view pointer) {
    const auto schema = set.at(pointer);
    BOOST_REQUIRE_MESSAGE(schema, (schema ? "" : schema.problem()->what));
    return *schema;
  }
};

}  // namespace plugvet::testing
