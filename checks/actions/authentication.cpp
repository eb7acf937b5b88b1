#include <nlohmann/json.hpp>

#include "checks/rungs.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

constexpr std::string_view schemes_pointer = "/components/securitySchemes";

std::string text_of(const Json& scheme, const char* member) {
  const auto it = scheme.find(member);
  return it != scheme.end() && it->is_string() ? it->get<std::string>() : std::string();
}

// What the GPT editor cannot be set to; empty when it can.
std::string unsupported(const Json& scheme) {
  const std::string type = text_of(scheme, "type");
  if (type == "apiKey") return text_of(scheme, "in") == "header" ? "" : "an API key outside the header";
  if (type == "http") {
    const std::string kind = to_lower_ascii(text_of(scheme, "scheme"));
    return kind == "basic" || kind == "bearer" ? "" : "the HTTP scheme " + printable(shortened(kind, 40));
  }
  if (type == "oauth2") {
    const auto flows = scheme.find("flows");
    const bool has_code = flows != scheme.end() && flows->is_object() && flows->contains("authorizationCode");
    return has_code ? "" : "OAuth without the flow authorizationCode";
  }
  return "the type " + printable(shortened(type.empty() ? "(none)" : type, 40));
}

Judgement authentication(const ApiDescription& api) {
  const Json* schemes = api.document.find(schemes_pointer);
  if (!schemes || !schemes->is_object()) return Judgement::pass();
  Judgement judgement;
  for (const auto& [name, scheme] : schemes->items()) {
    if (!scheme.is_object() || scheme.contains("$ref")) continue;
    const std::string what = unsupported(scheme);
    if (what.empty()) continue;
    judgement.findings.push_back({api.at(join_pointer(schemes_pointer, name)),
                                  "The security scheme " + printable(shortened(name, 60)) + " wants " + what +
                                      ", which the GPT editor cannot be set to.",
                                  "an API key in a header, HTTP basic or bearer, or OAuth with authorizationCode",
                                  what,
                                  {}});
  }
  if (schemes->size() > 1)
    judgement.findings.push_back({api.at(schemes_pointer),
                                  "The document has " + counted(schemes->size(), "security scheme") +
                                      "; the GPT editor says \"Found multiple security schemes, only 1 is supported\".",
                                  "at most one security scheme",
                                  counted(schemes->size(), "security scheme"),
                                  {}});
  return judgement;
}

}  // namespace

extern constinit const Check actions_authentication = define_check<authentication>({
    .id = "actions/authentication",
    .title = "The GPT editor can be set to the API's authentication",
    .requirement =
        "The document declares at most one security scheme, and it is an API key in a header, HTTP basic or bearer, "
        "or OAuth 2 with the authorization code flow. Operations may be open with \"security: []\".",
    .rationale =
        "The GPT editor knows no authentication, an API key and OAuth, one for all operations. Anything else cannot "
        "be called.",
    .remedy =
        "Keep one scheme of these kinds. Split the API into two sets of actions where different schemes are needed.",
    .source = "OpenAI, GPT Action authentication; OpenAI, GPT Actions in production; error messages of the GPT editor",
    .passing = "bearerAuth: {type: http, scheme: bearer}",
    .failing = "keyInUrl: {type: apiKey, in: query, name: key}",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
