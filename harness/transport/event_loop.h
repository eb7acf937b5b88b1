#pragma once
#include <curl/curl.h>

#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "harness/transport/job.h"

namespace plugvet {

/// One thread that carries out all jobs of a transport. Jobs and look-ups come in through a mailbox; everything else is
/// touched by that thread alone.
class EventLoop {
 public:
  EventLoop(LiveOptions options, TrustStore trust);
  /// Ends at once; what is under way is answered with a problem.
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  void add(std::unique_ptr<Job> job);
  std::uint64_t next_id() { return ++last_id_; }

 private:
  struct Mailbox;

  void run();
  void take_mail();
  void deliver_results();
  std::chrono::steady_clock::time_point step_all();
  void stop_all();

  const LiveOptions options_;
  const TrustStore trust_;
  const AddressPolicy policy_;
  Politeness politeness_;
  SocketBook sockets_;
  Services services_;
  std::shared_ptr<Mailbox> mailbox_;  // also of look-ups that nobody waits for any longer
  std::vector<std::unique_ptr<Job>> jobs_;
  std::atomic<std::uint64_t> last_id_{0};
  bool is_stopping_ = false;
  std::thread thread_;
};

}  // namespace plugvet
