#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "harness/collect/artefacts.h"
#include "harness/openapi/description.h"
#include "harness/support/file.h"
#include "harness/support/text.h"

namespace plugvet {

namespace fs = std::filesystem;

std::string api_pointer(const Manifest& manifest) {
  if (manifest.format() == ManifestFormat::ai_plugin) return "/api/url";
  const Json* runtimes = manifest.document.find("/runtimes");
  for (std::size_t i = 0; runtimes && runtimes->is_array() && i < runtimes->size(); ++i) {
    const std::string pointer = join_pointer("/runtimes", i) + "/spec/url";
    if (manifest.text(pointer)) return pointer;
  }
  return "/runtimes/0/spec/url";
}

namespace {

constexpr std::size_t largest_api_file = 10u << 20;
constexpr DocumentLimits document_limits{.bytes = largest_api};

/// The name of a file in the folder that it was found in; empty when it is not beneath it.
std::string name_in(const std::string& folder, const std::string& path) {
  const fs::path name = fs::path{path}.lexically_normal().lexically_relative(fs::path{folder}.lexically_normal());
  return name.empty() || *name.begin() == ".." ? std::string{} : name.string();
}

/// What the document says, with the files beneath `folder` that it refers to.
void describe(ApiDescription& api, const std::string& folder) {
  const std::string name = folder.empty() ? std::string{} : name_in(folder, api.location);
  if (name.empty()) {
    api.description = openapi::describe(api.document);
    return;
  }
  const auto read = [&](const std::string& other) { return read_file_beneath(folder, other, largest_api_file); };
  api.description = openapi::describe(api.document, name, read, &api.files);
  for (ApiFile& file : api.files) file.location = (fs::path{folder} / file.name).lexically_normal().string();
}

}  // namespace

namespace {

bool says_failure(const std::string& text) {
  const std::string lower = to_lower_ascii(text.substr(0, 300));
  static constexpr std::string_view words[] = {"not found",   "error",       "denied",   "forbidden", "unauthori",
                                               "unavailable", "bad gateway", "too many", "timed out", "timeout",
                                               "not allowed", "no such",     "not exist"};
  return std::ranges::any_of(words, [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

/// What servers answer in place of a document, with status 200: {"detail": "Access denied"}, or the bare words.
bool is_error_answer(const Json& root) {
  if (root.is_string()) return says_failure(root.get_ref<const std::string&>());
  static constexpr std::string_view of_errors[] = {"detail", "error", "errors", "message", "msg", "Message", "reason"};
  static constexpr std::string_view of_documents[] = {"openapi", "swagger",    "paths",       "info",
                                                      "servers", "components", "definitions", "webhooks"};
  const auto has = [&](std::string_view name) { return root.contains(name); };
  return root.is_object() && std::ranges::any_of(of_errors, has) && std::ranges::none_of(of_documents, has);
}

}  // namespace

Result<ApiDescription> parse_api(std::string text, std::string location, const std::string& folder) {
  std::string hash = sha256(text);
  const std::string beginning = in_quotes(trimmed(text.substr(0, 2'000)), 160);
  auto document = parse_json_or_yaml(std::move(text), location, document_limits);
  if (!document) {
    Problem problem = *document.problem();
    if (problem.id == "json.html" || problem.id == "yaml.html") {
      problem.rung = Rung::content_type;
      problem.id = "content_type.html";
    }
    return problem;
  }
  if (is_error_answer(document->root())) {
    Problem problem;
    problem.rung = Rung::schema;
    problem.id = "api.error_answer";
    problem.what = "The API description is an error answer and no OpenAPI document: " + beginning + ".";
    problem.where = location;
    problem.position = document->position("");
    return problem;
  }
  if (!document->root().is_object()) {
    Problem problem;
    problem.rung = Rung::schema;
    problem.id = "api.not_an_object";
    problem.what = "The API description is not a mapping with members such as openapi, info and paths.";
    if (document->root().is_string()) problem.what += " Its text is " + beginning + ".";
    problem.where = location;
    problem.position = document->position("");
    return problem;
  }
  ApiDescription api{std::move(*document), std::move(location), {}, std::move(hash)};
  describe(api, folder);
  return api;
}

Result<ApiDescription> read_api(const Fetch& fetch) {
  auto body = body_of(fetch);
  if (!body) return *body.problem();
  auto api = parse_api(std::move(*body), fetch.final_url(), {});
  if (api)
    if (auto url = Url::parse(fetch.final_url())) api->url = *url;
  return api;
}

namespace {

/// A file of a Microsoft 365 app package is where the manifest says, or the package is broken. A manifest that was handed
/// in alone is no package.
bool names_packaged_file(const Manifest& manifest, const std::string& reference) {
  return manifest.format() == ManifestFormat::m365 && !is_blank(reference) &&
         reference.find(':') == std::string::npos;
}

Problem missing_from_package(const std::string& folder, const std::string& reference) {
  Problem problem;
  problem.rung = Rung::file;
  problem.id = "file.missing";
  problem.where = folder + "/" + reference;
  problem.what =
      "The manifest names the file " + printable(shortened(reference, 200)) + ", and the submission lacks it.";
  return problem;
}

}  // namespace

Collected<FileOnDisk> find_api(const Submission& submission, const Manifest* manifest, std::size_t limit) {
  Folder folder{folder_of(submission)};
  std::vector<std::string> candidates;
  const std::string* named = manifest ? manifest->text(api_pointer(*manifest)) : nullptr;
  if (named) candidates = paths_named_by(*named, folder, *manifest);
  for (const char* usual : {"openapi.yaml", "openapi.yml", "openapi.json", ".well-known/openapi.yaml",
                            ".well-known/openapi.yml", ".well-known/openapi.json"})
    if (std::ranges::find(candidates, usual) == candidates.end()) candidates.emplace_back(usual);
  auto file = first_file(folder, candidates, limit);
  if (!file && named && submission.kind == SubmissionKind::folder && names_packaged_file(*manifest, *named))
    return Result<FileOnDisk>{missing_from_package(folder.path(), *named)};
  return file;
}

Result<FileOnDisk> find_api_alone(const Submission& submission, const CollectOptions& options) {
  auto manifest_file = find_manifest(submission, ManifestKind::none, options.manifest.body);
  const auto manifest = manifest_file ? parse_manifest(std::move(manifest_file->bytes), manifest_file->path)
                                      : Result<Manifest>{*manifest_file.problem()};
  if (auto file = find_api(submission, manifest.value(), options.api.body)) return std::move(*file);
  // A file that cannot be read as anything was handed in as the API description: nothing else is reviewed.
  if (submission.kind == SubmissionKind::manifest && !manifest) return file_of(submission, options.api.body);
  Problem problem;
  problem.rung = Rung::file;
  problem.id = "file.missing";
  problem.where = folder_of(submission);
  problem.what =
      "There is no OpenAPI document in " + printable(problem.where) + "; looked for openapi.yaml, .yml and .json.";
  return problem;
}

}  // namespace plugvet
