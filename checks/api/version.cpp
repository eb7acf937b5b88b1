#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "checks/openapi.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

using openapi::Version;

std::string_view family_of(Version version) {
  return version == Version::v3_0 ? "3.0" : version == Version::v3_1 ? "3.1" : "";
}

/// "3.1.0", perhaps with a suffix.
bool is_full_version(std::string_view text) {
  const auto skip_number = [&] {
    const std::size_t end = std::min(text.find_first_not_of("0123456789"), text.size());
    text.remove_prefix(end);
    return end > 0;
  };
  const auto skip_dot = [&] {
    const bool is_dot = text.starts_with('.');
    text.remove_prefix(is_dot ? 1 : 0);
    return is_dot;
  };
  return skip_number() && skip_dot() && skip_number() && skip_dot() && skip_number() &&
         (text.empty() || text.starts_with('-'));
}

Finding no_openapi(const ApiDescription& api, const std::string& expected) {
  if (api.description->version == Version::swagger_2) {
    const std::string version = printable(shortened(api.description->version_text, 20));
    return {api.at("/swagger"),
            "The document is Swagger 2.0, which no platform of plugins reads. Convert it to OpenAPI 3.",
            expected,
            version.empty() ? "Swagger" : "Swagger " + version,
            {}};
  }
  const bool has_member = api.document.find("/openapi") != nullptr;
  return {api.at("/openapi"),
          has_member ? "The member \"openapi\" does not say which version the document has."
                     : "The document has no member \"openapi\", so it is no OpenAPI document.",
          expected,
          "no version",
          {}};
}

/// "\"3.1.0\"": what is in quotation marks that belong to the text itself; empty: there are none.
std::string_view inside_quotation_marks(std::string_view text) {
  text = trimmed(text);
  const bool is_quoted = text.size() > 2 && text.front() == text.back() && (text.front() == '"' || text.front() == '\'');
  return is_quoted ? text.substr(1, text.size() - 2) : std::string_view{};
}

Judgement version(const ApiDescription& api, const Parameters& limits) {
  const openapi::Description& description = *api.description;
  const std::vector<std::string> accepted = limits.list("accepted");
  const std::string expected = "OpenAPI " + listed(accepted, "or");
  const std::string_view family = family_of(description.version), text = description.version_text;
  if (!description.is_openapi_3() && (text.empty() || description.version == Version::swagger_2))
    return Judgement::fail(no_openapi(api, expected));
  if (const std::string_view inside = inside_quotation_marks(text); is_full_version(inside))
    return Judgement::fail({api.at("/openapi"),
                            fmt::format("The version is written with quotation marks inside: its text is {} and not {}.",
                                        printable(shortened(text, 40)), printable(shortened(inside, 40))),
                            std::string{inside} + " without quotation marks of its own",
                            printable(shortened(text, 40)),
                            {}});
  // A number in place of a text is the finding of api/structure.
  const std::string written = text.empty() ? std::string{family} : printable(shortened(text, 40));
  if (std::ranges::find(accepted, family) == accepted.end())
    return Judgement::fail({api.at("/openapi"),
                            fmt::format("The document is of OpenAPI {}.{}", written, said_by_platform(limits)),
                            expected,
                            "OpenAPI " + written,
                            {}});
  if (!text.empty() && !is_full_version(text))
    return Judgement::fail({api.at("/openapi"),
                            fmt::format("The version \"{}\" is incomplete: write \"{}.0\", with three numbers.",
                                        written, family),
                            "a version of three numbers",
                            '"' + written + '"',
                            {}});
  return Judgement::pass();
}

}  // namespace

extern constinit const Check api_version = define_check<version>({
    .id = "api/version",
    .title = "The description is of an OpenAPI version that the platform reads",
    .requirement =
        "The member openapi names a version that the platform reads, with all three numbers. Swagger 2.0 is read by "
        "none.",
    .rationale =
        "Another version is refused as a whole, or read as what it is not: its new fields do not exist for the "
        "platform.",
    .remedy = "Write the description in the version named. Converters exist for Swagger 2.0 and between 3.0 and 3.1.",
    .source =
        "OpenAI, Plugins: getting started (samples of 3.0.1); messages of the GPT editor reported by developers; "
        "Microsoft, Teams Toolkit, spec-parser",
    .passing = "openapi: 3.0.1",
    .failing = "swagger: '2.0'",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
