#pragma once
#include <memory>
#include <string>
#include <vector>

#include "harness/model/evidence.h"
#include "harness/support/json.h"

namespace plugvet {

// What a later review is compared with (--baseline): the manifest's values by place, and of the API description what
// callers and the model depend on. Document member `snapshot`, schemas/review.schema.json. Nothing in it is longer than
// a paragraph: of a longer text the beginning and a digest. Of values whose names say that they are secret it has a
// digest only.

/// Something that is not as it was.
struct Change {
  enum class Kind : unsigned char {
    protection,  ///< what kept users from harm is gone: a confirmation, credentials
    breaks,      ///< a caller of before is refused or misunderstood now
    text,        ///< what the model or people read
    differs,     ///< anything else
  };
  Kind kind = Kind::differs;
  Artefact artefact = Artefact::api;
  std::string pointer;        ///< in the present document; of what is gone: where it was
  std::string what;           ///< "GET /todos no longer exists"
  std::string before, after;  ///< empty: there was, or is, nothing
};
std::string_view name_of(Change::Kind kind);  ///< "breaks", "text", …

/// An earlier review's snapshot.
struct Baseline {
  std::string location;    ///< the file
  std::string started_at;  ///< of the earlier review
  std::shared_ptr<const Json> snapshot;
};

/// The part of the manifest: {pointer: value as text}.
Json manifest_snapshot(const Manifest& manifest);
/// A text as snapshots have it.
std::string snapshot_text(std::string_view text);

/// What changed from one snapshot to another; a part that one of them has not is not compared. Both may come from a
/// file: what is not as it should be is passed over.
std::vector<Change> changes_between(const Json& before, const Json& after);
/// Of the evidence, where it has a snapshot and was given a baseline.
std::vector<Change> changes_in(const Evidence& evidence);

}  // namespace plugvet
