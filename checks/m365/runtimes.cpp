#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "checks/findings.h"
#include "checks/format.h"
#include "checks/values.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

constexpr std::array<std::string_view, 3> runtime_types{"OpenApi", "LocalPlugin", "RemoteMCPServer"};
constexpr std::array<std::string_view, 3> auth_types{"None", "OAuthPluginVault", "ApiKeyPluginVault"};

/// One runtime and where findings about it go.
struct Runtime {
  const Manifest& manifest;
  const Json& value;
  std::string pointer;
  Judgement& judgement;

  void complain(const std::string& below, const std::string& what, std::string expected, std::string actual) const {
    judgement.findings.push_back({manifest.at(pointer + below),
                                  spoken(pointer + below) + " " + what,
                                  std::move(expected),
                                  std::move(actual),
                                  {}});
  }
};

template <std::size_t n>
bool judge_choice(const Runtime& runtime, const std::string& below, const std::string& seen,
                  const std::array<std::string_view, n>& choices) {
  if (std::ranges::find(choices, seen) != choices.end()) return true;
  const std::string near = nearest(seen, choices);
  const std::vector<std::string> all(choices.begin(), choices.end());
  runtime.complain(below, "is " + in_quotes(seen) + (near.empty() ? "." : "; did you mean " + near + "?"),
                   listed(all, "or"), in_quotes(seen));
  return false;
}

void judge_auth(const Runtime& runtime, const std::string& type) {
  const Json* auth = member_of(runtime.value, "auth");
  if (!auth) {
    // Microsoft's own templates for MCP servers have none, though the schema requires it.
    if (type != "RemoteMCPServer") runtime.complain("/auth", "is missing.", "an object with type", "no such member");
    return;
  }
  // The schemas spell the member both ways.
  const char* spelling = member_of(*auth, "type") ? "type" : "Type";
  const std::string* auth_type = text_of(*auth, spelling);
  if (!auth_type) {
    if (auth->is_object() && !member_of(*auth, spelling))
      runtime.complain("/auth/type", "is missing.", "None, OAuthPluginVault or ApiKeyPluginVault", "no such member");
    return;
  }
  if (!judge_choice(runtime, std::string("/auth/") + spelling, *auth_type, auth_types) || *auth_type == "None") return;
  const std::string* reference = text_of(*auth, "reference_id");
  if (!member_of(*auth, "reference_id") || (reference && is_blank(*reference)))
    runtime.complain("/auth/reference_id", reference ? "is blank." : "is missing.", "the id of the entry in the vault",
                     reference ? "a blank text" : "no such member");
}

/// A blank one is manifest/url-shape's finding.
bool has_url(const Json& spec) {
  return text_of(spec, "url") != nullptr;
}

bool has_text(const Json& object, std::string_view name) {
  const std::string* text = text_of(object, name);
  return text && !is_blank(*text);
}

void judge_mcp_tools(const Runtime& runtime, const Json& spec) {
  const Json* tools = member_of(spec, "mcp_tool_description");
  if (!tools || !tools->is_object()) return;
  const int given = (member_of(*tools, "file") ? 1 : 0) + (member_of(*tools, "tools") ? 1 : 0);
  if (given == 1) return;
  runtime.complain("/spec/mcp_tool_description",
                   given == 0 ? "has neither file nor tools." : "has both file and tools.",
                   "exactly one of file and tools", given == 0 ? "neither" : "both");
}

void judge_spec(const Runtime& runtime, const std::string& type) {
  const Json* spec = member_of(runtime.value, "spec");
  if (!spec || !spec->is_object()) return;  // m365/required-members and manifest/member-types
  if (type == "OpenApi" && !has_url(*spec) && !has_text(*spec, "api_description"))
    runtime.complain("/spec", "has neither url nor api_description.", "url or api_description", "neither");
  if (type == "LocalPlugin" && !has_text(*spec, "local_endpoint"))
    runtime.complain("/spec", "has no local_endpoint.", "local_endpoint", "no such member");
  if (type != "RemoteMCPServer") return;
  if (!has_url(*spec))
    runtime.complain("/spec", "has no url.", "the absolute URL of the MCP server", "no such member");
  judge_mcp_tools(runtime, *spec);
}

Judgement runtimes(const Manifest& manifest) {
  const Json* list = manifest.document.find("/runtimes");
  if (!list || !list->is_array()) return Judgement::not_applicable("The manifest has no runtimes.");
  Judgement judgement;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const Runtime runtime{manifest, (*list)[i], join_pointer("/runtimes", i), judgement};
    if (!runtime.value.is_object()) {
      runtime.complain("", "is " + std::string(kind_of(runtime.value)) + ".", "an object",
                       std::string(kind_of(runtime.value)));
      continue;
    }
    const std::string* type = text_of(runtime.value, "type");
    if (!type || !judge_choice(runtime, "/type", *type, runtime_types)) continue;
    judge_auth(runtime, *type);
    judge_spec(runtime, *type);
  }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check m365_runtimes = define_check<of_m365<runtimes>>({
    .id = "m365/runtimes",
    .title = "Each runtime says what it is, how it signs in and where its API is described",
    .requirement =
        "A runtime's type is OpenApi, LocalPlugin or RemoteMCPServer. auth.type is None, OAuthPluginVault or "
        "ApiKeyPluginVault, the latter two with reference_id. An OpenApi runtime has spec.url or "
        "spec.api_description, a LocalPlugin spec.local_endpoint, an MCP server spec.url and at most one of "
        "file and tools in mcp_tool_description.",
    .rationale =
        "The runtime is what is called. With an unknown type, or without a description of the API, the package is "
        "refused; without reference_id nobody is signed in.",
    .remedy = "Compare the runtime with the schema of the version that the manifest names.",
    .source = "Microsoft, plugin manifest JSON schemas v2.1 to v2.4: runtimes; Microsoft, API plugin authentication",
    .passing = R"({"type": "OpenApi", "auth": {"type": "None"}, "spec": {"url": "openapi.yaml"}})",
    .failing = R"({"type": "OpenAPI", "auth": {"type": "None"}, "spec": {"url": "openapi.yaml"}})",
});

}  // namespace plugvet::checks
