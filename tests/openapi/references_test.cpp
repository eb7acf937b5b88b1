#include <chrono>

#include "tests/openapi/describing.h"

using namespace plugvet;
using namespace plugvet::testing;
using openapi::ReferenceState;

namespace {

/// A document whose schemas are given, as a flow mapping.
std::string schemas(const std::string& schemas, const std::string& version = "3.0.3") {
  return document_of(version, "paths: {}\ncomponents: {schemas: {" + schemas + "}}\n");
}

ReferenceState state_of(const std::string& text) {
  const auto description = described(text);
  BOOST_REQUIRE_MESSAGE(description->references.size() == 1u, references_in(*description));
  return description->references.front().state;
}

std::string link(const std::string& target) {
  return "{$ref: '" + target + "'}";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(references)

BOOST_AUTO_TEST_CASE(a_reference_leads_to_its_target_however_it_is_written) {
  const auto description = described(schemas("'a.b': {type: string}, 'A': {properties: {'x/y~z %': {type: integer}}}, "
                                             "one: " + link("#/components/schemas/a%2Eb") +
                                             ", two: " + link("#/components/schemas/A/properties/x~1y~0z%20%25")));
  expect_clean(*description);
  const openapi::Node one = description->resolved({description->documents[0].find("/components/schemas/one"), {}});
  BOOST_TEST(one.place.pointer == "/components/schemas/a.b");
  const openapi::Node two = description->resolved({description->documents[0].find("/components/schemas/two"), {}});
  BOOST_TEST(two.value->dump() == R"({"type":"integer"})");
}

BOOST_AUTO_TEST_CASE(what_leads_nowhere_says_where_it_breaks_and_what_is_near) {
  BOOST_TEST(references_in(*described(schemas("Todo: {}, A: " + link("#/components/schemas/Todos")))) ==
             "0 /components/schemas/A/$ref #/components/schemas/Todos: There is no \"Todos\" at "
             "\"#/components/schemas\"; "
             "there is \"Todo\".\n");
  BOOST_TEST(references_in(*described(schemas("A: " + link("#/definitions/Todo")))) ==
             "0 /components/schemas/A/$ref #/definitions/Todo: There is no \"definitions\" at the root.\n");
  for (const char* odd : {"#/components/schemas/-1", "#/components/schemas/~2", "#/paths/99999999999999999999",
                          "#/components//schemas", "#/info/title/x"})
    BOOST_TEST((state_of(schemas("A: " + link(odd))) == ReferenceState::unresolved), odd);
  BOOST_TEST((state_of(schemas("A: {$ref: 0}")) == ReferenceState::not_a_text));
}

BOOST_AUTO_TEST_CASE(a_target_of_another_type_is_wrong) {
  const std::string rest =
      "paths: {}\ncomponents: {responses: {R: {description: a}}, schemas: {A: {$ref: '#/components/?'}}}\n";
  for (const auto& [target, says] : std::map<std::string, std::string>{
           {"responses/R", "It leads to a response in place of a schema."},
           {"schemas", "It leads to something else in place of a schema."},
           {"responses/R/description", "It leads to a text in place of a schema."}}) {
    std::string text = document_of("3.0.0", rest);
    text.replace(text.find('?'), 1, target);
    const auto description = described(text);
    BOOST_REQUIRE_MESSAGE(description->references.size() == 1u, references_in(*description));
    BOOST_TEST((description->references[0].state == ReferenceState::wrong_target));
    if (target != "responses/R/description") BOOST_TEST(description->references[0].reason == says);
  }
}

BOOST_AUTO_TEST_CASE(what_the_grammar_gives_no_type_is_judged_as_what_it_is_taken_for) {
  const auto description = described(with_paths("x-schemas: {Todo: {type: strin}}\n"
                                                "components: {schemas: {A: {$ref: '#/x-schemas/Todo'}}}\n"));
  BOOST_TEST(faults_in(*description) == "/x-schemas/Todo/type: \"type\" is \"strin\"; did you mean string?\n");
}

BOOST_AUTO_TEST_CASE(members_that_are_called_ref_are_no_references) {
  expect_clean(*described(schemas("A: {properties: {$ref: {type: string}}, example: {$ref: '#/nothing'}, "
                                  "default: {$ref: 1}, enum: [{$ref: a}], x-a: {$ref: b}}")));
}

BOOST_AUTO_TEST_CASE(nothing_is_followed_out_of_the_submission) {
  for (const char* remote : {"https://acme.com/a.yaml#/b", "http://169.254.169.254/latest/meta-data/",
                             "file:///etc/passwd", "//acme.com/a", "urn:a:b", "\\\\\\\\host\\\\share",
                             "HTTPS://acme.com"})
    BOOST_TEST((state_of(schemas("A: {$ref: \"" + std::string{remote} + "\"}")) == ReferenceState::remote), remote);
  BOOST_TEST((state_of(schemas("A: " + link("other.yaml#/a"))) == ReferenceState::unread));
  for (const char* outside : {"/etc/passwd", "../../../etc/passwd", "../../other.yaml#/a", "C:/secret.yaml",
                              "%2Fetc/passwd", "..%2F..%2F..%2Fetc/passwd", "sub/../../../a.yaml", "link.yaml"}) {
    const auto description = described(schemas("A: " + link(outside)), {{"api/a.yaml", "{}"}});
    BOOST_REQUIRE(description->references.size() == 1u);
    BOOST_TEST((description->references[0].state == ReferenceState::outside), outside);
  }
}

BOOST_AUTO_TEST_CASE(identifiers_of_schemas_are_names_and_never_addresses) {
  const auto description = described(schemas("A: {$id: 'https://acme.com/a', $anchor: top, "
                                             "$defs: {In: {type: string}}, properties: {x: {$ref: '#/$defs/In'}}}, "
                                             "B: {$ref: '#top'}, C: {$ref: 'https://acme.com/a#/$defs/In'}, "
                                             "D: {$ref: 'https://acme.com/a'}",
                                             "3.1.0"));
  expect_clean(*description);
}

BOOST_AUTO_TEST_CASE(files_beneath_the_folder_are_read_and_judged) {
  std::vector<ApiFile> read;
  const auto description = described(schemas("A: " + link("schemas.yaml#/Todo") + ", B: " + link("../shared/b.json")),
                                     {{"api/schemas.yaml",
                                       "Todo: {type: object, properties: {owner: {$ref: '#/Owner'}}}\n"
                                                           "Owner: {$ref: 'openapi.yaml#/components/schemas/A'}\n"
                                                           "Unused: {type: nonsense}\n"},
                                      {"shared/b.json", R"({"type": "strin"})"}},
                                     &read);
  BOOST_REQUIRE_EQUAL(read.size(), 2u);
  BOOST_TEST(read[0].name == "api/schemas.yaml");
  BOOST_TEST(read[1].name == "shared/b.json");
  BOOST_REQUIRE_EQUAL(description->faults.size(), 1u);
  BOOST_TEST(description->faults[0].place.file == 2u);
  BOOST_TEST(description->faults[0].place.pointer == "/type");
  for (const auto& reference : description->references) BOOST_TEST((reference.state == ReferenceState::other_file));
  BOOST_TEST(description->references.size() == 3u);
  const openapi::Node a = description->resolved({description->documents[0].find("/components/schemas/A"), {}});
  BOOST_TEST(a.place.file == 1u);
  BOOST_TEST(cycles_in(*description) != "");
}

BOOST_AUTO_TEST_CASE(files_that_cannot_be_read_are_named_with_the_reason) {
  const auto description = described(schemas("A: " + link("missing.yaml") + ", B: " + link("broken.json#/a") + ", C: " +
                                             link("missing.yaml#/other")),
                                     {{"api/broken.json", "[1, 2"}});
  BOOST_REQUIRE_EQUAL(description->references.size(), 3u);
  BOOST_TEST((description->references[0].state == ReferenceState::unresolved));
  BOOST_TEST((description->references[1].state == ReferenceState::unread));
  BOOST_TEST(description->references[1].reason.find("broken.json cannot be read: Line 1") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(at_most_fifty_documents_are_read) {
  FileMap files;
  std::string all;
  for (int i = 0; i < 60; ++i) {
    files["api/" + std::to_string(i) + ".yaml"] = "type: string\n";
    all += "S" + std::to_string(i) + ": " + link(std::to_string(i) + ".yaml") + ", ";
  }
  std::vector<ApiFile> read;
  described(schemas(all), files, &read);
  BOOST_TEST(read.size() == 49u);
}

BOOST_AUTO_TEST_CASE(mappings_of_a_discriminator_are_names_or_references) {
  BOOST_TEST(references_in(*described(schemas(
                 "A: {discriminator: {propertyName: kind, "
                 "mapping: {b: B, c: '#/components/schemas/B', d: D, e: '#/E'}}}, "
                 "B: {}"))) ==
             "0 /components/schemas/A/discriminator/mapping/d D: There is no schema \"D\" under components.\n"
             "0 /components/schemas/A/discriminator/mapping/e #/E: There is no \"E\" at the root.\n");
}

BOOST_AUTO_TEST_CASE(what_stands_beside_a_reference_is_noted_where_it_is_ignored) {
  const std::string both = "A: {$ref: '#/components/schemas/B', description: text}, B: {}";
  BOOST_REQUIRE_EQUAL(described(schemas(both))->siblings.size(), 1u);
  BOOST_TEST(described(schemas(both))->siblings[0].pointer == "/components/schemas/A");
  BOOST_TEST(described(schemas(both, "3.1.0"))->siblings.empty());
  const std::string parameter = "paths: {}\ncomponents: {parameters: {A: {$ref: '#/components/parameters/B', ?: text}, "
                                "B: {name: b, in: query, schema: {}}}}\n";
  const auto with = [&](const std::string& name) {
    std::string text = document_of("3.1.0", parameter);
    return described(text.replace(text.find('?'), 1, name));
  };
  BOOST_TEST(with("description")->siblings.empty());
  BOOST_TEST(with("deprecated")->siblings.size() == 1u);
}

BOOST_AUTO_TEST_CASE(circles_of_every_length_are_found_once) {
  BOOST_TEST(cycles_in(*described(schemas("A: {properties: {a: " + link("#/components/schemas/A") + "}}"))) ==
             "/components/schemas/A \n");
  BOOST_TEST(cycles_in(*described(schemas("A: {items: " + link("#/components/schemas/B") + "}, B: {allOf: [" +
                                          link("#/components/schemas/C") + "]}, C: {not: " +
                                          link("#/components/schemas/A") + "}, D: " +
                                          link("#/components/schemas/A")))) ==
             "/components/schemas/B /components/schemas/C /components/schemas/A \n");
  BOOST_TEST(cycles_in(*described(schemas("A: {properties: {a: {properties: {b: " +
                                          link("#/components/schemas/A/properties/a") + "}}}}"))) ==
             "/components/schemas/A/properties/a \n");
  // A neighbour within the same schema is no circle.
  BOOST_TEST(cycles_in(*described(schemas("A: {properties: {a: {type: string}, b: " +
                                          link("#/components/schemas/A/properties/a") + "}}"))) == "");
  BOOST_TEST(cycles_in(*described(schemas("A: {items: {properties: {x: {items: " + link("#/components/schemas/B") +
                                          "}}}}, B: {items: " + link("#/components/schemas/A/items") + "}"))) ==
             "/components/schemas/B /components/schemas/A/items \n");
}

BOOST_AUTO_TEST_CASE(a_circle_of_references_only_leads_nowhere) {
  const auto description = described(schemas("A: " + link("#/components/schemas/B") + ", B: " +
                                             link("#/components/schemas/A") + ", C: {items: " +
                                             link("#/components/schemas/A") + "}"));
  BOOST_REQUIRE_EQUAL(description->references.size(), 2u);
  for (const auto& reference : description->references) BOOST_TEST((reference.state == ReferenceState::circular));
  BOOST_TEST(cycles_in(*description) == "");
  BOOST_TEST(!description->resolved({description->documents[0].find("/components/schemas/A"), {}}));
}

BOOST_AUTO_TEST_CASE(bombs_and_chains_of_references_take_no_time) {
  const auto started = std::chrono::steady_clock::now();
  std::string bomb, chain;
  for (int i = 0; i < 30; ++i) {
    const std::string next = link("#/components/schemas/B" + std::to_string(i + 1));
    bomb += "B" + std::to_string(i) + ": {properties: {l: " + next + ", r: " + next + "}}, ";
  }
  expect_clean(*described(schemas(bomb + "B30: {type: string}")));
  constexpr int length = 20'000;
  std::string text = R"({"openapi": "3.0.0", "info": {"title": "a", "version": "1"}, "paths": {},)";
  text += R"("components": {"schemas": {)";
  for (int i = 0; i < length; ++i)
    text += "\"C" + std::to_string(i) + R"(": {"$ref": "#/components/schemas/C)" + std::to_string(i + 1) + "\"},";
  const auto description = described(text + "\"C" + std::to_string(length) + R"(": {}}}})");
  const auto at = [&](int i) {
    return description->resolved({description->documents[0].find("/components/schemas/C" + std::to_string(i)), {}});
  };
  BOOST_TEST(!at(0));  // more than a hundred references
  BOOST_TEST(bool{at(length - 50)});
  BOOST_TEST((std::chrono::steady_clock::now() - started < std::chrono::seconds{5}));
}

BOOST_AUTO_TEST_CASE(many_paths_that_share_one_large_path_item_are_described_up_to_a_limit) {
  std::string text = R"({"openapi": "3.1.0", "info": {"title": "a", "version": "1"},)";
  text += R"("components": {"pathItems": {"P": {"get": {"parameters": [)";
  for (int i = 0; i < 2000; ++i) text += R"({"name": "a)" + std::to_string(i) + R"(", "in": "query", "schema": {}},)";
  text += R"({"name": "z", "in": "query", "schema": {}}]}}}}, "paths": {)";
  for (int i = 0; i < 2000; ++i) text += "\"/p" + std::to_string(i) + R"(": {"$ref": "#/components/pathItems/P"},)";
  text += R"("/z": {}}})";
  const auto description = described(text);
  BOOST_TEST(faults_in(*description).find("too large to be judged") != std::string::npos);
  BOOST_TEST(description->operations.size() < 2000u);
}

BOOST_AUTO_TEST_SUITE_END()
