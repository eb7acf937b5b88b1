#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <csignal>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <ostream>
#include <thread>
#include <tuple>

#include "fixtures/server.h"
#include "harness/model/secret_book.h"
#include "harness/support/percent.h"
#include "harness/support/url.h"
#include "tests/authorize/made_plugin.h"
#include "tests/cli/front_door.h"

using namespace plugvet::cli_tests;
using plugvet::Json;
using plugvet::tests::MadePlugin;

namespace {

namespace fs = std::filesystem;

const std::vector<std::string> every_report{"--report", "json=r.json",   "--report", "html=r.html",   "--report", "text=r.txt",
                                            "--report", "junit=r.xml",   "--report", "sarif=r.sarif", "--report",
                                            "markdown=r.md"};
const std::vector<std::string> written{"r.json", "r.html", "r.txt", "r.xml", "r.sarif", "r.md"};

std::vector<std::string> joined(std::vector<std::string> words, const std::vector<std::string>& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

void write_secretly(const Folder& folder, const std::string& name, const std::string& content) {
  folder.write(name, content);
  fs::permissions(folder / name, fs::perms::owner_read | fs::perms::owner_write);
}

/// Whether a text holds a value as it is, percent-encoded, as JSON writes it, in hexadecimal digits or in base64.
bool holds(const std::string& text, const std::string& value) {
  for (const auto& spellings : {plugvet::plain_spellings(value), plugvet::encoded_spellings(value)})
    for (const std::string& spelling : spellings)
      if (text.find(spelling) != std::string::npos) return true;
  return false;
}

void check_secrecy(const Folder& folder, const std::vector<std::string>& files, const std::vector<std::string>& secrets) {
  for (const std::string& file : files) {
    const std::string text = folder.read(file);
    BOOST_TEST(!text.empty(), file);
    for (const std::string& secret : secrets) BOOST_TEST(!holds(text, secret), secret << " is in " << file);
  }
}

std::string outcomes(const Json& documents) {
  std::string text;
  for (const Json& result : (documents.is_array() ? documents.front() : documents)["results"])
    text += result["id"].get<std::string>() + " " + result["outcome"].get<std::string>() + " " +
            std::to_string(result["findings"].size()) + "\n";
  return text;
}

const std::string code = "canary-code-Zx81/+kQ", token = "canary-token-Hu55/+wP", refresh_token = "canary-refresh-Bn17/+sD",
                  secret = "canary-secret-Tr62/+mJ";

/// Signs everybody in, hands out the canaries, and repeats what it is told in the answers of its API.
void answer_talkatively(const httplib::Request& request, httplib::Response& response) {
  if (request.path == "/authorize") {
    response.status = 302;
    response.set_header("Location", request.get_param_value("redirect_uri") + "?code=" + plugvet::percent_encoded(code) +
                                        "&state=" + request.get_param_value("state"));
  } else if (request.path == "/token") {
    response.set_header("Cache-Control", "no-store");
    response.set_content(R"({"token_type": "bearer", "expires_in": 3600, "access_token": ")" + token +
                             R"(", "refresh_token": ")" + refresh_token + R"(", "you_sent": ")" +
                             plugvet::percent_encoded(request.body) + "\"}",
                         "application/json");
  } else if (request.get_header_value("Authorization") == "Bearer " + token) {
    response.set_content(R"({"things": [], "seen": ")" + request.get_header_value("Authorization") + "\"}",
                         "application/json");
  } else {
    response.status = 401;
  }
}

/// The address that a person is told to open, as soon as it stands in the file.
std::string told_address(const Folder& folder, const std::string& file) {
  const std::string told = "sign in with a browser at ";
  for (int i = 0; i < 500; ++i) {
    const std::string text = fs::exists(folder / file) ? folder.read(file) : "";
    const std::size_t at = text.find(told + "http"), end = text.find('\n', at);
    if (at != std::string::npos && end != std::string::npos)
      return text.substr(at + told.size(), end - at - told.size());
    std::this_thread::sleep_for(std::chrono::milliseconds{20});
  }
  return {};
}

/// A browser: it follows the redirect back to the machine that it runs on. The status of the last page.
int browse(const std::string& address) {
  const auto url = plugvet::Url::parse(address);
  if (!url) return 0;
  httplib::Client client{"127.0.0.1", url->port()};
  const auto answer = client.Get(url->path() + "?" + url->query());
  if (!answer) return 0;
  const std::string location = answer->get_header_value("Location");
  return location.empty() ? answer->status : browse(location);
}

/// As `sh` writes it to a file while it runs.
std::string shell_command(const std::vector<std::string>& words, const std::string& errors) {
  std::string text = "exec '" PLUGVET_BINARY_DIR "/plugvet'";
  for (const std::string& word : words) text += " '" + word + "'";
  return text + " 2>" + errors;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(signing_in)

BOOST_AUTO_TEST_CASE(the_good_plugin_is_approved_with_and_without_writes) {
  for (const auto& more : std::vector<std::vector<std::string>>{{}, {"--live"}, {"--live", "--allow-writes"}}) {
    const Ended ended = run_plugvet(joined({"review", "--fixture", "todo-oauth"}, more));
    BOOST_TEST(ended.status == 0, ended.out << ended.err);
  }
}

BOOST_AUTO_TEST_CASE(a_recorded_sign_in_is_judged_the_same_offline_and_no_file_holds_a_secret) {
  const Folder folder;
  const Setting here{.folder = folder.path()};
  const std::vector<std::string> secrets{"pV7-platform-Secret-2f9Q", "pV7-another-Secret-8d1K", "alice-Keeps-7-lists",
                                         "bob-Keeps-3-lists"};
  write_secretly(folder, "c.yaml", plugvet::fixtures::credentials_of("todo-oauth"));
  std::string origin;
  {
    plugvet::fixtures::ServerOptions options;
    options.plugin = "todo-oauth";
    options.behaviours = {"any-secret", "api-undefined", "error-echoes-secret"};
    const plugvet::fixtures::Server server{options};
    origin = server.origin();
    run_plugvet(joined({"review", origin, "--live", "--credentials", "c.yaml", "--record", "c.har"}, every_report), here);
  }
  const Json live = json_of(folder.read("r.json"));
  check_secrecy(folder, joined(written, {"c.har"}), secrets);
  const Ended again = run_plugvet(
      joined({"review", origin, "--live", "--credentials", "c.yaml", "--replay", "c.har"}, every_report), here);
  const Json replayed = json_of(folder.read("r.json"));
  BOOST_TEST(outcomes(replayed) == outcomes(live));
  BOOST_TEST(outcomes(live).find("auth/client-secret failed") != std::string::npos);
  BOOST_TEST(outcomes(live).find("auth/enforcement failed") != std::string::npos);
  BOOST_TEST(again.status == 1);
  check_secrecy(folder, written, secrets);
}

BOOST_AUTO_TEST_CASE(a_person_signs_in_with_a_browser_and_nothing_of_it_is_kept) {
  const Folder folder;
  const MadePlugin plugin{answer_talkatively};
  write_secretly(folder, "c.yaml", "oauth: {client_id: platform, client_secret: '" + secret + "'}\n");
  const auto words = joined({"review", plugin.origin(), "--live", "--interactive", "--credentials", "c.yaml", "--only",
                             "auth/*", "--record", "c.har", "--progress", "never"},
                            every_report);
  int status = 0;
  std::thread person{[&] { status = browse(told_address(folder, "err.txt")); }};
  const Ended ended = run({"sh", "-c", shell_command(words, "err.txt")}, {.folder = folder.path()});
  person.join();
  BOOST_TEST(status == 200);
  const std::string told = folder.read("err.txt");
  const std::string waiting = "waiting for the browser, ";
  const std::size_t countdown = told.find(waiting);
  BOOST_REQUIRE_MESSAGE(countdown != std::string::npos, told);
  std::string left = told.substr(countdown + waiting.size(), 9);  // "4:59 left"
  for (char& c : left) c = c >= '0' && c <= '9' ? '#' : c;
  BOOST_TEST(left == "#:## left", told);
  BOOST_TEST(plugin.was_told(code));
  const Json documents = json_of(folder.read("r.json"));
  const Json& signed_in = (documents.is_array() ? documents.front() : documents)["authorization"]["sign_in"];
  BOOST_TEST(signed_in["broken"].is_null());
  BOOST_TEST(signed_in["redirect_uri"].get<std::string>().starts_with("http://127.0.0.1:"));
  check_secrecy(folder, joined(written, {"c.har", "err.txt"}), {code, token, refresh_token, secret});
}

BOOST_AUTO_TEST_CASE(a_person_who_does_not_come_back_is_waited_for_until_the_deadline) {
  const Folder folder;
  const MadePlugin plugin{answer_talkatively};
  write_secretly(folder, "c.yaml", "oauth: {client_id: platform, client_secret: '" + secret + "'}\n");
  const Ended ended = run_plugvet({"review", plugin.origin(), "--live", "--interactive", "--credentials", "c.yaml", "--only",
                                   "auth/*", "--deadline", "2"},
                                  {.folder = folder.path()});
  BOOST_TEST(ended.status != 0);
  BOOST_TEST(ended.out.find("Nobody came back from signing in") != std::string::npos, ended.out << ended.err);
  BOOST_TEST((ended.took < std::chrono::seconds{20}));
}

namespace {

struct BadInput {
  const char* behaviour;
  int status;
  const char* says;
};
std::ostream& operator<<(std::ostream& out, const BadInput& input) {
  return out << input.behaviour;
}

/// What somebody sees who reviews the fixture while it deviates.
Ended reviewed_with(const std::string& behaviour, const std::string& credentials, const std::vector<std::string>& more = {}) {
  const Folder folder;
  write_secretly(folder, "c.yaml", credentials);
  plugvet::fixtures::ServerOptions options;
  options.plugin = "todo-oauth";
  if (!behaviour.empty()) options.behaviours = {behaviour};
  const plugvet::fixtures::Server server{options};
  return run_plugvet(joined({"review", server.origin(), "--live", "--credentials", "c.yaml", "--only", "auth/*"}, more),
                     {.folder = folder.path()});
}

std::string changed(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

const std::vector<BadInput> bad_inputs{
    {"login-no-form", 1, "has no form to go on with"},
    {"login-three-forms", 0, "APPROVED"},
    {"login-script", 3, "it works with scripts only"},
    {"login-endless", 1, "the sign-in is still not at its end"},
    {"token-html", 1, "of text/html"},
    {"token-200-error", 1, "answers with neither a token nor a status that says so"},
    {"token-huge", 1, "at most 1048576 are accepted"},
    {"token-nothing", 1, "200 without a body"},
    {"authorize-missing", 1, "answers the authorization request with status 404"},
};

}  // namespace

BOOST_DATA_TEST_CASE(a_sign_in_that_goes_wrong_ends_soon_and_is_said_in_a_sentence, bad_inputs, input) {
  const Ended ended = reviewed_with(input.behaviour, plugvet::fixtures::credentials_of("todo-oauth"));
  BOOST_TEST(ended.status == input.status, ended.out << ended.err);
  BOOST_TEST(ended.out.find(input.says) != std::string::npos, ended.out << ended.err);
  BOOST_TEST((ended.took < std::chrono::seconds{20}));
}

BOOST_AUTO_TEST_CASE(a_token_endpoint_that_never_answers_is_waited_for_until_the_deadline) {
  const Ended ended = reviewed_with("token-slow", plugvet::fixtures::credentials_of("todo-oauth"), {"--deadline", "3"});
  BOOST_TEST(ended.status != 0, ended.out << ended.err);
  BOOST_TEST(ended.out.find("sent no response within") != std::string::npos, ended.out << ended.err);
  BOOST_TEST((ended.took < std::chrono::seconds{14}));
}

BOOST_AUTO_TEST_CASE(a_callback_that_is_never_reached_is_said_to_be_so) {
  const Folder folder;
  const MadePlugin plugin{[](const auto& request, auto& response) {
    const char* form = "<form method=post action=/login><input name=username><input type=password name=password>"
                       "<button>Sign in</button></form>";
    response.set_content(request.method == "POST" ? "<p>Welcome back." : form, "text/html");
  }};
  write_secretly(folder, "c.yaml",
                 "oauth: {client_id: platform, client_secret: a-secret-of-the-client, plugin_id: plugin-1}\n"
                 "login: {fields: {username: alice, password: correct-horse-battery}}\n");
  const Ended ended = run_plugvet({"review", plugin.origin(), "--live", "--credentials", "c.yaml", "--only", "auth/*"},
                                  {.folder = folder.path()});
  BOOST_TEST(ended.status == 1, ended.out << ended.err);
  BOOST_TEST(ended.out.find("has no form to go on with; it says \"Welcome back.\"") != std::string::npos, ended.out);
}

BOOST_AUTO_TEST_CASE(wrong_credentials_say_nothing_of_the_plugin) {
  const std::string good = plugvet::fixtures::credentials_of("todo-oauth");
  for (const auto& [from, to, says] :
       {std::tuple{"alice-Keeps-7-lists", "alice-Keeps-9-lists", "it does not accept the first account"},
        {"pV7-platform-Secret-2f9Q", "pV7-platform-Secret-0000", "Are client_id and client_secret what the plugin knows?"},
        {"chat-platform", "chat-stranger", "Is this client_id and plugin_id what the plugin knows?"}}) {
    const Ended ended = reviewed_with("", changed(good, from, to));
    BOOST_TEST(ended.status == 3, ended.out << ended.err);
    BOOST_TEST(ended.out.find("INCOMPLETE") != std::string::npos, ended.out);
    BOOST_TEST(ended.out.find(says) != std::string::npos, ended.out);
  }
}

BOOST_AUTO_TEST_CASE(a_key_that_is_missing_in_the_credentials_is_named) {
  const std::string good = plugvet::fixtures::credentials_of("todo-oauth");
  const Ended secret = reviewed_with("", changed(good, "  client_secret: pV7-platform-Secret-2f9Q\n", ""));
  BOOST_TEST(secret.status == 2);
  BOOST_TEST(secret.err.find("client_secret is missing") != std::string::npos, secret.err);
  const Ended plugin = reviewed_with("", "oauth: {client_id: a, client_secret: bcdefghi}\nlogin: {fields: {username: a}}\n");
  BOOST_TEST(plugin.status == 3);
  BOOST_TEST(plugin.out.find("The credentials have no oauth.plugin_id") != std::string::npos, plugin.out);
}

BOOST_AUTO_TEST_CASE(the_served_fixture_writes_its_credentials_for_its_owner_alone) {
  const Folder folder;
  const Ended none = run_plugvet({"serve-fixture", "todo", "--credentials", "c.yaml"}, {.folder = folder.path()});
  BOOST_TEST(none.status == 2);
  BOOST_TEST(none.err.find("nobody has to sign in at todo") != std::string::npos, none.err);
  run_plugvet({"serve-fixture", "todo-oauth", "--credentials", "c.yaml"},
              {.folder = folder.path(), .interrupt_with = SIGINT});
  BOOST_TEST(folder.read("c.yaml") == plugvet::fixtures::credentials_of("todo-oauth"));
  BOOST_TEST(((fs::status(folder / "c.yaml").permissions() & (fs::perms::group_all | fs::perms::others_all)) == fs::perms::none));
}

BOOST_AUTO_TEST_SUITE_END()
