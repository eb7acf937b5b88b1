#include "harness/schema/value.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <random>
#include <span>
#include <utility>

#include "harness/support/text.h"

namespace plugvet::schema {
namespace {

__extension__ typedef unsigned __int128 Wide;

// --- Hashes --------------------------------------------------------------------------------------------------------

/// A secret of this run: nobody can write a document whose names all collide.
std::uint64_t seed() {
  static const std::uint64_t value = [] {
    std::random_device device;
    return static_cast<std::uint64_t>(device()) << 32 | device();
  }();
  return value;
}

std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

constexpr std::size_t bytes_per_step = 64;  // of a text
constexpr std::uint64_t multiplier = 0x9E3779B97F4A7C15;

std::uint64_t hash_of_number(const Json& value) {
  const long double number = number_in(value) + 0.0L;  // -0 is 0
  const auto whole = static_cast<double>(number);
  return mixed(std::bit_cast<std::uint64_t>(whole) ^ seed(), multiplier);
}

// --- Decimal numbers -----------------------------------------------------------------------------------------------

/// digits × 10^exponent, without a sign.
struct Decimal {
  std::uint64_t digits = 0;
  int exponent = 0;
};

Decimal decimal_of(const Json& value) {
  Decimal decimal;
  if (value.is_number_unsigned()) {
    decimal.digits = value.get<std::uint64_t>();
  } else if (value.is_number_integer()) {
    const auto number = value.get<std::int64_t>();
    decimal.digits = number < 0 ? 0 - static_cast<std::uint64_t>(number) : static_cast<std::uint64_t>(number);
  } else {
    // The shortest text that means this double is what its author wrote.
    std::array<char, 32> text{};
    const auto result = std::to_chars(text.data(), text.data() + text.size(), std::fabs(value.get<double>()),
                                      std::chars_format::scientific);
    bool after_point = false;
    for (const char* c = text.data(); c != result.ptr; ++c) {
      if (*c == '.') {
        after_point = true;
      } else if (*c == 'e') {
        int exponent = 0;
        std::from_chars(c[1] == '+' ? c + 2 : c + 1, result.ptr, exponent);
        decimal.exponent += exponent;
        break;
      } else {
        decimal.digits = decimal.digits * 10 + static_cast<std::uint64_t>(*c - '0');
        if (after_point) --decimal.exponent;
      }
    }
  }
  while (decimal.digits != 0 && decimal.digits % 10 == 0) {
    decimal.digits /= 10;
    ++decimal.exponent;
  }
  return decimal;
}

std::uint64_t power_of_ten_modulo(unsigned exponent, std::uint64_t modulus) {
  Wide result = 1 % modulus, base = 10 % modulus;
  for (; exponent != 0; exponent >>= 1) {
    if (exponent & 1) result = result * base % modulus;
    base = base * base % modulus;
  }
  return static_cast<std::uint64_t>(result);
}

}  // namespace

bool is_integral(const Json& value) {
  if (value.is_number_integer()) return true;
  if (!value.is_number_float()) return false;
  const double number = value.get<double>();
  return std::isfinite(number) && std::trunc(number) == number;
}

long double number_in(const Json& value) {
  switch (value.type()) {
    case Json::value_t::number_integer:
      return static_cast<long double>(*value.get_ptr<const Json::number_integer_t*>());
    case Json::value_t::number_unsigned:
      return static_cast<long double>(*value.get_ptr<const Json::number_unsigned_t*>());
    case Json::value_t::number_float:
      return *value.get_ptr<const Json::number_float_t*>();
    default:
      return 0;
  }
}

bool is_multiple(const Json& value, const Json& of) {
  if (!std::isfinite(number_in(value)) || !std::isfinite(number_in(of))) return false;
  const Decimal a = decimal_of(value), b = decimal_of(of);
  if (a.digits == 0) return true;
  if (b.digits == 0) return false;
  // Zeros at the end of a's digits are in its exponent already: ten times more does not go into it.
  if (a.exponent < b.exponent) return false;
  const std::uint64_t power = power_of_ten_modulo(static_cast<unsigned>(a.exponent - b.exponent), b.digits);
  return static_cast<Wide>(a.digits % b.digits) * power % b.digits == 0;
}

namespace {

/// Members are mostly written in the same order; from where they are not, they are sorted.
bool are_equal_objects(std::span<const Json::object_t::value_type> a, std::span<const Json::object_t::value_type> b,
                       std::uint64_t& work) {
  if (a.size() != b.size()) return false;
  std::size_t same = 0;
  for (; same < a.size() && a[same].first == b[same].first; ++same) {
    if (!are_equal(a[same].second, b[same].second, work)) return false;
  }
  using Entry = std::pair<std::string_view, const Json*>;
  const auto sorted = [&](std::span<const Json::object_t::value_type> members) {
    std::vector<Entry> entries;
    for (const auto& [name, value] : members.subspan(same)) entries.emplace_back(name, &value);
    std::ranges::sort(entries, {}, &Entry::first);
    return entries;
  };
  return same == a.size() || std::ranges::equal(sorted(a), sorted(b), [&](const Entry& x, const Entry& y) {
           return x.first == y.first && are_equal(*x.second, *y.second, work);
         });
}

}  // namespace

bool are_equal(const Json& a, const Json& b, std::uint64_t& work) {
  ++work;
  if (a.is_number() && b.is_number()) return number_in(a) == number_in(b);
  if (a.type() != b.type()) return false;
  switch (a.type()) {
    case Json::value_t::object:
      return are_equal_objects(*a.get_ptr<const Json::object_t*>(), *b.get_ptr<const Json::object_t*>(), work);
    case Json::value_t::array:
      return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                                [&](const Json& x, const Json& y) { return are_equal(x, y, work); });
    case Json::value_t::string:
      work += a.get_ptr<const std::string*>()->size() / bytes_per_step;
      return *a.get_ptr<const std::string*>() == *b.get_ptr<const std::string*>();
    case Json::value_t::boolean:
      return a.get<bool>() == b.get<bool>();
    default:
      return true;
  }
}

bool are_equal(const Json& a, const Json& b) {
  std::uint64_t work = 0;
  return are_equal(a, b, work);
}

std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = seed() ^ text.size() * multiplier;
  while (text.size() > 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data(), 8);
    hash = mixed(hash ^ word, multiplier ^ seed());
    text.remove_prefix(8);
  }
  std::uint64_t word = 0;
  std::memcpy(&word, text.data(), text.size());
  return mixed(hash ^ word, multiplier);
}

std::uint64_t hash_of(const Json& value, std::uint64_t& work) {
  ++work;
  switch (value.type()) {
    case Json::value_t::string:
      work += value.get_ptr<const std::string*>()->size() / bytes_per_step;
      return hash_of(std::string_view{*value.get_ptr<const std::string*>()});
    case Json::value_t::object: {
      std::uint64_t hash = seed() ^ value.size();
      for (const auto& [name, member] : *value.get_ptr<const Json::object_t*>())
        hash += mixed(hash_of(std::string_view{name}), hash_of(member, work) | 1);  // in any order
      return mixed(hash, multiplier);
    }
    case Json::value_t::array: {
      std::uint64_t hash = seed() ^ ~value.size();
      for (const Json& item : value) hash = mixed(hash ^ hash_of(item, work), multiplier);
      return hash;
    }
    case Json::value_t::boolean:
      return mixed(seed() ^ (value.get<bool>() ? 1 : 2), multiplier);
    case Json::value_t::null:
      return mixed(seed() ^ 3, multiplier);
    default:
      return hash_of_number(value);
  }
}

void ValueSet::reserve(std::size_t count) {
  values_.reserve(count);
  hashes_.reserve(count);
  slots_.assign(std::bit_ceil(count * 2 + 1), 0);
}

bool ValueSet::add(const Json& value, std::uint64_t& work) {
  if ((values_.size() + 1) * 2 > slots_.size()) {
    slots_.assign(std::bit_ceil(values_.size() * 4 + 4), 0);
    for (std::size_t i = 0; i < values_.size(); ++i) {
      std::size_t slot = hashes_[i] & (slots_.size() - 1);
      while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
      slots_[slot] = static_cast<std::uint32_t>(i + 1);
    }
  }
  const std::uint64_t hash = hash_of(value, work);
  std::size_t slot = hash & (slots_.size() - 1);
  for (; slots_[slot] != 0; slot = (slot + 1) & (slots_.size() - 1)) {
    const std::uint32_t index = slots_[slot] - 1;
    if (hashes_[index] == hash && are_equal(*values_[index], value, work)) return false;
  }
  values_.push_back(&value);
  hashes_.push_back(hash);
  slots_[slot] = static_cast<std::uint32_t>(values_.size());
  return true;
}

bool ValueSet::contains(const Json& value, std::uint64_t& work) const {
  if (values_.empty()) return false;
  if (values_.size() == 1) return are_equal(*values_[0], value, work);
  const std::uint64_t hash = hash_of(value, work);
  for (std::size_t slot = hash & (slots_.size() - 1); slots_[slot] != 0; slot = (slot + 1) & (slots_.size() - 1)) {
    const std::uint32_t index = slots_[slot] - 1;
    if (hashes_[index] == hash && are_equal(*values_[index], value, work)) return true;
  }
  return false;
}

std::string in_quotes(std::string_view text) {
  return fmt::format("\"{}\"", printable(shortened(text, 60)));
}

std::string shown(const Json& value) {
  switch (value.type()) {
    case Json::value_t::string:
      return in_quotes(*value.get_ptr<const std::string*>());
    case Json::value_t::object:
      return value.empty() ? "an empty object" : "an object";
    case Json::value_t::array:
      return value.empty() ? "an empty array" : fmt::format("an array of {}", counted(value.size(), "item"));
    default:
      return value.dump();
  }
}

}  // namespace plugvet::schema
