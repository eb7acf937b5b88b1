#pragma once
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "harness/openapi/grammar.h"

namespace plugvet::openapi {

/// What is remembered of the way to a reference: the values around it, as a tree.
struct Kept {
  static constexpr std::uint32_t none = 0xFFFFFFFF;
  std::uint32_t parent = none;
  std::uint32_t index = 0;  ///< in an array; of the start, where there is no parent
  std::string_view name;    ///< in an object
  const Json* value = nullptr;
};

/// A `$ref` or a discriminator's mapping, as it is written.
struct FoundReference {
  std::uint32_t holder = Kept::none;    ///< the object with the `$ref`; of a mapping the text itself
  std::uint32_t resource = Kept::none;  ///< 3.1: the nearest schema around with an `$id`
  const std::string* text = nullptr;    ///< null: the value of `$ref` is no text
  Type expected = Type::any;
  bool is_mapping = false;
};

/// Walks a document of version 3 by its grammar: writes down what breaks it, and every reference. It follows none.
class Reader {
 public:
  explicit Reader(Description& description) : description_{description}, version_{description.version} {}

  /// Reads the main document.
  void read_document();
  /// Reads a value that the grammar does not give a type, as what a reference takes it for. Once, however often asked.
  void read_as(Type type, const Node& node);

  const std::vector<FoundReference>& references() const { return references_; }
  const std::vector<Kept>& kept() const { return kept_; }
  ApiPlace place_of(std::uint32_t kept) const;
  std::uint32_t file_of(std::uint32_t kept) const;

  /// What 3.1 schemas call themselves: by `$id` as it is written, or by file and `$anchor`: "0#name".
  const std::unordered_map<std::string, Node>& names() const { return names_; }

 private:
  /// The way to the value that is being read. Its frames are the walk's own.
  struct Step {
    const Step* parent = nullptr;
    const Json* value = nullptr;
    std::string_view name;  ///< in an object
    std::size_t index = 0;  ///< in an array
    Type type = Type::any;  ///< what it is read as
    const Step* resource = nullptr;
    mutable std::uint32_t kept = Kept::none;
    mutable std::vector<std::string_view> absent;  ///< fields that the object could have; made when it is needed
    mutable std::string meant;  ///< a field that seems to be there under another name or in another place

    mutable const std::string* emptied = nullptr;  ///< a field whose content stands after it, where that has been said

    bool is_item() const;
  };

  static Step child_of(const Step& object, std::string_view name, const Json& value);
  void start(Type type, const Node& node);
  void read_field(const Field& field, const Step& step);
  void read_one(const Field& field, const Step& step);
  void read_text(const Field& field, const Step& step);
  void read_names_list(const Field& field, const Step& step);
  void read_types(const Field& field, const Step& step);
  void read_object(const Field& field, const Step& step);
  void read_members(const Step& step);
  /// Returns whether anything else in the object counts.
  bool read_reference(const Step& step, const Json& target);
  void note_name(const Step& step);

  void judge_required(const Step& step);
  void judge_together(const Step& step);
  void judge_parameter(const Step& step);
  void judge_schema_or_content(const Step& step);
  void judge_security_scheme(const Step& step);
  void judge_server_variable(const Step& step);
  void judge_document(const Step& step);
  void judge_not_both(const Step& step, std::string_view a, std::string_view b);
  void judge_server(const Step& step);
  void judge_example(const Step& step);
  void judge_concern(const Field& field, const Step& step);
  struct Unknown {
    std::string message, expected;
  };
  const std::string* emptied_before(const Step& object, std::string_view name) const;
  bool is_emptied(const Step& field) const;
  bool has_indentation(const Step& object) const;
  bool is_known(const Step& object, std::string_view name) const;
  void judge_unknown(const Step& object, const Step& member);
  void judge_unknown_keyword(const Step& object, const Step& member);
  Unknown judge_unknown_field(const Step& object, const Step& member);
  void judge_component_name(const Step& step);
  std::string other_place(const Step& object, std::string_view name) const;
  std::string near_field(const Step& object, std::string_view name);

  enum class At : unsigned char { value, name };
  bool is_full(bool ineffective) const;
  void fault(const Step& step, At at, std::string message, std::string expected, std::string actual,
             bool is_ineffective = false);
  void wrong_type(const Field& field, const Step& step, Form form);
  void missing(const Step& step, std::string_view name, std::string_view why = {});

  std::uint32_t keep(const Step& step);
  ApiPlace place_of(const Step& step) const;
  /// The same, counted against what may be noted.
  ApiPlace noted_place_of(const Step& step);
  std::uint32_t file_of(const Step& step) const;
  std::string spoken_name(const Step& step) const;

  Description& description_;
  Version version_;
  std::vector<FoundReference> references_;
  std::vector<Kept> kept_;
  std::vector<ApiPlace> starts_;
  std::unordered_map<std::string, Node> names_;
  std::unordered_set<const Json*> seen_;  ///< of what is read as something
  bool is_extra_ = false;                 ///< not the main document is being read
  std::size_t bytes_ = 0;
  std::size_t ineffective_count_ = 0;
  std::size_t nearest_count_ = 0;
};

}  // namespace plugvet::openapi
