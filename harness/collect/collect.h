#pragma once
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "harness/model/evidence.h"
#include "harness/model/profile.h"
#include "harness/model/snapshot.h"
#include "harness/transport/transport.h"

namespace plugvet {

/// Tells what was handed in: a URL or host, a folder, a manifest file, or an OpenAPI file (told apart by content, then
/// by name). The problem (Blame::user) says what is wrong and what would be right.
Result<Submission> identify_submission(std::string_view source);

/// Why a URL cannot be that of a manifest, told by its path before anything is fetched: an OpenAPI document, a page.
/// Empty: it may be, or a profile of that kind reads no manifest. A bare host stands for its well-known path.
std::optional<Problem> why_no_manifest_url(const Url& url, ManifestKind kind);

/// The largest real description, of Microsoft's Graph, has 47 MB.
constexpr std::size_t largest_api = std::size_t{64} << 20;

struct CollectOptions {
  bool offline = false;  ///< nothing leaves the process; only what lies on disk is collected
  bool private_addresses_allowed = false;
  std::chrono::system_clock::time_point
      now;  ///< the moment of the review (injected, so that reports need no scrubbing)
  bool takes_snapshot = false;               ///< for a later review; a baseline wants one too
  std::shared_ptr<const Baseline> baseline;  ///< the earlier review
  FetchLimits manifest{.body = 1u << 20}, api{.body = largest_api}, logo{.body = 5u << 20}, page{.body = 5u << 20};
};

/// Collects what `needs` names and nothing else, closed over what it depends on (logo ⇒ manifest). Judges nothing:
/// a failure becomes the Problem of that artefact. Independent artefacts are fetched side by side.
/// `transport` may be null when the submission is on disk or `offline` is set.
Evidence collect(const Submission& submission, Needs needs, ManifestKind manifest_kind,
                 const std::shared_ptr<Transport>& transport, const CollectOptions& options);

/// Reads what an image is and what is in it; decoding runs in a limited child process. `media_type` as declared.
/// Rung::syntax when it is no image.
Result<Logo> read_logo(const std::string& bytes, std::string media_type, std::string location);

}  // namespace plugvet
