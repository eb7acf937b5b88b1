#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/support/document.h"

namespace plugvet {

/// A file as `plugvet init` writes it: no YAML document at all.
bool is_only_comments(std::string_view text);

/// Reads one mapping of a file that a user wrote (profile, waivers, configuration, scenario, fault), strictly: a member
/// of another type and a member that nobody asked for are problems with line, column and the nearest known name.
/// The first problem is kept; what is read after it is empty.
class Fields {
 public:
  Fields(const Document& document, std::string where, std::string pointer = {});

  std::optional<std::string> text(std::string_view name);
  std::optional<std::int64_t> whole_number(std::string_view name);
  std::optional<bool> flag(std::string_view name);
  std::vector<std::string> texts(std::string_view name);  ///< one text or a list of texts; empty when missing
  const Json* mapping(std::string_view name);
  const Json* list(std::string_view name);
  const Json* value(std::string_view name);  ///< of any type
  std::string required_text(std::string_view name);

  std::string pointer_of(std::string_view name) const;
  /// Says that a member's value is wrong: `what` follows the member's name.
  void complain(std::string_view name, std::string_view what);
  /// Members that were not asked for are a problem. Call last.
  std::optional<Problem> finish();

 private:
  const Json* member(std::string_view name);
  void problem_at(Position position, std::string what);

  const Document* document_;
  const Json* mapping_ = nullptr;
  std::string where_, pointer_;
  std::vector<std::string> asked_;
  std::optional<Problem> problem_;
};

}  // namespace plugvet
