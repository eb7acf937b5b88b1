#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <iostream>

#include "harness/model/review.h"
#include "tests/checks/fixture_review.h"

using namespace plugvet;
using namespace plugvet::tests;

namespace {

/// PLUGVET_PROBES=50000 for more.
std::size_t probes_wanted() {
  const char* given = std::getenv("PLUGVET_PROBES");
  return given ? std::strtoul(given, nullptr, 10) : 400;
}

const Probing& probing_of(const Review& review) {
  BOOST_REQUIRE(review.evidence->probing.has_value());
  BOOST_REQUIRE(review.evidence->probing->value() != nullptr);
  return **review.evidence->probing;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(probing)

BOOST_DATA_TEST_CASE(nothing_is_found_at_a_good_plugin,
                     boost::unit_test::data::make({"todo", "todo-oauth"}) * boost::unit_test::data::make({1, 2, 3, 4,
                                                                                                          5}),
                     plugin, seed) {
  Handed handed;
  handed.plugin = plugin;
  handed.probes = probes_wanted();
  handed.seed = static_cast<std::uint64_t>(seed);
  const Review review = review_of(handed);
  const std::string seen = complaints(review);
  BOOST_CHECK_MESSAGE(seen.empty(), plugin << " with seed " << seed << seen);
  const Probing& probing = probing_of(review);
  BOOST_TEST(probing.ended_because == "");
  BOOST_TEST(probing.requests >= handed.probes);
  for (const ProbedOperation& operation : probing.operations) {
    BOOST_TEST(operation.requests > 0u, operation.name);
    BOOST_TEST(operation.ended_because == "", operation.name);
    BOOST_TEST(operation.not_probed_because == "", operation.name);
  }
}

// Every fault is found whatever the seed: PLUGVET_SEEDS=5 for more of them.
BOOST_AUTO_TEST_CASE(what_is_found_is_found_with_other_seeds) {
  const char* given = std::getenv("PLUGVET_SEEDS");
  if (!given) {
    std::cerr << "skipped: PLUGVET_SEEDS=5 looks for every fault with five other seeds\n";
    return;
  }
  const std::uint64_t seeds = std::strtoull(given, nullptr, 10);
  for (const fixtures::Fault& fault : fixtures::all_faults()) {
    if (!fault.probed) continue;
    for (std::uint64_t seed = 2; seed < 2 + seeds; ++seed) {
      Handed handed = handed_in(fault);
      handed.seed = seed;
      handed.probes = 2000;  // as on loopback
      const std::string seen = difference(fault, review_of(handed));
      BOOST_CHECK_MESSAGE(seen.empty(), fault.name << " with seed " << seed << seen);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
