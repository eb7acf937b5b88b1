#include "harness/transport/politeness.h"

#include <algorithm>

namespace plugvet {

Politeness::Politeness(unsigned at_once, double per_second) : at_once_{std::max(at_once, 1u)} {
  if (per_second <= 0) return;
  starts_per_window_ = std::max<std::size_t>(1, static_cast<std::size_t>(per_second));
  const std::chrono::duration<double> window{static_cast<double>(starts_per_window_) / per_second};
  window_ = std::chrono::duration_cast<std::chrono::nanoseconds>(window);
}

std::optional<Politeness::Time> Politeness::earliest(const std::string& host, Time now, bool throttled) {
  const Host& it = hosts_[host];
  if (it.running >= at_once_) return {};
  Time at = std::max(now, it.not_before);
  if (throttled && starts_per_window_ != 0 && it.starts.size() == starts_per_window_)
    at = std::max(at, it.starts.front() + window_);
  return at;
}

void Politeness::begin(const std::string& host, Time now) {
  Host& it = hosts_[host];
  ++it.running;
  if (starts_per_window_ == 0) return;
  it.starts.push_back(now);
  if (it.starts.size() > starts_per_window_) it.starts.pop_front();
}

void Politeness::end(const std::string& host) {
  Host& it = hosts_[host];
  if (it.running > 0) --it.running;
}

void Politeness::rest(const std::string& host, Time until) {
  Host& it = hosts_[host];
  it.not_before = std::max(it.not_before, until);
}

}  // namespace plugvet
