#include "harness/model/evidence.h"

#include <nlohmann/json.hpp>

namespace plugvet {

std::string_view name_of(ImageFormat format) {
  switch (format) {
    case ImageFormat::png:
      return "PNG";
    case ImageFormat::jpeg:
      return "JPEG";
    case ImageFormat::webp:
      return "WebP";
    case ImageFormat::gif:
      return "GIF";
    case ImageFormat::svg:
      return "SVG";
    case ImageFormat::bmp:
      return "BMP";
    case ImageFormat::ico:
      return "ICO";
    case ImageFormat::avif:
      return "AVIF";
    case ImageFormat::tiff:
      return "TIFF";
  }
  return "PNG";
}

std::string_view name_of(PageKind kind) {
  switch (kind) {
    case PageKind::content:
      return "content";
    case PageKind::script_only:
      return "script_only";
    case PageKind::login:
      return "login";
    case PageKind::cookie_wall:
      return "cookie_wall";
    case PageKind::soft_404:
      return "soft_404";
    case PageKind::pdf:
      return "pdf";
    case PageKind::unreadable:
      return "unreadable";
  }
  return "unreadable";
}

ManifestFormat Manifest::format() const {
  return document.memo().of<ManifestFormat>([this] {
    const std::string* version = text("/schema_version");
    const bool is_v2 = version && version->starts_with("v2");
    const bool has_v2_members = document.find("/namespace") || document.find("/runtimes");
    return is_v2 || has_v2_members ? ManifestFormat::m365 : ManifestFormat::ai_plugin;
  });
}

const std::string* Manifest::text(std::string_view pointer) const {
  const Json* value = document.find(pointer);
  return value ? value->get_ptr<const std::string*>() : nullptr;
}

Location Manifest::at(std::string_view pointer) const {
  return {Artefact::manifest, std::string{pointer}, document.position(pointer)};
}

std::string Manifest::root_domain() const {
  if (!url) return {};
  constexpr std::string_view prefix = "www.";
  const std::string& host = url->host();
  // "www.com" is a host of its own.
  const bool has_prefix = host.starts_with(prefix) && host.find('.', prefix.size()) != std::string::npos;
  return has_prefix ? host.substr(prefix.size()) : host;
}

Location ApiDescription::at(std::string_view pointer) const {
  return {Artefact::api, std::string{pointer}, document.position(pointer)};
}

Location ApiDescription::at(const ApiPlace& place) const {
  if (place.file == 0) return at(place.pointer);
  const ApiFile& file = files.at(place.file - 1);
  return {Artefact::api, place.pointer, file.document.position(place.pointer), file.name};
}

Location ApiDescription::at(const ApiPlace& place, std::string_view member) const {
  return at(ApiPlace{place.file, join_pointer(place.pointer, member)});
}

Location ApiDescription::at_name(const ApiPlace& place) const {
  Location where = at(place);
  where.position = (place.file == 0 ? document : files.at(place.file - 1).document).key_position(place.pointer);
  return where;
}

}  // namespace plugvet
