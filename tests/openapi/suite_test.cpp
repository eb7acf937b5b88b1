#include <cstdlib>
#include <filesystem>
#include <set>

#include "harness/support/file.h"
#include "tests/openapi/describing.h"

using namespace plugvet;
using namespace plugvet::testing;

namespace fs = std::filesystem;

namespace {

/// Mermade's openapi3-examples, where they are at hand; nothing of them lies in this project.
fs::path suite_folder() {
  const char* shared = std::getenv("PLUGVET_SHARED");
  const fs::path folder = shared != nullptr ? fs::path{shared} : fs::path{PLUGVET_SOURCE_DIR} / "../shared";
  return folder / "suites/openapi3-examples";
}

std::vector<fs::path> documents_in(const std::string& kind) {
  std::vector<fs::path> found;
  for (const char* version : {"3.0", "3.1"})
    if (fs::exists(suite_folder() / version / kind))
      for (const auto& entry : fs::recursive_directory_iterator{suite_folder() / version / kind})
        if (entry.is_regular_file() && entry.file_size() > 0) found.push_back(entry.path());
  return found;
}

/// All that is said about a document of the suite; other files of the suite may be referred to.
std::string said_about(const fs::path& path) {
  const auto text = read_file(path, 10u << 20);
  BOOST_REQUIRE(text);
  const auto document = parse_json_or_yaml(*text, path.string());
  if (!document) return document.problem()->what;
  std::vector<ApiFile> files;
  const auto read = [](const std::string& name) { return read_file_beneath(suite_folder(), name, 10u << 20); };
  const auto description =
      openapi::describe(*document, fs::relative(path, suite_folder()).string(), read, &files);
  if (!description->is_openapi_3()) return "It is no OpenAPI 3.";
  std::string said = faults_in(*description);
  for (const auto& reference : description->references)
    if (reference.state != openapi::ReferenceState::other_file) said += reference.reason;
  return said;
}

bool is_absent() {
  if (fs::exists(suite_folder())) return false;
  BOOST_TEST_MESSAGE("skipped: no openapi3-examples at " << suite_folder());
  return true;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(openapi3_examples)

BOOST_AUTO_TEST_CASE(nothing_is_said_about_documents_that_are_right) {
  if (is_absent()) return;
  const std::set<std::string> wrong_here{
      "swagger.yaml",            // Swagger 2.0, the input of a converter
      "cyclical.yaml",           // refers to a file that the copy of the suite lacks
      "server_enum_empty.yaml",  // 3.0 requires paths, and it has none
  };
  for (const fs::path& path : documents_in("pass")) {
    const std::string said = said_about(path);
    BOOST_TEST((wrong_here.contains(path.filename()) ? !said.empty() : said.empty()), path << ": " << said);
  }
}

BOOST_AUTO_TEST_CASE(something_is_said_about_documents_that_are_wrong) {
  if (is_absent()) return;
  const std::set<std::string> wrong_otherwise{
      "duplicateOperationId.yaml", "duplicateParameter.yaml", "missingPathParam2.yaml",  // checks of their own
      "api-with-examples.yaml",  // the indentation of a closing brace, which readers of YAML take
      // "P)Zun!ngse1(f7" is a relative reference by RFC 3986
      "6b245d6c-716f-47bc-b347-c26ab9c92d0b.yaml", "0e5805a8-5699-4428-9449-423c281d88c6.yaml"};
  for (const fs::path& path : documents_in("fail"))
    if (!wrong_otherwise.contains(path.filename())) BOOST_TEST(!said_about(path).empty(), path);
}

BOOST_AUTO_TEST_SUITE_END()
