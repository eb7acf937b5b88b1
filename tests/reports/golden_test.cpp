#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cstdlib>

#include "tests/reports/samples.h"

using namespace plugvet;

namespace {

struct Golden {
  std::string format, extension, name;
};

std::ostream& operator<<(std::ostream& out, const Golden& golden) {
  return out << golden.name << " as " << golden.format;
}

std::vector<Golden> goldens() {
  std::vector<Golden> all;
  for (const char* name : {"good", "faulty", "several", "signed_in", "probed"}) {
    for (const auto& [format, extension] :
         {std::pair{"html", "html"}, {"junit", "xml"}, {"sarif", "sarif"}, {"markdown", "md"}, {"text", "txt"}})
      all.push_back({format, extension, name});
  }
  all.push_back({"markdown", "md", "hostile"});
  all.push_back({"text", "txt", "hostile"});
  return all;
}

/// A golden page is about what it says: the style sheet is a file of its own, and its hash changes with it.
std::string without_style(std::string page) {
  for (const auto& [begin, end] : {std::pair{"<style>", "</style>"}, {"'sha256-", "'"}}) {
    const std::size_t from = page.find(begin);
    if (from == std::string::npos) continue;
    const std::size_t inside = from + std::string_view{begin}.size();
    page.erase(inside, page.find(end, inside) - inside);
  }
  return page;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(golden)

BOOST_DATA_TEST_CASE(a_report_is_what_was_approved, goldens(), golden) {
  const std::string path =
      PLUGVET_SOURCE_DIR "/tests/reports/approved/" + golden.name + ".approved." + golden.extension;
  const std::string actual = without_style(sample::render(golden.format, golden.name));
  if (std::getenv("PLUGVET_APPROVE")) return sample::write_file(path, actual);
  const auto expected_lines = sample::lines_of(sample::read_file(path)), lines = sample::lines_of(actual);
  for (std::size_t i = 0; i < std::min(lines.size(), expected_lines.size()); ++i) {
    BOOST_REQUIRE_MESSAGE(lines[i] == expected_lines[i], path << ":" << i + 1 << "\n  approved: " << expected_lines[i]
                                                              << "\n  now:      " << lines[i]
                                                              << "\n  (PLUGVET_APPROVE=1 accepts what is now)");
  }
  BOOST_TEST(lines.size() == expected_lines.size());
}

BOOST_AUTO_TEST_CASE(a_report_is_the_same_every_time) {
  for (const char* format : {"html", "junit", "sarif", "json", "markdown", "text"})
    BOOST_TEST(sample::render(format, "faulty") == sample::render(format, "faulty"));
}

BOOST_AUTO_TEST_SUITE_END()
