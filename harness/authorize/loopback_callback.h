#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "harness/authorize/delivery.h"
#include "harness/support/result.h"

namespace plugvet {

/// Tells a person which address to open in a browser, and how long there is still time. Called once a second.
using ShowAddress = std::function<void(const std::string& address, std::chrono::seconds left)>;

/// Where a person's own browser is sent back to: a listener of 127.0.0.1 alone, with one path, that takes one callback
/// and answers it with a page that repeats nothing (RFC 8252 §7.3).
class LoopbackCallback {
 public:
  /// `wanted`: the redirect_uri that the plugin knows ("http://127.0.0.1:8765/callback"); empty: any free port. The
  /// problem (Blame::user): it is not of this machine, or something else listens there.
  static Result<std::shared_ptr<LoopbackCallback>> open(const std::string& wanted);
  ~LoopbackCallback();
  LoopbackCallback(const LoopbackCallback&) = delete;
  LoopbackCallback& operator=(const LoopbackCallback&) = delete;

  const std::string& redirect_uri() const { return redirect_uri_; }
  /// Waits until the browser is back, at most five minutes or `patience`. A callback with another state is no answer to
  /// this request: its code is not used.
  JourneyEnd wait(const JourneyPlan& plan, SecretBook& secrets, std::chrono::milliseconds patience,
                  const ShowAddress& show);

 private:
  struct Listener;
  LoopbackCallback(std::unique_ptr<Listener> listener, std::string redirect_uri);

  std::unique_ptr<Listener> listener_;
  std::string redirect_uri_;
};

}  // namespace plugvet
