#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "harness/support/file.h"
#include "harness/support/random.h"
#include "harness/support/text.h"
#include "harness/support/utf8.h"
#include "tests/support/yaml_readers.h"

namespace data = boost::unit_test::data;
namespace fs = std::filesystem;
using namespace plugvet;
using namespace plugvet::testing;

namespace plugvet::testing {
std::ostream& operator<<(std::ostream& out, YamlReaders readers) {
  return out << (readers == YamlReaders::agree ? "agree" : readers == YamlReaders::disagree ? "disagree" : "usual declines");
}
}  // namespace plugvet::testing

namespace {

const std::vector<std::string> usual = {
    "a: 1\n",
    "a: 1",
    "---\n# first\na: 1 # one\n\n# last\n",
    "\xEF\xBB\xBF"
    "a: b\n",
    "a:\n  b:\n    c: d\n  e: f\ng: h\n",
    "a:\nb:\n",
    "a:\n- 1\n- 2\nb:\n  - 3\n",
    "- a: 1\n  b: 2\n-\n- - x\n  - y\n-   z\n",
    "-\n  a: 1\n-\n",
    "a: ~\nb: null\nNull: NULL\n",
    "a: one\n  two\n\n\n  three # four\nb: c\n",
    "a:\n  one\n  two\n",
    "a: http://x.org/#y\n",
    "a: b:c ?d -e\n",
    "\"a b\" : 1\n'c''d': 2\n",
    "a: \"b\\n\\u00e9\\x41\\U0001F600\\\\\\\" c \"\n",
    "a: \"\\0\\a\\b\\t\\n\\v\\f\\r\\e\\ \\/\\N\\_\\L\\P\"\n",
    "a: 'b''c'\n",
    "a: \"b  \n   c\n\n  d\\\n  e\"\nf: 'g\n\n  h'\n",
    "a: |\n  b\n   c\n\n  d\n\ne: f\n",
    "a: >\n  b\n  c\n\n  d\n   e\n  f\ng: h\n",
    "a: |-\n\n  b\n\n",
    "a: |+ # kept\n  b\n\nc: d\n",
    "a: >-\n\n\n  b\n  c",
    "a:\n  b: |2-\n      c\n     d\n\n    e\nf: >1 # one\n\n   g\n h\n i\n",
    "a:\n  - |\n    b\n  - >-\n    c\n",
    "a: [1, two, 'three', \"four\", [5], {six: 7, \"8\":9}, ]\nb: {}\nc: []\n",
    "a: [\n  1,\n  2\n]\nb: {c: d,\n e: [f]}\n",
    "{\"a\": {\"b\": [true, null]}}\n",
    "[a, b]\n",
    "a: 1\r\nb:\r\n  - c\r\n  - |\r\n    d\r\n    e\r\n",
    "ключ: значение\n",
    "<<: x\n",
};

/// Of each, what makes it unusual.
const std::vector<std::string> unusual = {
    "",
    "just text\n",
    "a: &b c\nd: *b\n",
    "a: !!str 1\n",
    "? a\n: b\n",
    "a:\tb\n",
    "a: b\tc\n",
    "a:\n\tb: 1\n",
    "a: 1\n---\nb: 2\n",
    "a: 1\n...\n",
    "%YAML 1.2\n---\na: 1\n",
    "a: b: c\n",
    "a: - b\n",
    "a\nb: c\n",
    "a: 1\n  b: 2\n",
    "  a: 1\nb: 2\n",
    "a: [1\nb: 2\n",
    "a: [b c: d]\n",
    "a: [1,, 2]\n",
    "a: {b}\n",
    "a: \"b\n",
    "a: \"\\q\"\n",
    "a: \"\\ud83d\\ude00\"\n",
    "a: '\n\n'\n",
    "a: |\n\n",
    "a: |2\n b\n",
    "a: |0\n b\n",
    "a: >+\n  b\n",
    "a: |\n\tb\n",
    "a: @b\n",
    "a: \"b\"c\n",
    "a: \"b\"#c\n",
    "a: b\rc: d\n",
};

/// Changes a text where it hurts.
std::string damaged(std::string text, Random& random) {
  static const std::vector<std::string> marks = {
      "[", "]", "{", "}",  ":",  ": ", ",", "#", " #",   "&",  "*",  "!",    "|",    ">",   "'",     "\"",   "\\",     "%",   "@",
      "?", "-", "- ", " ", "\n", "\t", "~", "|-", "\r\n", "''", "\\n", "\\\n", "---\n", "<<: ", "\n\n", "- - ", "null", "...\n"};
  for (std::uint64_t left = random.below(4) + 1; left > 0 && !text.empty(); --left) {
    std::size_t at = random.below(text.size());
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
    if (random.happens(60)) text.insert(at, marks[random.below(marks.size())]);
    else text.erase(at, text.substr(at, 1) < "\x80" ? 1 : 0);
  }
  return text;
}

std::vector<std::string> yaml_files_of(const fs::path& folder) {
  std::vector<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator{folder})
    if (entry.path().extension() == ".yaml" || entry.path().extension() == ".yml") files.push_back(entry.path().string());
  std::ranges::sort(files);
  return files;
}

std::string content_of(const std::string& file) {
  return read_file(file, 50u << 20).value() ? *read_file(file, 50u << 20) : std::string{};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(usual_yaml)

BOOST_DATA_TEST_CASE(what_is_usual_is_read_as_by_yaml_cpp, data::make(usual), text) {
  BOOST_TEST(compare_yaml_readers(text) == YamlReaders::agree);
}

BOOST_DATA_TEST_CASE(what_is_unusual_or_wrong_is_left_to_yaml_cpp, data::make(unusual), text) {
  BOOST_TEST(compare_yaml_readers(text) == YamlReaders::usual_declines);
}

BOOST_AUTO_TEST_CASE(as_much_is_read_as_is_allowed) {
  DocumentLimits limits;
  limits.depth = 2;
  BOOST_TEST(read_usual_yaml("a: [1]\n", 0, limits).has_value());
  BOOST_TEST(!read_usual_yaml("a: [[1]]\n", 0, limits));
  limits.values = 3;
  BOOST_TEST(read_usual_yaml("a: 1\n", 0, limits).has_value());
  BOOST_TEST(!read_usual_yaml("a: 1\nb: 2\n", 0, limits));
}

BOOST_AUTO_TEST_CASE(the_projects_own_files_are_usual) {
  std::size_t read = 0, declined = 0;
  for (const char* folder : {"fixtures", "checks", "harness"})
    for (const std::string& file : yaml_files_of(fs::path{PLUGVET_SOURCE_DIR} / folder)) {
      const YamlReaders readers = compare_yaml_readers(content_of(file));
      BOOST_TEST((readers != YamlReaders::disagree), file);
      ++(readers == YamlReaders::agree ? read : declined);
    }
  BOOST_TEST(read > 20 * declined);
}

BOOST_AUTO_TEST_CASE(real_descriptions_are_read_as_by_yaml_cpp) {
  const fs::path corpus = fs::path{PLUGVET_SOURCE_DIR} / "../shared/corpus/pairs_store";
  if (!fs::exists(corpus)) {
    BOOST_TEST_MESSAGE("skipped: ../shared/corpus is not here");
    return;
  }
  for (const std::string& file : yaml_files_of(corpus)) {
    const std::string text = content_of(file);
    if (text.size() < 200'000 && find_invalid_utf8(text) == std::string::npos)
      BOOST_TEST((compare_yaml_readers(text) != YamlReaders::disagree), file);
  }
}

BOOST_AUTO_TEST_CASE(damaged_texts_are_read_as_by_yaml_cpp_or_not_at_all) {
  Random random{20};
  std::size_t read = 0;
  constexpr std::size_t cases = 20'000;
  for (std::size_t i = 0; i < cases; ++i) {
    const std::string text = damaged(usual[random.below(usual.size())] + usual[random.below(usual.size())], random);
    const YamlReaders readers = compare_yaml_readers(text);
    BOOST_REQUIRE_MESSAGE(readers != YamlReaders::disagree, "read in another way: " << text);
    read += readers == YamlReaders::agree;
  }
  BOOST_TEST(read > cases / 10);
}

BOOST_AUTO_TEST_SUITE_END()
