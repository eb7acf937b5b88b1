#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "harness/authorize/credentials.h"
#include "harness/authorize/loopback_callback.h"
#include "harness/model/check.h"
#include "harness/model/evidence.h"
#include "harness/model/secret_book.h"
#include "harness/transport/transport.h"

namespace plugvet {

struct AuthorizeOptions {
  bool live = false;          ///< --live: nothing is called without it
  bool allow_writes = false;  ///< --allow-writes: operations other than GET, HEAD and OPTIONS are called too
  std::shared_ptr<const Credentials> credentials;  ///< null: none were given
  std::shared_ptr<SecretBook> secrets = std::make_shared<SecretBook>();
  ShowAddress show_address;  ///< --interactive: a person signs in; empty: plugvet does
  std::uint64_t seed = 0;  ///< of the values of `state` and their like
  FetchLimits limits{.body = 1u << 20};         ///< of one request
  std::chrono::milliseconds deadline{120'000};  ///< of everything together
  /// Lets a code or a token expire; nothing has to be waited for in a replay.
  std::function<void(std::chrono::milliseconds)> wait = [](auto time) { std::this_thread::sleep_for(time); };
};

/// Signs in at the plugin as the chat platform does, tries what must fail, and calls `calls` with and without what it
/// was handed: Evidence::sign_in and ::enforcement, as far as `needs` names them. Where nothing may be called, the
/// evidence says what to give. `transport` may be null when the submission is on disk.
void authorize(Evidence& evidence, Needs needs, std::span<const OperationCall> calls,
               const std::shared_ptr<Transport>& transport, const AuthorizeOptions& options);

}  // namespace plugvet
