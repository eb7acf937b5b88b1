#pragma once
#include <curl/curl.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "harness/transport/job.h"

namespace plugvet {

/// Carries out all jobs of a transport. Jobs and look-ups come in through a mailbox; everything else is touched only by the
/// thread that drives the loop. That is a thread of its own, or whoever waits for a job while there is no other: two
/// changes of threads take longer than a request to this machine.
class EventLoop {
 public:
  EventLoop(LiveOptions options, TrustStore trust);
  /// Ends at once; what is under way is answered with a problem.
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  void add(std::unique_ptr<Job> job);
  /// Adds a job and drives the loop until `is_done`; at once where somebody else drives it.
  void add_and_drive(std::unique_ptr<Job> job, const std::function<bool()>& is_done);
  std::uint64_t next_id() { return ++last_id_; }

 private:
  struct Mailbox;

  void run();
  void drive(const std::function<bool()>& is_enough);
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
  const bool hears_;  ///< without a descriptor left, libcurl has nothing to be woken by, and the loop has to look by itself
  std::shared_ptr<Mailbox> mailbox_;  // also of look-ups that nobody waits for any longer
  std::vector<std::unique_ptr<Job>> jobs_;
  std::atomic<std::uint64_t> last_id_{0};
  bool is_stopping_ = false;
  std::thread thread_;
};

}  // namespace plugvet
