#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/support/result.h"

namespace plugvet {

struct Header {
  std::string name;
  std::string value;
  friend bool operator==(const Header&, const Header&) = default;
};
using Headers = std::vector<Header>;

/// The first header of that name (ASCII case ignored), or null.
const std::string* find_header(const Headers& headers, std::string_view name);

struct Request {
  std::string method = "GET";
  std::string url;
  Headers headers;
  std::string body;
};

struct Response {
  int status = 0;
  std::string version;  ///< "HTTP/1.1", "HTTP/2"
  Headers headers;
  std::string body;            ///< content codings removed
  std::size_t wire_bytes = 0;  ///< of the body as it was sent

  /// The media type without parameters, lower case; empty when none was sent.
  std::string media_type() const;
};

struct Certificate {
  std::string subject;  ///< common name, else the whole name (RFC 2253)
  std::string issuer;
  std::vector<std::string> names;  ///< the first ten DNS and IP names of subjectAltName
  std::size_t name_count = 0;      ///< how many there are
  std::chrono::system_clock::time_point not_before;
  std::chrono::system_clock::time_point not_after;
  std::string key;        ///< "RSA 2048", "EC P-256"
  std::string signature;  ///< "sha256WithRSAEncryption"
};

/// What was seen of a TLS session, also when it was not trusted.
struct TlsFacts {
  std::string version;  ///< "TLSv1.3", once it is agreed, also when verification fails; empty before
  std::string cipher;
  std::vector<Certificate> chain;  ///< as the server sent it, leaf first
  bool verified = false;           ///< chain, dates and host name
  bool host_matches = false;
  int verify_error = 0;        ///< X509_V_…; 0: none
  int verify_depth = 0;        ///< the certificate concerned, 0 is the leaf
  std::string verify_message;  ///< OpenSSL's words
};

/// From the start of the hop; zero when the rung was not reached or the connection was reused.
struct Timing {
  std::chrono::milliseconds name{}, connect{}, tls{}, first_byte{}, total{};
};

/// One request and what came of it.
struct Exchange {
  Request request;
  std::optional<Response> response;
  std::optional<Problem> problem;  ///< why there is no usable response; a status of 404 is a response, not a problem
  std::optional<TlsFacts> tls;
  std::string address;  ///< "93.184.216.34:443", the peer that was connected; empty when none was
  std::string proxy;    ///< "http://proxy.corp:3128": it went through this one, whose address `address` then is
  Timing timing;
  std::chrono::system_clock::time_point started_at;
};

}  // namespace plugvet
