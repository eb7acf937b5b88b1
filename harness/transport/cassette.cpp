#include "harness/transport/cassette.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>

#include "harness/model/redaction.h"
#include "harness/support/file.h"
#include "harness/support/text.h"
#include "harness/support/url.h"
#include "harness/transport/har.h"
#include "harness/transport/redirects.h"

namespace plugvet {
namespace {

constexpr std::size_t largest_cassette = 512u << 20;

// How a request is found again. Credentials are not on the cassette, so neither headers nor masked values count.
std::string key_of(const Request& request, const SecretBook& secrets) {
  const auto url = Url::parse(request.url);
  std::string text = url ? url->text() : request.url;
  text.erase(std::min(text.find('#'), text.size()));
  return request.method + '\n' + with_masked_parameters(secrets.masked_given(std::move(text))) + '\n' +
         with_masked_values(secrets.masked_given(request.body));
}

std::string key_of(const Request& request, bool follow_redirects, const SecretBook& secrets) {
  return key_of(request, secrets) + (follow_redirects ? "\nfollowed" : "\n");
}

/// As it may be on a cassette.
Exchange masked(Exchange exchange, const SecretBook& secrets) {
  const auto mask = [&](std::string& text) { text = secrets.masked(std::move(text)); };
  mask(exchange.request.url);
  mask(exchange.request.body);
  for (Header& header : exchange.request.headers) mask(header.value);
  if (exchange.problem) {
    mask(exchange.problem->what);
    mask(exchange.problem->where);
  }
  if (!exchange.response) return exchange;
  for (Header& header : exchange.response->headers) mask(header.value);
  mask(exchange.response->body);
  return exchange;
}

template <class T>
std::future<T> ready(T value) {
  std::promise<T> promise;
  promise.set_value(std::move(value));
  return promise.get_future();
}

// Equal requests are answered in the order of recording; the last answer serves as often as it is asked for.
template <class T>
class Answers {
 public:
  void add(const std::string& key, T answer) { lists_[key].answers.push_back(std::move(answer)); }

  const T* next(const std::string& key) {
    const auto found = lists_.find(key);
    if (found == lists_.end()) return nullptr;
    List& list = found->second;
    const T& answer = list.answers[list.next];
    if (list.next + 1 < list.answers.size()) ++list.next;
    return &answer;
  }

 private:
  struct List {
    std::vector<T> answers;
    std::size_t next = 0;
  };
  std::map<std::string, List> lists_;
};

class ReplayingTransport : public Transport {
 public:
  ReplayingTransport(Cassette cassette, std::string file, std::shared_ptr<SecretBook> secrets)
      : file_{std::move(file)},
        secrets_{std::move(secrets)},
        seed_{cassette.seed},
        old_tls_{std::move(cassette.old_tls)},
        mail_{std::move(cassette.mail)} {
    const SecretBook none;  // what was given is masked there already
    for (Recorded& recorded : cassette.fetches) {
      const std::string key = key_of(recorded.fetch.hops.front().request, recorded.follow_redirects, none);
      fetches_.add(key, std::move(recorded.fetch));
    }
    for (Exchange& exchange : cassette.exchanges) {
      const std::string key = key_of(exchange.request, none);
      exchanges_.add(key, std::move(exchange));
    }
    secrets_->recall(std::move(cassette.secrets));
  }

  std::optional<std::uint64_t> recorded_seed() const override { return seed_; }

  std::future<Fetch> start(FetchOrder order) override {
    const std::scoped_lock lock{mutex_};
    Fetch fetch;
    if (const Fetch* recorded = fetches_.next(key_of(order.request, order.follow_redirects, *secrets_))) {
      fetch = *recorded;
      fetch.hops.front().request = order.request;  // on the cassette it is masked
    } else {
      fetch = followed(order);
    }
    fetch.artefact = order.artefact;
    fetch.named_by = order.named_by;
    return ready(std::move(fetch));
  }

  std::future<std::string> start_old_tls_probe(const std::string& url) override {
    const auto found = old_tls_.find(with_masked_parameters(url));
    return ready(found == old_tls_.end() ? std::string{} : found->second);
  }

  std::future<Result<MailRoute>> start_mail_lookup(const std::string& domain) override {
    if (const auto found = mail_.find(domain); found != mail_.end()) return ready(Result<MailRoute>{found->second});
    return ready(Result<MailRoute>{Problem{
        .rung = Rung::name,
        .id = "cassette.missing",
        .what = fmt::format("The cassette {} does not say where the mail of {} goes.", file_, printable(domain)),
        .where = domain,
        .position = {},
        .blame = Blame::user}});
  }

 private:
  // Of single exchanges, as other tools record them.
  Fetch followed(const FetchOrder& order) {
    Fetch fetch;
    std::optional<Request> request = order.request;
    while (request) {
      fetch.hops.push_back(exchange_for(*request));
      fetch.took += fetch.hops.back().timing.total;
      fetch.problem = fetch.hops.back().problem;
      request.reset();
      if (fetch.problem || !order.follow_redirects) break;
      NextHop next = next_hop(fetch.hops, order.limits);
      if (auto* problem = std::get_if<Problem>(&next)) fetch.problem = std::move(*problem);
      if (auto* onward = std::get_if<Request>(&next)) request = std::move(*onward);
    }
    return fetch;
  }

  Exchange exchange_for(const Request& request) {
    if (const Exchange* recorded = exchanges_.next(key_of(request, *secrets_))) return *recorded;
    Exchange exchange;
    exchange.request = request;
    exchange.problem = Problem{.rung = Rung::connect,
                               .id = "cassette.missing",
                               .what = fmt::format("The cassette {} holds no answer to {} {}.", file_,
                                                   printable(request.method), printable(shortened(request.url, 200))),
                               .where = request.url,
                               .position = {},
                               .blame = Blame::user};
    return exchange;
  }

  std::mutex mutex_;
  const std::string file_;
  const std::shared_ptr<SecretBook> secrets_;
  const std::optional<std::uint64_t> seed_;
  Answers<Fetch> fetches_;
  Answers<Exchange> exchanges_;
  const std::map<std::string, std::string> old_tls_;
  const std::map<std::string, MailRoute> mail_;
};

}  // namespace

// Shared with the waits for answers, which may end after the transport.
struct RecordingTransport::State {
  struct Tape {
    std::mutex mutex;
    std::vector<std::optional<Recorded>> fetches;  // empty while the answer is awaited
    std::map<std::string, std::string> old_tls;
    std::map<std::string, MailRoute> mail;
  };
  std::shared_ptr<Transport> live;
  std::shared_ptr<SecretBook> secrets;
  std::uint64_t seed = 0;
  std::shared_ptr<Tape> tape = std::make_shared<Tape>();
};

RecordingTransport::RecordingTransport(std::shared_ptr<Transport> live, std::shared_ptr<SecretBook> secrets,
                                       std::uint64_t seed)
    : state_{std::make_unique<State>()} {
  state_->live = std::move(live);
  state_->secrets = std::move(secrets);
  state_->seed = seed;
}

RecordingTransport::~RecordingTransport() = default;

std::future<Fetch> RecordingTransport::start(FetchOrder order) {
  const bool follows = order.follow_redirects;
  auto tape = state_->tape;
  std::size_t index = 0;
  {
    const std::scoped_lock lock{tape->mutex};
    index = tape->fetches.size();
    tape->fetches.emplace_back();
  }
  auto live = state_->live->start(std::move(order));
  return std::async(std::launch::async, [tape, index, follows, live = std::move(live)]() mutable {
    Fetch fetch = live.get();
    const std::scoped_lock lock{tape->mutex};
    tape->fetches[index] = Recorded{follows, fetch};
    return fetch;
  });
}

std::future<std::string> RecordingTransport::start_old_tls_probe(const std::string& url) {
  auto tape = state_->tape;
  auto live = state_->live->start_old_tls_probe(url);
  return std::async(std::launch::async, [tape, url, live = std::move(live)]() mutable {
    std::string version = live.get();
    const std::scoped_lock lock{tape->mutex};
    tape->old_tls[url] = version;
    return version;
  });
}

std::future<Result<MailRoute>> RecordingTransport::start_mail_lookup(const std::string& domain) {
  auto tape = state_->tape;
  auto live = state_->live->start_mail_lookup(domain);
  return std::async(std::launch::async, [tape, domain, live = std::move(live)]() mutable {
    Result<MailRoute> route = live.get();
    const std::scoped_lock lock{tape->mutex};
    if (route) tape->mail[domain] = *route;
    return route;
  });
}

Result<std::size_t> RecordingTransport::save(const std::filesystem::path& file) const {
  Cassette cassette;
  {
    const std::scoped_lock lock{state_->tape->mutex};
    for (const auto& recorded : state_->tape->fetches)
      if (recorded) cassette.fetches.push_back(*recorded);
    cassette.old_tls = state_->tape->old_tls;
    cassette.mail = state_->tape->mail;
  }
  for (Recorded& recorded : cassette.fetches)
    for (Exchange& hop : recorded.fetch.hops) hop = masked(std::move(hop), *state_->secrets);
  cassette.seed = state_->seed;
  cassette.secrets = state_->secrets->facts_by_mask();
  return write_file(file, har_of(cassette).dump(2) + "\n", Readers::owner);
}

Result<std::shared_ptr<Transport>> make_replaying_transport(const std::filesystem::path& file,
                                                            std::shared_ptr<SecretBook> secrets) {
  const auto text = read_file(file, largest_cassette);
  if (!text) {
    Problem problem = *text.problem();
    problem.blame = Blame::user;
    return problem;
  }
  auto cassette = read_har(*text, file.string());
  if (!cassette) return *cassette.problem();
  return std::shared_ptr<Transport>{std::make_shared<ReplayingTransport>(*std::move(cassette), file.string(),
                                                                         std::move(secrets))};
}

}  // namespace plugvet
