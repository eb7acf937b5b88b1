#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "checks/findings.h"
#include "checks/host_lists.h"
#include "checks/servers.h"
#include "checks/values.h"
#include "checks/word_lists.h"
#include "checks/wordings.h"
#include "harness/support/address_guard.h"
#include "harness/support/fields.h"
#include "harness/support/url.h"

namespace plugvet::checks {
namespace {

using Words = std::vector<std::string>;

bool is_one_of(std::string_view word, const Words& words) {
  return std::ranges::find(words, word) != words.end();
}

/// The list checks/words/staging-labels.yaml.
struct Labels {
  Words labels, affixes, services;

  static const Labels& built_in() {
    static const Labels labels = read();
    return labels;
  }
  /// "staging", "api-staging", "test-api"; not "speed-test".
  bool tell(std::string_view label) const {
    if (is_one_of(label, labels)) return true;
    const std::size_t first = label.find('-'), last = label.rfind('-');
    if (first == std::string_view::npos) return false;
    const std::string_view begin = label.substr(0, first), end = label.substr(last + 1);
    if (is_one_of(begin, affixes) || is_one_of(end, affixes)) return true;
    return (is_one_of(begin, labels) && is_one_of(label.substr(first + 1), services)) ||
           (is_one_of(end, labels) && is_one_of(label.substr(0, last), services));
  }

 private:
  static Labels read() {
    const Document document = word_list("staging-labels");
    Fields fields{document, "staging-labels.json"};
    Labels labels{fields.texts("labels"), fields.texts("affixes"), fields.texts("services")};
    if (auto problem = fields.finish()) refuse_word_list(*problem);
    return labels;
  }
};

/// "acme-git-main-team.vercel.app", "deploy-preview-12--acme.netlify.app": what providers make of a branch.
bool is_branch_of_site(std::string_view host) {
  const std::string_view label = host.substr(0, host.find('.'));
  return (host.ends_with(".vercel.app") && label.find("-git-") != std::string_view::npos) ||
         (host.ends_with(".netlify.app") && label.find("--") != std::string_view::npos);
}

/// The label left of the registrable domain that says that the host is for trying out; empty: none does.
std::string_view staging_label(std::string_view host) {
  const std::string domain = registrable_domain(host);
  if (domain.empty() || host.size() <= domain.size() + 1) return {};
  for (std::string_view rest = host.substr(0, host.size() - domain.size() - 1);;) {
    const std::size_t dot = rest.find('.');
    if (const std::string_view label = rest.substr(0, dot); Labels::built_in().tell(label)) return label;
    if (dot == std::string_view::npos) return {};
    rest.remove_prefix(dot + 1);
  }
}

enum class Labelled : unsigned char { judged, left_out };
/// Whoever fetches a URL asks for its host's address: that is transport/public-address's.
enum class Fetched : unsigned char { no, yes };

/// What tells that a URL leads to a machine that vanishes, or that others cannot reach.
struct Transience {
  std::string sign;  ///< empty: it does not
  std::string_view machine = "a tunnel, a preview or a machine under development";
};

Transience transience(std::string_view text, Labelled labelled, Fetched fetched) {
  if (text.find("://") == std::string_view::npos) return {};
  const auto url = Url::parse(text);
  if (!url) return {};
  if (is_loopback_host(url->host())) return {"this machine"};
  if (url->host_is_address())
    return {fetched == Fetched::no ? why_not_public(url->host()) : std::string{}, "which nobody reaches from outside"};
  if (const std::string_view entry = entry_for("staging-hosts", url->host()); !entry.empty()) return {std::string{entry}};
  if (is_branch_of_site(url->host())) return {"a deployment of a branch"};
  const std::string_view label = labelled == Labelled::judged ? staging_label(url->host()) : std::string_view{};
  return {label.empty() ? std::string{} : fmt::format("the label {}", in_quotes(label))};
}

class Hunt {
 public:
  void look_at(std::string_view text, Labelled labelled, Fetched fetched, std::string_view what,
               const std::function<Location()>& where) {
    const Transience found = transience(text, labelled, fetched);
    if (found.sign.empty()) return;
    findings_.add([&] {
      return Finding{where(),
                     fmt::format("{} leads to {}, {}.", what, in_quotes(text, 120), found.machine),
                     "a host that stays",
                     found.sign,
                     {}};
    });
  }
  Judgement judgement() && { return std::move(findings_).judgement(); }

 private:
  FindingList findings_;
};

void look_at_manifest(Hunt& hunt, const Manifest& manifest) {
  const auto look_at = [&](const std::string& pointer, Labelled labelled, Fetched fetched) {
    if (const std::string* text = manifest.text(pointer))
      hunt.look_at(*text, labelled, fetched, spoken(pointer), [&] { return manifest.at(pointer); });
  };
  const Fetched fetched = manifest.url ? Fetched::yes : Fetched::no;
  look_at("/api/url", Labelled::judged, fetched);
  for (const char* pointer : {"/auth/client_url", "/auth/authorization_url"}) look_at(pointer, Labelled::judged, Fetched::no);
  // A page at dev.acme.com is one for developers.
  for (const char* pointer : {"/logo_url", "/legal_info_url", "/privacy_policy_url"})
    look_at(pointer, Labelled::left_out, fetched);
  const Json* runtimes = manifest.document.find("/runtimes");
  for (std::size_t i = 0; runtimes && runtimes->is_array() && i < runtimes->size(); ++i)
    look_at(join_pointer("/runtimes", i) + "/spec/url", Labelled::judged, fetched);
}

void look_at_api(Hunt& hunt, const ApiDescription& api) {
  for_each_server_list(*api.description, [&](std::span<const openapi::Server> servers) {
    // A sandbox beside the real server is offered, not left over.
    const bool are_all = std::ranges::none_of(servers, [](const openapi::Server& server) {
      return transience(server.address, Labelled::judged, Fetched::no).sign.empty();
    });
    for (const openapi::Server& server : servers)
      hunt.look_at(server.address, are_all ? Labelled::judged : Labelled::left_out, Fetched::no, "A server",
                   [&] { return api.at(server.node.place, "url"); });
  });
}

Judgement staging_hosts(const Submission& submission, const Collected<Manifest>& manifest,
                        const Collected<ApiDescription>& api) {
  Hunt hunt;
  if (submission.url) hunt.look_at(submission.url->text(), Labelled::judged, Fetched::yes, "The submission", [] { return Location{}; });
  if (manifest && *manifest) look_at_manifest(hunt, **manifest);
  if (api && *api && (*api)->description->is_openapi_3()) look_at_api(hunt, **api);
  return blocked_unless_found(std::move(hunt).judgement(), manifest, api);
}

}  // namespace

extern constinit const Check production_staging_hosts = define_check<staging_hosts>({
    .id = "production/staging-hosts",
    .title = "No address leads to a tunnel or a preview",
    .requirement =
        "No URL of the manifest and no server of the OpenAPI document lies on localhost, at an address that is not public "
        "(192.168.1.5), on a tunnel (ngrok, trycloudflare), on a preview of an editor (repl.co, csb.app) or of a branch, and none that is called on a host that is named for "
        "trying out (staging, dev, test). One among other servers may be.",
    .rationale =
        "They vanish when a laptop is closed, and the next one to open such a tunnel may get the same name, with the "
        "plugin's users. Official samples have them.",
    .remedy = "Deploy the plugin, and name the host that it is deployed to.",
    .source = "Witivio, GPT Pro samples; OpenAI, Getting started (spring 2023); and our own judgement",
    .passing = "servers: [{url: 'https://api.acme.com'}]",
    .failing = "servers: [{url: 'https://1a2b-3c.ngrok.io'}]",
});

}  // namespace plugvet::checks
