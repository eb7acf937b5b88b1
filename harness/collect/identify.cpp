#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "harness/collect/collect.h"
#include "harness/support/file.h"
#include "harness/support/text.h"

namespace plugvet {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t where_openapi_stands = 4096;  // bytes from the start, in nearly all documents

Problem user_mistake(std::string what, std::string_view source) {
  Problem problem;
  problem.rung = Rung::file;
  problem.id = "user.submission";
  problem.what = std::move(what);
  problem.where = source;
  problem.blame = Blame::user;
  return problem;
}

Submission on_disk(std::string_view source, SubmissionKind kind) {
  Submission submission;
  submission.source = source;
  submission.kind = kind;
  submission.path = source;
  return submission;
}

/// Whether `word` stands somewhere as the name of a member, quoted or not.
bool names_member(std::string_view text, std::string_view word) {
  for (std::size_t at = 0; (at = text.find(word, at)) != std::string_view::npos;) {
    at += word.size();
    std::string_view rest = text.substr(at, 100);
    if (rest.starts_with('"') || rest.starts_with('\'')) rest.remove_prefix(1);
    if (trimmed(rest).starts_with(':')) return true;
  }
  return false;
}

/// By content; a file that cannot be parsed is told by its name, so that its syntax becomes a finding.
SubmissionKind kind_of_file(const std::string& text, const fs::path& path) {
  const std::string name = to_lower_ascii(path.filename().string());
  const bool is_yaml = name.ends_with(".yaml") || name.ends_with(".yml");
  const bool is_named_openapi = name.find("openapi") != std::string::npos || name.find("swagger") != std::string::npos;
  const bool is_openapi_by_name = is_yaml || is_named_openapi;
  // Whoever collects the file parses it again, so that is left out where it cannot change the answer.
  if (!is_openapi_by_name && !names_member(text, "openapi") && !names_member(text, "swagger"))
    return SubmissionKind::manifest;
  const std::string_view start = std::string_view{text}.substr(0, where_openapi_stands);
  if (names_member(start, "openapi") && !names_member(start, "schema_version") && !names_member(start, "name_for_human"))
    return SubmissionKind::openapi;
  const auto document = parse_json_or_yaml(text, path.string());
  if (document && document->root().is_object()) {
    const bool has_manifest_members = document->find("/schema_version") || document->find("/name_for_human");
    if (has_manifest_members) return SubmissionKind::manifest;
    if (document->find("/openapi") || document->find("/swagger")) return SubmissionKind::openapi;
  }
  return is_openapi_by_name ? SubmissionKind::openapi : SubmissionKind::manifest;
}

Result<Submission> identify_path(std::string_view source, const fs::file_status& status) {
  if (fs::is_directory(status)) return on_disk(source, SubmissionKind::folder);
  if (!fs::is_regular_file(status))
    return user_mistake(
        fmt::format("{} is neither a file nor a folder; give the folder of the plugin, its ai-plugin.json, "
                    "or its OpenAPI document.",
                    printable(source)),
        source);
  const auto text = read_file(fs::path{source}, largest_api);
  if (!text) return user_mistake(text.problem()->what, source);
  return on_disk(source, kind_of_file(*text, fs::path{source}));
}

/// "acme.com", "acme.com/path", "localhost:3333", "[::1]:80"
std::string with_scheme(std::string_view source) {
  if (source.find("://") != std::string_view::npos) return std::string{source};
  const std::string_view authority = source.substr(0, source.find_first_of("/?#"));
  const bool is_literal = authority.starts_with('[');
  const std::string_view host =
      is_literal ? authority.substr(1, authority.find(']') - 1) : authority.substr(0, authority.find(':'));
  return std::string{is_loopback_host(host) ? "http://" : "https://"} + std::string{source};
}

bool looks_like_a_path(std::string_view source) {
  return source.starts_with('/') || source.starts_with('.') || source.starts_with('~') || source.ends_with(".json") ||
         source.ends_with(".yaml") || source.ends_with(".yml");
}

/// A bare word is a mistyped path more often than a host in the search domain.
bool looks_like_a_host(std::string_view source) {
  const std::string_view host = source.substr(0, source.find_first_of(":/"));
  return host.find('.') != std::string_view::npos || is_loopback_host(host) || source.starts_with('[');
}

}  // namespace

Result<Submission> identify_submission(std::string_view source) {
  if (is_blank(source))
    return user_mistake(
        "The submission is empty; give a URL, a host, a folder, an ai-plugin.json or an OpenAPI document.", source);
  const bool has_scheme = source.find("://") != std::string_view::npos;
  if (!has_scheme) {
    std::error_code error;
    const fs::file_status status = fs::status(fs::path{source}, error);
    if (fs::exists(status)) return identify_path(source, status);
    if (looks_like_a_path(source) || !looks_like_a_host(source))
      return user_mistake(fmt::format("There is no file or folder {}{}", printable(source),
                                      looks_like_a_path(source) ? "." : ", and it is no host name (acme.com) either."),
                          source);
  }
  const auto url = Url::parse(with_scheme(source));
  if (!url)
    return user_mistake(fmt::format("{} cannot be reviewed: {}", printable(source), url.problem()->what), source);
  Submission submission;
  submission.source = source;
  submission.kind = SubmissionKind::url;
  submission.url = *url;
  return submission;
}

}  // namespace plugvet
