#include "checks/format.h"
#include "checks/values.h"

namespace plugvet::checks {
namespace {

Judgement localization(const Manifest& manifest, const Parameters& limits) {
  constexpr const char* pointer = "/capabilities/localization";
  if (!manifest.document.find(pointer)) return Judgement::pass();
  const std::string* version = manifest.text("/schema_version");
  const auto allowed = limits.list("allowed_versions");
  for (const std::string& known : allowed)
    if (version && *version == known) return Judgement::pass();
  return Judgement::fail(
      {manifest.at(pointer),
       "capabilities.localization is there, though " +
           (version ? "schema_version is " + in_quotes(*version, 20) : "v2.1 is the last version that knows it") + ".",
       "no such member from v2.2 on",
       "capabilities.localization",
       {}});
}

}  // namespace

extern constinit const Check m365_localization = define_check<of_m365<localization>>({
    .id = "m365/localization",
    .title = "Translations do not stand in the plugin manifest",
    .requirement =
        "capabilities.localization is absent from v2.2 on; translations stand in the app package's language files.",
    .rationale = "The documentation says that validation fails where it is present, although the schema of v2.2 still "
                 "lists it as "
                 "deprecated.",
    .remedy = "Move the texts to the language files of the app package and write [[key]] in their place.",
    .source = "Microsoft, Plugin manifest schema 2.2: changes from the previous version",
    .passing = R"("name_for_human": "[[plugin_name]]")",
    .failing = R"("schema_version": "v2.2", "capabilities": {"localization": {}})",
});

}  // namespace plugvet::checks
