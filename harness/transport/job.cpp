#include "harness/transport/job.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/support/text.h"
#include "harness/transport/redirects.h"
#include "harness/transport/retry_after.h"

namespace plugvet {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view default_user_agent = "plugvet";
// Behind a proxy there may be no name server that knows the world; the proxy then knows better.
constexpr milliseconds name_limit_with_proxy{1'000};

Problem problem(Rung rung, std::string id, std::string what, const std::string& where, Blame blame) {
  return {.rung = rung, .id = std::move(id), .what = std::move(what), .where = where, .position = {}, .blame = blame};
}

bool is_token_character(char c) {
  return c > 0x20 && c < 0x7f && std::string_view{"()<>@,;:\\\"/[]?={}"}.find(c) == std::string_view::npos;
}

// A method or header that would begin a second header or request of its own.
std::optional<Problem> refuse_request(const Request& request) {
  const auto is_token = [](const std::string& text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_token_character);
  };
  const auto refused = [&](const std::string& what) {
    return problem(Rung::http, "http.request", what, request.url, Blame::submission);
  };
  if (!is_token(request.method))
    return refused(fmt::format("“{}” is not an HTTP method.", printable(shortened(request.method, 40))));
  for (const Header& header : request.headers)
    if (!is_token(header.name) || header.value.find_first_of(std::string_view{"\0\r\n", 3}) != std::string::npos)
      return refused(fmt::format(
          "The request header “{}” cannot be sent: its name or value contains characters that HTTP forbids.",
          printable(shortened(header.name, 80))));
  return {};
}

const ResolveEntry* entry_for(const LiveOptions& options, const Url& url) {
  const auto found = std::find_if(options.resolve.begin(), options.resolve.end(), [&](const ResolveEntry& entry) {
    return equal_ignoring_case_ascii(entry.host, url.host()) && entry.port == url.port();
  });
  return found == options.resolve.end() ? nullptr : &*found;
}

// What needs no name server. RFC 6761: localhost is this machine, whatever a resolver says.
std::vector<Address> known_addresses(const LiveOptions& options, const Url& url) {
  std::vector<Address> addresses;
  const auto add = [&](std::string_view literal, std::uint16_t port) {
    if (const auto address = Address::parse(literal, port)) addresses.push_back(*address);
  };
  if (const ResolveEntry* entry = entry_for(options, url)) {
    add(entry->address, entry->address_port ? entry->address_port : entry->port);
  } else if (url.host_is_address()) {
    add(url.host(), url.port());
  } else if (is_loopback_host(url.host())) {
    add("127.0.0.1", url.port());
    add("::1", url.port());
  }
  return addresses;
}

FetchOrder probe_order(const std::string& url) {
  FetchOrder order;
  order.request.url = url;
  order.limits.deadline = milliseconds{5'000};
  order.follow_redirects = false;
  return order;
}

}  // namespace

Job::Job(std::uint64_t id, FetchOrder order, std::promise<Fetch> promise)
    : id_{id}, order_{std::move(order)}, fetch_promise_{std::move(promise)}, request_{order_.request} {
  fetch_.artefact = order_.artefact;
  fetch_.named_by = order_.named_by;
}

Job::Job(std::uint64_t id, const std::string& url, std::promise<std::string> promise)
    : id_{id},
      order_{probe_order(url)},
      version_promise_{std::move(promise)},
      old_tls_{true},
      request_{order_.request} {}

Job::Clock::time_point Job::step(Services& services, Clock::time_point now) {
  if (state_ == State::unchecked) check(services);
  if (state_ == State::waiting) return wait(services, now);
  if (state_ == State::looking_up) {
    const auto patience = proxy_ ? std::min(order_.limits.name, name_limit_with_proxy) : order_.limits.name;
    const auto limit = std::min(hop_began_ + patience, deadline_);
    if (now < limit) return limit;
    if (proxy_) return send(services, {}), now;
    end_hop(services, lookup_timeout(*url_, std::chrono::round<milliseconds>(limit - hop_began_)));
    return now;
  }
  if (state_ == State::transferring) {
    if (now < hop_->limit()) return hop_->limit();
    curl_multi_remove_handle(services.multi, hop_->handle());
    hop_->time_out();
    end_hop(services, hop_->finish(CURLE_OPERATION_TIMEDOUT));
    return now;
  }
  return Clock::time_point::max();
}

// Everything that can be refused without asking anybody.
void Job::check(Services& services) {
  hop_began_ = Clock::now();
  hop_started_at_ = std::chrono::system_clock::now();
  const auto url = Url::parse(request_.url);
  if (!url) return end_hop(services, *url.problem());
  url_ = *url;
  if (auto refused = services.policy.refuse_port(*url)) return end_hop(services, *std::move(refused));
  if (auto refused = services.policy.refuse_name(*url)) return end_hop(services, *std::move(refused));
  if (auto refused = refuse_request(request_)) return end_hop(services, *std::move(refused));
  waits_since_ = std::max(waits_since_, hop_began_);
  state_ = State::waiting;
}

bool Job::is_throttled(const Services& services) const {
  const auto addresses = known_addresses(services.options, *url_);
  return addresses.empty() ||
         !std::all_of(addresses.begin(), addresses.end(), [](const Address& a) { return a.is_loopback(); });
}

// Servers at different ports of this machine have nothing to do with each other.
std::string Job::who_is_asked(const Services& services) const {
  return is_throttled(services) ? url_->host() : fmt::format("{}:{}", url_->host(), url_->port());
}

Job::Clock::time_point Job::wait(Services& services, Clock::time_point now) {
  const auto turn = services.politeness.earliest(who_is_asked(services), now, is_throttled(services));
  if (!turn) return Clock::time_point::max();
  if (*turn > now) return *turn;
  services.politeness.begin(who_is_asked(services), now);
  has_turn_ = true;
  begin(services, now);
  return now;
}

void Job::begin(Services& services, Clock::time_point now) {
  if (fetch_.hops.empty()) {
    began_ = now;
    deadline_ = now + order_.limits.deadline;
  } else if (now > waits_since_) {
    waited_ += now - waits_since_;
    deadline_ += now - waits_since_;
  }
  hop_began_ = now;
  hop_started_at_ = std::chrono::system_clock::now();
  proxy_ = services.options.proxies.proxy_for(*url_);
  const auto addresses = known_addresses(services.options, *url_);
  if (!addresses.empty()) return send(services, addresses);
  state_ = State::looking_up;
  services.look_up(id_, url_->host(), url_->port());
}

void Job::take_lookup(Services& services, Lookup lookup) {
  if (state_ != State::looking_up) return;
  if (lookup.error != 0 && !proxy_) return end_hop(services, lookup_problem(*url_, lookup.error));
  send(services, lookup.addresses);
}

void Job::send(Services& services, const std::vector<Address>& addresses) {
  name_took_ = state_ == State::looking_up
                   ? std::max(std::chrono::ceil<milliseconds>(Clock::now() - hop_began_), milliseconds{1})
                   : milliseconds{};
  addresses_.clear();
  std::optional<Problem> refused;
  for (const Address& address : addresses) {
    auto why = services.policy.refuse_address(*url_, address);
    if (!why) addresses_.push_back(address);
    if (why && !refused) refused = std::move(why);
  }
  if (refused && addresses_.empty()) return end_hop(services, *std::move(refused));
  // A proxy gets the name, as its rules know it, unless the user said where the host is.
  if (proxy_ && !entry_for(services.options, *url_)) addresses_.clear();
  start_hop(services, false);
}

void Job::start_hop(Services& services, bool fresh_connection) {
  HopPlan plan;
  plan.url = *url_;
  plan.request = request_;
  plan.limits = order_.limits;
  plan.user_agent = services.options.user_agent.empty() ? default_user_agent : services.options.user_agent;
  plan.proxy = proxy_;
  plan.addresses = addresses_;
  plan.began = hop_began_;
  plan.name_took = name_took_;
  plan.started_at = hop_started_at_;
  plan.deadline = deadline_;
  plan.fresh_connection = fresh_connection;
  plan.may_repeat = order_.may_repeat;
  plan.old_tls = old_tls_;
  hop_ = std::make_unique<Hop>(std::move(plan), services.policy, services.trust, services.sockets);
  curl_multi_add_handle(services.multi, hop_->handle());
  state_ = State::transferring;
}

void Job::take_result(Services& services, CURLcode code) {
  curl_multi_remove_handle(services.multi, hop_->handle());
  if (hop_->needs_fresh_connection()) return start_hop(services, true);
  end_hop(services, hop_->finish(code));
}

void Job::end_hop(Services& services, Problem why) {
  Exchange exchange;
  exchange.request = request_;
  exchange.problem = std::move(why);
  exchange.started_at = hop_started_at_;
  exchange.timing.total = std::max(std::chrono::ceil<milliseconds>(Clock::now() - hop_began_), milliseconds{1});
  end_hop(services, std::move(exchange));
}

void Job::end_hop(Services& services, Exchange exchange) {
  if (has_turn_) services.politeness.end(who_is_asked(services));
  has_turn_ = false;
  if (hop_) agreed_version_ = hop_->agreed_version();
  hop_.reset();
  fetch_.hops.push_back(std::move(exchange));
  go_on(services);
}

void Job::go_on(Services& services) {
  const Exchange& last = fetch_.hops.back();
  if (!last.response) return finish(last.problem);
  if (rests(services, *last.response)) {
    state_ = State::unchecked;
    return;
  }
  if (!order_.follow_redirects) return finish({});
  NextHop next = next_hop(fetch_.hops, order_.limits);
  if (auto* why = std::get_if<Problem>(&next)) return finish(std::move(*why));
  if (!std::holds_alternative<Request>(next)) return finish({});
  request_ = std::get<Request>(std::move(next));
  waits_since_ = {};
  state_ = State::unchecked;
}

// Whether the host asked for a rest after which this order tries once more. Other orders for the host wait, too.
bool Job::rests(Services& services, const Response& response) {
  const auto rest = asked_rest(response, std::chrono::system_clock::now());
  if (!rest || *rest > services.options.retry_after_cap) return false;
  const auto until = Clock::now() + *rest;
  services.politeness.rest(who_is_asked(services), until);
  const bool only_reads = request_.method == "GET" || request_.method == "HEAD";
  if (has_retried_ || !only_reads || until >= deadline_) return false;
  has_retried_ = true;
  waits_since_ = until;  // the rest itself counts against the deadline, waiting longer for a turn does not
  return true;
}

void Job::finish(std::optional<Problem> why) {
  state_ = State::done;
  if (old_tls_) return version_promise_.set_value(agreed_version_);
  fetch_.problem = std::move(why);
  if (began_ != Clock::time_point{})
    fetch_.took = std::max(std::chrono::ceil<milliseconds>(Clock::now() - began_ - waited_), milliseconds{1});
  fetch_promise_.set_value(std::move(fetch_));
}

void Job::stop(Services& services) {
  if (is_done()) return;
  if (hop_) curl_multi_remove_handle(services.multi, hop_->handle());
  hop_.reset();
  Exchange exchange;
  exchange.request = request_;
  exchange.started_at = hop_started_at_;
  exchange.problem = problem(Rung::connect, "transport.stopped", "The review ended before this was fetched.",
                             request_.url, Blame::environment);
  fetch_.hops.push_back(std::move(exchange));
  finish(fetch_.hops.back().problem);
}

}  // namespace plugvet
