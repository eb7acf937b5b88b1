// The program as it was built, and the source that it was built from.
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>

#include "tests/cli/front_door.h"

using namespace plugvet;

namespace {

/// Members and longer names are something else.
bool calls(std::string_view text, std::string_view call) {
  const std::string_view other = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.>";
  for (std::size_t at = text.find(call); at != std::string_view::npos; at = text.find(call, at + 1))
    if (at == 0 || other.find(text[at - 1]) == std::string_view::npos) return true;
  return false;
}

}  // namespace

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
  // std::regex overflows the stack and takes exponential time; a file that is cut off while it is mapped is a SIGBUS;
  // libcurl connects, at an address that was judged.
  const std::map<std::string_view, std::string_view> allowed_in = {
      {"std::regex", ""}, {"popen(", ""},  {"system(", ""},   {"strcpy(", ""}, {"strcat(", ""},
      {"sprintf(", ""},   {"gets(", ""},   {"alloca(", ""},   {"tmpnam(", ""}, {"mktemp(", ""},
      {"rand(", ""},      {"srand(", ""},  {"mmap(", ""},     {"connect(", ""}, {"getaddrinfo(", "resolver.cpp"}};
  std::size_t seen = 0;
  for (const char* room : {"harness", "checks", "reports"})
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator{std::filesystem::path{PLUGVET_SOURCE_DIR} / room}) {
      if (entry.path().extension() != ".cpp" && entry.path().extension() != ".h") continue;
      ++seen;
      std::ifstream file{entry.path()};
      const std::string text{std::istreambuf_iterator<char>{file}, {}};
      for (const auto& [call, where] : allowed_in)
        if (entry.path().filename() != where)
          BOOST_TEST(!calls(text, call), entry.path() << " calls " << call);
    }
  BOOST_TEST(seen > 300u);
}

BOOST_AUTO_TEST_SUITE_END()
