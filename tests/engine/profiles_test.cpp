#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>

#include "harness/engine/engine.h"
#include "harness/engine/profiles.h"

using namespace plugvet;

namespace {

Judgement anything(const Submission&) { return Judgement::pass(); }
constexpr CheckInfo info(std::string_view id) {
  return {.id = id, .title = "t", .requirement = "r", .rationale = "r", .remedy = "r", .source = "s",
          .passing = "", .failing = ""};
}
constinit const Check name_length = define_check<anything>(info("manifest/name-length"));
constinit const Check logo_size = define_check<anything>(info("logo/size"));
constexpr const Check* checks[] = {&logo_size, &name_length};

constexpr EmbeddedFile shipped[] = {
    {"base.yaml", "name: base\ntitle: Base\nchecks:\n  manifest/name-length: {maximum: 50}\n  logo/size:\n"},
    {"store.yaml", "name: store\nextends: base\nchecks:\n  manifest/name-length: {maximum: 20, severity: warning}\n"},
    {"bare.yaml", "name: bare\nextends: base\nchecks:\n  logo/size: off\n"}};

const ProfileLibrary library{shipped, checks};

struct UserProfile {
  explicit UserProfile(std::string_view text)
      : path{std::filesystem::temp_directory_path() / ("plugvet-profile-" + std::to_string(getpid()) + ".yaml")} {
    std::ofstream{path} << text;
  }
  ~UserProfile() { std::filesystem::remove(path); }
  std::string complaint() const {
    const auto profile = library.load(path.string());
    return profile ? "" : profile.problem()->what.substr(path.string().size());
  }
  std::filesystem::path path;
};

}  // namespace

BOOST_AUTO_TEST_CASE(a_profile_inherits_and_changes_what_it_says) {
  const auto store = library.load("store");
  BOOST_REQUIRE(store);
  BOOST_TEST(store->title == "Base");
  BOOST_TEST(store->checks.at("manifest/name-length").parameters.count("maximum") == 20u);
  BOOST_CHECK(store->checks.at("manifest/name-length").severity == Severity::warning);
  BOOST_CHECK(store->checks.at("logo/size").severity == Severity::error);
}

BOOST_AUTO_TEST_CASE(off_removes_a_check) {
  const auto bare = library.load("bare");
  BOOST_REQUIRE(bare);
  BOOST_TEST(!bare->checks.contains("logo/size"));
}

BOOST_AUTO_TEST_CASE(an_unknown_profile_offers_the_nearest) {
  BOOST_TEST(library.load("stor").problem()->what == "There is no profile stor; did you mean store?");
}

BOOST_AUTO_TEST_CASE(a_mistake_in_a_users_profile_is_named_with_line_and_column) {
  BOOST_TEST(UserProfile{"name: mine\nextends: base\nchecks:\n  manifest/name-lenght: {}\n"}.complaint() ==
             ":4:3: there is no check manifest/name-lenght; did you mean manifest/name-length?");
  BOOST_TEST(UserProfile{"name: mine\nextends: base\nchecks:\n  manifest/name-length: {maximun: 3}\n"}.complaint() ==
             ":4:26: this check has no limit maximun; did you mean maximum?");
  BOOST_TEST(UserProfile{"name: mine\nextends: base\nchecks:\n  manifest/name-length: {maximum: many}\n"}.complaint() ==
             ":4:35: maximum is number in the profile this one extends, not string.");
  BOOST_TEST(UserProfile{"name: mine\nextend: base\n"}.complaint() ==
             ":2:1: extend is not known here; did you mean extends?");
  BOOST_TEST(UserProfile{"name: mine\nchecks:\n  logo/size: {severity: fatal}\n"}.complaint() ==
             ":3:25: severity is one of note, warning, error.");
}

BOOST_AUTO_TEST_CASE(a_users_profile_without_a_base_gets_the_shipped_limits) {
  const UserProfile user{"name: mine\nchecks:\n  manifest/name-length: {severity: note}\n"};
  const auto profile = library.load(user.path.string());
  BOOST_REQUIRE(profile);
  BOOST_TEST(profile->checks.at("manifest/name-length").parameters.contains("maximum"));
  BOOST_CHECK(profile->checks.at("manifest/name-length").severity == Severity::note);
}

BOOST_AUTO_TEST_CASE(only_and_skip_select_by_id_or_group) {
  const auto base = *library.load("base");
  const std::vector<std::string> logo{"logo/*"}, none;
  BOOST_TEST(make_plan(base, checks, logo, none)->checks.size() == 1u);
  BOOST_TEST(make_plan(base, checks, none, logo)->checks.front().check->info.id == "manifest/name-length");
  BOOST_TEST(make_plan(base, checks, logo, logo).problem()->id == "user.empty_plan");
}
