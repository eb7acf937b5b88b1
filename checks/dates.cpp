#include "checks/dates.h"

#include <re2/re2.h>

#include <map>
#include <optional>

#include "checks/policy_words.h"

namespace plugvet::checks {
namespace {

using std::chrono::sys_days;

const std::map<std::string, unsigned, std::less<>>& month_numbers() {
  static const auto numbers = [] {
    std::map<std::string, unsigned, std::less<>> all;
    unsigned number = 0;
    for (const WordLists::Subject& month : month_words().subjects()) {
      ++number;
      for (const auto& [language, entries] : month.entries)
        for (const WordLists::Entry& entry : entries) all.emplace(entry.front().words.front().text, number);
    }
    return all;
  }();
  return numbers;
}

std::string any_month() {
  std::string pattern;
  // Longer names first: "june" before "jun".
  for (auto month = month_numbers().rbegin(); month != month_numbers().rend(); ++month)
    pattern += (pattern.empty() ? "" : "|") + month->first;
  return "(" + pattern + ")\\.?";
}

std::optional<sys_days> date_of(unsigned year, unsigned month, unsigned day) {
  using namespace std::chrono;
  if (year < 1990 || year > 2100) return std::nullopt;
  const year_month_day date{std::chrono::year{static_cast<int>(year)}, std::chrono::month{month}, std::chrono::day{day}};
  return date.ok() ? std::optional{sys_days{date}} : std::nullopt;
}

std::optional<sys_days> end_of_month(unsigned year, unsigned month) {
  using namespace std::chrono;
  if (year < 1990 || year > 2100) return std::nullopt;
  const auto last = std::chrono::year{static_cast<int>(year)} / std::chrono::month{month} / std::chrono::last;
  return last.ok() ? std::optional{sys_days{last}} : std::nullopt;
}

void add(std::optional<sys_days> date, std::vector<sys_days>& dates) {
  if (date) dates.push_back(*date);
}

}  // namespace

std::vector<sys_days> dates_in(const std::string& folded_text) {
  static const RE2 year_first(R"(\b(20\d\d|19\d\d) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2}))");
  static const RE2 year_last(R"(\b(\d{1,2})[-/.] ?(\d{1,2})[-/.] ?(20\d\d|19\d\d)\b)");
  static const RE2 day_month(R"(\b(\d{1,2})(?:st|nd|rd|th|er|\.)?,? (?:de |of )?)" + any_month() +
                             R"(,? (?:de |of )?(20\d\d|19\d\d)\b)");
  static const RE2 month_day(any_month() + R"( (\d{1,2})(?:st|nd|rd|th)?,? (20\d\d|19\d\d)\b)");
  static const RE2 month_year(any_month() + R"(,? (?:de |of )?(20\d\d|19\d\d)\b)");
  std::vector<sys_days> dates;
  if (folded_text.find("20") == std::string::npos && folded_text.find("19") == std::string::npos) return dates;
  unsigned a = 0, b = 0, c = 0;
  std::string month;
  for (re2::StringPiece rest(folded_text); RE2::FindAndConsume(&rest, year_first, &a, &b, &c);)
    add(date_of(a, b, c), dates);
  for (re2::StringPiece rest(folded_text); RE2::FindAndConsume(&rest, year_last, &a, &b, &c);)
    add(b > 12 ? date_of(c, a, b) : date_of(c, b, a), dates);
  for (re2::StringPiece rest(folded_text); RE2::FindAndConsume(&rest, day_month, &a, &month, &c);)
    add(date_of(c, month_numbers().at(month), a), dates);
  for (re2::StringPiece rest(folded_text); RE2::FindAndConsume(&rest, month_day, &month, &b, &c);)
    add(date_of(c, month_numbers().at(month), b), dates);
  if (dates.empty())
    for (re2::StringPiece rest(folded_text); RE2::FindAndConsume(&rest, month_year, &month, &c);)
      add(end_of_month(c, month_numbers().at(month)), dates);
  return dates;
}

}  // namespace plugvet::checks
