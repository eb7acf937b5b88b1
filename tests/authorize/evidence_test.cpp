#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include "tests/authorize/signing_in.h"

using namespace plugvet;
using namespace plugvet::tests;

namespace {

SignIn sign_in_at(fixtures::Behaviours behaviours) {
  const TodoOauth plugin{std::move(behaviours)};
  const Evidence evidence = plugin.sign_in();
  BOOST_REQUIRE(evidence.sign_in && *evidence.sign_in);
  return **evidence.sign_in;
}

std::string kinds(const SignIn& sign_in) {
  std::string text;
  for (const SignInStep& step : sign_in.steps) text += (text.empty() ? "" : ", ") + std::string{name_of(step.kind)};
  return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(evidence_of_a_sign_in)

BOOST_AUTO_TEST_CASE(every_step_is_there_in_its_order) {
  const SignIn sign_in = sign_in_at({});
  BOOST_TEST(kinds(sign_in) == "authorization request, form, redirect, form, callback, token request, call, refresh "
                               "request");
  BOOST_TEST(!sign_in.needed_pkce);
  BOOST_REQUIRE(sign_in.callback);
  BOOST_TEST(sign_in.callback->url == sign_in.redirect_uri);
  BOOST_TEST(sign_in.callback->state_is_unchanged);
  BOOST_REQUIRE((sign_in.token && sign_in.refreshed && sign_in.renewed_call));
  BOOST_TEST(sign_in.token->is_token());
  BOOST_TEST(sign_in.refreshed->is_token());
  BOOST_TEST(sign_in.token->access_token->number != sign_in.refreshed->access_token->number);
  BOOST_TEST(sign_in.renewed_call->response->status == 200);
}

BOOST_AUTO_TEST_CASE(the_request_is_that_of_the_platforms_documentation) {
  const SignIn sign_in = sign_in_at({});
  const SignInStep& first = sign_in.steps.front();
  std::string names;
  for (const ShownField& field : first.sent) names += field.name + " ";
  BOOST_TEST(names == "response_type client_id scope state redirect_uri ");
  const SignInStep* token = sign_in.step(StepKind::token_request);
  BOOST_REQUIRE(token);
  BOOST_TEST(*find_header(token->exchange.request.headers, "Content-Type") == "application/x-www-form-urlencoded");
  BOOST_TEST(token->exchange.request.body.starts_with("grant_type=authorization_code&client_id=chat-platform&"));
}

BOOST_AUTO_TEST_CASE(a_code_challenge_is_sent_only_to_who_demands_one) {
  const SignIn sign_in = sign_in_at({"pkce-required"});
  BOOST_TEST(sign_in.needed_pkce);
  BOOST_TEST(!sign_in.broken);
}

BOOST_AUTO_TEST_CASE(a_state_that_comes_back_otherwise_is_noticed) {
  BOOST_TEST(!sign_in_at({"state-dropped"}).callback->has_state);
  const auto state_of = [](const SignIn& sign_in, const char* id) {
    const Attempt* attempt = sign_in.attempt(id);
    BOOST_REQUIRE((attempt && attempt->callback));
    return attempt->callback->state_is_unchanged;
  };
  const SignIn good = sign_in_at({});
  BOOST_TEST(state_of(good, "state/reserved-characters"));
  BOOST_TEST(state_of(good, "state/long"));
  BOOST_TEST(!state_of(sign_in_at({"state-decoded"}), "state/reserved-characters"));
  BOOST_TEST(!state_of(sign_in_at({"state-plus"}), "state/reserved-characters"));
  BOOST_TEST(!state_of(sign_in_at({"state-truncated"}), "state/long"));
  BOOST_TEST(sign_in_at({"state-invented"}).attempt("state/missing")->callback->has_state);
}

BOOST_AUTO_TEST_CASE(what_may_be_told_of_a_code_is_told) {
  const SignIn good = sign_in_at({}), weak = sign_in_at({"code-short"}), counted = sign_in_at({"code-counted"});
  BOOST_TEST(good.callback->code->length == 43u);
  BOOST_TEST(good.callback->code->entropy > 128);
  BOOST_TEST(good.callback->code->derived_from == "");
  BOOST_TEST(weak.callback->code->length == 6u);
  BOOST_TEST(weak.callback->code->entropy < 20);
  const Attempt* later = counted.attempt("state/long");
  BOOST_REQUIRE((later && later->callback && later->callback->code));
  BOOST_TEST(later->callback->code->shared_prefix > 20u);
  BOOST_TEST(sign_in_at({"code-of-account"}).callback->code->derived_from == "the SHA-1 of login.fields.username");
}

BOOST_AUTO_TEST_CASE(a_token_beside_the_code_is_seen) {
  const SignIn sign_in = sign_in_at({"token-in-query"});
  bool has_token = false;
  for (const ShownField& field : sign_in.callback->query) has_token |= field.name == "access_token" && field.secret;
  BOOST_TEST(has_token);
}

BOOST_AUTO_TEST_CASE(an_answer_without_the_right_names_is_no_token_and_stays_secret) {
  const TodoOauth plugin{{"token-camel-case"}};
  const Evidence evidence = plugin.sign_in();
  const SignIn& sign_in = **evidence.sign_in;
  BOOST_REQUIRE((sign_in.broken && sign_in.token));
  BOOST_TEST(sign_in.broken->id == "sign_in.no_token");
  BOOST_CHECK(sign_in.broken->blame == Blame::submission);
  const Json* token = sign_in.token->document->find("/accessToken");
  BOOST_REQUIRE(token);
  bool is_secret = false;
  for (const Secret& secret : evidence.secrets) is_secret |= secret.value == token->get<std::string>();
  BOOST_TEST(is_secret);
}

BOOST_AUTO_TEST_CASE(a_password_grant_shows_in_its_error) {
  BOOST_TEST(sign_in_at({}).attempt("grant/password")->error == "unsupported_grant_type");
  BOOST_TEST(sign_in_at({"password-grant"}).attempt("grant/password")->error == "invalid_grant");
}

BOOST_AUTO_TEST_CASE(the_same_seed_sends_the_same_state) {
  const auto state = [](std::uint64_t seed) {
    TodoOauth plugin;
    plugin.options.seed = seed;
    const Evidence evidence = plugin.sign_in();
    return (*evidence.sign_in)->steps.front().sent.at(3).value;
  };
  BOOST_TEST(state(7) == state(7));
  BOOST_TEST(state(7) != state(8));
}

BOOST_AUTO_TEST_CASE(operations_that_change_something_are_called_only_when_that_is_allowed) {
  TodoOauth plugin;
  const auto called = [&] {
    std::string ids;
    const Evidence evidence = plugin.sign_in();
    for (const GuardedOperation& operation : (*evidence.enforcement)->operations)
      if (!operation.url.empty()) ids += operation.id + " ";
    return ids;
  };
  BOOST_TEST(called() == "listTodos getTodo ");
  for (const std::string& request : plugin.server->requests())
    BOOST_TEST((!request.starts_with("POST /todos") && !request.starts_with("DELETE") && !request.starts_with("PATCH")));
  plugin.options.allow_writes = true;
  BOOST_TEST(called() == "listTodos addTodo getTodo updateTodo deleteTodo ");
}

BOOST_AUTO_TEST_CASE(without_live_nothing_is_called_and_the_reason_says_how_to_change_that) {
  TodoOauth plugin;
  plugin.options.live = false;
  const Evidence evidence = plugin.sign_in();
  BOOST_TEST(!evidence.sign_in);
  BOOST_TEST(!evidence.enforcement);
  BOOST_TEST(evidence.not_called_because.find("--live") != std::string::npos);
  BOOST_TEST(evidence.not_signed_in_because.find("--credentials FILE") != std::string::npos);
  BOOST_TEST(plugin.server->requests().size() == 2u);
}

BOOST_AUTO_TEST_CASE(without_credentials_the_api_is_called_by_nobody_in_particular) {
  TodoOauth plugin;
  plugin.options.credentials = nullptr;
  const Evidence evidence = plugin.sign_in();
  BOOST_TEST(!evidence.sign_in);
  BOOST_TEST(evidence.not_signed_in_because.find("--credentials FILE") != std::string::npos);
  BOOST_REQUIRE((evidence.enforcement && *evidence.enforcement));
  const GuardedOperation& list = (*evidence.enforcement)->operations.front();
  BOOST_TEST(!list.attempt(Pass::valid));
  BOOST_CHECK(list.attempt(Pass::none)->seen == Reaction::refused);
  BOOST_TEST((*evidence.enforcement)->no_token_because.find("credentials") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_plugin_for_everybody_has_a_declaration_and_nothing_else) {
  fixtures::Server server{{}};
  AuthorizeOptions options;
  const Evidence evidence = authorized(server.origin(), connection_to(server.origin()), options);
  BOOST_REQUIRE((evidence.sign_in && evidence.enforcement));
  BOOST_CHECK((*evidence.sign_in)->declaration.kind == AuthKind::none);
  BOOST_TEST((*evidence.sign_in)->steps.empty());
}

BOOST_AUTO_TEST_SUITE_END()
