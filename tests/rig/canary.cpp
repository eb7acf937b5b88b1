#include "tests/rig/canary.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace plugvet::rig {

Canary::Canary(const std::string& address, std::uint16_t port) : address_{address} {
  addrinfo hints{}, *found = nullptr;
  hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
  hints.ai_socktype = SOCK_STREAM;
  if (::getaddrinfo(address.c_str(), std::to_string(port).c_str(), &hints, &found) != 0)
    throw std::runtime_error{"no address: " + address};
  socket_ = ::socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  const int on = 1;
  ::setsockopt(socket_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (found->ai_family == AF_INET6) ::setsockopt(socket_, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
  const bool listens = ::bind(socket_, found->ai_addr, found->ai_addrlen) == 0 && ::listen(socket_, 128) == 0;
  const int error = errno;
  ::freeaddrinfo(found);
  if (!listens) {
    ::close(socket_);
    throw std::runtime_error{"the canary cannot listen on " + address + ": " + std::strerror(error)};
  }
  sockaddr_storage name{};
  socklen_t size = sizeof name;
  ::getsockname(socket_, reinterpret_cast<sockaddr*>(&name), &size);
  port_ = ntohs(name.ss_family == AF_INET ? reinterpret_cast<sockaddr_in&>(name).sin_port
                                          : reinterpret_cast<sockaddr_in6&>(name).sin6_port);
}

Canary::~Canary() {
  ::close(socket_);
}

unsigned Canary::visits() {
  for (int visitor = 0; (visitor = ::accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC)) >= 0; ++visits_)
    ::close(visitor);
  return visits_;
}

}  // namespace plugvet::rig
