#include "harness/transport/socket_book.h"

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

bool SocketBook::has_waiting_bytes(std::string_view local_address, std::uint16_t local_port) const {
  const auto local = Address::parse(local_address, local_port);
  if (!local) return true;
  for (const int fd : open_) {
    if (!is_bound_to(fd, *local)) continue;
    pollfd one{fd, POLLIN, 0};
    return poll(&one, 1, 0) != 0;
  }
  return true;
}

}  // namespace plugvet
