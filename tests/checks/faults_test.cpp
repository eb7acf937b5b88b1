#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <map>
#include <ostream>
#include <set>

#include "checks/all.h"
#include "fixtures/fault.h"
#include "fixtures/server.h"
#include "tests/checks/fixture_review.h"

using namespace plugvet;
using namespace plugvet::tests;

namespace {

namespace ut = boost::unit_test;

void check_fault(const fixtures::Fault& fault) {
  const std::string seen = difference(fault, review_of(handed_in(fault)));
  BOOST_CHECK_MESSAGE(seen.empty(), "fixtures/faults/" << fault.name << ".yaml: " << fault.says << seen);
}

/// One test case for each fault, in suites like the folders: faults/manifest/name-length/21-characters.
class FaultSuites {
 public:
  FaultSuites() : root_{new_suite("faults")} {
    ut::framework::current_auto_test_suite().add(root_);
    try {
      for (const fixtures::Fault& fault : fixtures::all_faults()) add(fault);
    } catch (const std::exception& error) {
      add_case(root_, "can-be-read", [what = std::string{error.what()}] { BOOST_FAIL(what); });
    }
  }

 private:
  static ut::test_suite* new_suite(const std::string& name) { return new ut::test_suite{name, __FILE__, __LINE__}; }

  static void add_case(ut::test_suite* suite, const std::string& name, const std::function<void()>& body) {
    suite->add(new ut::test_case{name, __FILE__, __LINE__, body});
  }

  void add(const fixtures::Fault& fault) {
    const std::size_t last = fault.name.rfind('/');
    add_case(suite_of(fault.name.substr(0, last)), fault.name.substr(last + 1), [&fault] { check_fault(fault); });
  }

  ut::test_suite* suite_of(const std::string& path) {
    if (const auto found = suites_.find(path); found != suites_.end()) return found->second;
    const std::size_t last = path.rfind('/');
    ut::test_suite* parent = last == std::string::npos ? root_ : suite_of(path.substr(0, last));
    ut::test_suite* suite = new_suite(last == std::string::npos ? path : path.substr(last + 1));
    parent->add(suite);
    return suites_.emplace(path, suite).first->second;
  }

  ut::test_suite* root_;
  std::map<std::string, ut::test_suite*> suites_;
};

const FaultSuites registered_faults;

struct Claim {
  const char* plugin;
  const char* profile;
  const char* submission;
};

std::ostream& operator<<(std::ostream& out, const Claim& claim) {
  return out << claim.plugin << " by " << claim.profile << " " << claim.submission;
}

const std::vector<Claim> claims{
    {"todo", "openai-plugin-v1", "{origin}"},
    {"todo", "gpt-pro", "{origin}"},
    {"todo", "local", "{origin}"},
    {"todo", "gpt-actions", "{origin}/openapi.yaml"},
    {"todo", "openai-plugin-v1", "{folder}"},
    {"todo", "gpt-actions", "{folder}/openapi.yaml"},
    {"todo-m365", "m365-copilot-v2", "{folder}"},
    {"todo-oauth", "openai-plugin-v1", "{origin}"},
    {"todo-oauth", "openai-plugin-store", "{origin}"},
    {"todo-oauth", "gpt-actions", "{origin}/openapi.yaml"},
    {"todo-oauth", "openai-plugin-v1", "{folder}"},
};

std::set<std::string> check_ids() {
  std::set<std::string> ids;
  for (const Check* check : checks::all()) ids.emplace(check->info.id);
  return ids;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(fixture_plugins)

BOOST_DATA_TEST_CASE(the_good_plugin_passes_every_check_of_every_profile_that_it_claims, claims, claim) {
  const Review review = review_of({claim.plugin, claim.profile, claim.submission, nullptr});
  const std::string seen = complaints(review);
  BOOST_CHECK_MESSAGE(seen.empty(), claim << seen);
  BOOST_CHECK_EQUAL(name_of(review.verdict), name_of(Verdict::approved));
  BOOST_CHECK(!review.results.empty());
}

BOOST_AUTO_TEST_CASE(every_check_has_a_fault_that_it_catches) {
  std::set<std::string> uncaught = check_ids();
  for (const fixtures::Fault& fault : fixtures::all_faults())
    for (const fixtures::Expectation& expected : fault.expect) uncaught.erase(expected.check);
  for (const std::string& id : uncaught) BOOST_ERROR("no fault expects a finding of " << id);
}

BOOST_AUTO_TEST_CASE(every_fault_lies_in_the_folder_of_the_check_that_catches_it) {
  const std::set<std::string> ids = check_ids();
  for (const fixtures::Fault& fault : fixtures::all_faults()) {
    const std::string folder = fault.name.substr(0, fault.name.rfind('/'));
    BOOST_CHECK_MESSAGE(ids.contains(folder), fault.name << ": there is no check " << folder);
    bool caught = false;
    for (const fixtures::Expectation& expected : fault.expect) {
      caught |= expected.check == folder;
      BOOST_CHECK_MESSAGE(ids.contains(expected.check),
                          fault.name << " expects a finding of no check: " << expected.check);
    }
    BOOST_CHECK_MESSAGE(caught, fault.name << " expects no finding of " << folder);
  }
}

BOOST_AUTO_TEST_CASE(no_two_faults_have_the_same_name_or_say_the_same) {
  std::set<std::string> names, sayings;
  for (const fixtures::Fault& fault : fixtures::all_faults()) {
    BOOST_CHECK_MESSAGE(names.insert(fault.name).second, fault.name);
    BOOST_CHECK_MESSAGE(sayings.insert(fault.name.substr(0, fault.name.rfind('/')) + ": " + fault.says).second,
                        fault.name << " says the same as another fault of its check");
  }
}

BOOST_AUTO_TEST_SUITE_END()
