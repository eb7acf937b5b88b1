#pragma once
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "harness/authorize/random_values.h"
#include "harness/model/secret_book.h"
#include "harness/support/percent.h"
#include "harness/transport/transport.h"

namespace plugvet {

/// What everything in this room sends with: the transport, how long all of it may take, and who keeps the secrets.
/// Redirects are never followed by the transport, so that each is judged before anything goes anywhere.
class Client {
 public:
  using Clock = std::chrono::steady_clock;

  Client(Transport& transport, const FetchLimits& limits, std::chrono::milliseconds deadline, SecretBook& secrets,
         std::uint64_t seed)
      : transport_{transport},
        limits_{limits},
        deadline_{Clock::now() + deadline},
        secrets_{secrets},
        random_{seed} {}

  std::future<Fetch> start(Request request);
  Exchange send(Request request);
  std::chrono::milliseconds time_left() const;

  SecretBook& secrets() { return secrets_; }
  RandomValues& random() { return random_; }

 private:
  FetchOrder order_for(Request request);
  Transport& transport_;
  FetchLimits limits_;
  Clock::time_point deadline_;
  SecretBook& secrets_;
  RandomValues random_;
};

/// The exchange of a fetch without redirects.
Exchange exchange_of(Fetch fetch);

/// Whether a parameter, a member or a form's field of that name holds what no report may show.
bool is_secret_name(std::string_view name);
/// As reports show them.
std::vector<ShownField> shown_fields(const Pairs& pairs, const SecretBook& secrets);

/// "404 with 312 bytes of text/html", "no answer: …"
std::string answer_text(const Exchange& exchange);
/// Of the status alone: granted 2xx, refused 401 and 403, redirected, failed, other, unanswered.
Reaction reaction_of(const Exchange& exchange);

}  // namespace plugvet
