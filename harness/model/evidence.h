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

/// The legal page as fetched; what it says is judged by later checks.
struct LegalPage {
  std::string location;
  std::optional<Url> url;
  std::string media_type;
  std::string sha256;
  std::string body;
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

  /// What the model is shown of the API description, where there is one of OpenAPI 3.
  std::optional<FunctionList> functions;

  /// The text of manifest or API description when it could not be parsed, so that a finding can show the place.
  std::map<Artefact, std::string> unparsed;

  std::string not_collected_because;  ///< "the submission was read from disk; review its URL to run this check"
  std::string not_signed_in_because;  ///< "it signs in at the plugin; give --live and --credentials FILE"
  std::string not_called_because;     ///< "it calls the plugin's API; give --live"

  /// What was given and what was handed out on the way: never in a report, and masked wherever it stands.
  std::vector<Secret> secrets;
};

}  // namespace plugvet
