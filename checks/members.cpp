#include "checks/members.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "checks/findings.h"
#include "checks/values.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

using enum MemberKind;
constexpr bool required = true;

// OpenAI, Getting started and Plugin authentication. The last three of auth are what the platform itself adds when it
// hands out a manifest (600 of 600 manifests from the store have no other); the two flags of api come from early
// samples.
constexpr auto ai_plugin_members = std::to_array<KnownMember>({
    {"/schema_version", text, required},
    {"/name_for_human", text, required},
    {"/name_for_model", text, required},
    {"/description_for_human", text, required},
    {"/description_for_model", text, required},
    {"/auth", object, required},
    {"/auth/type", text, required},
    {"/auth/instructions", text},
    {"/auth/authorization_type", text},
    {"/auth/verification_tokens", object},
    {"/auth/client_url", text},
    {"/auth/scope", text},
    {"/auth/authorization_url", text},
    {"/auth/authorization_content_type", text},
    {"/auth/pkce_required", any},
    {"/auth/token_exchange_method", any},
    {"/auth/custom_auth_header", any},
    {"/api", object, required},
    {"/api/type", text, required},
    {"/api/url", text, required},
    {"/api/is_user_authenticated", any},
    {"/api/has_user_authentication", any},
    {"/logo_url", text, required},
    {"/contact_email", text, required},
    {"/legal_info_url", text, required},
});

// Microsoft, plugin manifest schema v2.1 to v2.4: what any of them allows. Which version a member needs is left open,
// for the published schemas and Microsoft's own templates disagree about it. A name that has no children here is free
// inside.
constexpr auto m365_members = std::to_array<KnownMember>({
    {"/schema_version", text, required},
    {"/name_for_human", text, required},
    {"/namespace", text, required},
    {"/description_for_human", text, required},
    {"/description_for_model", text},
    {"/$schema", text},
    {"/logo_url", text},
    {"/contact_email", text},
    {"/legal_info_url", text},
    {"/privacy_policy_url", text},
    {"/functions", array},
    {"/functions/*", object},
    {"/functions/*/id", text},
    {"/functions/*/name", text, required},
    {"/functions/*/description", text},
    {"/functions/*/parameters", object},
    {"/functions/*/parameters/type", text},
    {"/functions/*/parameters/properties", object},
    {"/functions/*/parameters/properties/*", object},
    {"/functions/*/parameters/properties/*/type", any},
    {"/functions/*/parameters/properties/*/items", object},
    {"/functions/*/parameters/properties/*/enum", array},
    {"/functions/*/parameters/properties/*/description", text},
    {"/functions/*/parameters/properties/*/default", any},
    {"/functions/*/parameters/required", array},
    {"/functions/*/returns", object},
    {"/functions/*/states", object},
    {"/functions/*/states/reasoning", object},
    {"/functions/*/states/reasoning/description", text},
    {"/functions/*/states/reasoning/instructions", any},
    {"/functions/*/states/reasoning/examples", any},
    {"/functions/*/states/responding", object},
    {"/functions/*/states/responding/description", text},
    {"/functions/*/states/responding/instructions", any},
    {"/functions/*/states/responding/examples", any},
    {"/functions/*/capabilities", object},
    {"/functions/*/capabilities/confirmation", object},
    {"/functions/*/capabilities/confirmation/type", text},
    {"/functions/*/capabilities/confirmation/title", text},
    {"/functions/*/capabilities/confirmation/body", text},
    {"/functions/*/capabilities/confirmation/isNonConsequential", any},
    {"/functions/*/capabilities/response_semantics", object},
    {"/functions/*/capabilities/response_semantics/data_path", text, required},
    {"/functions/*/capabilities/response_semantics/properties", object},
    {"/functions/*/capabilities/response_semantics/properties/title", text},
    {"/functions/*/capabilities/response_semantics/properties/subtitle", text},
    {"/functions/*/capabilities/response_semantics/properties/url", text},
    {"/functions/*/capabilities/response_semantics/properties/thumbnail_url", text},
    {"/functions/*/capabilities/response_semantics/properties/information_protection_label", text},
    {"/functions/*/capabilities/response_semantics/properties/template_selector", text},
    {"/functions/*/capabilities/response_semantics/static_template", object},
    {"/functions/*/capabilities/response_semantics/oauth_card_path", text},
    {"/functions/*/capabilities/security_info", object},
    {"/functions/*/capabilities/security_info/data_handling", array},
    {"/runtimes", array},
    {"/runtimes/*", object},
    {"/runtimes/*/type", text, required},
    {"/runtimes/*/auth", object},
    {"/runtimes/*/auth/type", text},
    {"/runtimes/*/auth/Type", text},
    {"/runtimes/*/auth/reference_id", text},
    {"/runtimes/*/run_for_functions", array},
    {"/runtimes/*/spec", object, required},
    {"/runtimes/*/spec/url", text},
    {"/runtimes/*/spec/api_description", text},
    {"/runtimes/*/spec/progress_style", text},
    {"/runtimes/*/spec/local_endpoint", text},
    {"/runtimes/*/spec/allowed_host", array},
    {"/runtimes/*/spec/mcp_tool_description", object},
    {"/runtimes/*/spec/enable_dynamic_discovery", any},
    {"/runtimes/*/output_template", text},
    {"/capabilities", object},
    {"/capabilities/localization", any},
    {"/capabilities/conversation_starters", array},
    {"/capabilities/conversation_starters/*", object},
    {"/capabilities/conversation_starters/*/text", text, required},
    {"/capabilities/conversation_starters/*/title", text},
});

/// A known member and what it is called: the last step of its path.
struct Child {
  const KnownMember* member;
  std::string_view name;
};
using Members = std::span<const Child>;

std::string_view last_step(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}
std::string_view parent_of(std::string_view path) {
  return path.substr(0, path.rfind('/'));
}

/// The children of each path of a table.
class Table {
 public:
  explicit Table(std::span<const KnownMember> members) {
    for (const KnownMember& member : members) children_[parent_of(member.path)].push_back({&member, last_step(member.path)});
  }

  Members children_of(std::string_view path) const {
    const auto found = children_.find(path);
    return found == children_.end() ? Members{} : Members{found->second};
  }

 private:
  std::unordered_map<std::string_view, std::vector<Child>> children_;
};

const Table& table_of(ManifestFormat format) {
  static const Table ai_plugin{ai_plugin_members};
  static const Table m365{m365_members};
  return format == ManifestFormat::m365 ? m365 : ai_plugin;
}

/// Goes through every object that the table describes.
template <class Visit>
void walk(const Table& table, const Json& value, const std::string& pointer, const std::string& path,
          const Visit& visit) {
  const Members children = table.children_of(path);
  if (children.empty()) return;
  if (children.front().name == "*") {
    std::size_t index = 0;
    for (const auto& [name, item] : value.items()) {
      if (value.is_structured())
        walk(table, item, value.is_array() ? join_pointer(pointer, index++) : join_pointer(pointer, name), path + "/*",
             visit);
    }
    return;
  }
  if (!value.is_object()) return;
  visit(value, pointer, children);
  for (const Child& child : children) {
    const Json* member = member_of(value, child.name);
    if (member && member->is_structured())
      walk(table, *member, join_pointer(pointer, child.name), std::string(child.member->path), visit);
  }
}

const Child* member_named(Members members, std::string_view name) {
  const auto found = std::ranges::find(members, name, &Child::name);
  return found == members.end() ? nullptr : &*found;
}

/// The known name that an unknown one probably stands for, provided that it is missing.
const Child* meant_by(const std::string& name, const Json& object, Members members) {
  std::vector<std::string_view> names;
  for (const Child& member : members) names.push_back(member.name);
  const Child* near = member_named(members, nearest(name, names));
  return near && !member_of(object, near->name) ? near : nullptr;
}

bool is_extension(std::string_view name) {
  return name.starts_with("x-") || name == "$schema";
}

}  // namespace

std::span<const KnownMember> known_members(ManifestFormat format) {
  if (format == ManifestFormat::m365) return m365_members;
  return ai_plugin_members;
}

namespace {

template <ManifestFormat format>
struct SeenMembers {
  std::vector<SeenMember> all;
};

template <ManifestFormat format>
const std::vector<SeenMember>& seen_members(const Document& document) {
  const auto make = [&] {
    SeenMembers<format> seen;
    walk(table_of(format), document.root(), "", "", [&](const Json& object, const std::string& pointer, Members members) {
      for (const auto& [member, name] : members)
        seen.all.push_back({member, join_pointer(pointer, name), &object, member_of(object, name)});
    });
    return seen;
  };
  return document.memo().of<SeenMembers<format>>(make).all;
}

}  // namespace

const std::vector<SeenMember>& seen_members(const Manifest& manifest, ManifestFormat format) {
  return format == ManifestFormat::m365 ? seen_members<ManifestFormat::m365>(manifest.document)
                                        : seen_members<ManifestFormat::ai_plugin>(manifest.document);
}

std::vector<UnknownMember> unknown_members(const Manifest& manifest, ManifestFormat format) {
  std::vector<UnknownMember> unknown;
  walk(table_of(format), manifest.document.root(), "", "",
       [&](const Json& object, const std::string& pointer, Members members) {
         for (const auto& [name, value] : object.items()) {
           if (member_named(members, name) || is_extension(name)) continue;
           const Child* near = meant_by(name, object, members);
           unknown.push_back({join_pointer(pointer, name), name, near ? std::string(near->name) : "",
                              near && near->member->is_required});
         }
       });
  return unknown;
}

Judgement judge_required(const Manifest& manifest, ManifestFormat format) {
  const auto unknown = unknown_members(manifest, format);
  Judgement judgement;
  for (const SeenMember& member : seen_members(manifest, format)) {
    if (!member.known->is_required || member.value) continue;
    std::string message = spoken(member.pointer) + " is missing.";
    for (const UnknownMember& other : unknown)
      if (other.near == last_step(member.pointer) && parent_of(other.pointer) == parent_of(member.pointer))
        message += " There is " + in_quotes(other.name) + "; it is probably meant to be " + other.near + ".";
    judgement.findings.push_back(
        {manifest.at(member.pointer), std::move(message), "a member " + spoken(member.pointer), "no such member", {}});
  }
  return summarised(std::move(judgement));
}

}  // namespace plugvet::checks
