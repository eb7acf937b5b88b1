#include "checks/format.h"
#include "checks/members.h"

namespace plugvet::checks {
namespace {

Judgement required_members(const Manifest& manifest) {
  return judge_required(manifest, ManifestFormat::m365);
}

}  // namespace

extern constinit const Check m365_required_members = define_check<of_m365<required_members>>({
    .id = "m365/required-members",
    .title = "The Microsoft 365 manifest has every required member",
    .requirement =
        "These members are there: schema_version, name_for_human, namespace and description_for_human; name of each "
        "function, type and spec of each runtime, text of each conversation starter, data_path of response_semantics.",
    .rationale = "The published JSON schemas require them; a package without one of them is not accepted.",
    .remedy = "Add the member.",
    .source = "Microsoft, plugin manifest JSON schemas v2.1 to v2.4: required",
    .passing = R"("namespace": "todo")",
    .failing = R"("name_for_human": "To-do list" without namespace)",
});

}  // namespace plugvet::checks
