#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "harness/probe/generator.h"
#include "tests/probe/describing.h"

using namespace plugvet;
using namespace plugvet::tests;

namespace {

const char* const shop = R"(
openapi: 3.0.3
info: {title: Shop, version: '1'}
paths:
  /items/{id}:
    get:
      operationId: items
      parameters:
        - {name: id, in: path, required: true, schema: {type: integer, minimum: 1, maximum: 100}}
        - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 50, exclusiveMaximum: true}}
        - {name: sort, in: query, schema: {type: string, enum: [up, down]}}
        - {name: tags, in: query, explode: false, schema: {type: array, items: {type: string, minLength: 2, maxLength: 4}, maxItems: 3, minItems: 1}}
        - {name: X-Trace, in: header, required: true, schema: {type: string, pattern: '^[a-f]{4}$'}}
      responses: {'200': {description: ok}}
  /items:
    post:
      operationId: add
      requestBody:
        required: true
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Item'}
      responses: {'200': {description: ok}}
components:
  schemas:
    Item:
      type: object
      required: [name]
      additionalProperties: false
      properties:
        name: {type: string, minLength: 1, maxLength: 20}
        price: {type: number, minimum: 0, nullable: true}
        day: {type: string, format: date}
        parts: {type: array, items: {$ref: '#/components/schemas/Item'}}
)";

std::vector<Draft> planned(const Described& described, std::size_t operation, std::uint64_t seed = 1) {
  Generator generator = described.generator(operation, seed);
  BOOST_TEST(generator.impossible_because() == "");
  std::vector<Draft> all;
  while (auto draft = generator.next(Generator::Stage::planned)) all.push_back(std::move(*draft));
  return all;
}

bool has_about(const std::vector<Draft>& drafts, std::string_view part) {
  return std::ranges::any_of(drafts, [&](const Draft& draft) { return draft.about.find(part) != std::string::npos; });
}

std::string text(const Request& request) {
  std::string all = request.method + " " + request.url;
  for (const Header& header : request.headers) all += " " + header.name + ": " + header.value;
  return all + " " + request.body;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(probe_generator)

BOOST_AUTO_TEST_CASE(every_boundary_is_there_and_just_beyond_it_too) {
  const Described described{shop};
  const auto drafts = planned(described, 0);
  for (const char* about
       : {"id is 1, the least", "id is 100, the most", "limit is 1,", "limit is 49,", "sort is \"up\"",
          "sort is \"down\"",
                            "tags has 3 items", "tags has 1 item", "limit is there", "only what is required"})
    BOOST_TEST(has_about(drafts, about), about);
  std::set<Breach> breaches;
  for (const Draft& draft : drafts) breaches.insert(draft.breach);
  for (const Breach breach
       : {Breach::range, Breach::enumeration, Breach::length, Breach::pattern, Breach::type, Breach::missing_parameter})
    BOOST_TEST(breaches.contains(breach), name_of(breach));
}

BOOST_AUTO_TEST_CASE(a_body_is_broken_in_each_way_alone) {
  const Described described{shop};
  const auto drafts = planned(described, 1);
  std::set<Breach> breaches;
  for (const Draft& draft : drafts) breaches.insert(draft.breach);
  for (const Breach breach
       : {Breach::required, Breach::unknown_member, Breach::type, Breach::length, Breach::range, Breach::format,
                              Breach::malformed_body, Breach::media_type, Breach::no_media_type, Breach::missing_body})
    BOOST_TEST(breaches.contains(breach), name_of(breach));
  BOOST_TEST(has_about(drafts, "name has 20 characters, the most allowed"));
  BOOST_TEST(has_about(drafts, "price is null"));
  BOOST_TEST(has_about(drafts, "parts"));
}

BOOST_AUTO_TEST_CASE(what_is_said_to_be_right_is_right_and_what_is_wrong_is_wrong_as_it_is_sent) {
  const Described described{shop};
  for (std::uint64_t seed = 1; seed <= 5; ++seed)
    for (const std::size_t operation : {0u, 1u}) {
      Generator generator = described.generator(operation, seed);
      const openapi::Contract& contract = generator.contract();
      for (int i = 0; i < 400; ++i) {
        const auto draft = generator.next(Generator::Stage::random);
        if (!draft) break;
        if (draft->breach == Breach::empty_value) continue;  // right for some, wrong for others
        bool is_right = true;
        for (std::size_t k = 0; k < contract.inputs.size(); ++k) {
          const auto& value = draft->inputs[k];
          if (!value) {
            is_right &= !contract.inputs[k].parameter->required;
            continue;
          }
          const auto readings = readings_of(contract.inputs[k], *value);
          is_right &= std::ranges::any_of(readings,
                                          [&](const Json& one) { return contract.inputs[k].compiled->is_valid(one); });
        }
        if (!contract.bodies.empty() && draft->body)
          is_right &= contract.bodies[0].compiled->is_valid(*draft->body, {.direction = schema::Direction::request});
        if (!contract.bodies.empty() && !draft->body && !draft->raw_body) is_right = false;
        BOOST_TEST(is_right == !is_of_data(draft->breach), draft->about);
      }
    }
}

BOOST_AUTO_TEST_CASE(the_same_seed_makes_the_same_and_another_one_something_else) {
  const Described described{shop};
  const auto all = [&](std::uint64_t seed) {
    Generator generator = described.generator(1, seed);
    std::string texts;
    for (int i = 0; i < 300; ++i)
      if (const auto draft = generator.next(Generator::Stage::random))
        if (const auto request = written(generator.contract(), *draft, {"http://x", {}}))
          texts += text(*request) + "\n";
    return texts;
  };
  BOOST_TEST(all(7) == all(7));
  BOOST_TEST(all(7) != all(8));
}

BOOST_AUTO_TEST_CASE(a_number_is_no_wrong_text_in_a_query) {
  const Described described{R"(
openapi: 3.0.3
info: {title: A, version: '1'}
paths:
  /a:
    get:
      parameters:
        - {name: q, in: query, schema: {type: string}}
        - {name: n, in: query, schema: {type: integer}}
        - {name: b, in: query, schema: {type: boolean}}
      responses: {'200': {description: ok}}
)"};
  for (const Draft& draft : planned(described, 0)) {
    if (draft.kind != ProbeKind::negative || draft.breach == Breach::empty_value) continue;
    BOOST_TEST(!draft.inputs[0].has_value(), "no text is wrong for q: " << draft.about);
    if (draft.inputs[1]) BOOST_TEST((*draft.inputs[1] != 17 && *draft.inputs[1] != "17"));
  }
}

BOOST_AUTO_TEST_CASE(schemas_that_nothing_fits_are_named_and_skipped) {
  const Described described{R"(
openapi: 3.0.3
info: {title: A, version: '1'}
paths:
  /a:
    get:
      parameters:
        - {name: n, in: query, required: true, schema: {type: integer, minimum: 5, maximum: 4}}
      responses: {'200': {description: ok}}
  /b:
    get:
      parameters:
        - {name: s, in: query, schema: {type: string, minLength: 5, maxLength: 4}}
      responses: {'200': {description: ok}}
  /c:
    post:
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Endless'}}}}
      responses: {'200': {description: ok}}
  /d:
    post:
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Circle'}}}}
      responses: {'200': {description: ok}}
components:
  schemas:
    Endless: {type: object, required: [next], properties: {next: {$ref: '#/components/schemas/Endless'}}}
    Circle: {allOf: [{$ref: '#/components/schemas/Circle'}]}
)"};
  BOOST_TEST(described.generator(0).impossible_because().find("query parameter n") != std::string::npos);
  BOOST_TEST(described.generator(1).impossible_because() == "");
  BOOST_TEST(described.generator(1).left_out().size() == 1u);
  BOOST_TEST(described.generator(2).impossible_because().find("the body") != std::string::npos);
  static_cast<void>(described.generator(3));  // it ends
}

BOOST_AUTO_TEST_CASE(a_draft_becomes_simpler_and_stays_what_it_was) {
  const Described described{shop};
  Generator generator = described.generator(1, 3);
  std::size_t seen = 0;
  for (int i = 0; i < 300; ++i) {
    const auto draft = generator.next(Generator::Stage::random);
    if (!draft || !is_of_data(draft->breach) || !draft->body) continue;
    for (const Draft& simpler : generator.simpler(*draft)) {
      ++seen;
      BOOST_TEST((simpler.breach == draft->breach));
      BOOST_TEST(!described.contracts[1]->bodies[0].compiled->is_valid(*simpler.body));
    }
  }
  BOOST_TEST(seen > 100u);
}

BOOST_AUTO_TEST_SUITE_END()
