#include "harness/transport/resolver.h"

#include <arpa/nameser.h>
#include <fmt/format.h>
#include <netdb.h>
#include <resolv.h>
#include <signal.h>

#include <algorithm>
#include <array>
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

/// The exchangers of an answer, the preferred first; nothing of a malformed one.
std::vector<std::string> exchangers_in(const unsigned char* answer, int size) {
  constexpr int most_exchangers = 16;
  ns_msg message;
  std::vector<std::pair<unsigned, std::string>> found;
  if (ns_initparse(answer, size, &message) != 0) return {};
  for (int i = 0; i < std::min<int>(ns_msg_count(message, ns_s_an), most_exchangers); ++i) {
    ns_rr record;
    if (ns_parserr(&message, ns_s_an, i, &record) != 0 || ns_rr_type(record) != ns_t_mx || ns_rr_rdlen(record) < 3) continue;
    std::array<char, NS_MAXDNAME> name{};
    if (dn_expand(ns_msg_base(message), ns_msg_end(message), ns_rr_rdata(record) + 2, name.data(),
                  static_cast<int>(name.size())) < 0)
      continue;
    found.emplace_back(ns_get16(ns_rr_rdata(record)), name[0] == '\0' ? "." : name.data());
  }
  std::ranges::sort(found);
  std::vector<std::string> names;
  for (auto& [preference, name] : found) names.push_back(std::move(name));
  return names;
}

Problem no_mail_answer(const std::string& domain, std::string id, std::string_view why) {
  return {.rung = Rung::name,
          .id = std::move(id),
          .what = fmt::format("The name server gave no answer about the mail of {}{}.", display_host(domain), why),
          .where = domain,
          .position = {},
          .blame = Blame::environment};
}

Result<MailRoute> resolve_mail(const std::string& domain) {
  MailRoute route;
  route.domain = domain;
  struct __res_state state {};
  if (res_ninit(&state) != 0) return no_mail_answer(domain, "name.failure", " (there is no resolver)");
  const std::unique_ptr<struct __res_state, void (*)(struct __res_state*)> owner{&state, [](auto* one) { res_nclose(one); }};
  state.retrans = 2;
  state.retry = 1;
  std::array<unsigned char, 8192> answer;
  const int size = res_nquery(&state, domain.c_str(), ns_c_in, ns_t_mx, answer.data(), static_cast<int>(answer.size()));
  if (size < 0 && state.res_h_errno != HOST_NOT_FOUND && state.res_h_errno != NO_DATA)
    return no_mail_answer(domain, "name.temporary_failure", " (a temporary failure, or there is no network here)");
  route.exists = size >= 0 || state.res_h_errno != HOST_NOT_FOUND;
  if (size >= 0) route.exchangers = exchangers_in(answer.data(), std::min<int>(size, static_cast<int>(answer.size())));
  if (route.exists && route.exchangers.empty()) {
    const Lookup address = resolve(domain, 25);
    if (address.error == EAI_AGAIN) return no_mail_answer(domain, "name.temporary_failure", " (a temporary failure)");
    route.has_address = address.error == 0;
  }
  return route;
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

std::future<Result<MailRoute>> look_up_mail(const std::string& domain, std::chrono::milliseconds deadline) {
  const auto promise = std::make_shared<std::promise<Result<MailRoute>>>();
  auto answer = promise->get_future();
  const auto end = std::chrono::steady_clock::now() + deadline;
  if (at_once.fetch_add(1) >= most_at_once) {
    at_once.fetch_sub(1);
    promise->set_value(no_mail_answer(domain, "name.temporary_failure", ": too many are waited for"));
  } else {
    try {
      std::thread{[promise, domain] {
        sigset_t all;
        sigfillset(&all);
        pthread_sigmask(SIG_BLOCK, &all, nullptr);
        Result<MailRoute> route = resolve_mail(domain);
        at_once.fetch_sub(1);
        promise->set_value(std::move(route));
      }}.detach();
    } catch (const std::system_error&) {  // no more threads
      at_once.fetch_sub(1);
      promise->set_value(no_mail_answer(domain, "name.failure", ": there are no more threads"));
    }
  }
  return std::async(std::launch::deferred, [answer = std::move(answer), domain, end]() mutable -> Result<MailRoute> {
    if (answer.wait_until(end) == std::future_status::ready) return answer.get();
    return no_mail_answer(domain, "name.timeout", " in time");
  });
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
