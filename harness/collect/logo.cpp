#include <filesystem>
#include <map>

#include "harness/collect/artefacts.h"
#include "harness/support/text.h"

namespace plugvet {

namespace {

std::string media_type_by_extension(const std::string& path) {
  static const std::map<std::string, std::string> types{{".png", "image/png"},   {".jpg", "image/jpeg"},
                                                        {".jpeg", "image/jpeg"}, {".webp", "image/webp"},
                                                        {".gif", "image/gif"},   {".svg", "image/svg+xml"}};
  const auto found = types.find(to_lower_ascii(std::filesystem::path{path}.extension().string()));
  return found == types.end() ? "" : found->second;
}

}  // namespace

Result<Logo> read_logo(const Fetch& fetch) {
  const auto body = body_of(fetch);
  if (!body) return *body.problem();
  auto logo = read_logo(*body, fetch.response()->media_type(), fetch.final_url());
  if (logo)
    if (auto url = Url::parse(fetch.final_url())) logo->url = *url;
  return logo;
}

Collected<Logo> read_logo_on_disk(const Submission& submission, const Manifest& manifest, std::size_t limit) {
  Folder folder{folder_of(submission)};
  std::vector<std::string> candidates;
  if (const std::string* named = manifest.text("/logo_url")) candidates = paths_named_by(*named, folder, manifest);
  for (const char* usual : {"logo.png", "logo.jpg", "logo.webp", "logo.svg"}) candidates.emplace_back(usual);
  auto file = first_file(folder, candidates, limit);
  if (!file) return std::nullopt;
  if (!*file) return Result<Logo>{*file->problem()};
  return read_logo((*file)->bytes, media_type_by_extension((*file)->path), (*file)->path);
}

}  // namespace plugvet
