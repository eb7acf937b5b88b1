// The public JSON-Schema-Test-Suite: every required case, and nearly every optional one, in every draft.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <ostream>
#include <set>
#include <vector>

#include "harness/schema/schema.h"
#include "harness/support/document.h"
#include "harness/support/file.h"

namespace fs = std::filesystem;
namespace data = boost::unit_test::data;
using namespace plugvet;
using namespace plugvet::schema;

BOOST_AUTO_TEST_SUITE(suite)

struct Draft {
  std::string name;
  Dialect dialect;
};
std::ostream& operator<<(std::ostream& out, const Draft& draft) {
  return out << draft.name;
}

const std::vector<Draft> drafts = {
    {"draft4", Dialect::draft_4},
    {"draft6", Dialect::draft_6},
    {"draft7", Dialect::draft_7},
    {"draft2019-09", Dialect::draft_2019_09},
    {"draft2020-12", Dialect::draft_2020_12},
};

// --- The cases that fail, and why: docs/json-schema.md lists the same. ---------------------------------------------

/// "file: group: test" of every draft.
const std::set<std::string> known_failures = {};

Json parsed(const fs::path& path) {
  const auto text = read_file(path, 10u << 20);
  BOOST_REQUIRE_MESSAGE(text, path);
  const auto document = parse_json(*text, path.string());
  BOOST_REQUIRE_MESSAGE(document, path);
  return document->root();
}

using Remotes = std::map<std::string, Json>;

Remotes remotes_in(const fs::path& folder) {
  Remotes remotes;
  for (const auto& entry : fs::recursive_directory_iterator{folder}) {
    if (entry.path().extension() != ".json") continue;
    remotes.emplace("http://localhost:1234/" + fs::relative(entry.path(), folder).generic_string(),
                    parsed(entry.path()));
  }
  return remotes;
}

struct Tally {
  int passed = 0;
  std::vector<std::string> failed;
};

void run_file(const fs::path& path, const std::string& name, const Draft& draft, const Remotes& remotes, bool formats,
              Tally& tally) {
  for (const Json& group : parsed(path)) {
    SchemaSet set{group["schema"], {.dialect = draft.dialect, .formats_are_asserted = formats}};
    for (const auto& [uri, json] : remotes) set.add(uri, json);
    const auto schema = set.at("");
    BOOST_REQUIRE_MESSAGE(schema, name);
    for (const Json& test : group["tests"]) {
      const std::string id =
          name + ": " + group["description"].get<std::string>() + ": " + test["description"].get<std::string>();
      const ValidationResult result = schema->validate(test["data"]);
      BOOST_TEST(schema->is_valid(test["data"]) == result.is_valid(), id);
      BOOST_TEST(result.not_evaluated.empty(), id);
      if (result.is_valid() == test["valid"].get<bool>()) {
        ++tally.passed;
      } else {
        tally.failed.push_back(id + (test["valid"] == true ? " (refused)" : " (accepted)"));
      }
    }
  }
}

Tally run_folder(const fs::path& folder, const Draft& draft, const Remotes& remotes, bool optional) {
  Tally tally;
  const fs::path tests = folder / "tests" / draft.name;
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator{tests}) {
    const bool is_optional = fs::relative(entry.path(), tests).begin()->string() == "optional";
    if (entry.path().extension() == ".json" && is_optional == optional) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) {
    const std::string name = fs::relative(file, tests).replace_extension().generic_string();
    const bool formats = optional && name != "optional/format-assertion";
    run_file(file, name, draft, remotes, formats, tally);
  }
  return tally;
}

void expect_suite(const fs::path& folder, const Draft& draft) {
  if (!fs::is_directory(folder / "tests" / draft.name)) {
    BOOST_TEST_MESSAGE("skipped: no JSON-Schema-Test-Suite at " << folder);
    return;
  }
  const Remotes remotes = remotes_in(folder / "remotes");
  const Tally required = run_folder(folder, draft, remotes, false);
  for (const std::string& failure : required.failed) BOOST_ERROR(draft.name << " " << failure);
  BOOST_TEST(required.passed > 500);
  const Tally optional = run_folder(folder, draft, remotes, true);
  for (const std::string& failure : optional.failed) {
    const bool is_known = known_failures.contains(failure.substr(0, failure.rfind(" (")));
    BOOST_TEST(is_known, draft.name << " " << failure);
  }
  BOOST_TEST_MESSAGE(draft.name << ": required " << required.passed << " of "
                                << required.passed + static_cast<int>(required.failed.size()) << ", optional "
                                << optional.passed << " of "
                                << optional.passed + static_cast<int>(optional.failed.size()));
}

BOOST_DATA_TEST_CASE(every_case_of_the_public_suite_is_judged_as_it_should_be, data::make(drafts), draft) {
  const char* shared = std::getenv("PLUGVET_SHARED");
  const fs::path root = shared != nullptr ? fs::path{shared} : fs::path{PLUGVET_SOURCE_DIR} / "../shared";
  expect_suite(root / "suites/JSON-Schema-Test-Suite", draft);
}

BOOST_DATA_TEST_CASE(so_is_every_case_of_the_suite_that_debian_ships, data::make(drafts), draft) {
  expect_suite("/usr/share/perl5/auto/share/dist/Test-JSON-Schema-Acceptance", draft);
}

BOOST_AUTO_TEST_SUITE_END()
