#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "harness/support/url.h"

namespace plugvet {

enum class SubmissionKind : unsigned char { url, folder, manifest, openapi };
std::string_view name_of(SubmissionKind kind);

/// What was handed in.
struct Submission {
  std::string source;  ///< as the user typed it
  SubmissionKind kind = SubmissionKind::url;
  std::optional<Url> url;  ///< kind url: what was typed, "https://" added to a bare host
  std::string path;        ///< the other kinds: where the folder or file is
  /// Of a small file: what was read of it to tell its kind, so that this is what is judged.
  std::shared_ptr<const std::string> content;

  bool is_on_disk() const { return kind != SubmissionKind::url; }
  /// The user typed a loopback address: a plugin under development.
  bool is_loopback() const { return url && is_loopback_host(url->host()); }
};

}  // namespace plugvet
