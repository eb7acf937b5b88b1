#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include "checks/all.h"
#include "harness/model/check.h"

using namespace plugvet;

namespace {

/// How many findings conversation/response-length has on an answer of so many characters of four bytes each.
std::size_t findings_on(std::size_t characters) {
  std::string body;
  for (std::size_t i = 0; i < characters; ++i) body += "\U0001F600";
  Probe probe;
  probe.operation = "GET /todos (listTodos)";
  probe.exchange.response = Response{200, "HTTP/1.1", {}, std::move(body), 0};
  Probing probing;
  probing.probes.push_back(std::move(probe));
  Evidence evidence;
  evidence.probing = Result<Probing>{std::move(probing)};
  for (const Check* check : checks::all())
    if (check->info.id == "conversation/response-length")
      return check->rule(evidence, Parameters{Json{{"maximum_characters", 100'000}}}).judgement.findings.size();
  throw std::runtime_error("conversation/response-length is not there");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(answers)

BOOST_AUTO_TEST_CASE(answers_are_measured_in_characters) {
  BOOST_TEST(findings_on(100'000) == 0u);
  BOOST_TEST(findings_on(100'001) == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
