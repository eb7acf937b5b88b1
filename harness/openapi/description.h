#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "harness/model/evidence.h"
#include "harness/support/members.h"

/// An OpenAPI document as a typed model, built once for all checks. Views and pointers lead into the document. What has
/// the wrong type is absent here and a fault in `Description::faults`: no reader of the model has to think of it.
namespace plugvet::openapi {

enum class Version : unsigned char { v3_0, v3_1, swagger_2, other };

/// A value of the description and where it stands. Null: there is none.
struct Node {
  const Json* value = nullptr;
  ApiPlace place;
  explicit operator bool() const { return value != nullptr; }
};
/// A member of an object, an item of an array; null when there is none. References are not followed.
Node member(const Node& node, std::string_view name);
Node item(const Node& node, std::size_t index);

struct Server {
  Node node;
  std::string_view url;          ///< as it is written
  std::string address;           ///< `url` with its variables replaced by their defaults
  std::string_view description;  ///< empty: none
};

struct MediaType {
  std::string_view name;  ///< "application/json"
  Node node;
  Node schema;  ///< as it is written, which may be a reference
};

// What may be written as a reference: `node` is what the reference leads to, null when it leads nowhere, and `written`
// where it is used. Without a reference both are the same.

struct Parameter {
  Node node, written;
  std::string_view name, in;     ///< empty: missing
  std::string_view description;  ///< empty: none
  bool required = false;
  bool is_reference = false;
  bool is_inherited = false;       ///< of the path item
  Node schema;                     ///< of the parameter, or of its only media type
  std::vector<MediaType> content;  ///< in place of a schema
};

struct RequestBody {
  Node node, written;
  std::string_view description;
  bool required = false;
  bool is_reference = false;
  std::vector<MediaType> content;
};

struct Header {
  std::string_view name;
  Node node, written;
  Node schema;
};

struct Response {
  std::string_view status;  ///< "200", "4XX", "default"
  Node node, written;
  std::string_view description;
  bool is_reference = false;
  std::vector<MediaType> content;
  std::vector<Header> headers;
};

/// One way to be let in: all of these schemes together. None: everybody may come in.
struct SecurityRequirement {
  Node node;
  std::vector<std::string_view> schemes;  ///< names under components.securitySchemes, which need not exist
};

struct SecurityScheme {
  std::string_view name;  ///< under components.securitySchemes
  Node node, written;
  std::string_view type;            ///< "http", "apiKey", "oauth2", "openIdConnect", "mutualTLS"
  std::string_view scheme;          ///< http: "bearer", "basic", as it is written
  std::string_view in;              ///< apiKey: "query", "header", "cookie"
  std::string_view parameter_name;  ///< apiKey: its `name`
};

struct Operation {
  std::string_view path;
  std::string_view method;  ///< lower case: "get"
  Node node;                ///< follows a path item's reference
  Node path_item;
  std::string_view id, summary, description;  ///< empty: none
  bool deprecated = false;
  /// Those of the path item that the operation does not replace, then its own, as they are written; also those that are
  /// written twice, and broken ones.
  std::vector<Parameter> parameters;
  std::optional<RequestBody> request_body;
  std::vector<Response> responses;
  std::span<const Server> servers;                ///< in effect: its own, its path's or the document's
  std::span<const SecurityRequirement> security;  ///< in effect: one of them is enough; empty: everybody may come in
  bool has_own_security = false;
  Node is_consequential;  ///< x-openai-isConsequential, of whatever type
};

/// Something that can be said about the structure: a field that does not exist, a value of the wrong type.
struct StructureFault {
  ApiPlace place;
  bool is_at_name = false;      ///< the name is wrong, or something under it is missing; not the value
  bool is_ineffective = false;  ///< it breaks nothing, but has no effect: most probably something else is meant
  std::string message, expected, actual;
};

enum class ReferenceState : unsigned char {
  unresolved,    ///< there is nothing at its target
  remote,        ///< to another host, or by a scheme: never followed
  outside,       ///< out of the submission: an absolute path, `..`, a link
  unread,        ///< another file that was not read: the submission is a URL, it is too large or no JSON or YAML
  wrong_target,  ///< leads to something of another type: a parameter in place of a schema
  circular,      ///< leads only to references, in a circle
  not_a_text,    ///< the value of `$ref` is no text
  other_file,    ///< followed into another file of the submission, which not every platform reads
};

/// A `$ref` that does not lead to where every platform finds it.
struct Reference {
  ApiPlace place;         ///< of the member `$ref`
  std::string_view text;  ///< as it is written
  ReferenceState state = ReferenceState::unresolved;
  std::string reason;  ///< a sentence
  bool is_mapping = false;  ///< of a discriminator, where it is no `$ref`
};

/// Values that contain references to each other in a circle: legal for schemas, refused by some platforms.
struct Cycle {
  std::vector<ApiPlace> members;  ///< each refers to the next, the last to the first
};

struct Description {
  Version version = Version::other;
  std::string_view version_text;  ///< of `openapi` or `swagger`; empty: none, or no text

  std::vector<Document> documents;  ///< the main one, then the files referred to
  Node root;
  std::vector<Server> servers;                ///< of the whole document
  std::vector<SecurityRequirement> security;  ///< of the whole document
  std::vector<SecurityScheme> security_schemes;
  std::vector<Operation> operations;  ///< in the order of the document

  std::vector<StructureFault> faults;  ///< in the order of the document; the first thousand
  std::vector<Reference> references;   ///< those with such a state, in the order of the document; the first thousand
  std::vector<ApiPlace> siblings;      ///< `$ref`s of a 3.0 document whose neighbours are ignored; the first thousand
  std::vector<Cycle> cycles;           ///< one for each group of values that refer to each other

  bool is_openapi_3() const { return version == Version::v3_0 || version == Version::v3_1; }

  /// What a node stands for: itself, or what its `$ref` leads to in the end; null when that is nothing.
  Node resolved(const Node& node) const;
  /// Something refers to this value, which is one of the description's.
  bool is_referred_to(const Json& value) const;

  Description() = default;
  Description(const Description&) = delete;

  // Kept for the spans of operations, and for resolved().
  std::vector<std::unique_ptr<std::vector<Server>>> server_lists;
  std::vector<std::unique_ptr<std::vector<SecurityRequirement>>> security_lists;
  std::vector<Node> targets;                                ///< what references lead to
  std::vector<std::uint32_t> ends;                          ///< of each target that is a reference itself: the last one
  std::unordered_map<const Json*, std::uint32_t> links;     ///< the object with the `$ref`, and its target
  std::vector<const Json*> referred_to;                     ///< sorted
};

/// How a submission's files are read: the text of a file whose name is relative to the submission's folder.
using ReadFile = std::function<Result<std::string>(const std::string& name)>;

/// Describes a document. `name`: its own name in the submission's folder, from which other files are named; without
/// `read_file` none is read. What was read is added to `files`.
std::shared_ptr<const Description> describe(const Document& document, std::string_view name = {},
                                            const ReadFile& read_file = {}, std::vector<ApiFile>* files = nullptr);

}  // namespace plugvet::openapi
