#include <boost/test/unit_test.hpp>
#include <stdexcept>

#include "harness/engine/engine.h"

using namespace plugvet;

namespace {

Judgement always_fine(const Submission&) { return Judgement::pass(); }
Judgement name_is_wrong(const Manifest& manifest) {
  return Judgement::fail({manifest.at("/name_for_human"), "The name is wrong.", "a right name", "a wrong one", {}});
}
Judgement has_a_bug(const Submission&) { throw std::runtime_error{"index out of range"}; }
Judgement judges_the_attempt(const Result<Manifest>& manifest) {
  if (manifest) return Judgement::pass();
  return Judgement::fail({{}, manifest.problem()->what, "a manifest", "none", {}});
}

constexpr CheckInfo info(std::string_view id, bool for_reviewer = false) {
  return {.id = id, .title = "t", .requirement = "r", .rationale = "r", .remedy = "r", .source = "s",
          .passing = "", .failing = "", .for_reviewer = for_reviewer};
}

constinit const Check fine = define_check<always_fine>(info("test/fine"));
constinit const Check wrong = define_check<name_is_wrong>(info("test/name"));
constinit const Check buggy = define_check<has_a_bug>(info("test/bug"));
constinit const Check attempt = define_check<judges_the_attempt>(info("test/attempt"));
constinit const Check reviewer = define_check<name_is_wrong>(info("test/reviewer", true));

Plan plan_of(std::initializer_list<const Check*> checks, Severity severity = Severity::error) {
  Plan plan;
  plan.profile = "test";
  for (const Check* check : checks) plan.checks.push_back({check, {severity, Parameters{}}});
  return plan;
}

std::shared_ptr<Evidence> evidence_with_manifest() {
  auto evidence = std::make_shared<Evidence>();
  auto document = parse_json("{\n  \"name_for_human\": \"x\"\n}", "ai-plugin.json");
  evidence->manifest = Result<Manifest>{Manifest{*document, "ai-plugin.json", {}, ""}};
  evidence->now = std::chrono::sys_days{std::chrono::year{2026} / 6 / 1};
  return evidence;
}

std::shared_ptr<Evidence> evidence_without_manifest() {
  auto evidence = std::make_shared<Evidence>();
  Problem problem;
  problem.what = "The host does not resolve.";
  evidence->manifest = Result<Manifest>{problem};
  return evidence;
}

}  // namespace

BOOST_AUTO_TEST_CASE(needs_are_read_from_the_signature) {
  BOOST_TEST(wrong.needs.contains(Needs::manifest));
  BOOST_TEST(!wrong.needs.contains(Needs::logo));
  BOOST_TEST(fine.needs.empty());
}

BOOST_AUTO_TEST_CASE(a_missing_manifest_blocks_dependent_checks_and_fails_the_check_of_the_attempt) {
  const Review review = judge(plan_of({&attempt, &wrong}), evidence_without_manifest(), {});
  BOOST_CHECK(review.results[0].outcome == Outcome::failed);
  BOOST_CHECK(review.results[1].outcome == Outcome::blocked);
  BOOST_TEST(review.results[1].reason == "The host does not resolve.");
  BOOST_CHECK(review.verdict == Verdict::rejected);
}

BOOST_AUTO_TEST_CASE(what_was_not_collected_is_skipped_with_the_reason_and_does_not_spoil_the_verdict) {
  auto evidence = std::make_shared<Evidence>();
  evidence->not_collected_because = "--offline was given";
  const Review review = judge(plan_of({&wrong}), evidence, {});
  BOOST_CHECK(review.results[0].outcome == Outcome::skipped);
  BOOST_TEST(review.results[0].reason == "--offline was given");
  BOOST_CHECK(review.verdict == Verdict::approved);
}

BOOST_AUTO_TEST_CASE(a_blocked_check_alone_makes_the_review_incomplete) {
  const Review review = judge(plan_of({&wrong}), evidence_without_manifest(), {});
  BOOST_CHECK(review.verdict == Verdict::incomplete);
}

BOOST_AUTO_TEST_CASE(an_exception_of_a_check_is_ours_and_makes_it_crashed) {
  const Review review = judge(plan_of({&buggy, &fine}), evidence_with_manifest(), {});
  BOOST_CHECK(review.results[0].outcome == Outcome::crashed);
  BOOST_TEST(review.results[0].reason.find("index out of range") != std::string::npos);
  BOOST_CHECK(review.results[1].outcome == Outcome::passed);
  BOOST_CHECK(review.verdict == Verdict::incomplete);
}

BOOST_AUTO_TEST_CASE(findings_below_fail_on_do_not_reject) {
  const Plan plan = plan_of({&wrong}, Severity::warning);
  BOOST_CHECK(judge(plan, evidence_with_manifest(), {}).verdict == Verdict::approved);
  BOOST_CHECK(judge(plan, evidence_with_manifest(), {.fail_on = Severity::warning}).verdict == Verdict::rejected);
}

BOOST_AUTO_TEST_CASE(what_only_a_person_can_judge_never_decides) {
  const Review review = judge(plan_of({&reviewer}), evidence_with_manifest(), {});
  BOOST_CHECK(review.results[0].outcome == Outcome::failed);
  BOOST_CHECK(review.verdict == Verdict::approved);
}

BOOST_AUTO_TEST_CASE(a_waiver_accepts_its_finding_until_it_expires) {
  const auto on = [](unsigned month) { return std::chrono::sys_days{std::chrono::year{2026} / month / 1}; };
  JudgeOptions options;
  options.waivers = {{"test/name", "/name_for_human", "agreed with the team", on(6), {}}};
  Review review = judge(plan_of({&wrong}), evidence_with_manifest(), options);
  BOOST_TEST(review.results[0].waived[0] == "agreed with the team");
  BOOST_CHECK(review.verdict == Verdict::approved);
  BOOST_TEST(review.idle_waivers.empty());

  options.waivers[0].expires = on(5);
  review = judge(plan_of({&wrong}), evidence_with_manifest(), options);
  BOOST_CHECK(review.verdict == Verdict::rejected);
  BOOST_REQUIRE(review.idle_waivers.size() == 1u);
  BOOST_TEST(review.idle_waivers[0].why == "expired on 2026-05-01");
}

BOOST_AUTO_TEST_CASE(a_waiver_that_matches_nothing_is_reported) {
  JudgeOptions options;
  options.waivers = {{"test/name", "/logo_url", "left over", std::chrono::sys_days{std::chrono::year{2030} / 1 / 1}, {}}};
  const Review review = judge(plan_of({&wrong}), evidence_with_manifest(), options);
  BOOST_CHECK(review.verdict == Verdict::rejected);
  BOOST_REQUIRE(review.idle_waivers.size() == 1u);
  BOOST_TEST(review.idle_waivers[0].why == "matches no finding");
}
