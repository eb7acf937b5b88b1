#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/check.h"
#include "harness/support/fields.h"
#include "harness/support/json_path.h"

namespace plugvet {

/// What the path of a custom check found in a document.
struct Found {
  const JsonPath& path;
  const Document& document;
  Artefact artefact = Artefact::manifest;
  std::string_view message;  ///< what each finding says; empty: what the assertion finds to say
  std::vector<JsonMatch> matches;
};

/// What a custom check demands of the values that its path finds.
using Assertion = std::function<Judgement(const Found&)>;

/// Reads the assertions of one entry of `custom_checks`: ask with `ask` before Fields::finish, take with `take` after.
class AssertionReader {
 public:
  AssertionReader(const Document& document, std::string where, std::string pointer);

  /// So that their names are known to the fields.
  static void ask(Fields& fields);
  /// The one assertion there is. The problem (Blame::user) says where and what: none, several, or a mistake in one.
  Result<Assertion> take() const;

 private:
  const Document& document_;
  std::string where_, pointer_;
};

}  // namespace plugvet
