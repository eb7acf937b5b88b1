#pragma once
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "harness/openapi/compiled_schemas.h"

namespace plugvet::openapi {

/// What one operation promises, ready to be held against many exchanges. Nothing of it changes, so that several threads
/// may use it. The API description lives longer.
struct Contract {
  struct Content {
    std::string_view media_type;  ///< as it is written; "application/*" and "*/*" are ranges
    Node schema;                  ///< what references lead to
    std::optional<schema::Schema> compiled;
  };
  struct Field {
    std::string_view name;
    Node node;
    bool required = false;
    std::optional<schema::Schema> compiled;
  };
  struct Answer {
    const Response* response = nullptr;
    std::vector<Content> content;
    std::vector<Field> headers;
    /// What holds for a media type: that of its name, else of the nearest range. Null: it is not declared.
    const Content* content_of(std::string_view media_type) const;
  };
  /// A parameter that has an effect: of those written twice the last, none that is broken.
  struct Input {
    const Parameter* parameter = nullptr;
    Node schema;                  ///< what references lead to; may be null: anything goes
    std::string_view media_type;  ///< of a parameter with `content`
    std::optional<schema::Schema> compiled;
  };

  const Operation* operation = nullptr;
  std::vector<Input> inputs;
  std::vector<Content> bodies;  ///< of the request
  std::vector<Answer> answers;  ///< in the order of the document
  /// What is promised for a status: under its number, its range, or `default`. Null: nothing is.
  const Answer* answer_to(int status) const;
  /// Where in the description a keyword of one of the schemas stands.
  ApiPlace place_of(const schema::SchemaPlace& place) const { return schemas->place_of(place); }

  std::shared_ptr<const CompiledSchemas> schemas;  ///< kept for the compiled ones
};

/// Of every operation, in the order of the document. For descriptions of OpenAPI 3.
std::vector<std::shared_ptr<const Contract>> contracts_of(const ApiDescription& api);

}  // namespace plugvet::openapi
