#include "harness/transport/event_loop.h"

#include <signal.h>

#include <algorithm>
#include <condition_variable>
#include <new>

namespace plugvet {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds longest_sleep{60'000};
constexpr std::chrono::milliseconds longest_sleep_of_the_deaf{20};

/// A connection that is kept may hold a thread of a small server: for a new one beyond `most_per_host`, an idle one is closed.
CURLM* make_multi(unsigned most_per_host) {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_ALL);
  CURLM* multi = ready == CURLE_OK ? curl_multi_init() : nullptr;
  if (!multi) throw std::bad_alloc{};
  curl_multi_setopt(multi, CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_NOTHING));
  curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, 32L);
  curl_multi_setopt(multi, CURLMOPT_MAX_HOST_CONNECTIONS, std::max(static_cast<long>(most_per_host), 1L));
  return multi;
}

}  // namespace

struct EventLoop::Mailbox {
  std::mutex mutex;
  std::condition_variable changed;  // what `run` waits for
  CURLM* multi = nullptr;           // null once the loop has ended
  bool stop = false;
  bool is_driven = false;
  std::vector<std::unique_ptr<Job>> jobs;
  std::vector<std::pair<std::uint64_t, Lookup>> lookups;

  /// Whoever drives the loop reads its mail.
  void wake() {
    if (is_driven && multi) curl_multi_wakeup(multi);
    if (!is_driven) changed.notify_one();
  }
};

EventLoop::EventLoop(LiveOptions options, TrustStore trust)
    : options_{std::move(options)},
      trust_{std::move(trust)},
      policy_{options_},
      politeness_{options_.per_host_at_once, options_.per_host_per_second},
      services_{options_, policy_, trust_, politeness_, sockets_, make_multi(options_.per_host_at_once), {}},
      hears_{curl_multi_wakeup(services_.multi) == CURLM_OK},
      mailbox_{std::make_shared<Mailbox>()} {
  mailbox_->multi = services_.multi;
  services_.look_up = [mailbox = mailbox_](std::uint64_t id, const std::string& host, std::uint16_t port) {
    look_up(host, port, [mailbox, id](Lookup lookup) {
      const std::scoped_lock lock{mailbox->mutex};
      mailbox->lookups.emplace_back(id, std::move(lookup));
      mailbox->wake();
    });
  };
  ::signal(SIGPIPE, SIG_IGN);  // of a peer that left: for nobody, whoever drives
  // Other signals are for the threads that the program knows.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  thread_ = std::thread{[this] { run(); }};
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

EventLoop::~EventLoop() {
  {
    const std::scoped_lock lock{mailbox_->mutex};
    mailbox_->stop = true;
    mailbox_->wake();
  }
  thread_.join();
}

void EventLoop::add(std::unique_ptr<Job> job) {
  const std::scoped_lock lock{mailbox_->mutex};
  mailbox_->jobs.push_back(std::move(job));
  mailbox_->wake();
}

void EventLoop::add_and_drive(std::unique_ptr<Job> job, const std::function<bool()>& is_done) {
  {
    const std::scoped_lock lock{mailbox_->mutex};
    const bool is_idle = !mailbox_->is_driven && !mailbox_->stop && jobs_.empty() && mailbox_->jobs.empty();
    mailbox_->jobs.push_back(std::move(job));
    if (!is_idle) return mailbox_->wake();
    mailbox_->is_driven = true;
  }
  drive(is_done);
  const std::scoped_lock lock{mailbox_->mutex};
  mailbox_->is_driven = false;
  if (!jobs_.empty() || !mailbox_->jobs.empty() || mailbox_->stop) mailbox_->changed.notify_one();
}

void EventLoop::run() {
  Mailbox& mail = *mailbox_;
  std::unique_lock lock{mail.mutex};
  for (;;) {
    mail.changed.wait(lock, [&] { return !mail.is_driven && (mail.stop || !mail.jobs.empty() || !jobs_.empty()); });
    if (mail.stop) break;
    mail.is_driven = true;
    lock.unlock();
    drive([this] { return jobs_.empty(); });
    lock.lock();
    mail.is_driven = false;
  }
  lock.unlock();
  stop_all();
}

void EventLoop::drive(const std::function<bool()>& is_enough) {
  const auto longest = hears_ ? longest_sleep : longest_sleep_of_the_deaf;
  for (;;) {
    take_mail();
    if (is_stopping_) return;
    int running = 0;
    curl_multi_perform(services_.multi, &running);
    deliver_results();
    const auto wake_at = step_all();
    if (is_enough()) return;
    const auto now = Clock::now();
    if (wake_at <= now) continue;
    const auto left = std::min<Clock::duration>(wake_at - now, longest);
    const auto sleep = std::chrono::ceil<std::chrono::milliseconds>(left).count();
    curl_multi_poll(services_.multi, nullptr, 0, static_cast<int>(sleep), nullptr);
  }
}

void EventLoop::take_mail() {
  std::vector<std::pair<std::uint64_t, Lookup>> lookups;
  {
    const std::scoped_lock lock{mailbox_->mutex};
    is_stopping_ = mailbox_->stop;
    std::move(mailbox_->jobs.begin(), mailbox_->jobs.end(), std::back_inserter(jobs_));
    mailbox_->jobs.clear();
    lookups.swap(mailbox_->lookups);
  }
  for (auto& [id, lookup] : lookups)
    for (const auto& job : jobs_)
      if (job->id() == id) job->take_lookup(services_, std::move(lookup));
}

void EventLoop::deliver_results() {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(services_.multi, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    CURL* handle = message->easy_handle;
    const CURLcode code = message->data.result;
    const auto job =
        std::find_if(jobs_.begin(), jobs_.end(), [&](const auto& one) { return one->is_served_by(handle); });
    if (job != jobs_.end()) (*job)->take_result(services_, code);
  }
}

// In the order in which they came, so that nobody overtakes on the way to a host.
Clock::time_point EventLoop::step_all() {
  auto wake_at = Clock::time_point::max();
  bool some_done = false;
  for (const auto& job : jobs_) {
    wake_at = std::min(wake_at, job->step(services_, Clock::now()));
    some_done = some_done || job->is_done();
  }
  if (!some_done) return wake_at;
  std::erase_if(jobs_, [](const auto& job) { return job->is_done(); });
  return Clock::now();  // a turn may have become free for one that was asked before
}

void EventLoop::stop_all() {
  for (const auto& job : jobs_) job->stop(services_);
  jobs_.clear();
  const std::scoped_lock lock{mailbox_->mutex};
  curl_multi_cleanup(services_.multi);
  mailbox_->multi = nullptr;
}

}  // namespace plugvet
