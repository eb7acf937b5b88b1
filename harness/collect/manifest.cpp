#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "harness/collect/artefacts.h"
#include "harness/support/file.h"
#include "harness/support/text.h"

namespace plugvet {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view well_known = "/.well-known/ai-plugin.json";
constexpr std::size_t most_files_looked_at = 10'000;

/// Files that may be a Microsoft 365 manifest: *plugin*.json at the root or in the app package, in order of their
/// names.
std::vector<std::string> m365_candidates(const std::string& folder) {
  std::vector<std::string> names;
  for (const std::string sub : {"", "appPackage"}) {
    std::error_code error;
    std::size_t seen = 0;
    for (fs::directory_iterator entry{fs::path{folder} / sub, error}, end;
         !error && entry != end && seen++ < most_files_looked_at; entry.increment(error)) {
      const std::string name = entry->path().filename().string();
      if (name.ends_with(".json") && to_lower_ascii(name).find("plugin") != std::string::npos)
        names.push_back(sub.empty() ? name : sub + "/" + name);
    }
  }
  std::ranges::sort(names);
  return names;
}

/// The first that says it is one; else the first that cannot be read or parsed, so that the reason becomes a finding.
Collected<FileOnDisk> find_m365_manifest(Folder& folder, std::size_t limit) {
  Collected<FileOnDisk> doubtful;
  for (const std::string& candidate : m365_candidates(folder.path())) {
    auto file = first_file(folder, {candidate}, limit);
    if (!file) continue;
    const auto document = *file ? parse_json((*file)->bytes, candidate) : Result<Document>{*file->problem()};
    const Json* version = document ? document->find("/schema_version") : nullptr;
    if (version && version->is_string() && version->get_ref<const std::string&>().starts_with("v2")) return file;
    if (!document && !doubtful) doubtful = std::move(file);
  }
  return doubtful;
}

Problem no_manifest(const std::string& folder, ManifestKind kind) {
  Problem problem;
  problem.rung = Rung::file;
  problem.id = "file.missing";
  problem.where = folder;
  const bool is_m365 = kind == ManifestKind::m365;
  problem.what = fmt::format("There is no manifest in {}; looked for .well-known/ai-plugin.json{} ai-plugin.json{}.",
                             printable(folder), is_m365 ? "," : " and", is_m365 ? " and appPackage/*plugin*.json" : "");
  return problem;
}

std::optional<Problem> url_mistake(const Url& url, std::string_view what) {
  Problem problem;
  problem.rung = Rung::url;
  problem.id = "user.submission";
  problem.what = fmt::format("{} {}", printable(shortened(url.text(), 200)), what);
  problem.where = url.text();
  problem.blame = Blame::user;
  return problem;
}

}  // namespace

Result<Manifest> parse_manifest(std::string text, std::string location, std::optional<Url> url) {
  std::string hash = sha256(text);
  auto document = parse_json(std::move(text), location);
  if (!document) {
    Problem problem = *document.problem();
    if (problem.id == "json.html") {
      problem.rung = Rung::content_type;
      problem.id = "content_type.html";
    }
    return problem;
  }
  if (!document->root().is_object()) {
    Problem problem;
    problem.rung = Rung::schema;
    problem.id = "manifest.not_an_object";
    const std::string_view type = document->root().type_name();
    problem.what = fmt::format("The manifest is JSON, but {}{} and not an object with members.",
                               type == "null" ? "" : type == "array" ? "an " : "a ", type);
    problem.where = location;
    problem.position = document->position("");
    return problem;
  }
  return Manifest{std::move(*document), std::move(location), std::move(url), std::move(hash)};
}

std::string manifest_url(const Submission& submission, ManifestKind kind) {
  const bool is_a_host = submission.url->path() == "/";
  return is_a_host && kind == ManifestKind::ai_plugin ? submission.url->origin() + std::string{well_known}
                                                      : submission.url->text();
}

std::optional<Problem> why_no_manifest_url(const Url& url, ManifestKind kind) {
  const std::string path = to_lower_ascii(url.path());
  const auto names = [&](std::string_view word) { return path.find(word) != std::string::npos; };
  if (kind == ManifestKind::none || path.ends_with("ai-plugin.json")) return std::nullopt;
  if (path.ends_with(".yaml") || path.ends_with(".yml") || names("openapi") || names("swagger"))
    return url_mistake(url, "is the URL of an OpenAPI document and not of a manifest; review it with --profile "
                            "gpt-actions, or give the plugin's host.");
  if (kind == ManifestKind::m365)
    return path == "/" ? url_mistake(url, "is a host; give the URL of the Microsoft 365 manifest itself.")
                       : std::nullopt;
  if (path == "/" || path.ends_with(".json")) return std::nullopt;
  return url_mistake(url, fmt::format("names no manifest; give {}, whose {} is then read, or the URL of the "
                                      "manifest itself; an OpenAPI document is reviewed with --profile gpt-actions.",
                                      url.origin(), well_known));
}

Result<Manifest> read_manifest(const Fetch& fetch) {
  auto body = body_of(fetch);
  if (!body) return *body.problem();
  auto url = Url::parse(fetch.final_url());
  return parse_manifest(std::move(*body), fetch.final_url(), url ? std::optional{*url} : std::nullopt);
}

Result<FileOnDisk> find_manifest(const Submission& submission, ManifestKind kind, std::size_t limit) {
  if (submission.kind == SubmissionKind::manifest) return file_of(submission, limit);
  const std::vector<std::string> usual{".well-known/ai-plugin.json", "ai-plugin.json"};
  Folder folder{submission.path};
  if (auto file = first_file(folder, usual, limit)) return std::move(*file);
  if (kind == ManifestKind::m365)
    if (auto file = find_m365_manifest(folder, limit)) return std::move(*file);
  return no_manifest(submission.path, kind);
}

}  // namespace plugvet
