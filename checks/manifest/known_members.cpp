#include "checks/findings.h"
#include "checks/format.h"
#include "checks/members.h"
#include "checks/values.h"

namespace plugvet::checks {
namespace {

bool belongs_to(ManifestFormat format, const std::string& pointer) {
  for (const KnownMember& member : known_members(format))
    if (member.path == pointer) return true;
  return false;
}

std::string explanation(const UnknownMember& member, ManifestFormat format) {
  const ManifestFormat other = format == ManifestFormat::m365 ? ManifestFormat::ai_plugin : ManifestFormat::m365;
  if (!member.near.empty()) return "; did you mean " + member.near + "?";
  if (belongs_to(other, member.pointer)) return "; it belongs to " + std::string(name_of(other)) + ".";
  return ".";
}

Judgement known_members_only(const Manifest& manifest, const Parameters& limits) {
  const ManifestFormat format = format_in(limits);
  Judgement judgement;
  for (const UnknownMember& member : unknown_members(manifest, format)) {
    // The misspelling of a required member is manifest/required-members' finding.
    if (member.near_is_required) continue;
    judgement.findings.push_back(
        {{Artefact::manifest, member.pointer, manifest.document.key_position(member.pointer)},
         spoken(member.pointer) + " is no member of " + std::string(name_of(format)) + explanation(member, format),
         "documented members only",
         "the member " + in_quotes(member.name),
         {}});
  }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check manifest_known_members = define_check<of_profile_format<known_members_only>>({
    .id = "manifest/known-members",
    .title = "The manifest has documented members only",
    .requirement = "Every member is one that the format documents. Members that begin with \"x-\" are left alone.",
    .rationale =
        "A member that nobody reads is most often a misspelling of one that matters, or belongs to another platform. "
        "Microsoft 365 treats the document as invalid; OpenAI's documents are silent.",
    .remedy = "Correct the name, or remove the member.",
    .source = "Microsoft, Plugin manifest schema 2.4: unrecognized properties; plugvet, own judgement",
    .passing = R"("legal_info_url": "https://acme.com/legal")",
    .failing = R"("legal_info": "https://acme.com/legal")",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
