#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "harness/model/authorization.h"
#include "harness/model/fetch.h"
#include "harness/model/function_list.h"
#include "harness/model/mail.h"
#include "harness/model/probing.h"
#include "harness/model/submission.h"
#include "harness/support/document.h"

namespace plugvet {

/// Which format a manifest has: `ai_plugin` is v1 (OpenAI, GPT Pro), `m365` is Microsoft's v2.
enum class ManifestFormat : unsigned char { ai_plugin, m365 };

/// The manifest as it was read. It holds invalid data too: checks judge it, nothing is dropped.
struct Manifest {
  Document document;       ///< an object
  std::string location;    ///< the final URL, or the path
  std::optional<Url> url;  ///< where it was served from after redirects; empty when read from disk
  std::string sha256;

  ManifestFormat format() const;

  /// The text of a string member; null when it is missing or not a string.
  const std::string* text(std::string_view pointer) const;
  /// Where the value at `pointer` stands, for a finding. A missing member: where its nearest ancestor begins.
  Location at(std::string_view pointer) const;

  /// The host of `url` without one leading "www.": every domain rule compares with it (Surprises 2). Empty from disk.
  std::string root_domain() const;
};

namespace openapi {
struct Description;
}

/// A file that the OpenAPI document refers to.
struct ApiFile {
  std::string name;      ///< relative to the submission's folder: "schemas/todo.yaml"
  std::string location;  ///< the path
  Document document;
  std::string sha256;
};

/// A place in the API description: in which of its files, and where there.
struct ApiPlace {
  std::uint32_t file = 0;  ///< 0: the main document; n: ApiDescription::files[n - 1]
  std::string pointer;
  friend bool operator==(const ApiPlace&, const ApiPlace&) = default;
};

/// The OpenAPI document as it was read, the files that it refers to, and what all of them say.
struct ApiDescription {
  Document document;  ///< an object
  std::string location;
  std::optional<Url> url;
  std::string sha256;
  std::vector<ApiFile> files;
  std::shared_ptr<const openapi::Description> description;  ///< never null; harness/openapi/description.h

  /// Where the value at `pointer` stands, for a finding. A missing member: where its nearest ancestor begins.
  Location at(std::string_view pointer) const;
  Location at(const ApiPlace& place) const;
  /// A member of the value at `place`: at(operation.place, "description").
  Location at(const ApiPlace& place, std::string_view member) const;
  /// The place of the name of a member, not of its value.
  Location at_name(const ApiPlace& place) const;
};

enum class ImageFormat : unsigned char { png, jpeg, webp, gif, svg, bmp, ico, avif, tiff };
std::string_view name_of(ImageFormat format);  ///< "PNG", "WebP"

struct Logo {
  std::string location;
  std::optional<Url> url;
  std::string media_type;  ///< as declared by the server; by the file name's extension on disk; may be empty
  std::string sha256;
  std::size_t bytes = 0;
  ImageFormat format = ImageFormat::png;  ///< by content
  std::uint32_t width = 0, height = 0;    ///< pixels; SVG: of width/height or viewBox, 0 when it says none
  std::uint32_t frames = 1;
  std::optional<Problem> decoding;       ///< why the pixels cannot be decoded: truncated, bad checksum, too many pixels
  bool has_script = false;               ///< SVG: script elements, event attributes, javascript: links
  bool has_external_references = false;  ///< SVG
  bool has_transparency = false;
  std::string preview_png;  ///< re-encoded by us, at most 128 × 128, for the report; empty when it could not be
};

/// What a page turned out to be to somebody who opens it. Only `content` is a text that can be judged.
enum class PageKind : unsigned char { content, script_only, login, cookie_wall, soft_404, pdf, unreadable };
std::string_view name_of(PageKind kind);  ///< "script_only"

/// What a person reads on a page: without its scripts, styles, navigation and dialogs.
struct PageText {
  struct Paragraph {
    std::string text;
    bool is_heading = false;
  };
  struct Link {
    std::string text;
    std::string url;  ///< absolute
  };
  PageKind kind = PageKind::content;
  std::string title;
  std::vector<Paragraph> paragraphs;  ///< of the main content, in their order
  std::vector<std::string> margins;   ///< what stands around it: header, footer, asides
  std::size_t words = 0;              ///< of the main content; two characters of a script without spaces are one
  std::string language;               ///< "en", "zh-Hant"; empty: too short to tell
  std::string language_name;          ///< "English"
  unsigned language_percent = 0;      ///< how much of the text is in it
  std::vector<Link> privacy_links;    ///< to pages on privacy by their text or path, this one left out
  bool is_on_privacy = false;         ///< its title, first heading or path says so
  bool is_cut = false;                ///< there was more than is read of any page
};

/// A page on privacy beside the legal page.
struct PrivacyPage {
  Location named_by;  ///< manifest#/privacy_policy_url, or the legal page that links to it
  std::string url;    ///< as it was named; PageText's is what was read there in the end
  Result<PageText> text;
};

/// The legal page as fetched, and what is to be read there.
struct LegalPage {
  std::string location;
  std::optional<Url> url;
  std::string media_type;
  std::string sha256;
  std::string body;
  Result<PageText> text = PageText{};       ///< a Problem: taking it apart was stopped
  std::vector<PrivacyPage> privacy;         ///< linked on the same site, or named by the manifest
  std::vector<std::string> privacy_elsewhere;  ///< links to pages on privacy on other sites, which are not followed
};

/// What was answered for paths that no plugin should serve (sensitive_paths.h), on the submission's own host.
struct PathProbes {
  std::vector<Fetch> all;
};

/// One host's TLS, seen apart from any fetch.
struct TlsHost {
  std::string host;
  std::uint16_t port = 443;
  TlsFacts facts;                          ///< of the session that a fetch made
  std::optional<std::string> old_version;  ///< "TLSv1.1": still accepted when nothing newer is offered; empty: refused
};
struct TlsSurvey {
  std::vector<TlsHost> hosts;
};

/// Cross-origin requests as a browser at the chat platform would send them, for manifest and OpenAPI document.
struct CorsProbe {
  Artefact artefact = Artefact::manifest;
  Exchange preflight;  ///< OPTIONS with Access-Control-Request-Method, -Headers and -Private-Network
  Exchange actual;     ///< GET with Origin
};
struct CorsProbes {
  std::vector<CorsProbe> all;
};

struct Baseline;  // harness/model/snapshot.h

/// Everything collected about one submission, written once by `collect`, read by checks.
/// An empty member was not asked for; `not_collected_because` says why in the user's words.
struct Evidence {
  Submission submission;
  bool private_addresses_allowed = false;     ///< --allow-private
  std::chrono::system_clock::time_point now;  ///< when it was collected: certificates are judged at this moment

  Collected<Fetches> fetches;
  Collected<Manifest> manifest;
  Collected<ApiDescription> api;
  Collected<Logo> logo;
  Collected<LegalPage> legal_page;
  Collected<TlsSurvey> tls;
  Collected<CorsProbes> cors;
  Collected<SignIn> sign_in;            ///< of a plugin without OAuth: only the declaration
  Collected<Enforcement> enforcement;  ///< of a plugin without authentication: only the declaration
  Collected<PathProbes> paths;
  Collected<Probing> probing;
  Collected<MailRoute> mail;  ///< of the manifest's contact_email

  /// What the model is shown of the API description, where there is one of OpenAPI 3.
  std::optional<FunctionList> functions;

  /// The text of manifest or API description when it could not be parsed, so that a finding can show the place.
  std::map<Artefact, std::string> unparsed;

  /// What a later review is compared with, where it was asked for; and the earlier review that this one is compared with.
  std::shared_ptr<const Json> snapshot;
  std::shared_ptr<const Baseline> baseline;

  std::string not_collected_because;  ///< "the submission was read from disk; review its URL to run this check"
  std::string not_signed_in_because;  ///< "it signs in at the plugin; give --live and --credentials FILE"
  std::string not_called_because;     ///< "it calls the plugin's API; give --live"
  std::string not_probed_because;     ///< the same, where requests are made of the API description

  /// What was given and what was handed out on the way: never in a report, and masked wherever it stands.
  std::vector<Secret> secrets;
};

}  // namespace plugvet
