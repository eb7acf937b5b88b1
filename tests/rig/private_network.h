#pragma once
#include <memory>
#include <string>
#include <vector>

#include "tests/rig/canary.h"

namespace plugvet::rig {

/// An internet of this process alone (Linux namespaces): this process is all servers of it, by whatever addresses it
/// takes,
/// and programs that are started behind the wire are its only visitors. Nothing leaves the machine, and nothing is left
/// when the process has ended. One for each process.
class PrivateInternet {
 public:
  /// Null where the machine allows no such thing, with the reason.
  static std::unique_ptr<PrivateInternet> open(std::string& why_not);
  ~PrivateInternet();
  PrivateInternet(const PrivateInternet&) = delete;
  PrivateInternet& operator=(const PrivateInternet&) = delete;

  /// Gives this process the addresses ("93.184.216.34", "fd00:ec2::254"), but for those that the kernel refuses.
  void own(const std::vector<std::string>& addresses);
  /// From now on names are looked up at `address`, port 53, and nowhere else. The reason why not.
  std::string look_up_names_at(const std::string& address);
  /// What stands before a program so that it runs behind the wire.
  std::vector<std::string> visitor() const;
  /// A canary on the visitor's own machine: its loopback.
  std::unique_ptr<Canary> canary_of_visitor(const std::string& address, std::uint16_t port);

 private:
  explicit PrivateInternet(int visitor) : visitor_{visitor} {}
  int visitor_;  ///< a process behind the wire that only waits
};

/// Mounts a file system of `size` ("64k") in the folder, for this process alone. The reason why not.
std::string mount_small_disk(const std::string& folder, const std::string& size);
/// From now on nothing can be written in the mounted folder. The reason why not.
std::string make_read_only(const std::string& folder);

}  // namespace plugvet::rig
