#include "tests/openapi/describing.h"

#include "harness/openapi/schemas.h"
#include "harness/openapi/servers.h"

using namespace plugvet;
using namespace plugvet::testing;
using openapi::SchemaUse;
using openapi::Version;

namespace {

const std::string todo = document_of("3.1.0", R"(
servers: [{url: 'https://{region}.acme.com/{v}', variables: {region: {default: eu}, v: {enum: [v1]}}}]
security: [{key: []}]
paths:
  x-note: {get: {}}
  /todos/{id}:
    summary: One todo
    servers: [{url: https://todo.acme.com, description: Todos}]
    parameters:
      - {name: id, in: path, required: true, description: Which, schema: {type: string}}
      - {$ref: '#/components/parameters/Page', description: Better}
    get:
      operationId: getTodo
      summary: Get
      description: Gets a todo.
      deprecated: true
      x-openai-isConsequential: "false"
      parameters:
        - {name: id, in: path, required: true, content: {text/plain: {schema: {type: integer}}}}
        - {$ref: '#/nothing'}
      responses:
        x-note: 1
        '200': {$ref: '#/components/responses/Todo'}
        default: {description: Else}
    post:
      security: []
      servers: []
      requestBody:
        required: true
        description: A body
        content: {application/json: {schema: {$ref: '#/components/schemas/New'}}}
      responses: {'204': {description: Done, headers: {Location: {schema: {type: string, format: uri}}}}}
    private: {}
components:
  parameters: {Page: {name: page, in: query, description: A page, schema: {type: integer}}}
  responses: {Todo: {description: The todo, content: {application/json: {schema: {$ref: '#/components/schemas/Todo'}}}}}
  securitySchemes: {key: {type: http, scheme: Bearer}}
  schemas:
    New:
      type: object
      properties: {text: {type: string}, tags: {type: array, items: {$ref: '#/components/schemas/Tag'}}}
    Todo:
      allOf:
        - {$ref: '#/components/schemas/New'}
        - {properties: {id: {type: string}, parent: {$ref: '#/components/schemas/Todo'}}}
    Tag: {type: string}
    Unused: {anyOf: [{type: string}, true]}
)");

}  // namespace

BOOST_AUTO_TEST_SUITE(description)

BOOST_AUTO_TEST_CASE(operations_have_what_they_declare_and_inherit) {
  const auto api = described(todo);
  BOOST_REQUIRE_EQUAL(api->operations.size(), 2u);
  const openapi::Operation& get = api->operations[0];
  BOOST_TEST(get.path == "/todos/{id}");
  BOOST_TEST(get.method == "get");
  BOOST_TEST(get.node.place.pointer == "/paths/~1todos~1{id}/get");
  BOOST_TEST(get.id == "getTodo");
  BOOST_TEST(get.summary == "Get");
  BOOST_TEST(get.description == "Gets a todo.");
  BOOST_TEST(get.deprecated);
  BOOST_TEST(get.is_consequential.value->dump() == "\"false\"");
  BOOST_TEST(get.servers.size() == 1u);
  BOOST_TEST(get.servers[0].address == "https://todo.acme.com");
  BOOST_TEST(get.security.size() == 1u);
  BOOST_TEST(get.security[0].schemes[0] == "key");
  BOOST_TEST(!get.has_own_security);

  const openapi::Operation& post = api->operations[1];
  BOOST_TEST(post.servers.data() == get.servers.data());
  BOOST_TEST(post.security.empty());
  BOOST_TEST(post.has_own_security);
  BOOST_TEST(post.request_body->required);
  BOOST_TEST(post.request_body->description == "A body");
  BOOST_TEST(post.request_body->content[0].name == "application/json");
  BOOST_TEST(post.responses[0].headers[0].name == "Location");
  BOOST_TEST(post.responses[0].headers[0].schema.place.pointer ==
             "/paths/~1todos~1{id}/post/responses/204/headers/Location/schema");
}

BOOST_AUTO_TEST_CASE(own_parameters_replace_inherited_ones_and_references_lead_to_theirs) {
  const auto api = described(todo);
  const auto& parameters = api->operations[0].parameters;
  BOOST_REQUIRE_EQUAL(parameters.size(), 3u);
  BOOST_TEST(parameters[0].name == "page");
  BOOST_TEST(parameters[0].is_inherited);
  BOOST_TEST(parameters[0].is_reference);
  BOOST_TEST(parameters[0].description == "Better");  // 3.1
  BOOST_TEST(parameters[0].node.place.pointer == "/components/parameters/Page");
  BOOST_TEST(parameters[0].written.place.pointer == "/paths/~1todos~1{id}/parameters/1");
  BOOST_TEST(parameters[1].name == "id");
  BOOST_TEST(!parameters[1].is_inherited);
  BOOST_TEST(parameters[1].schema.place.pointer == "/paths/~1todos~1{id}/get/parameters/0/content/text~1plain/schema");
  BOOST_TEST(!parameters[2].node);
  BOOST_TEST(parameters[2].is_reference);
  BOOST_TEST(api->operations[1].parameters.size() == 2u);
}

BOOST_AUTO_TEST_CASE(responses_follow_their_reference) {
  const auto api = described(todo);
  const auto& responses = api->operations[0].responses;
  BOOST_REQUIRE_EQUAL(responses.size(), 2u);
  BOOST_TEST(responses[0].status == "200");
  BOOST_TEST(responses[0].description == "The todo");
  BOOST_TEST(responses[0].content[0].schema.place.pointer ==
             "/components/responses/Todo/content/application~1json/schema");
  BOOST_TEST(responses[1].status == "default");
}

BOOST_AUTO_TEST_CASE(variables_of_servers_take_their_default_or_stay) {
  BOOST_TEST(described(todo)->servers[0].address == "https://eu.acme.com/{v}");
  const auto open = described(with_paths("servers: [{url: 'https://{a', variables: {a: {default: x}}}]\n"));
  BOOST_TEST(open->servers[0].address == "https://{a");
  const auto bomb = described(with_paths("servers:\n  - {url: '" + std::string(3000, '{') +
                                         "}', variables: {a: {default: x}}}\n"
                                         "  - {url: '{a}{a}{a}{a}', variables: {a: {default: '" +
                                         std::string(4000, 'x') + "'}}}\n"));
  BOOST_TEST(bomb->servers[1].address.size() < 9000u);
}

BOOST_AUTO_TEST_CASE(other_documents_are_told_apart) {
  const auto version = [](const std::string& text) { return described(text)->version; };
  BOOST_TEST((version("openapi: 3.0.4\n") == Version::v3_0));
  BOOST_TEST((version("openapi: 3.1.1\n") == Version::v3_1));
  BOOST_TEST((version("openapi: 3.0\n") == Version::v3_0));  // a number
  BOOST_TEST((version("swagger: '2.0'\n") == Version::swagger_2));
  for (const char* text : {"openapi: 3.2.0\n", "openapi: 4.0.0\n", "openapi: latest\n", "openapi: [3]\n", "a: b\n",
                           "openapi: 3.01.0\n"})
    BOOST_TEST((version(text) == Version::other), text);
  BOOST_TEST(described("swagger: '2.0'\npaths: {/a: {get: {}}}\n")->operations.empty());
}

BOOST_AUTO_TEST_CASE(every_schema_is_visited_once_with_its_use_and_place) {
  const auto api = described(todo);
  std::map<std::string, std::string> seen;
  openapi::for_each_schema(*api, [&](const openapi::Schema& schema) {
    const char* use = schema.use == SchemaUse::input ? "in" : schema.use == SchemaUse::output ? "out" : "unused";
    const bool is_new = seen.emplace(schema.place().pointer, use).second;
    BOOST_TEST(is_new, schema.place().pointer);
    BOOST_TEST(api->documents[0].find(schema.place().pointer) == &schema.value);
    BOOST_TEST((schema.operation == nullptr) == (schema.use == SchemaUse::unused));
  });
  const std::string all = "/components/schemas/";
  BOOST_TEST(seen[all + "New"] == "in");
  BOOST_TEST(seen[all + "New/properties/text"] == "in");
  BOOST_TEST(seen[all + "Tag"] == "in");
  BOOST_TEST(seen[all + "Todo"] == "out");
  BOOST_TEST(seen[all + "Todo/allOf/1/properties/id"] == "out");
  BOOST_TEST(seen[all + "Unused/anyOf/1"] == "unused");
  BOOST_TEST(!seen.contains(all + "Todo/allOf/0"));  // a reference
  BOOST_TEST(seen["/components/parameters/Page/schema"] == "in");
}

BOOST_AUTO_TEST_CASE(a_schema_knows_its_parent_and_the_keyword_that_holds_it) {
  bool met = false;
  const auto api = described(todo);
  openapi::for_each_schema(*api, [&](const openapi::Schema& schema) {
    if (schema.name != "text") return;
    met = true;
    BOOST_TEST(schema.keyword == "properties");
    BOOST_REQUIRE(schema.parent);
    BOOST_TEST(schema.parent->place().pointer == "/components/schemas/New");
  });
  BOOST_TEST(met);
}

BOOST_AUTO_TEST_CASE(the_platform_takes_the_first_server_under_the_root_domain) {
  const auto choice = [](const std::string& servers, bool exact_first) {
    const auto api = described(with_paths("servers: " + servers + "\n"));
    const auto base = Url::parse("https://acme.com/openapi.yaml");
    const auto selection = openapi::select_server(*api, "acme.com", *base);
    const openapi::ServerChoice& chosen = exact_first ? selection.exact_match : selection.first_match;
    return chosen.server ? chosen.server->address : "none: " + chosen.reason;
  };
  const std::string both = "[{url: https://evilacme.com}, {url: https://api.acme.com}, {url: https://acme.com/v1}]";
  BOOST_TEST(choice(both, false) == "https://api.acme.com");
  BOOST_TEST(choice(both, true) == "https://acme.com/v1");
  BOOST_TEST(choice("[{url: /v1}]", false) == "/v1");
  BOOST_TEST(choice("[{url: https://acme.com.evil.example}]", false) ==
             "none: The only server is not on acme.com or a subdomain of it.");
  BOOST_TEST(choice("[]", true) == "none: The document names no server.");
}

BOOST_AUTO_TEST_CASE(what_is_referred_to_is_known) {
  const auto api = described(todo);
  const auto is_used = [&](const char* pointer) { return api->is_referred_to(*api->documents[0].find(pointer)); };
  BOOST_TEST(is_used("/components/schemas/Tag"));
  BOOST_TEST(!is_used("/components/schemas/Unused"));
}

BOOST_AUTO_TEST_SUITE_END()
