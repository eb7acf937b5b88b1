#pragma once
#include <optional>
#include <set>
#include <string_view>

#include "harness/transport/address.h"

namespace plugvet {

/// The sockets that a transport has open. It exists because curl hands a kept connection to the next request even when
/// bytes wait on it that nobody asked for, and those must never be taken for the answer.
class SocketBook {
 public:
  void add(int fd) { open_.insert(fd); }
  void remove(int fd) { open_.erase(fd); }

  /// Whether something (bytes or the end) waits on the connection with this local address; true also when it is
  /// unknown.
  bool has_waiting_bytes(std::string_view local_address, std::uint16_t local_port) const;
  /// Tells the other side of the connection with this local address at once what has come. A server that writes its
  /// answer in two pieces waits for that before the second one, and the system would wait 40 ms.
  void acknowledge(std::string_view local_address, std::uint16_t local_port) const;

 private:
  std::optional<int> with_address(std::string_view local_address, std::uint16_t local_port) const;
  std::set<int> open_;
};

}  // namespace plugvet
