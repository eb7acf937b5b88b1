#include <fmt/format.h>

#include <algorithm>

#include "checks/openapi.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement preferred_version(const ApiDescription& api, const Parameters& limits) {
  const openapi::Description& description = *api.description;
  const std::string preferred = limits.text("version");
  const bool is_preferred = (description.version == openapi::Version::v3_1) == (preferred == "3.1");
  if (is_preferred) return Judgement::pass();
  const std::string written = printable(shortened(description.version_text, 40));
  return Judgement::fail({api.at("/openapi"),
                          fmt::format("The document is of OpenAPI {}.{}", written.empty() ? "3.0" : written,
                                      said_by_platform(limits)),
                          "OpenAPI " + preferred,
                          "OpenAPI " + (written.empty() ? "3.0" : written),
                          {}});
}

}  // namespace

extern constinit const Check api_preferred_version = define_check<of_openapi_3<preferred_version>>({
    .id = "api/preferred-version",
    .title = "The description is of the OpenAPI version that the platform asks for",
    .requirement =
        "The member openapi names the version that the platform's editor asks for, among those that it reads.",
    .rationale = "The GPT editor takes 3.0 in many cases and refuses it in others, with a message that asks for 3.1.0.",
    .remedy = "Write openapi: 3.1.0, and nullable: true as a second type \"null\".",
    .source = "Messages of the GPT editor reported by developers",
    .passing = "openapi: 3.1.0",
    .failing = "openapi: 3.0.1",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
