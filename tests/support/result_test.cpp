#include "harness/support/result.h"

#include <boost/test/unit_test.hpp>

using namespace plugvet;

BOOST_AUTO_TEST_SUITE(result)

BOOST_AUTO_TEST_CASE(a_result_is_a_value_or_the_problem_that_prevented_it) {
  const Result<int> good = 7;
  BOOST_TEST(bool{good});
  BOOST_TEST(*good == 7);
  BOOST_TEST(good.problem() == nullptr);
  const Result<int> bad =
      Problem{.rung = Rung::tls, .id = "tls.x", .what = "", .where = "", .position = {}, .blame = {}};
  BOOST_TEST(!bad);
  BOOST_TEST(bad.value() == nullptr);
  BOOST_TEST(bad.problem()->id == "tls.x");
}

BOOST_AUTO_TEST_CASE(every_rung_has_a_name) {
  for (int rung = 0; rung <= static_cast<int>(Rung::schema); ++rung) {
    BOOST_TEST(!name_of(static_cast<Rung>(rung)).empty());
    BOOST_TEST(name_of(static_cast<Rung>(rung)) != "unknown");
  }
  BOOST_TEST(name_of(Rung::content_type) == "content type");
}

BOOST_AUTO_TEST_SUITE_END()
