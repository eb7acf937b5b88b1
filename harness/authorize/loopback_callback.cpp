#include "harness/authorize/loopback_callback.h"

#include <fmt/format.h>
#include <httplib.h>

#include <condition_variable>
#include <mutex>
#include <thread>

namespace plugvet {
namespace {

constexpr std::chrono::minutes longest_wait{5};
constexpr const char* this_machine = "127.0.0.1";
constexpr const char* usual_path = "/oauth/callback";
constexpr std::size_t largest_body = 1024;
constexpr std::size_t threads = 4;
constexpr const char* goodbye =
    "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>plugvet</title>"
    "<p>plugvet has what it waited for. You may close this page.</p></html>";

Problem no_callback(std::string what, const std::string& where) {
  return {.rung = Rung::url, .id = "callback.address", .what = std::move(what), .where = where, .blame = Blame::user};
}

}  // namespace

struct LoopbackCallback::Listener {
  httplib::Server server;
  std::string path, host;
  std::mutex mutex;
  std::condition_variable changed;
  std::string target;  // of the first callback
  std::thread thread;

  void start() {
    server.new_task_queue = [] { return new httplib::ThreadPool(threads); };
    server.set_payload_max_length(largest_body);
    server.set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
      answer(request, response);
      return httplib::Server::HandlerResponse::Handled;
    });
    thread = std::thread{[this] { server.listen_after_bind(); }};
    while (!server.is_running()) std::this_thread::sleep_for(std::chrono::milliseconds{1});
  }

  void answer(const httplib::Request& request, httplib::Response& response) {
    // A page that only looks like it is from here (DNS rebinding) has another host.
    const std::string host_header = request.get_header_value("Host");
    const bool is_ours = host_header == host || host_header == "localhost" + host.substr(host.find(':'));
    if (request.method != "GET" || request.path != path || !is_ours) {
      response.status = 404;
      return;
    }
    response.set_header("Cache-Control", "no-store");
    response.set_header("Referrer-Policy", "no-referrer");
    response.set_content(goodbye, "text/html; charset=utf-8");
    const std::lock_guard lock{mutex};
    if (target.empty()) target = request.target;
    changed.notify_all();
  }

  ~Listener() {
    server.stop();
    if (thread.joinable()) thread.join();
  }
};

Result<std::shared_ptr<LoopbackCallback>> LoopbackCallback::open(const std::string& wanted) {
  auto listener = std::make_unique<Listener>();
  listener->path = usual_path;
  int port = 0;
  std::string host = this_machine;
  if (!wanted.empty()) {
    const auto url = Url::parse(wanted);
    if (!url || url->is_https() || !is_loopback_host(url->host()))
      return no_callback("--interactive waits on this machine, and oauth.redirect_uri is not http://127.0.0.1:PORT/….", wanted);
    port = url->port();
    host = url->host();
    listener->path = url->path();
  }
  if (port == 0)
    port = listener->server.bind_to_any_port(this_machine);
  else if (!listener->server.bind_to_port(this_machine, port))
    port = -1;
  if (port <= 0) return no_callback("Something else listens where the browser is to come back to.", wanted);
  listener->host = fmt::format("{}:{}", this_machine, port);
  std::string redirect_uri = wanted.empty() ? fmt::format("http://{}:{}{}", host, port, usual_path) : wanted;
  listener->start();
  return std::shared_ptr<LoopbackCallback>{new LoopbackCallback{std::move(listener), std::move(redirect_uri)}};
}

LoopbackCallback::LoopbackCallback(std::unique_ptr<Listener> listener, std::string redirect_uri)
    : listener_{std::move(listener)}, redirect_uri_{std::move(redirect_uri)} {}

LoopbackCallback::~LoopbackCallback() = default;

JourneyEnd LoopbackCallback::wait(const JourneyPlan& plan, SecretBook& secrets, std::chrono::milliseconds patience,
                                  const ShowAddress& show) {
  using Clock = std::chrono::steady_clock;
  const auto until = Clock::now() + std::min<std::chrono::milliseconds>(patience, longest_wait);
  JourneyEnd end;
  SignInStep asked;
  asked.kind = StepKind::authorization_request;
  asked.note = "a person signs in with a browser";
  asked.sent = shown_fields(read_form(query_of(plan.url)), secrets);
  asked.exchange.request.url = plan.url;
  end.steps.push_back(std::move(asked));
  std::string target;
  {
    std::unique_lock lock{listener_->mutex};
    while (listener_->target.empty() && Clock::now() < until) {
      lock.unlock();
      show(plan.url, std::chrono::ceil<std::chrono::seconds>(until - Clock::now()));
      lock.lock();
      if (!listener_->target.empty()) break;
      listener_->changed.wait_for(lock, std::min<Clock::duration>(until - Clock::now(), std::chrono::seconds{1}));
    }
    target = std::exchange(listener_->target, {});
  }
  if (target.empty()) {
    end.actual = "the browser did not come back in time";
    end.problem = Problem{.rung = Rung::http,
                          .id = "callback.timeout",
                          .what = "Nobody came back from signing in with the browser in time.",
                          .where = redirect_uri_,
                          .blame = Blame::user};
    return end;
  }
  const std::string url = redirect_uri_.substr(0, redirect_uri_.find('/', redirect_uri_.find("//") + 2)) + target;
  Delivery delivery = read_delivery(url, plan, secrets);
  SignInStep step;
  step.kind = end.ended_at = StepKind::callback;
  step.from = Party::authorization_server;
  step.to = Party::platform;
  step.sent = delivery.callback.query;
  step.exchange.request.url = url;
  end.steps.push_back(std::move(step));
  end.actual = delivery_text(delivery.callback);
  end.reaction = delivery.callback.code ? Reaction::granted : Reaction::refused;
  if (delivery.callback.state_is_unchanged) end.code = std::move(delivery.code);
  if (delivery.callback.code && end.code.empty())
    end.problem = Problem{.rung = Rung::http,
                          .id = "callback.state",
                          .what = "The browser came back with a code and another state than it was sent with; the code "
                                  "was not used.",
                          .where = redirect_uri_};
  end.callback = std::move(delivery.callback);
  return end;
}

}  // namespace plugvet
