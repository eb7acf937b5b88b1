#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "checks/findings.h"
#include "checks/host_lists.h"
#include "checks/servers.h"
#include "checks/values.h"
#include "checks/wordings.h"
#include "harness/support/url.h"

namespace plugvet::checks {
namespace {

/// Why a URL leads to a machine that vanishes; empty: it does not. Addresses are transport/public-address's.
std::string transience(std::string_view text) {
  if (text.find("://") == std::string_view::npos) return {};
  const auto url = Url::parse(text);
  if (!url) return {};
  if (is_loopback_host(url->host())) return "this machine";
  const std::string_view entry = entry_for("staging-hosts", url->host());
  return entry.empty() ? std::string{} : std::string{entry};
}

class Hunt {
 public:
  void look_at(std::string_view text, std::string_view what, const std::function<Location()>& where) {
    const std::string entry = transience(text);
    if (entry.empty()) return;
    findings_.add([&] {
      return Finding{where(),
                     fmt::format("{} leads to {}, a tunnel, a preview or a machine under development.", what,
                                 in_quotes(text, 120)),
                     "a host that stays",
                     entry,
                     {}};
    });
  }
  Judgement judgement() && { return std::move(findings_).judgement(); }

 private:
  FindingList findings_;
};

void look_at_manifest(Hunt& hunt, const Manifest& manifest) {
  for (const char* pointer : {"/api/url", "/logo_url", "/legal_info_url", "/privacy_policy_url", "/auth/client_url",
                              "/auth/authorization_url"})
    if (const std::string* text = manifest.text(pointer))
      hunt.look_at(*text, spoken(pointer), [&] { return manifest.at(pointer); });
  const Json* runtimes = manifest.document.find("/runtimes");
  for (std::size_t i = 0; runtimes && runtimes->is_array() && i < runtimes->size(); ++i) {
    const std::string pointer = join_pointer("/runtimes", i) + "/spec/url";
    if (const std::string* text = manifest.text(pointer))
      hunt.look_at(*text, spoken(pointer), [&] { return manifest.at(pointer); });
  }
}

void look_at_api(Hunt& hunt, const ApiDescription& api) {
  for_each_server_list(*api.description, [&](std::span<const openapi::Server> servers) {
    for (const openapi::Server& server : servers)
      hunt.look_at(server.address, "A server", [&] { return api.at(server.node.place, "url"); });
  });
}

Judgement staging_hosts(const Submission& submission, const Collected<Manifest>& manifest,
                        const Collected<ApiDescription>& api) {
  Hunt hunt;
  if (submission.url) hunt.look_at(submission.url->text(), "The submission", [] { return Location{}; });
  if (manifest && *manifest) look_at_manifest(hunt, **manifest);
  if (api && *api && (*api)->description->is_openapi_3()) look_at_api(hunt, **api);
  return blocked_unless_found(std::move(hunt).judgement(), manifest, api);
}

}  // namespace

extern constinit const Check production_staging_hosts = define_check<staging_hosts>({
    .id = "production/staging-hosts",
    .title = "No address leads to a tunnel or a preview",
    .requirement =
        "No URL of the manifest and no server of the OpenAPI document lies on localhost, on a tunnel (ngrok, trycloudflare) "
        "or on a preview of an editor (repl.co, csb.app).",
    .rationale =
        "They vanish when a laptop is closed, and the next one to open such a tunnel may get the same name, with the "
        "plugin's users. Official samples have them.",
    .remedy = "Deploy the plugin, and name the host that it is deployed to.",
    .source = "Witivio, GPT Pro samples; OpenAI, Getting started (spring 2023); and our own judgement",
    .passing = "servers: [{url: 'https://api.acme.com'}]",
    .failing = "servers: [{url: 'https://1a2b-3c.ngrok.io'}]",
});

}  // namespace plugvet::checks
