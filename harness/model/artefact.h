#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "harness/support/position.h"

namespace plugvet {

/// One thing that is collected of a submission, and the place that a finding points into.
enum class Artefact : unsigned char { submission, manifest, api, logo, legal_page, tls, cors };

/// As in the review document: "legal_page".
std::string_view name_of(Artefact artefact);

/// Where a finding is.
struct Location {
  Artefact artefact = Artefact::submission;
  std::string pointer;  ///< JSON Pointer into the artefact's document; empty: the whole artefact
  Position position;    ///< in the artefact's text, where it has one
  std::string file;     ///< of an artefact of several files: which other than the main one, as ApiFile::name says it
  friend bool operator==(const Location&, const Location&) = default;
};

}  // namespace plugvet
