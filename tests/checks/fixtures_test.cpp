#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include "fixtures/fault.h"
#include "fixtures/server.h"
#include "fixtures/site.h"

using namespace plugvet;
using namespace plugvet::fixtures;

namespace {

Call call(const std::string& method, const std::string& path, const Json& body = {}) {
  Call made;
  made.method = method;
  made.path = path;
  if (!body.is_null()) {
    made.content_type = "application/json";
    made.body = body.dump();
  }
  return made;
}

/// The todo plugin, and what it answers.
struct Todo {
  Site site{"todo", nullptr, "http://localhost:1"};

  Answer ask(const Call& asked, int status) {
    const Answer answer = site.answer(asked);
    BOOST_TEST(answer.status == status, asked.method << " " << asked.path << ": " << answer.status << answer.body);
    return answer;
  }
  Json json(const Call& asked, int status) { return Json::parse(ask(asked, status).body); }
  std::size_t count() { return json(call("GET", "/todos"), 200)["todos"].size(); }
  std::string confirmation(const Call& asked) { return json(asked, 202)["confirmation"]; }
  void add(const std::string& text) {
    const std::string code = confirmation(call("POST", "/todos", {{"text", text}}));
    ask(call("POST", "/todos", {{"text", text}, {"confirmation", code}}), 201);
  }
};

std::string complaint(const std::string& yaml) {
  try {
    read_fault("manifest/name-length/test.yaml", yaml);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return {};
}

const std::string good_fault = "says: Something.\nexpect: [{check: manifest/name-length}]\n";

}  // namespace

BOOST_AUTO_TEST_SUITE(fixtures_behaviour)

BOOST_FIXTURE_TEST_CASE(nothing_changes_before_it_is_confirmed, Todo) {
  const std::string code = confirmation(call("POST", "/todos", {{"text", "Buy milk"}}));
  BOOST_TEST(count() == 0u);
  ask(call("POST", "/todos", {{"text", "Buy milk"}, {"confirmation", code}}), 201);
  BOOST_TEST(count() == 1u);
  confirmation(call("PATCH", "/todos/t1", {{"done", true}}));
  confirmation(call("DELETE", "/todos/t1"));
  BOOST_TEST(json(call("GET", "/todos"), 200)["todos"][0]["done"] == false);
}

BOOST_FIXTURE_TEST_CASE(a_confirmation_works_once_and_for_its_own_change_only, Todo) {
  const std::string code = confirmation(call("POST", "/todos", {{"text", "Buy milk"}}));
  ask(call("POST", "/todos", {{"text", "Buy a house"}, {"confirmation", code}}), 409);
  ask(call("POST", "/todos", {{"text", "Buy milk"}, {"confirmation", code}}), 201);
  ask(call("POST", "/todos", {{"text", "Buy milk"}, {"confirmation", code}}), 409);
  BOOST_TEST(count() == 1u);
}

BOOST_FIXTURE_TEST_CASE(conversations_have_lists_of_their_own, Todo) {
  add("Buy milk");
  Call other = call("GET", "/todos");
  other.conversation = "another";
  BOOST_TEST(json(other, 200)["todos"].empty());
}

BOOST_FIXTURE_TEST_CASE(todos_can_be_changed_filtered_and_deleted, Todo) {
  add("Buy milk");
  add("Call Anna");
  const Json change{{"done", true}, {"due", "2026-03-20"}};
  Json confirmed = change;
  confirmed["confirmation"] = confirmation(call("PATCH", "/todos/t1", change));
  BOOST_TEST(json(call("PATCH", "/todos/t1", confirmed), 200)["due"] == "2026-03-20");
  Call open = call("GET", "/todos");
  open.query["status"] = "open";
  BOOST_TEST(json(open, 200)["todos"].size() == 1u);
  Call removal = call("DELETE", "/todos/t2");
  removal.query["confirmation"] = confirmation(removal);
  BOOST_TEST(json(removal, 200)["text"] == "Call Anna");
  ask(removal, 404);
}

BOOST_FIXTURE_TEST_CASE(an_error_names_the_field, Todo) {
  const auto field = [&](const Json& body) {
    return json(call("POST", "/todos", body), 400)["error"].value("field", "");
  };
  BOOST_TEST(field({{"text", 1}}) == "text");
  BOOST_TEST(field({{"text", " "}}) == "text");
  BOOST_TEST(field({{"text", std::string(201, 'x')}}) == "text");
  BOOST_TEST(field({{"text", "a"}, {"due", "2026-02-30"}}) == "due");
  BOOST_TEST(field({{"text", "a"}, {"colour", "red"}}) == "colour");
  BOOST_TEST(field(Json::object()) == "text");
  BOOST_TEST(json(call("DELETE", "/todos/7"), 400)["error"]["field"] == "todo_id");
  Call text = call("POST", "/todos", {{"text", "a"}});
  text.content_type = "text/plain";
  ask(text, 415);
}

BOOST_FIXTURE_TEST_CASE(a_wrong_method_is_told_the_right_ones, Todo) {
  BOOST_TEST(ask(call("PUT", "/todos", {{"text", "a"}}), 405).headers["allow"] == "GET, HEAD, POST, OPTIONS");
  BOOST_TEST(ask(call("POST", "/legal"), 405).headers["allow"] == "GET, HEAD, OPTIONS");
}

BOOST_FIXTURE_TEST_CASE(too_many_previews_are_told_when_to_come_back, Todo) {
  for (int i = 0; i < 400; ++i) confirmation(call("POST", "/todos", {{"text", "Buy milk"}}));
  BOOST_TEST(ask(call("POST", "/todos", {{"text", "Buy milk"}}), 429).headers.contains("Retry-After"));
}

BOOST_FIXTURE_TEST_CASE(the_manifest_names_the_served_origin, Todo) {
  const Json manifest = json(call("GET", "/.well-known/ai-plugin.json"), 200);
  BOOST_TEST(manifest["logo_url"] == "http://localhost:1/logo.png");
  BOOST_TEST(ask(call("GET", "/legal"), 200).content_type == "text/html; charset=utf-8");
  ask(call("GET", "/elsewhere"), 404);
}

BOOST_AUTO_TEST_CASE(the_same_plugin_for_microsoft_changes_at_once) {
  Site site{"todo-m365", nullptr, "http://localhost:1"};
  BOOST_TEST(site.answer(call("POST", "/todos", {{"text", "Buy milk"}})).status == 201);
}

BOOST_AUTO_TEST_CASE(a_server_stops_at_once_while_it_holds_an_answer_back) {
  const Fault slow = read_fault("a/b/c.yaml", good_fault + "routes: {/legal: {delay_ms: 60000}}\n");
  const auto begin = std::chrono::steady_clock::now();
  {
    ServerOptions options;
    options.fault = &slow;
    const Server server{options};
    BOOST_TEST(server.origin() == "http://localhost:" + std::to_string(server.port()));
  }
  BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds{5}));
}

BOOST_AUTO_TEST_CASE(a_port_that_is_taken_is_an_error_with_its_number) {
  const Server first{ServerOptions{}};
  ServerOptions options;
  options.port = first.port();
  BOOST_CHECK_EXCEPTION(Server{options}, std::runtime_error, [&](const std::runtime_error& error) {
    return std::string{error.what()}.find(std::to_string(first.port())) != std::string::npos;
  });
}

BOOST_AUTO_TEST_CASE(a_fault_file_is_read_strictly) {
  BOOST_TEST(complaint(good_fault) == "");
  const auto complains = [](const std::string& yaml, const std::string& part) {
    const std::string seen = complaint(yaml);
    BOOST_TEST(seen.find(part) != std::string::npos, "\"" << part << "\" is not in: " << seen);
  };
  complains(good_fault + "manifest_marge: {}\n", "fixtures/faults/manifest/name-length/test.yaml:3:1: manifest_marge");
  complains(good_fault + "manifest_marge: {}\n", "did you mean manifest_merge?");
  complains("says: Something.\n", "expect");
  complains("says: Something.\nexpect: [{chek: a/b}]\n", "check is missing");
  complains(good_fault + "plugin: todos\n", "plugin names no fixture plugin");
  complains(good_fault + "tls_maximum: SSLv3\n", "TLSv1.1");
  complains(good_fault + "routes: {/x: {body: a, body_base64: YQ==}}\n", "exclude each other");
  complains(good_fault + "routes: {/x: {body_base64: Y}}\n", "Base64");
  complains(good_fault + "routes: {/x: {body_file: nothing.png}}\n", "names no file");
  complains(good_fault + "routes: {/x: {status: 99}}\n", "status");
  complains(good_fault + "says: Again.\n", "says");
  complains(good_fault + "manifest_text: a\nmanifest_merge: {}\n", "nothing to merge");
}

BOOST_AUTO_TEST_CASE(a_change_of_the_manifest_leaves_its_lines_where_they_are) {
  const Fault fault = read_fault("a/b/c.yaml", good_fault + "manifest_merge: {name_for_model: todo2}\n");
  const Files before = plugin_files("todo", nullptr, written_origin);
  const Files after = plugin_files("todo", &fault, written_origin);
  const std::string path = manifest_path("todo");
  BOOST_TEST(replaced(before.at(path), "\"name_for_model\": \"todo\"", "\"name_for_model\": \"todo2\"") ==
             after.at(path));
}

BOOST_AUTO_TEST_SUITE_END()
