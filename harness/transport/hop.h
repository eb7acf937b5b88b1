#pragma once
#include <curl/curl.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "harness/model/exchange.h"
#include "harness/support/url.h"
#include "harness/transport/address.h"
#include "harness/transport/address_policy.h"
#include "harness/transport/proxy.h"
#include "harness/transport/response_reader.h"
#include "harness/transport/socket_book.h"
#include "harness/transport/tls_record.h"
#include "harness/transport/transport.h"
#include "harness/transport/trust_store.h"

namespace plugvet {

/// All that is decided before a request is sent.
struct HopPlan {
  using Clock = std::chrono::steady_clock;

  Url url;
  Request request;
  FetchLimits limits;
  std::string user_agent;
  const Proxy* proxy = nullptr;    ///< null: connect directly
  std::vector<Address> addresses;  ///< already judged by the policy; through a proxy only those of --resolve
  Clock::time_point began;         ///< before the look-up
  std::chrono::milliseconds name_took{};
  std::chrono::system_clock::time_point started_at;
  Clock::time_point deadline;     ///< of the whole fetch
  bool fresh_connection = false;  ///< use none that was kept
  bool may_repeat = false;        ///< as FetchOrder::may_repeat
  bool old_tls = false;           ///< no request: only try a handshake with TLS 1.1 at most
};

/// One request over one connection, driven by the event loop through its curl handle.
class Hop {
 public:
  using Clock = HopPlan::Clock;

  Hop(HopPlan plan, const AddressPolicy& policy, const TrustStore& trust, SocketBook& sockets);
  ~Hop();
  Hop(const Hop&) = delete;
  Hop& operator=(const Hop&) = delete;

  CURL* handle() const { return handle_; }
  /// When the phase that it is in must be over: connect, TLS, or the whole fetch.
  Clock::time_point limit() const;
  /// The limit has passed: what is to be said about it.
  void time_out();
  /// After curl is done with it, or it timed out. The exchange has either a response or a problem.
  Exchange finish(CURLcode code);
  /// Nothing was sent, since unasked bytes waited on the kept connection: try again with another connection.
  bool needs_fresh_connection() const { return needs_fresh_connection_; }
  /// The newest version that the server agreed to; for `old_tls`.
  std::string agreed_version() const { return tls_ ? tls_->facts.version : std::string{}; }

 private:
  void set_target();
  void set_proxy();
  void set_request();
  void set_headers();
  void set_tls();
  void set_callbacks();

  curl_socket_t open_socket(const curl_sockaddr& address);
  CURLcode start_tls(void* context);
  int connected(const char* peer, int port, const char* local, int local_port);
  bool is_clean(const char* local, int local_port) const;
  bool take_line(std::string_view line);
  bool take_body(std::string_view piece);
  std::size_t wire_bytes() const;

  Timing timing() const;
  Problem problem_of(CURLcode code) const;
  Problem connect_problem(CURLcode code) const;
  Problem proxy_problem(CURLcode code) const;
  Problem refusal_of_proxy(long status) const;
  bool is_answer_of_proxy() const;
  Problem not_blamed_for_proxy(Problem problem) const;
  Problem http_problem(CURLcode code) const;
  Problem problem(Rung rung, std::string id, std::string what, Blame blame = Blame::submission) const;
  std::string peer_text() const;

  HopPlan plan_;
  const AddressPolicy& policy_;
  const TrustStore& trust_;
  SocketBook& sockets_;
  CURL* handle_ = nullptr;
  curl_slist* headers_ = nullptr;
  curl_slist* target_ = nullptr;
  char error_[CURL_ERROR_SIZE] = {};

  Clock::time_point sent_to_curl_;
  std::optional<Clock::time_point> tls_began_;
  std::string address_;  // "93.184.216.34:443" once connected
  std::vector<std::string> tried_;  // addresses, in order
  std::string local_address_;
  std::uint16_t local_port_ = 0;
  bool is_connected_ = false, needs_fresh_connection_ = false, has_tls_with_proxy_ = false;
  int socket_error_ = 0;
  std::shared_ptr<TlsRecord> tls_;
  ResponseReader reader_;
  std::optional<Problem> refused_;  // an address; others may have been let through
  std::optional<Problem> problem_;
};

}  // namespace plugvet
