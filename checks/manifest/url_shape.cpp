#include <nlohmann/json.hpp>

#include "checks/findings.h"
#include "checks/format.h"
#include "checks/url_defect.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

std::vector<WrittenPlace> fetched_urls(const Manifest& manifest, ManifestFormat format) {
  if (format == ManifestFormat::ai_plugin)
    return {{"/api/url", true, false}, {"/auth/client_url"}, {"/auth/authorization_url"}, {"/logo_url", false, true}};
  std::vector<WrittenPlace> urls{{"/logo_url", true, true}};
  const Json* runtimes = manifest.document.find("/runtimes");
  const std::size_t count = runtimes && runtimes->is_array() ? runtimes->size() : 0;
  for (std::size_t i = 0; i < count; ++i) urls.push_back({join_pointer("/runtimes", i) + "/spec/url", true, false});
  return urls;
}

bool is_inline_logo(const Manifest& manifest, const std::string& pointer) {
  const std::string* text = manifest.text(pointer);
  return pointer == "/logo_url" && text && text->starts_with("data:image/");  // logo/inline
}

Judgement url_shape(const Manifest& manifest, const Parameters& limits) {
  Judgement judgement;
  for (const WrittenPlace& place : fetched_urls(manifest, format_in(limits))) {
    if (is_inline_logo(manifest, place.pointer)) continue;
    if (auto finding = judge_url(manifest, place)) judgement.findings.push_back(std::move(*finding));
  }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check manifest_url_shape = define_check<of_profile_format<url_shape>>({
    .id = "manifest/url-shape",
    .title = "The URLs that platforms call are absolute, unambiguous and free of credentials",
    .requirement =
        "api.url, the OAuth URLs, logo_url and runtimes[].spec.url are http or https URLs that every reader takes "
        "apart alike: no white space, backslash, user name, odd host or hidden dots. They carry no credentials, API "
        "and OAuth URLs no fragment. (Microsoft 365 allows relative references; a relative api.url is judged by "
        "manifest/api-url. A blank one, or a host with a port and no scheme, is none.)",
    .rationale =
        "What has no scheme and host cannot be called. What two readers understand differently lets a plugin show one "
        "host and use another.",
    .remedy = "Write the whole URL, percent-encoded where needed.",
    .source = "OpenAI, Getting started (late 2023); PluginLab, chatgpt-plugin-validator; Microsoft, Plugin manifest "
              "schema 2.4: "
              "relative references; plugvet, own judgement",
    .passing = R"("logo_url": "https://acme.com/logo.png")",
    .failing = R"("logo_url": "https://acme.com@evil.example/logo.png")",
});

}  // namespace plugvet::checks
