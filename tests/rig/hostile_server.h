#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/rig/certificates.h"

namespace plugvet::rig {

/// One accepted connection, as a script sees it. Every call returns at once with false (or empty) when the peer is gone
/// or the server is being destroyed, so that no script can hang a test.
class Peer {
 public:
  /// Reads one request: head and, by Content-Length, body. Empty at the end of the connection.
  std::string read_request();
  bool send(std::string_view bytes);
  /// `size` bytes at a time, with pauses.
  bool drip(std::string_view bytes, std::chrono::milliseconds interval, std::size_t size = 1);
  /// Nothing happens until the peer closes.
  void stall();
  void pause(std::chrono::milliseconds duration);
  /// Ends the connection with RST; everything not yet sent is lost.
  void reset();
  /// Ends the connection with FIN and, over TLS, without close_notify.
  void close();

  struct State;
  explicit Peer(State& state) : state_{state} {}

 private:
  State& state_;
};

/// Runs once per connection.
using Script = std::function<void(Peer&)>;

struct HostileOptions {
  std::optional<MintedCertificate> certificate;  ///< given: TLS
  int tls_minimum = 0, tls_maximum = 0;          ///< TLS1_VERSION …; below 1.2 the security level is 0
  std::string ciphers;                           ///< OpenSSL's list for TLS 1.2 and older
  bool client_certificate = false;               ///< demanded
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  ///< 0: any free one
};

/// A raw-socket server on loopback that does whatever its script says, until destroyed.
class HostileServer {
 public:
  explicit HostileServer(Script script, HostileOptions options = {});
  ~HostileServer();
  HostileServer(const HostileServer&) = delete;
  HostileServer& operator=(const HostileServer&) = delete;

  std::uint16_t port() const;
  /// "https://127.0.0.1:40123", or with another host name that leads here.
  std::string origin(std::string_view host = {}) const;
  /// TCP connections accepted so far.
  unsigned connections() const;
  /// The most that were open at one time.
  unsigned most_at_once() const;
  /// All requests read by scripts, in order.
  std::vector<std::string> requests() const;

  struct Running;

 private:
  std::unique_ptr<Running> running_;
};

/// Answers every request of every connection with the same bytes; the connection stays open.
Script answering(std::string response);
/// Reads one request, sends the bytes and closes.
Script sending(std::string bytes);
/// "HTTP/1.1 200 OK" with Content-Length.
std::string ok(std::string_view body, std::string_view more_headers = {});

/// A port of 127.0.0.1 on which nobody listens.
std::uint16_t closed_port();

/// Listens but never accepts, and its queue is full: connecting to it hangs as behind a silent firewall.
class BlackHole {
 public:
  BlackHole();
  ~BlackHole();
  BlackHole(const BlackHole&) = delete;
  BlackHole& operator=(const BlackHole&) = delete;
  std::uint16_t port() const { return port_; }

 private:
  std::vector<int> sockets_;
  std::uint16_t port_ = 0;
};

}  // namespace plugvet::rig
