// The program as it was built, and the source that it was built from.
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <string>

#include "tests/cli/front_door.h"

using namespace plugvet;

BOOST_AUTO_TEST_SUITE(program)

BOOST_AUTO_TEST_CASE(the_program_resists_what_it_can) {
  if (!cli_tests::has_program("readelf")) return cli_tests::skip_because("readelf is not installed");
  const std::string facts = cli_tests::run({"readelf", "-hldW", "--dyn-syms", PLUGVET_BINARY_DIR "/plugvet"}).out;
  for (const char* wanted : {"DYN (Position-Independent Executable file)", "GNU_RELRO", "BIND_NOW", "__stack_chk_fail"})
    BOOST_TEST(facts.find(wanted) != std::string::npos, wanted << " is missing");
  for (const char* unwanted : {" RWE ", "(RPATH)", "(RUNPATH)", "(TEXTREL)"})
    BOOST_TEST(facts.find(unwanted) == std::string::npos, unwanted << " is there");
}

BOOST_AUTO_TEST_CASE(no_source_calls_what_cannot_be_used_safely) {
  // What may be called, in which files alone; nowhere: "-".
  const std::map<std::string, std::string> callers = {
      {R"(\bstd::w?regex)", "-"},  // overflows the stack and takes exponential time
      {R"(\b(popen|system)\()", "-"},
      {R"(\b(strcpy|strcat|sprintf|vsprintf|gets|alloca|tmpnam|mktemp|s?rand)\()", "-"},
      {R"(\bmmap\()", "-"},  // a file that is cut off meanwhile would be a SIGBUS
      {R"(\bgetaddrinfo\()", "resolver.cpp"},
      {R"((^|[^:\w.>])(::)?connect\()", "-"}};  // libcurl does, at an address that was judged
  std::size_t seen = 0;
  for (const char* room : {"harness", "checks", "reports"})
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator{std::filesystem::path{PLUGVET_SOURCE_DIR} / room}) {
      if (entry.path().extension() != ".cpp" && entry.path().extension() != ".h") continue;
      ++seen;
      std::ifstream file{entry.path()};
      const std::string text{std::istreambuf_iterator<char>{file}, {}};
      for (const auto& [call, where] : callers)
        if (entry.path().filename() != where)
          BOOST_TEST(!std::regex_search(text, std::regex{call}), entry.path() << " calls " << call);
    }
  BOOST_TEST(seen > 300u);
}

BOOST_AUTO_TEST_SUITE_END()
