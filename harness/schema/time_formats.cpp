#include <algorithm>

#include "harness/schema/formats.h"
#include "harness/support/characters.h"

namespace plugvet::schema {
namespace {

/// Takes what it reads from the front of a text; anything wrong makes all that follows wrong.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_{text} {}

  int number(std::size_t size) {
    const bool fits = rest_.size() >= size && std::ranges::all_of(rest_.substr(0, size), is_digit);
    if (!fits) return fail();
    int value = 0;
    for (const char c : rest_.substr(0, size)) value = value * 10 + (c - '0');
    rest_.remove_prefix(size);
    return value;
  }
  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void expect(char c) {
    if (!take(c)) fail();
  }
  /// A run of digits; how many.
  std::size_t digits() {
    const auto size = static_cast<std::size_t>(std::ranges::find_if_not(rest_, is_digit) - rest_.begin());
    rest_.remove_prefix(size);
    return size;
  }
  int fail() {
    good_ = false;
    return 0;
  }
  bool has_ended() const { return good_ && rest_.empty(); }
  bool is_good() const { return good_; }

 private:
  std::string_view rest_;
  bool good_ = true;
};

int days_in(int month, int year) {
  if (month == 2) return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

void read_date(Reader& reader) {
  const int year = reader.number(4);
  reader.expect('-');
  const int month = reader.number(2);
  reader.expect('-');
  const int day = reader.number(2);
  if (month < 1 || month > 12 || day < 1 || day > days_in(month, year)) reader.fail();
}

/// The offset from UTC in minutes.
int read_offset(Reader& reader) {
  if (reader.take('Z') || reader.take('z')) return 0;
  const int sign = reader.take('-') ? -1 : 1;
  if (sign == 1) reader.expect('+');
  const int hours = reader.number(2);
  reader.expect(':');
  const int minutes = reader.number(2);
  if (hours > 23 || minutes > 59) reader.fail();
  return sign * (hours * 60 + minutes);
}

void read_time(Reader& reader) {
  const int hour = reader.number(2);
  reader.expect(':');
  const int minute = reader.number(2);
  reader.expect(':');
  const int second = reader.number(2);
  if (reader.take('.') && reader.digits() == 0) reader.fail();
  const int offset = read_offset(reader);
  if (hour > 23 || minute > 59 || second > 60) reader.fail();
  // A leap second is the last of a day in UTC.
  constexpr int day = 24 * 60;
  if (second == 60 && ((hour * 60 + minute - offset) % day + day) % day != day - 1) reader.fail();
}

/// Numbers with these units, in this order, none between two left out: "1H2M3S", "2M", not "1H3S".
void read_components(Reader& reader, std::string_view units) {
  std::size_t next = 0;
  bool has_any = false;
  while (reader.is_good() && reader.digits() > 0) {
    const std::size_t first = next;
    while (next < units.size() && !reader.take(units[next])) ++next;
    if (next == units.size() || (has_any && next != first)) {
      reader.fail();
      return;
    }
    ++next;
    has_any = true;
  }
  if (!has_any) reader.fail();
}

}  // namespace

bool is_date(std::string_view text) {
  Reader reader{text};
  read_date(reader);
  return reader.has_ended();
}

bool is_time(std::string_view text) {
  Reader reader{text};
  read_time(reader);
  return reader.has_ended();
}

bool is_date_time(std::string_view text) {
  Reader reader{text};
  read_date(reader);
  if (!reader.take('T')) reader.expect('t');
  read_time(reader);
  return reader.has_ended();
}

bool is_duration(std::string_view text) {
  Reader reader{text};
  reader.expect('P');
  const std::string_view inner = text.empty() ? text : text.substr(1);
  if (inner.ends_with('W')) {
    const std::string_view weeks = inner.substr(0, inner.size() - 1);
    return reader.is_good() && !weeks.empty() && std::ranges::all_of(weeks, is_digit);
  }
  if (!inner.starts_with('T')) read_components(reader, "YMD");
  if (reader.take('T')) read_components(reader, "HMS");
  return reader.has_ended();
}

}  // namespace plugvet::schema
