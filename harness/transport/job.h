#pragma once
#include <curl/curl.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>

#include "harness/transport/address_policy.h"
#include "harness/transport/hop.h"
#include "harness/transport/live.h"
#include "harness/transport/politeness.h"
#include "harness/transport/resolver.h"
#include "harness/transport/transport.h"
#include "harness/transport/trust_store.h"

namespace plugvet {

/// What jobs need of the event loop that carries them out.
struct Services {
  const LiveOptions& options;
  const AddressPolicy& policy;
  const TrustStore& trust;
  Politeness& politeness;
  SocketBook& sockets;
  CURLM* multi;
  /// The answer comes to `take_lookup` of the job with this id.
  std::function<void(std::uint64_t id, const std::string& host, std::uint16_t port)> look_up;
};

/// One order on its way: it waits for its turn, looks the name up, sends, and begins again where a redirect leads.
/// All calls come from the event loop.
class Job {
 public:
  using Clock = std::chrono::steady_clock;

  Job(std::uint64_t id, FetchOrder order, std::promise<Fetch> promise);
  /// The probe for old TLS versions: the same way, but it ends with the handshake.
  Job(std::uint64_t id, const std::string& url, std::promise<std::string> promise);

  std::uint64_t id() const { return id_; }
  bool is_done() const { return state_ == State::done; }
  bool is_served_by(CURL* handle) const { return hop_ && hop_->handle() == handle; }

  /// Does what is due and says when it wants to be called again; max() when only an event helps.
  Clock::time_point step(Services& services, Clock::time_point now);
  void take_lookup(Services& services, Lookup lookup);
  void take_result(Services& services, CURLcode code);
  /// The transport ends: what is under way becomes a problem.
  void stop(Services& services);

 private:
  enum class State : unsigned char { unchecked, waiting, looking_up, transferring, done };

  void check(Services& services);
  Clock::time_point wait(Services& services, Clock::time_point now);
  void begin(Services& services, Clock::time_point now);
  void send(Services& services, const std::vector<Address>& addresses);
  void start_hop(Services& services, bool fresh_connection);
  void end_hop(Services& services, Exchange exchange);
  void end_hop(Services& services, Problem problem);
  bool rests(Services& services, const Response& response);
  void go_on(Services& services);
  void finish(std::optional<Problem> problem);
  bool is_throttled(const Services& services) const;
  std::string who_is_asked(const Services& services) const;

  const std::uint64_t id_;
  FetchOrder order_;
  std::promise<Fetch> fetch_promise_;
  std::promise<std::string> version_promise_;
  const bool old_tls_ = false;

  State state_ = State::unchecked;
  Fetch fetch_;
  Request request_;  // of the hop that is next or under way
  std::optional<Url> url_;
  const Proxy* proxy_ = nullptr;    // of the hop; the options have it
  std::vector<Address> addresses_;  // that may be connected
  std::chrono::milliseconds name_took_{};
  std::unique_ptr<Hop> hop_;
  std::string agreed_version_;
  bool has_turn_ = false, has_retried_ = false;

  Clock::time_point began_{}, deadline_{};  // of the whole fetch
  Clock::time_point waits_since_{};         // for its turn
  Clock::duration waited_{};                // between hops: not the server's time
  Clock::time_point hop_began_{};
  std::chrono::system_clock::time_point hop_started_at_;
};

}  // namespace plugvet
