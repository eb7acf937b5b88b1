#include "tests/rig/private_network.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace plugvet::rig {
namespace {

std::string reason(const std::string& what) {
  return what + ": " + std::strerror(errno);
}

bool write_line(const std::string& path, const std::string& line) {
  std::ofstream file{path};
  file << line << std::flush;
  return file.good();
}

bool shell(const std::string& command) {
  return std::system(("exec >/dev/null 2>&1\n" + command).c_str()) == 0;
}

/// Own mounts (and, with `more`, more) for this process, as a user who may do everything in them. The reason why not.
std::string leave(int more) {
  const auto user = ::getuid(), group = ::getgid();
  if (::unshare(CLONE_NEWUSER | CLONE_NEWNS | more) != 0) return reason("no namespaces can be made here");
  write_line("/proc/self/setgroups", "deny");
  if (!write_line("/proc/self/uid_map", "0 " + std::to_string(user) + " 1") ||
      !write_line("/proc/self/gid_map", "0 " + std::to_string(group) + " 1"))
    return reason("no user namespace can be set up here");
  if (::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return reason("no mounts can be made here");
  return {};
}

/// A process in a network of its own that waits until it is killed.
pid_t start_visitor() {
  int ready[2];
  if (::pipe2(ready, O_CLOEXEC) != 0) return -1;
  const pid_t child = ::fork();
  if (child == 0) {
    const bool alone = ::unshare(CLONE_NEWNET) == 0 && ::write(ready[1], "x", 1) == 1;
    if (alone) ::pause();
    ::_exit(0);
  }
  ::close(ready[1]);
  char one = 0;
  const bool alone = child > 0 && ::read(ready[0], &one, 1) == 1;
  ::close(ready[0]);
  return alone ? child : -1;
}

std::string lay_wire(pid_t visitor) {
  const std::string pid = std::to_string(visitor);
  const bool done =
      shell("ip link set lo up && ip link add wire type veth peer name wire netns " + pid +
            " && ip link set wire up && ip route add 8.8.4.4/32 dev wire && ip -6 route add 2606:4700::2/128 dev "
            "wire") &&
      shell("nsenter -t " + pid +
            " -n sh -c 'ip link set lo up && ip link set wire up && ip addr add 8.8.4.4/32 dev wire && ip route add "
            "default "
            "dev wire && ip addr add 2606:4700::2/128 dev wire nodad && ip -6 route add default dev wire'");
  return done ? "" : "no two networks can be wired together here";
}

}  // namespace

std::unique_ptr<PrivateInternet> PrivateInternet::open(std::string& why_not) {
  why_not = leave(CLONE_NEWNET);
  if (!why_not.empty()) return nullptr;
  const pid_t visitor = start_visitor();
  why_not = visitor > 0 ? lay_wire(visitor) : "no second network can be made here";
  if (!why_not.empty()) return nullptr;
  return std::unique_ptr<PrivateInternet>{new PrivateInternet{visitor}};
}

PrivateInternet::~PrivateInternet() {
  ::kill(visitor_, SIGKILL);
  ::waitpid(visitor_, nullptr, 0);
}

void PrivateInternet::own(const std::vector<std::string>& addresses) {
  std::string commands;
  for (const std::string& address : addresses) {
    const bool is_ipv6 = address.find(':') != std::string::npos;
    commands += "addr add " + address + (is_ipv6 ? "/128 dev lo nodad\n" : "/32 dev lo\n");
  }
  shell("ip -force -batch - <<'end'\n" + commands + "end\n");
}

std::string PrivateInternet::look_up_names_at(const std::string& address) {
  std::string folder = (std::filesystem::temp_directory_path() / "plugvet-names.XXXXXX").native();
  if (!::mkdtemp(folder.data())) return reason("no temporary folder");
  write_line(folder + "/resolv.conf", "nameserver " + address + "\nsearch plugvet.dev\noptions timeout:1 attempts:2\n");
  write_line(folder + "/nsswitch.conf", "hosts: files dns\n");
  std::string why;
  for (const char* name : {"resolv.conf", "nsswitch.conf"}) {
    const std::string ours = folder + "/" + name, theirs = std::string{"/etc/"} + name;
    if (!std::filesystem::exists(theirs)) continue;  // the usual order holds
    if (::mount(ours.c_str(), theirs.c_str(), nullptr, MS_BIND, nullptr) != 0) why = reason(theirs);
  }
  std::filesystem::remove_all(folder);  // the mounts hold what they need
  return why;
}

std::vector<std::string> PrivateInternet::visitor() const {
  return {"nsenter", "-t", std::to_string(visitor_), "-n", "--"};
}

std::unique_ptr<Canary> PrivateInternet::canary_of_visitor(const std::string& address, std::uint16_t port) {
  const int here = ::open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
  const int there = ::open(("/proc/" + std::to_string(visitor_) + "/ns/net").c_str(), O_RDONLY | O_CLOEXEC);
  std::unique_ptr<Canary> canary;
  if (::setns(there, CLONE_NEWNET) == 0) canary = std::make_unique<Canary>(address, port);
  if (::setns(here, CLONE_NEWNET) != 0) std::terminate();
  ::close(here);
  ::close(there);
  return canary;
}

std::string mount_small_disk(const std::string& folder, const std::string& size) {
  static const std::string why = leave(0);
  if (!why.empty()) return why;
  if (::mount("none", folder.c_str(), "tmpfs", MS_NODEV | MS_NOSUID, ("size=" + size).c_str()) != 0)
    return reason("no disk can be mounted here");
  return {};
}

std::string make_read_only(const std::string& folder) {
  constexpr unsigned long flags = MS_REMOUNT | MS_RDONLY | MS_NODEV | MS_NOSUID;
  return ::mount("none", folder.c_str(), nullptr, flags, nullptr) == 0 ? "" : reason("no disk can be made read-only "
                 "here");
}

}  // namespace plugvet::rig
