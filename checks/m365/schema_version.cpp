#include <algorithm>

#include "checks/format.h"
#include "checks/values.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement schema_version(const Manifest& manifest, const Parameters& limits) {
  const std::string* version = manifest.text("/schema_version");
  const auto accepted = limits.list("accepted");
  if (!version || std::ranges::find(accepted, *version) != accepted.end()) return Judgement::pass();
  return Judgement::fail({manifest.at("/schema_version"),
                          "schema_version is " + in_quotes(*version) + ".",
                          listed(accepted, "or"),
                          in_quotes(*version),
                          {}});
}

}  // namespace

extern constinit const Check m365_schema_version = define_check<of_m365<schema_version>>({
    .id = "m365/schema-version",
    .title = "The schema version is one that Microsoft 365 Copilot reads",
    .requirement = "schema_version is v2.1, v2.2, v2.3 or v2.4.",
    .rationale = "Each version has a schema of its own, and the value must match it exactly. v2 was a preview.",
    .remedy = R"(Write the version whose schema the manifest follows, for example "v2.4".)",
    .source = "Microsoft, plugin manifest JSON schemas v2.1 to v2.4: const",
    .passing = R"("schema_version": "v2.4")",
    .failing = R"("schema_version": "v2")",
});

}  // namespace plugvet::checks
