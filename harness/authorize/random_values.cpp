#include "harness/authorize/random_values.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/support/text.h"

namespace plugvet {
namespace {

constexpr std::string_view lower = "abcdefghijklmnopqrstuvwxyz", upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
                           digits = "0123456789";

unsigned number_at(std::string_view hex, std::size_t pair) {
  const auto value = [](char c) { return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10); };
  return value(hex[2 * pair]) * 16 + value(hex[2 * pair + 1]);
}

bool is_in(std::string_view set, char c) {
  return set.find(c) != std::string_view::npos;
}

}  // namespace

std::string RandomValues::hex_digits() {
  return sha256(fmt::format("plugvet {} {}", seed_, count_++));
}

std::string RandomValues::uuid() {
  std::string hex = hex_digits();
  hex[12] = '4';
  hex[16] = "89ab"[number_at(hex, 8) % 4];
  return fmt::format("{}-{}-{}-{}-{}", hex.substr(0, 8), hex.substr(8, 4), hex.substr(12, 4), hex.substr(16, 4),
                     hex.substr(20, 12));
}

std::string RandomValues::token(std::size_t length) {
  return like(std::string(length, 'a'));
}

std::string RandomValues::like(std::string_view model) {
  std::string text, hex;
  for (std::size_t i = 0; i < model.size(); ++i) {
    if (i % 32 == 0) hex = hex_digits();
    const unsigned number = number_at(hex, i % 32);
    const auto one_of = [&](std::string_view set) { return set[number % set.size()]; };
    const char c = model[i];
    text += is_in(digits, c) ? one_of(digits) : is_in(lower, c) ? one_of(lower) : is_in(upper, c) ? one_of(upper) : c;
  }
  return text;
}

std::string code_challenge(std::string_view verifier) {
  const std::string hex = sha256(verifier);
  std::string bytes;
  for (std::size_t i = 0; i < hex.size() / 2; ++i) bytes += static_cast<char>(number_at(hex, i));
  std::string text = base64(bytes);
  std::ranges::replace(text, '+', '-');
  std::ranges::replace(text, '/', '_');
  while (text.ends_with('=')) text.pop_back();
  return text;
}

}  // namespace plugvet
