#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <fmt/format.h>
#include <ostream>

#include "checks/effect.h"

using namespace plugvet;
using namespace plugvet::checks;
namespace data = boost::unit_test::data;

namespace {

struct Case {
  std::string method, path, id, summary;
  Effect effect = Effect::reads;
};
std::ostream& operator<<(std::ostream& out, const Case& c) {
  return out << c.method << " " << c.path << " (" << c.id << ") " << c.summary;
}

// The shapes that operations of real plugins have.
const Case operations[] = {
    {"post", "/search", "searchTodos", "", Effect::reads},
    {"post", "/query", "query_query_post", "Query", Effect::reads},
    {"post", "/chat", "chat", "", Effect::unknown},
    {"post", "/chat", "chat", "Send a message to the assistant", Effect::unknown},
    {"post", "/pdf", "create_pdf_v2", "", Effect::unknown},
    {"post", "/chart", "chart", "Create a bar chart", Effect::unknown},
    {"post", "/todos", "addTodo", "", Effect::changes},
    {"post", "/todos", "todos", "Adds a todo", Effect::changes},
    {"post", "/todos/add", "", "", Effect::changes},
    {"post", "/Edit/AddHost", "hostAdd", "", Effect::changes},
    {"put", "/todos/{id}", "todo", "", Effect::changes},
    {"post", "/cart/remove", "removeItem", "", Effect::grave},
    {"post", "/mail", "sendEmail", "", Effect::grave},
    {"post", "/data", "sendData", "", Effect::unknown},
    {"post", "/lawyers/contact", "contactLawyer", "", Effect::grave},
    {"post", "/contacts", "contactInfo", "", Effect::unknown},
    {"post", "/hotels", "bookHotel", "", Effect::grave},
    {"post", "/books", "bookCreate", "", Effect::changes},
    {"post", "/orders", "orderStatus", "", Effect::unknown},
    {"post", "/EmailMarketing/AddContact", "post-EmailMarketing-AddContact", "", Effect::changes},
    {"delete", "/todos/{id}", "todo", "", Effect::grave},
    {"get", "/todos", "deleteTodos", "", Effect::reads},
};

struct Get {
  std::string path, id, verb, summary = {};
};
std::ostream& operator<<(std::ostream& out, const Get& get) {
  return out << get.path << " (" << get.id << ")";
}

const Get gets[] = {
    {"/todos/delete", "deleteTodo", "delete"},
    {"/delete", "get_DeleteShop", "delete"},
    {"/todos/delete", "", "delete"},
    {"/save-logo", "SaveLogo", "save"},
    {"/todos", "getTodos", ""},
    {"/create-qr", "getQrCode", ""},
    {"/create-qr", "createQrCode", ""},
    {"/book/list", "bookList", ""},
    {"/orders", "get_order_state", ""},
    {"/order", "get_OrderBusiness", "create", "Create an order for a business"},
    {"/order", "order", "", "Details of an order"},
    {"/order", "order", "", "Create a list of shops"},
    {"/pulls/{n}/merge", "pulls/check-if-merged", ""},
    {"/posts", "posts", ""},
    {"/settings", "settings", ""},
};

std::shared_ptr<const openapi::Description> describe(const std::string& method, const std::string& path,
                                                     const std::string& id, const std::string& rest = "{}") {
  const std::string text = fmt::format(
      R"({{"openapi": "3.1.0", "info": {{"title": "T", "version": "1"}}, "paths": {{"{}": {{"{}": {{"operationId": "{}",
      "responses": {{"200": {{"description": "ok"}}}}, "x-more": 0{}}}}}}}}})",
      path, method, id, rest == "{}" ? "" : ", " + rest);
  auto document = parse_json(text, "openapi.json");
  BOOST_REQUIRE(document);
  return openapi::describe(*document);
}

std::string shown(const std::string& rest) {
  const auto description = describe("post", "/todos", "addTodo", rest);
  return confirmation_shown(*description, description->operations.at(0));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(effect)

BOOST_DATA_TEST_CASE(what_an_operation_does_is_told_by_its_verbs, data::make(operations), c) {
  const auto description = describe(c.method, c.path, c.id, fmt::format(R"("summary": "{}")", c.summary));
  BOOST_TEST(static_cast<int>(effect_of(description->operations.at(0))) == static_cast<int>(c.effect));
}

BOOST_DATA_TEST_CASE(a_get_that_changes_something_is_told_by_its_verb, data::make(gets), get) {
  const auto description = describe("get", get.path, get.id, fmt::format(R"("summary": "{}")", get.summary));
  BOOST_TEST(changing_verb_of_get(description->operations.at(0)) == get.verb);
}

BOOST_AUTO_TEST_CASE(a_confirmation_is_seen_in_arguments_and_in_previews) {
  const auto parameter = [](const std::string& name) {
    return fmt::format(R"("parameters": [{{"name": "{}", "in": "query", "schema": {{"type": "string"}}}}])", name);
  };
  for (const std::string name :
       {"confirm", "user_confirmation", "confirmationToken", "confirm_code", "dry_run", "dryRun"})
    BOOST_TEST(shown(parameter(name)) == "it takes \"" + name + "\"");
  for (const std::string name : {"confirmationEmail", "confirmation_message", "unconfirmed", "text"})
    BOOST_TEST(shown(parameter(name)).empty());
  BOOST_TEST(shown(R"("responses": {"202": {"description": "Nothing has changed yet; a preview."}})") ==
             "it answers 202 with a preview");
  BOOST_TEST(shown(R"("responses": {"202": {"description": "The job was accepted."}})").empty());
}

BOOST_AUTO_TEST_SUITE_END()
