#include <fmt/format.h>

#include "harness/support/url.h"
#include "harness/transport/address.h"
#include "harness/transport/event_loop.h"
#include "harness/transport/live.h"
#include "harness/transport/resolver.h"

namespace plugvet {
namespace {

class LiveTransport : public Transport {
 public:
  LiveTransport(LiveOptions options, TrustStore trust)
      : mail_lookup_{options.mail_lookup}, loop_{std::move(options), std::move(trust)} {}

  std::future<Fetch> start(FetchOrder order) override {
    std::promise<Fetch> promise;
    std::future<Fetch> future = promise.get_future();
    loop_.add(std::make_unique<Job>(loop_.next_id(), std::move(order), std::move(promise)));
    return future;
  }

  Fetch fetch(FetchOrder order) override {
    std::promise<Fetch> promise;
    std::future<Fetch> future = promise.get_future();
    loop_.add_and_drive(std::make_unique<Job>(loop_.next_id(), std::move(order), std::move(promise)),
                        [&] { return future.wait_for(std::chrono::seconds{0}) == std::future_status::ready; });
    return future.get();
  }

  std::future<std::string> start_old_tls_probe(const std::string& url) override {
    std::promise<std::string> promise;
    std::future<std::string> future = promise.get_future();
    loop_.add(std::make_unique<Job>(loop_.next_id(), url, std::move(promise)));
    return future;
  }

  std::future<Result<MailRoute>> start_mail_lookup(const std::string& domain) override {
    if (mail_lookup_) return std::async(std::launch::deferred, mail_lookup_, domain);
    return look_up_mail(domain, std::chrono::seconds{5});
  }

 private:
  const std::function<Result<MailRoute>(const std::string&)> mail_lookup_;
  EventLoop loop_;
};

Problem option_problem(std::string id, std::string what) {
  return {.rung = Rung::url,
          .id = std::move(id),
          .what = std::move(what),
          .where = {},
          .position = {},
          .blame = Blame::user};
}

std::optional<Problem> refuse(const LiveOptions& options) {
  for (const ResolveEntry& entry : options.resolve)
    if (!Address::parse(entry.address, 0))
      return option_problem("options.resolve", fmt::format("--resolve {}:{}:{}: {} is not an IPv4 or IPv6 address.", entry.host,
                                                  entry.port, entry.address, entry.address));
  for (const std::string& origin : options.loopback_origins)
    if (!Url::parse(origin))
      return option_problem("options.loopback_origin", fmt::format("{} is not the origin of a URL.", origin));
  return {};
}

}  // namespace

Result<std::shared_ptr<Transport>> make_live_transport(LiveOptions options) {
  if (auto refused = refuse(options)) return *std::move(refused);
  auto trust = TrustStore::load(options.ca_file);
  if (!trust) return *trust.problem();
  return std::shared_ptr<Transport>{std::make_shared<LiveTransport>(std::move(options), *std::move(trust))};
}

}  // namespace plugvet
