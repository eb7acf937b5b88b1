#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/check.h"
#include "harness/support/http_status.h"

namespace plugvet::checks {

// What the checks on one rung of the ladder have in common. One broken thing is one finding: of the check that owns the
// problem. A check on a higher rung is blocked by it, a check on a lower rung holds.

/// Says whether a problem is the check's own.
using Owns = bool (*)(const Problem&);

/// Judges all fetches on one rung: each own problem is a finding, one for each host. A problem that hides the answer
/// (a lower rung, another problem on the same rung, one that is not the submission's fault) blocks.
Judgement judge_rung(const Fetches& fetches, Rung rung, Owns owns, std::string_view expected);

/// The HTTP rung of one artefact: an unusable or empty answer, or a status other than 200. `advice` is added to a
/// finding about a missing page. Blocked by lower rungs, by 429, and by an answer that asks for credentials, which
/// discovery/anonymous-access judges.
Judgement judge_status(const Fetch& fetch, std::string_view advice);

/// For a profile without manifest, whose document was submitted by its own URL and is not there.
constexpr std::string_view advice_on_submitted_address =
    "This is the URL that was submitted; give that of the OpenAPI document itself, for example "
    "https://acme.com/openapi.yaml.";

/// The declared media type of an artefact whose content could be read: one of the profile's `accepted`. `manner` stands
/// between "is sent" and the type ("with", "as JSON text with"). Blocked by every rung up to the content type.
Judgement judge_media_type(const Fetches& fetches, Artefact artefact, const Problem* problem_of_artefact,
                           const std::vector<std::string>& accepted, std::string_view manner,
                           std::string_view expected);

/// The fetch of an artefact, or why there is none.
struct FoundFetch {
  const Fetch* fetch = nullptr;
  std::string missing_because;
};
FoundFetch find_fetch(const Fetches& fetches, Artefact artefact, const Problem* problem_of_artefact);

/// The deadline of the whole fetch passed, on whatever rung it was.
bool is_deadline(const Problem& problem);
/// The server wants credentials, or shows a browser challenge in place of the artefact.
bool is_access_refusal(const Response& response);

/// "the manifest", "the OpenAPI document", "the legal page"
std::string_view noun_of(Artefact artefact);
/// The same at the beginning of a sentence.
std::string_view subject_of(Artefact artefact);
/// "The manifest (https://…)": an artefact and the URL that answered for it.
std::string named(const Fetch& fetch);

/// A URL that the manifest writes down, with its place.
struct WrittenUrl {
  std::string pointer;  ///< empty: where the manifest itself was served
  Url url;
};
/// The absolute URLs that a platform calls at work: API description and OAuth endpoints, and the logo. What is no URL
/// is left out, manifest/url-shape reports it.
std::vector<WrittenUrl> called_urls(const Manifest& manifest);
/// Where a written URL stands.
Location place_of(const WrittenUrl& written, const Manifest& manifest);

}  // namespace plugvet::checks
