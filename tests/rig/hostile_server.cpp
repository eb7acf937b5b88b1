#include "tests/rig/hostile_server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace plugvet::rig {
namespace {

using Clock = std::chrono::steady_clock;

void demand(bool done, const char* what) {
  if (!done) throw std::runtime_error(std::string{"the hostile server cannot "} + what);
}

sockaddr_in loopback(const std::string& address, std::uint16_t port) {
  sockaddr_in name{};
  name.sin_family = AF_INET;
  name.sin_port = htons(port);
  demand(inet_pton(AF_INET, address.c_str(), &name.sin_addr) == 1, "read its address");
  return name;
}

// `port` 0 becomes the one that was free.
int listening(const std::string& address, int backlog, std::uint16_t& port) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int on = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in name = loopback(address, port);
  demand(bind(fd, reinterpret_cast<sockaddr*>(&name), sizeof name) == 0, "bind");
  demand(listen(fd, backlog) == 0, "listen");
  socklen_t size = sizeof name;
  getsockname(fd, reinterpret_cast<sockaddr*>(&name), &size);
  port = ntohs(name.sin_port);
  return fd;
}

int staple(SSL* connection, void* minted) {
  const std::string& answer = static_cast<const MintedCertificate*>(minted)->staple;
  SSL_set_tlsext_status_ocsp_resp(connection, OPENSSL_memdup(answer.data(), answer.size()),
                                  static_cast<long>(answer.size()));
  return SSL_TLSEXT_ERR_OK;
}

// `options` outlives the context.
SSL_CTX* tls_context(HostileOptions& options) {
  SSL_CTX* context = SSL_CTX_new(TLS_server_method());
  const bool old = options.tls_maximum != 0 && options.tls_maximum < TLS1_2_VERSION;
  SSL_CTX_set_security_level(context, 0);  // weak certificates must be servable
  SSL_CTX_set_min_proto_version(context, options.tls_minimum ? options.tls_minimum : (old ? TLS1_VERSION : 0));
  SSL_CTX_set_max_proto_version(context, options.tls_maximum);
  if (!options.ciphers.empty()) SSL_CTX_set_cipher_list(context, options.ciphers.c_str());
  if (old) SSL_CTX_set_cipher_list(context, "ALL:@SECLEVEL=0");
  if (options.client_certificate)
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);

  MintedCertificate& minted = *options.certificate;
  if (!minted.staple.empty()) {
    SSL_CTX_set_tlsext_status_cb(context, staple);
    SSL_CTX_set_tlsext_status_arg(context, &minted);
  }
  BIO* bio = BIO_new_mem_buf(minted.certificate_pem.data(), static_cast<int>(minted.certificate_pem.size()));
  for (bool first = true; X509* one = PEM_read_bio_X509(bio, nullptr, nullptr, nullptr); first = false) {
    if (first) {
      demand(SSL_CTX_use_certificate(context, one) == 1, "use its certificate");
      X509_free(one);
    } else {
      SSL_CTX_add_extra_chain_cert(context, one);  // takes it
    }
  }
  BIO_free(bio);
  bio = BIO_new_mem_buf(minted.key_pem.data(), static_cast<int>(minted.key_pem.size()));
  EVP_PKEY* key = PEM_read_bio_PrivateKey(bio, nullptr, nullptr, nullptr);
  BIO_free(bio);
  demand(SSL_CTX_use_PrivateKey(context, key) == 1, "use its key");
  EVP_PKEY_free(key);
  ERR_clear_error();
  return context;
}

}  // namespace

struct HostileServer::Running {
  Script script;
  HostileOptions options;
  SSL_CTX* tls = nullptr;
  int listener = -1;
  int stop = -1;  // an eventfd that stays readable once the server ends
  std::uint16_t port = 0;
  std::thread acceptor;
  std::vector<std::thread> workers;
  std::atomic<unsigned> connections{0}, open{0}, most{0};
  mutable std::mutex mutex;
  std::vector<std::string> requests;

  void accept_all();
  void serve(int fd);
};

struct Peer::State {
  HostileServer::Running& server;
  int fd = -1;
  SSL* ssl = nullptr;
  std::string buffer;

  // False when the server ends or the time is over.
  bool wait(short events, Clock::time_point until = Clock::time_point::max()) const {
    pollfd both[2] = {{fd, events, 0}, {server.stop, POLLIN, 0}};
    for (;;) {
      int timeout = -1;
      if (until != Clock::time_point::max()) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
        if (left <= 0) return false;
        timeout = static_cast<int>(left);
      }
      const int ready = poll(both, 2, timeout);
      if (both[1].revents) return false;
      if (ready > 0) return true;
      if (ready == 0) return false;
    }
  }

  // The event that an unfinished TLS call waits for; 0 when it failed.
  short wanted(int result) const {
    const int error = SSL_get_error(ssl, result);
    ERR_clear_error();
    if (error == SSL_ERROR_WANT_READ) return POLLIN;
    return error == SSL_ERROR_WANT_WRITE ? POLLOUT : short{0};
  }

  bool handshake() {
    for (;;) {
      const int result = SSL_accept(ssl);
      if (result == 1) return true;
      const short event = wanted(result);
      if (event == 0 || !wait(event)) return false;
    }
  }

  // Bytes read; 0 at the end.
  std::size_t read(char* into, std::size_t size) {
    for (;;) {
      if (ssl) {
        const int count = SSL_read(ssl, into, static_cast<int>(size));
        if (count > 0) return static_cast<std::size_t>(count);
        const short event = wanted(count);
        if (event == 0 || !wait(event)) return 0;
        continue;
      }
      const ssize_t count = recv(fd, into, size, 0);
      if (count > 0) return static_cast<std::size_t>(count);
      if (count == 0 || (errno != EAGAIN && errno != EINTR) || !wait(POLLIN)) return 0;
    }
  }

  bool write(std::string_view bytes) {
    while (!bytes.empty()) {
      ssize_t count = 0;
      short event = POLLOUT;
      if (ssl) {
        count = SSL_write(ssl, bytes.data(), static_cast<int>(std::min<std::size_t>(bytes.size(), 1u << 20)));
        if (count <= 0) event = wanted(static_cast<int>(count));
      } else {
        count = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count < 0 && errno != EAGAIN && errno != EINTR) event = 0;
      }
      if (count > 0) {
        bytes.remove_prefix(static_cast<std::size_t>(count));
      } else if (event == 0 || !wait(event)) {
        return false;
      }
    }
    return true;
  }

  void end() {
    if (fd < 0) return;
    ::close(fd);
    fd = -1;
  }
};

std::string Peer::read_request() {
  auto& buffer = state_.buffer;
  char bytes[4096];
  std::size_t head = std::string::npos;
  while ((head = buffer.find("\r\n\r\n")) == std::string::npos) {
    const std::size_t count = state_.fd < 0 ? 0 : state_.read(bytes, sizeof bytes);
    if (count == 0) return {};
    buffer.append(bytes, count);
  }
  std::string lower = buffer.substr(0, head + 2);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  std::size_t size = head + 4;
  if (const auto at = lower.find("\r\ncontent-length:"); at != std::string::npos)
    size += std::stoul(lower.substr(at + 17));
  while (buffer.size() < size) {
    const std::size_t count = state_.read(bytes, sizeof bytes);
    if (count == 0) return {};
    buffer.append(bytes, count);
  }
  std::string request = buffer.substr(0, size);
  buffer.erase(0, size);
  const std::scoped_lock lock{state_.server.mutex};
  state_.server.requests.push_back(request);
  return request;
}

bool Peer::send(std::string_view bytes) {
  return state_.fd >= 0 && state_.write(bytes);
}

bool Peer::drip(std::string_view bytes, std::chrono::milliseconds interval, std::size_t size) {
  while (!bytes.empty()) {
    if (!send(bytes.substr(0, size))) return false;
    bytes.remove_prefix(std::min(size, bytes.size()));
    pause(interval);
  }
  return true;
}

void Peer::stall() {
  char bytes[4096];
  while (state_.fd >= 0 && state_.read(bytes, sizeof bytes) > 0) {
  }
}

void Peer::pause(std::chrono::milliseconds duration) {
  const auto until = Clock::now() + duration;
  // Only the end of the server cuts a pause short: events none.
  pollfd stop{state_.server.stop, POLLIN, 0};
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
  if (left > 0) poll(&stop, 1, static_cast<int>(left));
}

void Peer::reset() {
  const linger at_once{1, 0};
  setsockopt(state_.fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  state_.end();
}

void Peer::close() {
  state_.end();
}

void HostileServer::Running::accept_all() {
  pollfd both[2] = {{listener, POLLIN, 0}, {stop, POLLIN, 0}};
  while (poll(both, 2, -1) >= 0 && !both[1].revents) {
    const int fd = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (fd < 0) continue;
    const int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ++connections;
    const unsigned now_open = ++open;
    if (now_open > most) most = now_open;
    workers.emplace_back([this, fd] { serve(fd); });
  }
}

void HostileServer::Running::serve(int fd) {
  sigset_t pipe;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe, nullptr);  // SSL_write to a peer that left

  Peer::State state{*this, fd, nullptr, {}};
  if (tls) {
    state.ssl = SSL_new(tls);
    SSL_set_fd(state.ssl, fd);
  }
  if (!state.ssl || state.handshake()) {
    Peer peer{state};
    script(peer);
    if (state.ssl && state.fd >= 0) SSL_shutdown(state.ssl);
  }
  ERR_clear_error();
  if (state.ssl) SSL_free(state.ssl);
  state.end();
  --open;
}

HostileServer::HostileServer(Script script, HostileOptions options) : running_{std::make_unique<Running>()} {
  running_->script = std::move(script);
  running_->options = std::move(options);
  if (running_->options.certificate) running_->tls = tls_context(running_->options);
  running_->stop = eventfd(0, EFD_CLOEXEC);
  running_->port = running_->options.port;
  running_->listener = listening(running_->options.address, 128, running_->port);
  running_->acceptor = std::thread{[running = running_.get()] { running->accept_all(); }};
}

HostileServer::~HostileServer() {
  const std::uint64_t one = 1;
  if (::write(running_->stop, &one, sizeof one) < 0) std::terminate();
  running_->acceptor.join();
  for (std::thread& worker : running_->workers) worker.join();
  ::close(running_->listener);
  ::close(running_->stop);
  SSL_CTX_free(running_->tls);
}

std::uint16_t HostileServer::port() const {
  return running_->port;
}

std::string HostileServer::origin(std::string_view host) const {
  const std::string name{host.empty() ? std::string_view{running_->options.address} : host};
  return (running_->tls ? "https://" : "http://") + name + ":" + std::to_string(running_->port);
}

unsigned HostileServer::connections() const {
  return running_->connections;
}
unsigned HostileServer::most_at_once() const {
  return running_->most;
}

std::vector<std::string> HostileServer::requests() const {
  const std::scoped_lock lock{running_->mutex};
  return running_->requests;
}

Script answering(std::string response) {
  return [response = std::move(response)](Peer& peer) {
    while (!peer.read_request().empty() && peer.send(response)) {
    }
  };
}

Script sending(std::string bytes) {
  return [bytes = std::move(bytes)](Peer& peer) {
    peer.read_request();
    peer.send(bytes);
  };
}

std::string ok(std::string_view body, std::string_view more_headers) {
  return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + std::string{more_headers} +
         "\r\n" + std::string{body};
}

std::uint16_t closed_port() {
  std::uint16_t port = 0;
  ::close(listening("127.0.0.1", 1, port));
  return port;
}

BlackHole::BlackHole() {
  sockets_.push_back(listening("127.0.0.1", 1, port_));
  const sockaddr_in name = loopback("127.0.0.1", port_);
  for (int i = 0; i < 8; ++i) {
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    connect(fd, reinterpret_cast<const sockaddr*>(&name), sizeof name);
    sockets_.push_back(fd);
  }
}

BlackHole::~BlackHole() {
  for (const int fd : sockets_) ::close(fd);
}

}  // namespace plugvet::rig
