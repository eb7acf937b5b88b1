#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <set>
#include <nlohmann/json.hpp>

#include "checks/all.h"
#include "harness/support/file.h"
#include "tests/authorize/made_plugin.h"
#include "tests/authorize/signing_in.h"
#include "tests/rig/hostile_server.h"

using namespace plugvet;
using namespace plugvet::tests;

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

/// A program that runs as long as this lives.
class Program {
 public:
  Program(std::vector<std::string> words, const fs::path& output) {
    pid_ = ::fork();
    if (pid_ != 0) return;
    const int out = ::open(output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ::dup2(out, 1);
    ::dup2(out, 2);
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    ::execvp(arguments[0], arguments.data());
    ::_exit(127);
  }
  ~Program() {
    if (has_ended()) return;
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
  }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  bool has_ended() {
    if (!ended_) ended_ = ::waitpid(pid_, &status_, WNOHANG) == pid_;
    return ended_;
  }
  int status() const { return WIFEXITED(status_) ? WEXITSTATUS(status_) : -1; }

 private:
  pid_t pid_ = -1;
  int status_ = 0;
  bool ended_ = false;
};

struct Folder {
  fs::path path = fs::temp_directory_path() / ("plugvet-oauth-" + std::to_string(getpid()));
  Folder() { fs::create_directories(path); }
  ~Folder() { fs::remove_all(path); }
};

/// Whether it answers within half a minute; not when the program ends before.
bool comes_up(Program& program, std::uint16_t port, const std::string& path) {
  for (int i = 0; i < 300; ++i) {
    if (program.has_ended()) return false;
    httplib::Client client{"127.0.0.1", port};
    if (client.Get(path)) return true;
    std::this_thread::sleep_for(100ms);
  }
  return false;
}

bool is_installed(const std::string& program) {
  return std::system(("command -v " + program + " >/dev/null 2>&1").c_str()) == 0;
}

SignIn signed_in(const Evidence& evidence) {
  BOOST_REQUIRE((evidence.sign_in && *evidence.sign_in));
  const SignIn& sign_in = **evidence.sign_in;
  BOOST_REQUIRE_MESSAGE(!sign_in.broken, (sign_in.broken ? sign_in.broken->what : std::string{}));
  return sign_in;
}

/// Every attempt went as it should, but for those that a test names with what is to be seen instead.
void check_attempts(const SignIn& sign_in, const std::map<std::string, Reaction>& otherwise) {
  for (const Attempt& attempt : sign_in.attempts) {
    if (attempt.seen == Reaction::not_made) continue;
    const auto other = otherwise.find(attempt.id);
    const Reaction expected = other == otherwise.end() ? attempt.expected : other->second;
    BOOST_TEST(name_of(attempt.seen) == name_of(expected), attempt.id << ": " << attempt.actual);
  }
}

/// What the checks of signing in find: a server that follows the standard gives no cause. `deviations`: the checks that it
/// does give one.
void check_findings(const Evidence& evidence, const std::set<std::string_view>& deviations = {}) {
  const Parameters limits{Json{{"minimum_bits", 64}}};
  for (const Check* check : checks::all()) {
    if (!check->info.id.starts_with("auth/") || !check->needs.contains(Needs::sign_in)) continue;
    const Ruling ruling = check->rule(evidence, limits);
    if (deviations.contains(check->info.id)) {
      BOOST_TEST((ruling.outcome == Outcome::failed), check->info.id << " finds nothing");
      continue;
    }
    for (const Finding& finding : ruling.judgement.findings)
      BOOST_ERROR(check->info.id << ": " << finding.message << " (" << finding.actual << ")");
    BOOST_TEST((ruling.outcome != Outcome::blocked), check->info.id << ": " << ruling.reason);
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(real_servers)

BOOST_AUTO_TEST_CASE(oidc_provider_is_signed_in_at_by_its_own_pages) {
  if (!is_installed("node")) {
    std::cout << "skipped: node is not installed\n";
    return;
  }
  const Folder folder;
  const std::uint16_t port = rig::closed_port();
  const fs::path output = folder.path / "output";
  Program provider{{"node", PLUGVET_SOURCE_DIR "/tests/oauth/provider.mjs", std::to_string(port)}, output};
  if (!comes_up(provider, port, "/.well-known/openid-configuration")) {
    BOOST_REQUIRE_MESSAGE(provider.has_ended() && provider.status() == 77, *read_file(output, 1u << 20));
    std::cout << *read_file(output, 1u << 20);
    return;
  }
  const std::string origin = "http://127.0.0.1:" + std::to_string(port);
  // The plugin's API asks the provider about every token.
  const auto is_active = [&](const std::string& header) {
    if (!header.starts_with("Bearer ")) return false;
    httplib::Client client{"127.0.0.1", port};
    const auto answer = client.Post("/token/introspection", httplib::Params{{"client_id", "plug"},
                                                                            {"client_secret", "pV7-oidc-Secret-4x"},
                                                                            {"token", header.substr(7)}});
    return answer && answer->body.find("\"active\":true") != std::string::npos;
  };
  const MadePlugin plugin{[&](const auto& request, auto& response) {
                            if (is_active(request.get_header_value("Authorization")))
                              response.set_content("{\"things\": []}", "application/json");
                            else
                              response.status = 401;
                          },
                          {origin + "/auth", origin + "/token", "application/x-www-form-urlencoded", "openid todos"}};
  AuthorizeOptions options;
  options.live = true;
  options.credentials = credentials_in(
      "oauth: {client_id: plug, client_secret: pV7-oidc-Secret-4x, plugin_id: plugin-abc,\n"
      "  other_client: {client_id: other, client_secret: pV7-oidc-Other-9z}}\n"
      "login: {fields: {login: alice, password: a-password-of-alice}}\n");
  LiveOptions live;
  live.allow_private = true;
  const Evidence evidence = authorized(plugin.origin(), *make_live_transport(live), options);
  const SignIn sign_in = signed_in(evidence);
  BOOST_REQUIRE((sign_in.token && sign_in.refreshed));
  BOOST_TEST(sign_in.refreshed->is_token());
  BOOST_TEST(sign_in.callback->state_is_unchanged);
  check_attempts(sign_in, {{"markup/scope", Reaction::refused}, {"guessed/secret", Reaction::other}});
  for (const char* made : {"consent/asked", "consent/refused", "login/led-astray", "revocation/refresh-token",
                           "revocation/access-token"})
    BOOST_TEST((sign_in.attempt(made)->seen != Reaction::not_made), made << ": " << sign_in.attempt(made)->actual);
  // Notes that are true: its pages are for development and may be framed, and who slows down guessing stands before it.
  check_findings(evidence, {"auth/login-framing", "auth/secret-guessing"});
  BOOST_REQUIRE((evidence.enforcement && *evidence.enforcement));
  const GuardedOperation& list = (*evidence.enforcement)->operations.front();
  for (const Pass pass : {Pass::valid, Pass::none, Pass::wrong, Pass::altered, Pass::undefined}) {
    const AccessAttempt* attempt = list.attempt(pass);
    BOOST_REQUIRE(attempt);
    BOOST_TEST(name_of(attempt->seen) == name_of(attempt->expected), name_of(pass) << ": " << attempt->actual);
  }
}

namespace {

/// Debian's authorization server, set up for one client and one user by its own API.
class Glewlwyd {
 public:
  explicit Glewlwyd(const Folder& folder) : port_{rig::closed_port()}, api_{"127.0.0.1", port_} {
    const std::string database = (folder.path / "glewlwyd.db").string();
    const std::string fill = "zcat /usr/share/doc/glewlwyd/database/init.sqlite3.sql.gz | sqlite3 " + database;
    if (std::system(fill.c_str()) != 0) return;
    const fs::path configuration = folder.path / "glewlwyd.conf";
    static_cast<void>(write_file(configuration,
                                 "port=" + std::to_string(port_) +
                                     "\nbind_address=\"127.0.0.1\"\nexternal_url=\"http://127.0.0.1:" +
                                     std::to_string(port_) +
                                     "/\"\nlogin_url=\"login.html\"\nlog_mode=\"console\"\nlog_level=\"ERROR\"\n"
                                     "cookie_domain=\"127.0.0.1\"\nhash_algorithm=\"SHA512\"\n"
                                     "user_module_path=\"/usr/lib/glewlwyd/user\"\n"
                                     "client_module_path=\"/usr/lib/glewlwyd/client\"\n"
                                     "user_auth_scheme_module_path=\"/usr/lib/glewlwyd/scheme\"\n"
                                     "plugin_module_path=\"/usr/lib/glewlwyd/plugin\"\n"
                                     "database = { type = \"sqlite3\" path = \"" + database + "\" };\n",
                                 Readers::owner));
    program_ = std::make_unique<Program>(std::vector<std::string>{"glewlwyd", "--config-file=" + configuration.string()},
                                         folder.path / "output");
    is_up_ = comes_up(*program_, port_, "/config");
    if (is_up_) set_up();
  }

  bool is_up() const { return is_up_; }
  std::string origin() const { return "http://127.0.0.1:" + std::to_string(port_); }
  const std::string& session() const { return session_; }

 private:
  int post(const std::string& path, const Json& body, const std::string& cookie) {
    const auto answer = api_.Post(path, {{"Cookie", cookie}}, body.dump(), "application/json");
    return answer ? answer->status : 0;
  }

  std::string signed_in(const std::string& user, const std::string& password) {
    const auto answer = api_.Post("/api/auth/", Json{{"username", user}, {"password", password}}.dump(), "application/json");
    const std::string cookie = answer ? answer->get_header_value("Set-Cookie") : std::string{};
    return cookie.substr(0, cookie.find(';'));
  }

  void set_up() {
    const std::string admin = signed_in("admin", "password");
    post("/api/mod/plugin/",
         {{"module", "oauth2-glewlwyd"}, {"name", "glwd"}, {"display_name", "oauth2"}, {"enabled", true},
          {"parameters",
           {{"url", "glwd"}, {"jwt-type", "sha"}, {"jwt-key-size", "256"}, {"key", "secretsecretsecretsecretsecretsecret"},
            {"access-token-duration", 3600}, {"refresh-token-duration", 1209600}, {"code-duration", 600},
            {"refresh-token-rolling", true}, {"auth-type-code-enabled", true}, {"auth-type-implicit-enabled", false},
            {"auth-type-password-enabled", false}, {"auth-type-client-enabled", true},
            {"auth-type-refresh-enabled", true}, {"scope", Json::array()}, {"pkce-allowed", true}}}},
         admin);
    post("/api/scope/",
         {{"name", "todos"}, {"display_name", "todos"}, {"description", "d"}, {"password_required", true},
          {"scheme", Json::object()}},
         admin);
    post("/api/client/",
         {{"client_id", "plug"}, {"name", "plug"}, {"enabled", true}, {"confidential", true},
          {"password", "pV7-glwd-Secret-7y"},
          {"redirect_uri", {"https://chat.openai.com/aip/plugin-abc/oauth/callback",
                            "https://chatgpt.com/aip/plugin-abc/oauth/callback"}},
          {"authorization_type", {"code", "refresh_token"}}, {"scope", Json::array()}},
         admin);
    post("/api/user/",
         {{"username", "alice"}, {"name", "Alice"}, {"password", "alice-password"}, {"enabled", true}, {"scope", {"todos"}}},
         admin);
    session_ = signed_in("alice", "alice-password");
    api_.Put("/api/auth/grant/plug", {{"Cookie", session_}}, Json{{"scope", "todos"}}.dump(), "application/json");
  }

  std::uint16_t port_;
  httplib::Client api_;
  std::unique_ptr<Program> program_;
  std::string session_;
  bool is_up_ = false;
};

}  // namespace

// Its login page works with scripts only, so the browser brings a session along.
BOOST_AUTO_TEST_CASE(glewlwyd_is_signed_in_at_with_the_cookies_of_a_browser) {
  if (!is_installed("glewlwyd") || !is_installed("sqlite3") ||
      !fs::exists("/usr/share/doc/glewlwyd/database/init.sqlite3.sql.gz")) {
    std::cout << "skipped: glewlwyd, its database scripts or sqlite3 is not installed\n";
    return;
  }
  const Folder folder;
  const Glewlwyd glewlwyd{folder};
  BOOST_REQUIRE_MESSAGE(glewlwyd.is_up(), *read_file(folder.path / "output", 1u << 20));
  const std::string& session = glewlwyd.session();
  const std::size_t equals = session.find('=');
  BOOST_REQUIRE(equals != std::string::npos);
  const MadePlugin plugin{[](const auto&, auto& response) { response.status = 401; },
                          {glewlwyd.origin() + "/api/glwd/auth?g_continue", glewlwyd.origin() + "/api/glwd/token",
                           "application/x-www-form-urlencoded", "todos"}};
  AuthorizeOptions options;
  options.live = true;
  options.credentials =
      credentials_in("oauth: {client_id: plug, client_secret: pV7-glwd-Secret-7y, plugin_id: plugin-abc,\n"
                     "  client_authentication: header}\nlogin: {cookies: {" +
                     session.substr(0, equals) + ": '" + session.substr(equals + 1) + "'}}\n");
  LiveOptions live;
  live.allow_private = true;
  const Evidence evidence = authorized(plugin.origin(), *make_live_transport(live), options);
  const SignIn sign_in = signed_in(evidence);
  BOOST_REQUIRE((sign_in.token && sign_in.refreshed));
  BOOST_TEST(sign_in.token->document->find("/token_type")->get<std::string>() == "bearer");
  BOOST_TEST(sign_in.callback->state_is_unchanged);
  // It asks nobody to sign in with g_continue, and leaves out what was not granted without a word.
  check_attempts(sign_in, {{"session/none", Reaction::refused},
                           {"markup/state", Reaction::refused},
                           {"markup/scope", Reaction::refused},
                           {"markup/message", Reaction::refused},
                           {"refresh/wider-scope", Reaction::granted},
                           {"guessed/secret", Reaction::other}});
  // RFC 6749 §5.2 wants an error as JSON; Glewlwyd 2.7 answers 400 without a body.
  check_findings(evidence, {"auth/token-error-form", "auth/secret-guessing"});
}

BOOST_AUTO_TEST_SUITE_END()
