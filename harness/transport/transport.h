#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <future>
#include <memory>
#include <optional>
#include <string>

#include "harness/model/fetch.h"
#include "harness/model/mail.h"

namespace plugvet {

/// Bounds of one fetch (FAULTS.md §2.1). All are hard: what exceeds one is a problem, never a partial success.
struct FetchLimits {
  std::chrono::milliseconds deadline{20'000};  ///< DNS, connect, TLS, redirects and body together; monotonic
  std::chrono::milliseconds name{5'000}, connect{5'000}, tls{5'000};  ///< per hop, within the deadline
  std::size_t body = 1u << 20;                                        ///< bytes, on the wire and decoded
  std::size_t header_block = 64u << 10;                               ///< bytes
  std::size_t header_count = 200;
  unsigned interim_responses = 8;  ///< 1xx
  unsigned redirects = 5;
};

/// One thing to fetch.
struct FetchOrder {
  Artefact artefact = Artefact::submission;
  Location named_by;
  Request request;
  FetchLimits limits;
  bool follow_redirects = true;
  /// It may be sent again where a kept connection turns out to be closed, as GET and HEAD always may; what changes
  /// something then reuses connections, too.
  bool may_repeat = false;
};

/// Problems by rung, as `Problem::id` names them. Who is to blame is said beside those that are not the submission's.
///   url      url.* (of Url), url.port
///   name     name.not_found, name.no_address; environment: name.temporary_failure, name.timeout, name.failure
///   address  address.not_public
///   connect  connect.refused, .unreachable, .timeout, .reset, .failed; environment: .no_network, .no_socket,
///            transport.stopped, proxy.no_answer, proxy.refused, proxy.failed; user: cassette.missing,
///            proxy.credentials
///   tls      tls.certificate.expired, .not_yet_valid, .self_signed, .untrusted_root, .incomplete_chain,
///   .name_mismatch,
///            .revoked, .weak, .purpose, .chain_too_long, .invalid; tls.version, tls.not_tls, tls.timeout, tls.alert,
///            tls.client_certificate, tls.handshake
///   http     http.deadline, .empty_response, .truncated, .malformed_status_line, .malformed_header,
///   .headers_too_large,
///            .too_many_headers, .too_many_interim, .switching_protocols, .content_length, .ambiguous_length,
///            .transfer_coding, .chunk, .body_too_large, .content_coding, .compression_ratio, .request,
///            http.redirect.circle, .too_many, .bad_location, .cross_origin, .downgrade; user: cassette.no_response
/// Through a proxy, what may be the proxy's doing (a connection that breaks, a certificate that is not trusted) is the
/// environment's.
/// A retry after Retry-After is a hop of its own with the same URL.

/// The one connector for everything that leaves the process. Thread-safe; orders run side by side within the limits of
/// politeness. Live, recording and replaying transports are told apart by nobody but the one who makes them.
class Transport {
 public:
  virtual ~Transport() = default;
  /// Never throws for what the world does: a failure is the `problem` of the fetch.
  virtual std::future<Fetch> start(FetchOrder order) = 0;
  /// Of a cassette: the seed of the review that was recorded, with which the same is sent again.
  virtual std::optional<std::uint64_t> recorded_seed() const { return {}; }
  virtual Fetch fetch(FetchOrder order) { return start(std::move(order)).get(); }

  /// The newest TLS version up to TLSv1.1 that `url`'s host still accepts ("TLSv1.1"), empty when it refuses all, with
  /// a handshake of its own. Asked of https URLs only.
  virtual std::future<std::string> start_old_tls_probe(const std::string& url) = 0;

  /// Where the mail of a domain goes; the name service is asked and nobody else. The problem: it gave no answer.
  virtual std::future<Result<MailRoute>> start_mail_lookup(const std::string& domain) = 0;
};

}  // namespace plugvet
