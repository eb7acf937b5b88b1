#include "harness/transport/socket_book.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>

namespace plugvet {
namespace {

bool is_bound_to(int fd, const Address& local) {
  sockaddr_storage name{};
  socklen_t size = sizeof name;
  if (getsockname(fd, reinterpret_cast<sockaddr*>(&name), &size) != 0) return false;
  const auto address = Address::of(reinterpret_cast<const sockaddr&>(name));
  return address && address->port() == local.port() && address->is_same_host(local);
}

}  // namespace

std::optional<int> SocketBook::with_address(std::string_view local_address, std::uint16_t local_port) const {
  const auto local = Address::parse(local_address, local_port);
  if (!local) return {};
  for (const int fd : open_)
    if (is_bound_to(fd, *local)) return fd;
  return {};
}

bool SocketBook::has_waiting_bytes(std::string_view local_address, std::uint16_t local_port) const {
  const auto fd = with_address(local_address, local_port);
  if (!fd) return true;
  pollfd one{*fd, POLLIN, 0};
  return poll(&one, 1, 0) != 0;
}

void SocketBook::acknowledge(std::string_view local_address, std::uint16_t local_port) const {
  const int yes = 1;
  if (const auto fd = with_address(local_address, local_port))
    setsockopt(*fd, IPPROTO_TCP, TCP_QUICKACK, &yes, sizeof yes);
}

}  // namespace plugvet
