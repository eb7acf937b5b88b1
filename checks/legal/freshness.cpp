#include <algorithm>
#include <chrono>

#include "checks/dates.h"
#include "checks/policy_page.h"
#include "harness/support/text.h"
#include "harness/support/time.h"

namespace plugvet::checks {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

Judgement freshness(const LegalPage& page, const Evidence& evidence, const Parameters& limits) {
  if (auto obstacle = why_no_text(page)) return *obstacle;
  const auto today = std::chrono::floor<days>(evidence.now);
  const days oldest{limits.count("oldest_days")}, ahead{limits.count("ahead_days")};
  std::vector<sys_days> dates;
  const auto pages = pages_with_text(page);
  for (const Sentence& sentence : sentences_of(pages))
    for (const sys_days date : dates_in(sentence.folded)) dates.push_back(date);
  const auto finding = [&](std::string message, std::string actual) {
    return Judgement::fail(
        {at_legal_page(), named(page) + std::move(message), "the date of its last change", std::move(actual), page.location});
  };
  if (dates.empty()) return finding(" does not say when it was last changed.", "no date");
  // Of all dates on the page, the latest one that can have come is when it was changed.
  const auto latest = std::ranges::max(dates);
  std::erase_if(dates, [&](sys_days date) { return date > today + ahead; });
  if (dates.empty()) {
    const std::string date = date_text(std::chrono::year_month_day{latest});
    return finding(" is dated " + date + ", which is in the future.", date);
  }
  const auto changed = std::ranges::max(dates);
  if (today - changed <= oldest) return Judgement::pass();
  const std::string date = date_text(std::chrono::year_month_day{changed});
  return finding(" was last changed in " + date.substr(0, 4) + ": its latest date is " + date + ".", date);
}

}  // namespace

extern constinit const Check legal_freshness = define_check<freshness>({
    .id = "legal/freshness",
    .title = "The legal page says when it was last changed, and that is not long ago",
    .requirement =
        "The legal page, or a page on privacy that it leads to, has a date of the last few years. A date in the near future "
        "is one from which the text will hold.",
    .rationale =
        "Without a date nobody knows which terms held when they agreed. Terms of before the plugin existed do not speak of "
        "what it does with conversations.",
    .remedy = "Write the date of the last change on the page, and look at the text when the plugin changes.",
    .source = "plugvet, own judgement",
    .passing = "Last updated on 1 March 2026.",
    .failing = "Last updated on 1 March 2016.",
    .severity = Severity::note,
});

}  // namespace plugvet::checks
