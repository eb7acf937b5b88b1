#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/check.h"

namespace plugvet::checks {

// What the documents say a manifest may contain. manifest/required-members, manifest/member-types and
// manifest/known-members read the same table, so that they agree on what is one broken thing.

enum class MemberKind : unsigned char { text, object, array, any };

struct KnownMember {
  std::string_view path;  ///< a JSON Pointer in which `*` stands for any step: "/functions/*/name"
  MemberKind kind = MemberKind::text;
  bool is_required = false;  ///< within its object, where that object is there
};

std::span<const KnownMember> known_members(ManifestFormat format);

/// One known member as it stands in a manifest, or is missing there.
struct SeenMember {
  const KnownMember* known = nullptr;
  std::string pointer;
  const Json* object = nullptr;  ///< the object that should have it
  const Json* value = nullptr;   ///< null: missing
};
/// Every known member of every object that is there, in the order of the table.
const std::vector<SeenMember>& seen_members(const Manifest& manifest, ManifestFormat format);

/// A member that no document knows.
struct UnknownMember {
  std::string pointer, name;
  std::string near;  ///< the known name that is probably meant and is not there; may be empty
  bool near_is_required = false;
};
std::vector<UnknownMember> unknown_members(const Manifest& manifest, ManifestFormat format);

/// Findings about required members that are missing.
Judgement judge_required(const Manifest& manifest, ManifestFormat format);

}  // namespace plugvet::checks
