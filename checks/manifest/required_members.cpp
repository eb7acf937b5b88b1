#include "checks/format.h"
#include "checks/members.h"

namespace plugvet::checks {
namespace {

Judgement required_members(const Manifest& manifest) {
  return judge_required(manifest, ManifestFormat::ai_plugin);
}

}  // namespace

extern constinit const Check manifest_required_members = define_check<of_ai_plugin<required_members>>({
    .id = "manifest/required-members",
    .title = "The manifest has every required member",
    .requirement =
        "These members are there: schema_version, name_for_human, name_for_model, description_for_human, "
        "description_for_model, auth with type, api with type and url, logo_url, contact_email, legal_info_url.",
    .rationale =
        "Each is marked as required; a plugin without one of them is not installed. auth is required even for plugins "
        "without authentication.",
    .remedy = R"(Add the member. Without authentication write "auth": {"type": "none"}.)",
    .source = "OpenAI, Getting started (late 2023): table of manifest fields; OpenAI, Plugin authentication (2023-09)",
    .passing = R"("auth": {"type": "none"})",
    .failing = R"("name_for_human": "To-do list" without name_for_model)",
});

}  // namespace plugvet::checks
