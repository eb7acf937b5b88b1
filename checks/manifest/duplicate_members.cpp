#include "checks/findings.h"
#include "checks/values.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement duplicate_members(const Manifest& manifest) {
  Judgement judgement;
  for (const SyntaxFault& fault : manifest.document.faults()) {
    if (fault.id != "json.duplicate_key") continue;
    judgement.findings.push_back({{Artefact::manifest, fault.pointer, fault.position},
                                  printable(fault.message),
                                  "one member " + spoken(fault.pointer),
                                  "more than one",
                                  {}});
  }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check manifest_duplicate_members = define_check<duplicate_members>({
    .id = "manifest/duplicate-members",
    .title = "Each member of the manifest is written once",
    .requirement = "No object of the manifest has two members of the same name.",
    .rationale =
        "Some parsers take the first, some the last, some refuse. What is reviewed is then not what is installed; "
        "for auth.type or api.url that is a security hole.",
    .remedy = "Remove all but one.",
    .source = "RFC 8259, section 4; plugvet, own judgement",
    .passing = R"({"auth": {"type": "none"}})",
    .failing = R"({"auth": {"type": "none", "type": "oauth"}})",
});

}  // namespace plugvet::checks
