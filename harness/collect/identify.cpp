#include <fmt/format.h>

#include <filesystem>
#include <optional>

#include "harness/collect/collect.h"
#include "harness/support/file.h"
#include "harness/support/text.h"

namespace plugvet {

namespace {

namespace fs = std::filesystem;


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

std::string_view unquoted(std::string_view name) {
  name = trimmed(name);
  const bool is_quoted = name.size() >= 2 && (name[0] == '"' || name[0] == '\'') && name.back() == name[0];
  return is_quoted ? name.substr(1, name.size() - 2) : name;
}

/// Where a quoted text ends that begins at `at`: behind its closing quote.
std::size_t end_of_quoted(std::string_view text, std::size_t at) {
  const char quote = text[at++];
  while (at < text.size() && text[at] != quote) at += text[at] == '\\' ? 2 : 1;
  return std::min(at + 1, text.size());
}

/// The names of the outermost members of `{…}`, in JSON or in the flow syntax of YAML, until `visit` returns false.
template <class Visit>
void for_each_flow_name(std::string_view text, Visit visit) {
  std::size_t depth = 0, name = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '"' || c == '\'') {
      at = end_of_quoted(text, at);
      continue;
    }
    ++at;
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    if (depth == 0) return;
    if (depth == 1 && (c == '{' || c == ',')) name = at;
    if (depth == 1 && c == ':' && name != 0) {
      if (!visit(unquoted(text.substr(name, at - 1 - name)))) return;
      name = 0;
    }
  }
}

/// The names that stand at the beginning of a line.
template <class Visit>
void for_each_line_name(std::string_view text, Visit visit) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    const std::size_t colon = line.find(':');
    const bool is_indented = line.starts_with(' ') || line.starts_with('#') || line.starts_with('-');
    if (!is_indented && colon != std::string_view::npos && !visit(unquoted(line.substr(0, colon)))) return;
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
}

/// By the first member that says it. Nothing is parsed for that: who collects the file does, and large ones take their time.
std::optional<SubmissionKind> kind_by_content(std::string_view text) {
  std::optional<SubmissionKind> kind;
  const auto visit = [&](std::string_view name) {
    if (name == "openapi" || name == "swagger") kind = SubmissionKind::openapi;
    if (name == "schema_version" || name == "name_for_human") kind = SubmissionKind::manifest;
    return !kind;
  };
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  text = trimmed(text);
  text.starts_with('{') ? for_each_flow_name(text, visit) : for_each_line_name(text, visit);
  return kind;
}

/// A file that says nothing is told by its name, so that its syntax becomes a finding.
SubmissionKind kind_of_file(std::string_view text, const fs::path& path) {
  if (const auto kind = kind_by_content(text)) return *kind;
  const std::string name = to_lower_ascii(path.filename().string());
  const bool is_yaml = name.ends_with(".yaml") || name.ends_with(".yml");
  const bool is_named_openapi = name.find("openapi") != std::string::npos || name.find("swagger") != std::string::npos;
  return is_yaml || is_named_openapi ? SubmissionKind::openapi : SubmissionKind::manifest;
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
  Submission submission = on_disk(source, kind_of_file(*text, fs::path{source}));
  constexpr std::size_t small = std::size_t{64} << 10;
  if (text->size() <= small) submission.content = std::make_shared<const std::string>(*text);
  return submission;
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
  if (host.starts_with('.')) return false;
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
    const bool is_path = looks_like_a_path(source), is_host = looks_like_a_host(source);
    if (is_path || !is_host)
      return user_mistake(fmt::format("There is no file or folder {}{}", printable(source),
                                      !is_path  ? ", and it is no host name (acme.com) either."
                                      : is_host && source.find('/') != std::string_view::npos
                                          ? "; if it is a URL, write https:// or http:// before it."
                                                : "."),
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
