#include "checks/url_defect.h"

#include <algorithm>
#include <array>

#include "checks/placeholders.h"
#include "checks/values.h"
#include "harness/support/text.h"
#include "harness/support/url.h"

namespace plugvet::checks {
namespace {

/// The name of a query parameter that carries a secret; empty when there is none.
std::string secret_in(const std::string& query) {
  static constexpr std::array<std::string_view, 9> names{
      "api_key", "apikey", "api-key", "access_token", "client_secret", "client-secret", "password", "passwd", "secret"};
  for (std::size_t begin = 0; begin < query.size();) {
    const std::size_t end = std::min(query.find('&', begin), query.size());
    const std::string name = to_lower_ascii(query.substr(begin, std::min(query.find('=', begin), end) - begin));
    if (std::ranges::find(names, name) != names.end()) return name;
    begin = end + 1;
  }
  return {};
}

struct Defect {
  std::string what, expected;
};

std::optional<Defect> defect_of(const std::string& text, const WrittenPlace& place) {
  if (is_relative_reference(text)) {
    const bool is_resolvable = is_resolvable_reference(text);
    if (place.may_be_relative && is_resolvable) return std::nullopt;
    return Defect{is_blank(text)   ? "is blank."
                  : is_resolvable ? "has no scheme and host."
                                  : "has no scheme before its host and port.",
                  "an absolute https URL"};
  }
  const std::string scheme = to_lower_ascii(text.substr(0, text.find(':')));
  if (scheme != "https" && scheme != "http")
    return Defect{"is a " + printable(shortened(scheme, 20)) + ": URL; platforms fetch https only.",
                  "an absolute https URL"};
  const auto url = Url::parse(text);
  if (!url) return Defect{"is no URL that can be fetched: " + printable(url.problem()->what), "an absolute https URL"};
  if (const std::string secret = secret_in(url->query()); !secret.empty())
    return Defect{"has a credential in its query (" + secret + "); everybody can read the manifest.",
                  "a URL without credentials"};
  if (!place.may_have_fragment && !url->fragment().empty())
    return Defect{"has a fragment (#…), which is never sent to a server.", "a URL without fragment"};
  return std::nullopt;
}

}  // namespace

std::optional<Finding> judge_url(const Manifest& manifest, const WrittenPlace& place) {
  const std::string* text = manifest.text(place.pointer);
  if (!text || !placeholder_in(*text, TextRole::address).empty()) return std::nullopt;
  const auto defect = defect_of(*text, place);
  if (!defect) return std::nullopt;
  return Finding{manifest.at(place.pointer),
                 spoken(place.pointer) + " " + defect->what,
                 defect->expected,
                 is_blank(*text) ? "a blank text" : in_quotes(*text, 120),
                 {}};
}

}  // namespace plugvet::checks
