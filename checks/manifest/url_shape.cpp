#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "checks/findings.h"
#include "checks/format.h"
#include "checks/placeholders.h"
#include "checks/values.h"
#include "harness/support/text.h"
#include "harness/support/url.h"

namespace plugvet::checks {
namespace {

struct Written {
  std::string pointer;
  bool may_be_relative = false;    ///< or another check says so
  bool may_have_fragment = false;  ///< a page for people may be opened at a heading
};

std::vector<Written> urls_of(const Manifest& manifest, ManifestFormat format) {
  if (format == ManifestFormat::ai_plugin)
    return {{"/api/url", true, false},          {"/auth/client_url", false, false}, {"/auth/authorization_url", false, false},
            {"/logo_url", false, true},         {"/legal_info_url", false, true},   {"/privacy_policy_url", false, true}};
  std::vector<Written> urls{{"/logo_url", true, true}, {"/legal_info_url", true, true}, {"/privacy_policy_url", true, true}};
  const Json* runtimes = manifest.document.find("/runtimes");
  const std::size_t count = runtimes && runtimes->is_array() ? runtimes->size() : 0;
  for (std::size_t i = 0; i < count; ++i) urls.push_back({join_pointer("/runtimes", i) + "/spec/url", true, false});
  return urls;
}

/// The name of a query parameter that carries a secret; empty when there is none.
std::string secret_in(const std::string& query) {
  static constexpr std::array<std::string_view, 9> names{"api_key",       "apikey",   "api-key", "access_token", "client_secret",
                                                         "client-secret", "password", "passwd",  "secret"};
  for (std::size_t begin = 0; begin < query.size();) {
    const std::size_t end = std::min(query.find('&', begin), query.size());
    const std::string name = to_lower_ascii(query.substr(begin, std::min(query.find('=', begin), end) - begin));
    if (std::ranges::find(names, name) != names.end()) return name;
    begin = end + 1;
  }
  return {};
}

/// What is wrong with a URL, and what would be right.
struct Defect {
  std::string what, expected;
};

std::optional<Defect> defect_of(const std::string& text, const Written& written) {
  if (is_relative_reference(text)) {
    if (written.may_be_relative) return std::nullopt;
    return Defect{is_blank(text) ? "is blank." : "has no scheme and host.", "an absolute https URL"};
  }
  const auto url = Url::parse(text);
  if (!url) return Defect{"is no URL that can be fetched: " + printable(url.problem()->what), "an absolute https URL"};
  if (const std::string secret = secret_in(url->query()); !secret.empty())
    return Defect{"has a credential in its query (" + secret + "); everybody can read the manifest.", "a URL without credentials"};
  if (!written.may_have_fragment && !url->fragment().empty())
    return Defect{"has a fragment (#…), which is never sent to a server.", "a URL without fragment"};
  return std::nullopt;
}

Judgement url_shape(const Manifest& manifest, const Parameters& limits) {
  Judgement judgement;
  for (const Written& written : urls_of(manifest, format_in(limits))) {
    const std::string* text = manifest.text(written.pointer);
    if (!text || !placeholder_in(*text, TextRole::address).empty()) continue;
    if (const auto defect = defect_of(*text, written))
      judgement.findings.push_back({manifest.at(written.pointer), spoken(written.pointer) + " " + defect->what,
                                    defect->expected, in_quotes(*text, 120), {}});
  }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check manifest_url_shape = define_check<of_profile_format<url_shape>>({
    .id = "manifest/url-shape",
    .title = "The URLs of the manifest are absolute, unambiguous and free of credentials",
    .requirement = "URL members are absolute http or https URLs that every reader takes apart alike: no white space, backslash, "
                   "user name, odd host or hidden dots. API and OAuth URLs have no fragment, none has a credential. (Microsoft "
                   "365 allows relative references; api.url is judged by manifest/api-url.)",
    .rationale = "A link that is an e-mail address or lacks its scheme leads nowhere. What two readers understand differently "
                 "lets a plugin show one host and use another.",
    .remedy = "Write the whole URL, percent-encoded where needed. For an e-mail address there is contact_email.",
    .source = "OpenAI, Getting started (late 2023); PluginLab, chatgpt-plugin-validator; Microsoft, Plugin manifest schema 2.4: "
              "relative references; plugvet, own judgement",
    .passing = R"("legal_info_url": "https://acme.com/legal")",
    .failing = R"("legal_info_url": "legal@acme.com")",
});

}  // namespace plugvet::checks
