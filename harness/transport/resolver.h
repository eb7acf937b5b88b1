#pragma once
#include <chrono>
#include <functional>
#include <future>
#include <optional>
#include <string>
#include <vector>

#include "harness/model/mail.h"
#include "harness/support/result.h"
#include "harness/support/url.h"
#include "harness/transport/address.h"

namespace plugvet {

/// What the resolver said of one name.
struct Lookup {
  std::vector<Address> addresses;  ///< at most 16, with the port of the URL
  int error = 0;                   ///< EAI_…; 0: none
};

/// Looks a name up in a thread of its own and calls `done` there. The thread is left behind when nobody waits any
/// longer: a silent name server must hold up neither a deadline nor the end of the program. `done` therefore owns all
/// it touches. Search domains of the machine are not applied: "plugin.example" must not become "plugin.example.corp".
void look_up(const std::string& host, std::uint16_t port, std::function<void(Lookup)> done);

/// Asks for the MX records of a domain, and for an address where there are none, in a thread of its own that is left behind
/// at the deadline. get() waits no longer than that.
std::future<Result<MailRoute>> look_up_mail(const std::string& domain, std::chrono::milliseconds deadline);

/// Why a look-up gave no address, in words. Only the name server's clear "no" is the submission's fault.
Problem lookup_problem(const Url& url, int error);
Problem lookup_timeout(const Url& url, std::chrono::milliseconds limit);

}  // namespace plugvet
