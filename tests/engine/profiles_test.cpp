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
constinit const Check logo_format = define_check<anything>(info("logo/format"));
constinit const Check unused = define_check<anything>(info("logo/unused"));
constexpr const Check* checks[] = {&logo_size, &name_length, &logo_format, &unused};

constexpr EmbeddedFile shipped[] = {
    {"base.yaml", "name: base\ntitle: Base\nchecks:\n  manifest/name-length: {maximum: 50}\n  logo/size:\n"},
    {"store.yaml", "name: store\nextends: base\nchecks:\n  manifest/name-length: {maximum: 20, severity: warning}\n"},
    {"every-kind.yaml",
     "name: every-kind\nchecks:\n  logo/format: {accepted: [PNG, JPEG], types: [text/html], format: ai_plugin, "
     "exempt: false, margin_days: 14, share_percent: 2, minimum: 128, maximum: 4096, ranges: [10.0.0.0/8], "
     "origin: https://chat.example}\n"},
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
             ":4:35: maximum is not a whole number from 0 to 1000000000.");
  BOOST_TEST(UserProfile{"name: mine\nextend: base\n"}.complaint() ==
             ":2:1: extend is not known here; did you mean extends?");
  BOOST_TEST(UserProfile{"name: mine\nchecks:\n  logo/size: {severity: fatal}\n"}.complaint() ==
             ":3:25: severity is one of note, warning, error.");
}

BOOST_AUTO_TEST_CASE(a_limit_that_no_check_could_judge_with_is_refused_where_it_stands) {
  const auto with = [](const std::string& limit) {
    return UserProfile{"name: mine\nextends: every-kind\nchecks:\n  logo/format:\n    " + limit + "\n"}.complaint();
  };
  const std::pair<const char*, const char*> wrong[] = {
      {"maximum: -1", ":5:14: maximum is not a whole number from 0 to 1000000000."},
      {"maximum: 1.5", ":5:14: maximum is not a whole number from 0 to 1000000000."},
      {"maximum: 99999999999999999999", ":5:14: maximum is not a whole number from 0 to 1000000000."},
      {"maximum: 18446744073709551615", ":5:14: maximum is not a whole number from 0 to 1000000000."},
      {"maximum: '20'", ":5:14: maximum is not a whole number from 0 to 1000000000."},
      {"maximum:", ":5:5: maximum is not a whole number from 0 to 1000000000."},
      {"share_percent: 101", ":5:20: share_percent is not a whole number from 0 to 100."},
      {"margin_days: 3651", ":5:18: margin_days is not a whole number from 0 to 3650."},
      {"minimum: 5000", ":5:14: minimum (5000) is more than maximum (4096)."},
      {"exempt: 1", ":5:13: exempt is neither true nor false."},
      {"format: m356", ":5:13: format: m356 is not a manifest format; did you mean m365?"},
      {"format: 3", ":5:13: format is not a text; write it in quotes."},
      {"accepted: PNG", ":5:15: accepted is not a list of texts."},
      {"accepted: []", ":5:15: accepted is empty; to leave the check out, write off in its place."},
      {"accepted: [PNG, png]", ":5:21: accepted: png is not an image format; did you mean PNG?"},
      {"accepted: [PNG, 3]", ":5:21: accepted is not a text; write it in quotes."},
      {"types: [html]", ":5:13: types: html is not a media type such as text/html, in lower case."},
      {"types: [Text/HTML]", ":5:13: types: Text/HTML is not a media type such as text/html, in lower case."},
      {"origin: chat.example", ":5:13: origin: chat.example is not an origin such as https://acme.com."},
      {"ranges: ['']", ":5:14: ranges: an empty text is not a text."},
  };
  for (const auto& [limit, complaint] : wrong) BOOST_TEST(with(limit) == complaint);
  for (const char* right : {"maximum: 128", "maximum: 0x1000", "share_percent: 0", "exempt: true", "format: m365",
                            "accepted: [WebP]", "types: [application/json]", "ranges: [anything]", "ranges: []",
                            "origin: http://localhost:3000"})
    BOOST_TEST(with(right) == "", right);
}

BOOST_AUTO_TEST_CASE(a_check_that_no_shipped_profile_runs_has_no_limits_to_change) {
  BOOST_TEST(UserProfile{"name: mine\nchecks:\n  logo/unused: {maximum: 3}\n"}.complaint() ==
             ":3:17: this check has no limit maximum; it has severity.");
}

BOOST_AUTO_TEST_CASE(a_users_profile_may_not_be_taken_for_a_shipped_one) {
  BOOST_TEST(UserProfile{"name: base\nextends: base\n"}.complaint() ==
             ":1:7: name is that of a shipped profile; reports could not tell them apart.");
}

BOOST_AUTO_TEST_CASE(a_profile_that_cannot_be_extended_is_named_where_it_is_extended) {
  BOOST_TEST(UserProfile{"name: mine\nextends: stor\n"}.complaint() ==
             ":2:10: extends: There is no profile stor; did you mean store?");
  BOOST_TEST(UserProfile{"name: mine\nextends: /nowhere/base.yaml\n"}.complaint() ==
             ":2:10: extends: /nowhere/base.yaml: The file does not exist.");
  const UserProfile itself{""};
  std::ofstream{itself.path} << "name: mine\nextends: " << itself.path.string() << "\n";
  BOOST_TEST(itself.complaint() == ":2:10: extends: the profiles extend one another in a circle, back to " +
                                       itself.path.string() + ".");
}

BOOST_AUTO_TEST_CASE(a_mistake_in_an_extended_profile_is_named_in_its_own_file) {
  const std::string base = (std::filesystem::temp_directory_path() / "plugvet-extended.yaml").string();
  std::ofstream{base} << "name: ours\nextends: base\nchecks:\n  logo/sise:\n";
  const UserProfile user{"name: mine\nextends: " + base + "\n"};
  BOOST_TEST(library.load(user.path.string()).problem()->what ==
             base + ":4:3: there is no check logo/sise; did you mean logo/size?");
  std::ofstream{base} << "name: ours\nextends: base\n";
  const auto profile = library.load(user.path.string());
  BOOST_REQUIRE(profile);
  const std::vector<std::string> files{base, user.path.string()};
  BOOST_TEST(profile->files == files, boost::test_tools::per_element());
  std::filesystem::remove(base);
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
