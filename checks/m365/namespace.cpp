#include <algorithm>

#include "checks/format.h"
#include "checks/placeholders.h"
#include "checks/values.h"
#include "harness/support/utf8.h"

namespace plugvet::checks {
namespace {

// `_` and `-` are allowed by some of the published patterns: m365/namespace-portability judges them.
bool is_accepted(char c) {
  return is_ascii_alphanumeric(c) || c == '_' || c == '-';
}

Judgement plugin_namespace(const Manifest& manifest) {
  const std::string* name = manifest.text("/namespace");
  if (!name || !placeholder_in(*name, TextRole::name).empty()) return Judgement::pass();
  const auto fail = [&](std::string what, std::string actual) {
    return Judgement::fail(
        {manifest.at("/namespace"), "namespace " + std::move(what), "ASCII letters and digits", std::move(actual), {}});
  };
  if (name->empty()) return fail("is empty.", "an empty text");
  const auto odd = std::find_if_not(name->begin(), name->end(), is_accepted);
  if (odd == name->end()) return Judgement::pass();
  const auto offset = static_cast<std::size_t>(odd - name->begin());
  const std::string character = in_quotes(std::string_view(*name).substr(offset, decode_utf8(*name, offset).size));
  return fail("is " + in_quotes(*name) + ", with the character " + character + ".", character);
}

}  // namespace

extern constinit const Check m365_namespace = define_check<of_m365<plugin_namespace>>({
    .id = "m365/namespace",
    .title = "The namespace has letters and digits only",
    .requirement =
        "namespace consists of one or more ASCII letters and digits. (Underscore and hyphen are judged apart.)",
    .rationale =
        "It is put before the names of functions to tell plugins apart; no published pattern allows other characters.",
    .remedy = "Use a short identifier without spaces, dots or accents.",
    .source = "Microsoft, Plugin manifest schema 2.4 for Microsoft 365 Copilot: namespace; Microsoft, plugin manifest "
              "JSON schemas",
    .passing = R"("namespace": "todo")",
    .failing = R"("namespace": "to do")",
});

}  // namespace plugvet::checks
