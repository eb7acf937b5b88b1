#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/collect/collect.h"

namespace plugvet {

// One function to read each artefact from what was fetched, one to read it from disk. None of them judges.

/// The body of a fetch that climbed up to HTTP: 200 and not empty. Otherwise the first problem on the way.
Result<std::string> body_of(const Fetch& fetch);

/// An order for a URL that the manifest names at `named_by`.
FetchOrder order_for(Artefact artefact, Location named_by, std::string url, const FetchLimits& limits);

/// The problem of an artefact whose URL is missing or is none.
Problem url_problem(const Manifest& manifest, std::string_view pointer, std::string_view what);

/// The platforms resolve a relative api.url against where the manifest lies (approved plugins rely on it), and no
/// other.
enum class Relative : unsigned char { refused, resolved };
/// The URL that the manifest gives at `pointer`; Rung::url when there is none that can be fetched.
Result<Url> url_in(const Manifest& manifest, std::string_view pointer, std::string_view member, Relative relative);

Result<Manifest> read_manifest(const Fetch& fetch);
Result<Manifest> parse_manifest(std::string text, std::string location, std::optional<Url> url = {});
/// Where the manifest of a URL submission is looked for.
std::string manifest_url(const Submission& submission, ManifestKind kind);

/// Where the manifest says that its API description is: `/api/url`, or a runtime's `/spec/url`.
std::string api_pointer(const Manifest& manifest);
Result<ApiDescription> read_api(const Fetch& fetch);
/// `folder`: of the submission on disk, from which files are read that the document refers to; empty: none are.
Result<ApiDescription> parse_api(std::string text, std::string location, const std::string& folder);

Result<Logo> read_logo(const Fetch& fetch);
Collected<Logo> read_logo_on_disk(const Submission& submission, const Manifest& manifest, std::size_t limit);

/// A path of the page's site that leads nowhere: what is answered for it is what the site says of missing pages. The same
/// for the same page, so that a recorded review can be replayed.
std::string nowhere_url(const Url& page);
/// A page on privacy that was fetched because of where it is named.
struct PrivacyFetch {
  Location named_by;
  Fetch fetch;
};
/// The legal page, as far as it could be had, with what the manifest names beside it. `nowhere`: the answer for
/// nowhere_url, which a missing page resembles; null: not asked for.
Result<LegalPage> read_legal_page(const Fetch& fetch, const Fetch* nowhere, const std::vector<PrivacyFetch>& named);
/// The pages of the same site that it refers to for privacy, at most three; none when it is on privacy itself.
std::vector<std::string> privacy_pages_to_follow(const LegalPage& page);
void add_privacy_pages(const std::vector<PrivacyFetch>& fetches, LegalPage& page);

struct FileOnDisk {
  std::string path;
  std::string bytes;
};
/// The folder that a submission on disk may be read from.
std::string folder_of(const Submission& submission);
/// A folder in which files are looked for at many places: each is asked for once.
class Folder {
 public:
  enum class There : unsigned char { nothing, folder, other };

  explicit Folder(std::string path) : path_{std::move(path)} {}
  const std::string& path() const { return path_; }
  /// At a path beneath it. A link on the way there is something, whatever it leads to: who opens the file refuses it.
  There what_is_at(const std::string& path);

 private:
  There look_at(const std::string& path);

  std::string path_;
  std::vector<std::pair<std::string, There>> asked_;
};

/// What was read of a file; a problem names it.
Result<FileOnDisk> file_at(std::string path, Result<std::string> bytes);
/// The file that was submitted.
Result<FileOnDisk> file_of(const Submission& submission, std::size_t limit);
/// The first of `candidates` that exists beneath `folder`, or why it cannot be read. Empty: none exists.
Collected<FileOnDisk> first_file(Folder& folder, const std::vector<std::string>& candidates, std::size_t limit);
/// Where a file may lie that the manifest names by a URL or a relative reference: its path, from `folder` and from
/// where the manifest lies (a Microsoft 365 app package), and its name at the usual places.
std::vector<std::string> paths_named_by(const std::string& url_or_path, Folder& folder, const Manifest& manifest);

Result<FileOnDisk> find_manifest(const Submission& submission, ManifestKind kind, std::size_t limit);
/// Empty: the submission holds none, it would have to be fetched.
Collected<FileOnDisk> find_api(const Submission& submission, const Manifest* manifest, std::size_t limit);
/// For a profile that reads no manifest: a folder's OpenAPI document, named by a manifest or by its usual name.
Result<FileOnDisk> find_api_alone(const Submission& submission, const CollectOptions& options);

}  // namespace plugvet
