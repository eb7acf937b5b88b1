#include "harness/transport/resolver.h"

#include <fmt/format.h>
#include <netdb.h>
#include <resolv.h>
#include <signal.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <system_error>
#include <thread>

namespace plugvet {
namespace {

constexpr std::size_t most_addresses = 16;  // an answer of thousands is an attack, not a service
constexpr int most_at_once = 64;            // threads that a silent name server may hold
std::atomic<int> at_once{0};

Lookup resolve(const std::string& host, std::uint16_t port) {
  res_init();  // of this thread alone
  _res.options &= ~static_cast<unsigned long>(RES_DNSRCH | RES_DEFNAMES);
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* list = nullptr;
  Lookup lookup;
  lookup.error = getaddrinfo(host.c_str(), nullptr, &hints, &list);
  if (lookup.error != 0) return lookup;
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owner{list, freeaddrinfo};
  for (const addrinfo* one = list; one && lookup.addresses.size() < most_addresses; one = one->ai_next)
    if (const auto address = Address::of(*one->ai_addr)) lookup.addresses.push_back(address->with_port(port));
  if (lookup.addresses.empty()) lookup.error = EAI_NODATA;
  return lookup;
}

Problem name_problem(const Url& url, std::string id, std::string what, Blame blame) {
  return {.rung = Rung::name,
          .id = std::move(id),
          .what = std::move(what),
          .where = url.text(),
          .position = {},
          .blame = blame};
}

}  // namespace

void look_up(const std::string& host, std::uint16_t port, std::function<void(Lookup)> done) {
  if (at_once.fetch_add(1) >= most_at_once) {
    at_once.fetch_sub(1);
    done({{}, EAI_AGAIN});
    return;
  }
  try {
    std::thread{[host, port, done] {
      sigset_t all;
      sigfillset(&all);
      pthread_sigmask(SIG_BLOCK, &all, nullptr);  // signals are for the threads that the program knows
      Lookup lookup = resolve(host, port);
      at_once.fetch_sub(1);
      done(std::move(lookup));
    }}.detach();
  } catch (const std::system_error&) {  // no more threads
    at_once.fetch_sub(1);
    done({{}, EAI_MEMORY});
  }
}

Problem lookup_problem(const Url& url, int error) {
  const std::string host = display_host(url.host());
  switch (error) {
    case EAI_NONAME:
      return name_problem(url, "name.not_found", fmt::format("The host name {} does not exist.", host),
                          Blame::submission);
    case EAI_NODATA:
    case EAI_ADDRFAMILY:
      return name_problem(url, "name.no_address",
                          fmt::format("The host name {} exists but has no IPv4 or IPv6 address.", host),
                          Blame::submission);
    case EAI_AGAIN:
      return name_problem(
          url, "name.temporary_failure",
          fmt::format("The name server gave no answer for {} (a temporary failure, or there is no network here).",
                      host),
          Blame::environment);
    default:
      return name_problem(url, "name.failure",
                          fmt::format("The host name {} could not be looked up: {}.", host, gai_strerror(error)),
                          Blame::environment);
  }
}

Problem lookup_timeout(const Url& url, std::chrono::milliseconds limit) {
  return name_problem(url, "name.timeout",
                      fmt::format("The name server gave no answer for {} within {} s.", display_host(url.host()),
                                  static_cast<double>(limit.count()) / 1000),
                      Blame::environment);
}

}  // namespace plugvet
