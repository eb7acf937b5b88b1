#include <atomic>
#include <boost/test/unit_test.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "harness/support/memo.h"
#include "harness/support/side_by_side.h"

using namespace plugvet;

BOOST_AUTO_TEST_SUITE(memo)

BOOST_AUTO_TEST_CASE(a_value_of_each_type_is_made_once) {
  const Memo memo;
  int made = 0;
  for (int i = 0; i < 3; ++i) BOOST_TEST(memo.of<std::string>([&] { return ++made, std::string{"kept"}; }) == "kept");
  BOOST_TEST(made == 1);
  BOOST_TEST(memo.of<int>([&] { return static_cast<int>(memo.of<std::string>([] { return std::string{}; }).size()); }) == 4);
}

BOOST_AUTO_TEST_CASE(a_copy_begins_anew) {
  const Memo memo;
  memo.of<int>([] { return 1; });
  const Memo copy{memo};
  BOOST_TEST(copy.of<int>([] { return 2; }) == 2);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_made_is_tried_again) {
  const Memo memo;
  BOOST_CHECK_THROW(memo.of<int>([]() -> int { throw std::runtime_error{"no"}; }), std::runtime_error);
  BOOST_TEST(memo.of<int>([] { return 1; }) == 1);
}

BOOST_AUTO_TEST_CASE(everything_is_done_once_side_by_side_or_not) {
  for (const std::size_t count : {0u, 1u, 10u, 1000u}) {
    std::vector<std::atomic<int>> done(count);
    for_each_side_by_side(count, [&](std::size_t i) { ++done[i]; });
    for (const auto& each : done) BOOST_TEST(each == 1);
  }
  BOOST_CHECK_THROW(for_each_side_by_side(1000, [](std::size_t) { throw std::runtime_error{"no"}; }), std::runtime_error);
}

BOOST_AUTO_TEST_SUITE_END()
