#include <boost/test/unit_test.hpp>

#include "harness/engine/waivers.h"
#include "harness/support/time.h"

using namespace plugvet;

namespace {
constexpr std::string_view ids[] = {"manifest/name-length", "logo/size"};

Result<std::vector<Waiver>> read(const std::string& text) {
  const auto document = parse_yaml(text, "w.yaml");
  BOOST_REQUIRE(document);
  return read_waivers(*document, "w.yaml", ids);
}
std::string complaint(const std::string& text) {
  const auto waivers = read(text);
  return waivers ? "" : waivers.problem()->what;
}
}  // namespace

BOOST_AUTO_TEST_CASE(a_waiver_has_a_check_a_reason_and_an_expiry) {
  const auto waivers = read(
      "waivers:\n"
      "  - check: logo/size\n"
      "    reason: The brand team insists.\n"
      "    expires: 2026-12-31\n");
  BOOST_REQUIRE(waivers);
  BOOST_TEST(waivers->front().pointer == "*");
  BOOST_TEST(date_text(std::chrono::year_month_day{waivers->front().expires}) == "2026-12-31");
  BOOST_TEST(waivers->front().position.line == 2u);
}

BOOST_AUTO_TEST_CASE(a_mistake_in_a_waiver_is_named_with_its_place) {
  BOOST_TEST(complaint("waivers:\n  - check: logo/sise\n    reason: r\n    expires: 2026-01-01\n") ==
             "w.yaml:2:12: check names no check; did you mean logo/size?");
  BOOST_TEST(complaint("waivers:\n  - check: logo/size\n    expires: 2026-01-01\n") ==
             "w.yaml:2:5: reason is missing.");
  BOOST_TEST(complaint("waivers:\n  - check: logo/size\n    reason: r\n    expires: 2026-02-30\n") ==
             "w.yaml:4:14: expires is not a date; write it as 2026-12-31.");
  BOOST_TEST(complaint("waiver: []\n").starts_with("w.yaml:1:1: waivers is missing"));
}

BOOST_AUTO_TEST_CASE(a_repeated_member_is_a_mistake_and_not_dropped) {
  BOOST_TEST(complaint("waivers:\n  - check: logo/size\n    check: logo/size\n    reason: r\n    expires: 2026-01-01\n")
                 .starts_with("w.yaml:3:"));
}

BOOST_AUTO_TEST_CASE(a_pointer_that_can_point_nowhere_is_a_mistake) {
  const auto with_pointer = [](const std::string& pointer) {
    return complaint("waivers:\n  - check: logo/size\n    pointer: " + pointer +
                     "\n    reason: r\n    expires: 2026-01-01\n");
  };
  for (const char* wrong : {"logo_url", "'#/logo_url'", "$.logo_url", "/a~2b", "/a~", "'**'"})
    BOOST_TEST(with_pointer(wrong).starts_with("w.yaml:3:14: pointer is no JSON Pointer"), wrong);
  for (const char* right : {"'*'", "''", "/logo_url", "/", "/paths/~1todos/get", "/a~0b"})
    BOOST_TEST(with_pointer(right) == "", right);
}
