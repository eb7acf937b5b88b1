#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "checks/domains.h"
#include "checks/values.h"
#include "checks/word_lists.h"
#include "harness/support/fields.h"
#include "harness/support/words.h"

namespace plugvet::checks {
namespace {

struct Brand {
  std::string name, folded;
  std::vector<std::string> domains;
};

std::vector<Brand> read_brands() {
  const std::string where = "brands.json";
  const Document document = word_list("brands");
  std::vector<Brand> brands;
  Fields list{document, where};
  const Json* items = list.list("brands");
  if (!items) list.complain("brands", "is missing.");
  if (auto problem = list.finish()) refuse_word_list(*problem);
  for (std::size_t i = 0; i < items->size(); ++i) {
    Fields fields{document, where, join_pointer("/brands", i)};
    Brand brand{fields.required_text("name"), {}, fields.texts("domains")};
    brand.folded = to_lower_ascii(brand.name);
    if (auto problem = fields.finish()) refuse_word_list(*problem);
    brands.push_back(std::move(brand));
  }
  return brands;
}

/// One letter more, less or other, or two that changed places; not the first, and in words of seven letters and more only:
/// "finance" is no Binance.
bool is_nearly(std::string_view word, std::string_view brand) {
  if (brand.size() < 7 || word == brand || word.empty() || word[0] != brand[0]) return false;
  if (word.size() > brand.size() + 1 || brand.size() > word.size() + 1) return false;
  const auto [a, b] = std::ranges::mismatch(word, brand);
  const std::string_view rest = word.substr(static_cast<std::size_t>(a - word.begin()));
  const std::string_view wanted = brand.substr(static_cast<std::size_t>(b - brand.begin()));
  // "tripadvisors", "spotifys" are the brand's plural.
  if (wanted.empty()) return rest != "s";
  if (rest.empty()) return true;
  return rest.substr(1) == wanted || rest == wanted.substr(1) || rest.substr(1) == wanted.substr(1) ||
         (rest.size() > 1 && wanted.size() > 1 && rest[0] == wanted[1] && rest[1] == wanted[0] &&
          rest.substr(2) == wanted.substr(2));
}

struct Likeness {
  const Brand* brand = nullptr;
  bool is_the_name = false;
};

Likeness likeness_of(std::string_view name, const std::vector<Brand>& brands) {
  const std::vector<std::string> words = words_of(name);
  for (const Brand& brand : brands) {
    if (!whole_word_in(name, {&brand.name, 1}).empty()) return {&brand, true};
    for (const std::string& word : words)
      if (word == brand.folded || is_nearly(word, brand.folded)) return {&brand, word == brand.folded};
  }
  return {};
}

Judgement brand_likeness(const Manifest& manifest) {
  static const std::vector<Brand> brands = read_brands();
  const std::string* name = manifest.text("/name_for_human");
  const Likeness likeness = name ? likeness_of(*name, brands) : Likeness{};
  if (!likeness.brand) return Judgement::pass();
  const std::vector<std::string> domains = domains_of(manifest);
  const auto belongs = [&](const std::string& domain) {
    return std::ranges::find(likeness.brand->domains, domain) != likeness.brand->domains.end();
  };
  if (std::ranges::any_of(domains, belongs)) return Judgement::pass();
  return Judgement::fail(
      {manifest.at("/name_for_human"),
       fmt::format("name_for_human {} {}, and nothing in the manifest lies on {}.",
                   likeness.is_the_name ? "has the name of" : "is written nearly as", likeness.brand->name,
                   listed(likeness.brand->domains, "or")),
       "a name of the product's own, or the brand's domain",
       fmt::format("{} on {}", in_quotes(*name), domains.empty() ? "no domain" : printable(listed(domains))),
       {}});
}

}  // namespace

extern constinit const Check security_brand_likeness = define_check<brand_likeness>({
    .id = "security/brand-likeness",
    .title = "The plugin does not pass for a brand that it is not",
    .requirement =
        "A plugin whose name has a well-known brand, or a word that differs from one by a letter, lies on a domain of the "
        "brand. \"Notes for Acme\" may be allowed by the brand: that only a person can judge.",
    .rationale =
        "Users and models choose a plugin by its name. One that passes for a known brand is given the trust, and the data, "
        "that are meant for the brand.",
    .remedy = "Give the product a name of its own, and mention the brand in the description.",
    .source = "Iqbal, Kohno and Roesner, arXiv 2309.10254; OpenAI, Plugin review process: impersonation",
    .passing = "\"name_for_human\": \"Pocket Notes\"",
    .failing = "\"name_for_human\": \"Spotifi\", api.url on music-plugin.example",
    .severity = Severity::warning,
    .for_reviewer = true,
});

}  // namespace plugvet::checks
