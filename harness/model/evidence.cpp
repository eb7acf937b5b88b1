#include "harness/model/evidence.h"

#include <nlohmann/json.hpp>

namespace plugvet {

namespace {

Location location_in(Artefact artefact, const Document& document, std::string_view pointer) {
  return {artefact, std::string{pointer}, document.position(pointer)};
}

}  // namespace

ManifestFormat Manifest::format() const {
  const std::string* version = text("/schema_version");
  const bool says_v2 = version && version->starts_with("v2");
  const bool has_members_of_v2 = document.find("/runtimes") || document.find("/namespace");
  return says_v2 || has_members_of_v2 ? ManifestFormat::m365 : ManifestFormat::ai_plugin;
}

const std::string* Manifest::text(std::string_view pointer) const {
  const Json* value = document.find(pointer);
  return value && value->is_string() ? value->get_ptr<const std::string*>() : nullptr;
}

Location Manifest::at(std::string_view pointer) const { return location_in(Artefact::manifest, document, pointer); }

std::string Manifest::root_domain() const {
  if (!url) return {};
  const std::string& host = url->host();
  return host.starts_with("www.") ? host.substr(4) : host;
}

Location ApiDescription::at(std::string_view pointer) const { return location_in(Artefact::api, document, pointer); }

std::string_view name_of(ImageFormat format) {
  switch (format) {
    case ImageFormat::png: return "PNG";
    case ImageFormat::jpeg: return "JPEG";
    case ImageFormat::webp: return "WebP";
    case ImageFormat::gif: return "GIF";
    case ImageFormat::svg: return "SVG";
    case ImageFormat::bmp: return "BMP";
    case ImageFormat::ico: return "ICO";
    case ImageFormat::avif: return "AVIF";
    case ImageFormat::tiff: return "TIFF";
  }
  return "PNG";
}

}  // namespace plugvet
