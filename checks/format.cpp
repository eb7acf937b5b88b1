#include "checks/format.h"

#include <stdexcept>

namespace plugvet::checks {

std::string_view name_of(ManifestFormat format) {
  return format == ManifestFormat::m365 ? "a Microsoft 365 manifest" : "an ai-plugin.json v1 manifest";
}

ManifestFormat format_in(const Parameters& limits) {
  const std::string name = limits.text("format");
  if (name == "ai_plugin") return ManifestFormat::ai_plugin;
  if (name == "m365") return ManifestFormat::m365;
  throw std::out_of_range("the limit format is one of ai_plugin, m365; the profile says " + name);
}

std::string other_format(const Manifest& manifest, ManifestFormat wanted) {
  return "This concerns " + std::string(name_of(wanted)) + "; the submission has " +
         std::string(name_of(manifest.format())) + " (see manifest/format).";
}

}  // namespace plugvet::checks
