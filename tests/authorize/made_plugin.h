#pragma once
#include <httplib.h>

#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace plugvet::tests {

/// Where a manifest sends people and the platform; empty: to the plugin itself.
struct Endpoints {
  std::string authorization, token, content_type = "application/json", scope;
};

/// A plugin on this machine whose sign-in is whatever a test makes of it. Its manifest names /authorize and /token, its
/// API has the one operation GET /things.
class MadePlugin {
 public:
  using Handler = std::function<void(const httplib::Request&, httplib::Response&)>;

  explicit MadePlugin(Handler handler, Endpoints endpoints = {})
      : handler_{std::move(handler)}, endpoints_{std::move(endpoints)} {
    server_.new_task_queue = [] { return new httplib::ThreadPool(16); };
    server_.set_keep_alive_timeout(1);
    const auto answer = [this](const httplib::Request& request, httplib::Response& response) {
      {
        const std::lock_guard lock{mutex_};
        seen_.push_back(request.method + " " + request.target + " " + request.body);
      }
      if (request.path == "/.well-known/ai-plugin.json")
        response.set_content(manifest(), "application/json");
      else if (request.path == "/openapi.yaml")
        response.set_content(api(), "text/yaml");
      else
        handler_(request, response);
    };
    server_.Get(".*", answer);
    server_.Post(".*", answer);
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread{[this] { server_.listen_after_bind(); }};
    while (!server_.is_running()) std::this_thread::sleep_for(std::chrono::milliseconds{1});
  }
  ~MadePlugin() {
    server_.stop();
    thread_.join();
  }

  std::string origin(const std::string& host = "localhost") const {
    return "http://" + host + ":" + std::to_string(port_);
  }
  /// "POST /login body", in order.
  std::vector<std::string> seen() const {
    const std::lock_guard lock{mutex_};
    return seen_;
  }
  /// Whether a text ever arrived.
  bool was_told(const std::string& text) const {
    for (const std::string& one : seen())
      if (one.find(text) != std::string::npos) return true;
    return false;
  }

 private:
  std::string manifest() const {
    return R"({"schema_version": "v1", "name_for_human": "Things", "name_for_model": "things",
      "description_for_human": "Things.", "description_for_model": "Lists things.",
      "auth": {"type": "oauth", "client_url": ")" + or_own(endpoints_.authorization, "/authorize") +
           R"(", "scope": ")" + endpoints_.scope + R"(", "authorization_url": ")" + or_own(endpoints_.token, "/token") +
           R"(", "authorization_content_type": ")" + endpoints_.content_type + R"(",
      "verification_tokens": {"openai": "0f1e2d3c"}},
      "api": {"type": "openapi", "url": ")" + origin() + R"(/openapi.yaml"}, "logo_url": ")" + origin() +
           R"(/logo.png", "contact_email": "a@example.com", "legal_info_url": ")" + origin() + R"(/legal"})";
  }
  std::string or_own(const std::string& url, const char* path) const { return url.empty() ? origin() + path : url; }
  std::string api() const {
    return "openapi: 3.0.1\ninfo: {title: Things, version: '1'}\nservers: [{url: '" + origin() +
           "'}]\npaths:\n  /things:\n    get:\n      operationId: listThings\n      responses: {'200': {description: "
           "The things.}}\n";
  }

  Handler handler_;
  Endpoints endpoints_;
  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
  mutable std::mutex mutex_;
  std::vector<std::string> seen_;
};

}  // namespace plugvet::tests
