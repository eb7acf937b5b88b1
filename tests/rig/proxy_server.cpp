#include "tests/rig/proxy_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "harness/support/text.h"

namespace plugvet::rig {
namespace {

constexpr int pause_ms = 20;  // after which a thread looks whether it is to end

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}

class Socket {
 public:
  explicit Socket(int fd) : fd_{fd} {}
  ~Socket() {
    if (fd_ >= 0) ::close(fd_);
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  int fd() const { return fd_; }

 private:
  int fd_;
};

bool send_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

std::string_view part(std::string_view line, std::size_t number) {
  for (; number > 0; --number) line.remove_prefix(std::min(line.find(' ') + 1, line.size()));
  return line.substr(0, line.find(' '));
}

}  // namespace

struct ProxyServer::Running {
  explicit Running(ProxyOptions given)
      : options{std::move(given)}, listener{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    if (::bind(listener.fd(), reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listener.fd(), 64) != 0 ||
        ::getsockname(listener.fd(), reinterpret_cast<sockaddr*>(&address), &size) != 0)
      throw std::runtime_error{"no port for a proxy"};
    port = ntohs(address.sin_port);
    acceptor = std::thread{[this] { accept_all(); }};
  }

  ~Running() {
    stops = true;
    acceptor.join();
    for (std::thread& one : connections) one.join();
  }

  bool is_readable(int fd) const {
    pollfd one{fd, POLLIN, 0};
    while (!stops)
      if (::poll(&one, 1, pause_ms) > 0) return true;
    return false;
  }

  void accept_all() {
    while (is_readable(listener.fd())) {
      const int fd = ::accept4(listener.fd(), nullptr, nullptr, SOCK_CLOEXEC);
      if (fd >= 0) connections.emplace_back([this, fd] { serve(fd); });
    }
  }

  std::string read_head(int fd) const {
    std::string head;
    char byte = 0;
    while (!head.ends_with("\r\n\r\n")) {
      if (!is_readable(fd) || ::recv(fd, &byte, 1, 0) != 1) return {};
      head += byte;
    }
    return head;
  }

  void serve(int fd) {
    const Socket client{fd};
    const std::string head = read_head(fd);
    if (head.empty()) return;
    const std::string line = head.substr(0, head.find("\r\n"));
    {
      const std::scoped_lock lock{mutex};
      requests.push_back(line);
    }
    if (!options.credentials.empty() &&
        head.find("Proxy-Authorization: Basic " + base64(options.credentials) + "\r\n") == std::string::npos)
      return refuse(fd, 407, "Proxy-Authenticate: Basic realm=\"rig\"\r\n");
    if (options.refuses_with != 0) return refuse(fd, options.refuses_with, options.refusal_headers);
    const Socket server{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    const sockaddr_in target = loopback(options.target_port);
    if (::connect(server.fd(), reinterpret_cast<const sockaddr*>(&target), sizeof target) != 0)
      return refuse(fd, 502, options.refusal_headers);
    const bool begun = part(line, 0) == "CONNECT" ? send_all(fd, "HTTP/1.1 200 Connection established\r\n\r\n")
                                                  : send_all(server.fd(), passed_on(head, line));
    if (begun) relay(fd, server.fd());
  }

  static void refuse(int fd, int status, const std::string& headers) {
    send_all(fd, "HTTP/1.1 " + std::to_string(status) + " Refused\r\n" + headers +
                     "Content-Length: 0\r\nConnection: close\r\n\r\n");
  }

  /// The server sees its own path, and ends the connection after its answer.
  static std::string passed_on(const std::string& head, const std::string& line) {
    const std::string_view url = part(line, 1);
    const std::size_t path = url.find('/', url.find("://") + 3);
    return std::string{part(line, 0)} + " " + (path == std::string_view::npos ? "/" : std::string{url.substr(path)}) +
           " HTTP/1.1\r\nConnection: close\r\n" + head.substr(line.size() + 2);
  }

  void relay(int a, int b) const {
    pollfd ends[] = {{a, POLLIN, 0}, {b, POLLIN, 0}};
    char bytes[16384];
    while (!stops) {
      if (::poll(ends, 2, pause_ms) <= 0) continue;
      for (const int i : {0, 1}) {
        if (!ends[i].revents) continue;
        const ssize_t got = ::recv(ends[i].fd, bytes, sizeof bytes, 0);
        if (got <= 0 || !send_all(ends[1 - i].fd, {bytes, static_cast<std::size_t>(got)})) return;
      }
    }
  }

  const ProxyOptions options;
  const Socket listener;
  std::uint16_t port = 0;
  std::atomic<bool> stops{false};
  mutable std::mutex mutex;
  std::vector<std::string> requests;
  std::vector<std::thread> connections;  // of the acceptor, until it has ended
  std::thread acceptor;
};

ProxyServer::ProxyServer(ProxyOptions options) : running_{std::make_unique<Running>(std::move(options))} {}
ProxyServer::~ProxyServer() = default;

std::uint16_t ProxyServer::port() const {
  return running_->port;
}

std::string ProxyServer::url(std::string_view credentials) const {
  return "http://" + std::string{credentials} + (credentials.empty() ? "" : "@") +
         "127.0.0.1:" + std::to_string(port());
}

std::vector<std::string> ProxyServer::requests() const {
  const std::scoped_lock lock{running_->mutex};
  return running_->requests;
}

}  // namespace plugvet::rig
