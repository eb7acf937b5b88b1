#pragma once
#include <chrono>
#include <deque>
#include <map>
#include <optional>
#include <string>

namespace plugvet {

/// Who may send to which host when: so many at once, so many starts in any second, and not before the moment that the
/// host asked for. The moment of asking is given, so that it can be tested without waiting. Not thread-safe.
class Politeness {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// `per_second` 0: starts are not counted.
  Politeness(unsigned at_once, double per_second);

  /// When a request to `host` may start (now, or a moment in the future); empty: when one of those running ends.
  /// `throttled` false: the starts of this host are not counted (loopback).
  std::optional<Time> earliest(const std::string& host, Time now, bool throttled);
  void begin(const std::string& host, Time now);
  void end(const std::string& host);
  /// The host said Retry-After.
  void rest(const std::string& host, Time until);

 private:
  struct Host {
    unsigned running = 0;
    std::deque<Time> starts;  // the last `starts_per_window_`
    Time not_before{};
  };
  unsigned at_once_;
  std::size_t starts_per_window_ = 0;
  std::chrono::nanoseconds window_{};
  std::map<std::string, Host, std::less<>> hosts_;
};

}  // namespace plugvet
