#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "harness/support/position.h"

namespace plugvet {

/// The rung of the ladder on which an attempt broke. Whatever stands on a higher rung was not reached, so the first
/// broken rung is the finding and everything above it is blocked by it.
enum class Rung : unsigned char {
  file,          ///< the file cannot be read: missing, not a regular file, a link out of the submission, too large
  url,           ///< the address is not one that may be fetched: syntax, scheme, user info
  name,          ///< the host name does not resolve
  address,       ///< the address guard refused: private, loopback, metadata, …
  connect,       ///< no TCP connection: refused, unreachable, timeout
  tls,           ///< no trustworthy TLS session: handshake, version, certificate
  http,          ///< no usable HTTP response: status, redirects, malformed or truncated message, limits, deadline
  content_type,  ///< the response is something else than what was asked for (an HTML page instead of JSON)
  syntax,        ///< the bytes are not JSON, YAML, an image, …
  schema,        ///< well-formed, but not the kind of document that belongs here
};

/// Whose turn it is to act on a problem.
enum class Blame : unsigned char { submission, environment, user };

/// Why the world did not give us something. A value, never an exception.
struct Problem {
  Rung rung = Rung::file;
  std::string id;     ///< stable, for machines: "tls.certificate.expired", "json.trailing_comma"
  std::string what;   ///< one sentence, what was seen: "The certificate expired on 2026-01-02."
  std::string where;  ///< the URL or the path
  Position position;  ///< in the document, when the syntax is at fault
  Blame blame = Blame::submission;
};

/// The name of a rung as reports show it: "content type".
std::string_view name_of(Rung rung);

/// A value, or the problem that prevented it.
template <class T>
class Result {
 public:
  Result(T value) : state_{std::move(value)} {}
  Result(Problem problem) : state_{std::move(problem)} {}

  explicit operator bool() const { return state_.index() == 0; }
  const T* value() const { return std::get_if<T>(&state_); }
  T* value() { return std::get_if<T>(&state_); }
  const Problem* problem() const { return std::get_if<Problem>(&state_); }

  /// The value; undefined when there is none.
  const T& operator*() const { return *std::get_if<T>(&state_); }
  T& operator*() { return *std::get_if<T>(&state_); }
  const T* operator->() const { return std::get_if<T>(&state_); }
  T* operator->() { return std::get_if<T>(&state_); }

 private:
  std::variant<T, Problem> state_;
};

/// Empty: the plan did not ask for it.
template <class T>
using Collected = std::optional<Result<T>>;

}  // namespace plugvet
