#include "checks/placeholders.h"

#include <nlohmann/json.hpp>

#include "checks/findings.h"
#include "checks/format.h"
#include "checks/values.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

struct Place {
  std::string_view path;  ///< `*` for any step
  TextRole role;
};

// Texts that a person fills in. Templates of cards and responses are full of braces that belong there.
constexpr Place places[] = {
    {"/name_for_human", TextRole::name},
    {"/name_for_model", TextRole::name},
    {"/namespace", TextRole::name},
    {"/description_for_human", TextRole::description},
    {"/description_for_model", TextRole::prompt},
    {"/auth/client_url", TextRole::address},
    {"/auth/authorization_url", TextRole::address},
    {"/auth/verification_tokens/*", TextRole::token},
    {"/api/url", TextRole::address},
    {"/logo_url", TextRole::address},
    {"/contact_email", TextRole::address},
    {"/legal_info_url", TextRole::address},
    {"/privacy_policy_url", TextRole::address},
    {"/functions/*/name", TextRole::name},
    {"/functions/*/description", TextRole::prompt},
    {"/runtimes/*/auth/reference_id", TextRole::token},
    {"/runtimes/*/spec/url", TextRole::address},
    {"/capabilities/conversation_starters/*/text", TextRole::description},
};

struct Seen {
  const Manifest& manifest;
  Judgement judgement;
};

void judge_text(Seen& seen, const std::string& text, const std::string& pointer, TextRole role) {
  const std::string found = placeholder_in(text, role);
  if (found.empty()) return;
  const std::string part = found == text ? "" : ": " + in_quotes(found);
  seen.judgement.findings.push_back(
      {seen.manifest.at(pointer),
       spoken(pointer) + " still has the placeholder of a template or sample" + part + ".",
       "a value of your own",
       in_quotes(text),
       {}});
}

void judge_path(Seen& seen, const Json& value, const std::string& pointer, std::string_view rest, TextRole role) {
  if (rest.empty()) {
    if (value.is_string()) judge_text(seen, value.get_ref<const std::string&>(), pointer, role);
    return;
  }
  rest.remove_prefix(1);
  const std::string_view step = rest.substr(0, rest.find('/'));
  rest.remove_prefix(step.size());
  if (step != "*") {
    if (const Json* member = member_of(value, step)) judge_path(seen, *member, join_pointer(pointer, step), rest, role);
    return;
  }
  if (!value.is_structured()) return;
  std::size_t index = 0;
  for (const auto& [name, item] : value.items())
    judge_path(seen, item, value.is_array() ? join_pointer(pointer, index++) : join_pointer(pointer, name), rest, role);
}

Judgement placeholders(const Manifest& manifest) {
  Seen seen{manifest, {}};
  for (const Place& place : places) judge_path(seen, manifest.document.root(), "", place.path, place.role);
  return summarised(std::move(seen.judgement));
}

}  // namespace

extern constinit const Check manifest_placeholders = define_check<of_profile_format<placeholders>>({
    .id = "manifest/placeholders",
    .title = "Nothing of a template or sample is left in the manifest",
    .requirement =
        "Names, descriptions, URLs, the e-mail address and tokens are the plugin's own: no PLUGIN_HOSTNAME, no "
        "Replace_this_string, no example.com, no variable that a build step should have replaced.",
    .rationale =
        "The documents' examples are copied and forgotten. A contact or legal page at example.com reaches nobody; a "
        "host that is a placeholder cannot be called.",
    .remedy = "Replace it by your own value. Review what is deployed, not the template that it is made from.",
    .source = "OpenAI, plugins-quickstart; OpenAI, Plugin authentication (2023-09); Witivio, GPT Pro samples",
    .passing = R"("contact_email": "support@acme.com")",
    .failing = R"("contact_email": "support@example.com")",
});

}  // namespace plugvet::checks
