#include "tests/faults/secrets.h"

#include <fmt/format.h>

#include <array>

#include "harness/support/text.h"

namespace plugvet::faults {
namespace {

std::string hex(std::string_view text, std::string_view before) {
  std::string out;
  for (const unsigned char c : text) out += fmt::format("{}{:02x}", before, c);
  return out;
}

/// What of the base64 of something depends on the secret alone, when it begins `shift` bytes after a group of three.
std::string base64_within(const std::string& secret, std::size_t shift) {
  const std::string encoded = base64(std::string(shift, '\0') + secret);
  const std::size_t begin = shift == 0 ? 0 : 4, end = (shift + secret.size()) / 3 * 4;
  return encoded.substr(begin, end - begin);
}

}  // namespace

const std::string& value_of(Secret secret) {
  static const std::array<std::string, secret_count> all = {
      "kQ7zVw2LxN9cRt5BfHj3MsDp", "Zt4WmKp8YqC6vXnB1rGd7LhS", "Hn5TgRb2QwJx9McVk7PzD3fL", "Xf8LdSj3NvKb6QyWt2CmR9hG",
      "Vb3YpQm7KzTn4WxHc9RdJ6sL", "Gw6CrXt9MfVk2LbQs8NjZ5dP", "Jd2NkZh6RtWp8XcMv4LyB7qG", "Rm9BvGy4TsHd7KwPx3CnQ6fJ",
      "Lc7XjNq5PvRz2MgYt8BkW4hD", "Tp3HwBf8DkMx6SnLr9VcG2yQ"};
  return all[static_cast<std::size_t>(secret)];
}

std::vector<std::string> spellings_of(const std::string& secret) {
  const std::size_t half = secret.size() / 2;
  std::vector<std::string> all = {secret.substr(0, half), secret.substr(half)};
  for (std::size_t shift = 0; shift < 3; ++shift) all.push_back(base64_within(secret, shift));
  all.push_back(hex(secret, "%"));
  all.push_back(hex(secret, ""));
  all.push_back(hex(secret, "\\u00"));
  all.emplace_back(secret.rbegin(), secret.rend());
  return all;
}

std::vector<std::string> secrets_in(std::string_view text) {
  static const auto spellings = [] {
    std::array<std::vector<std::string>, secret_count> all;
    for (std::size_t i = 0; i < secret_count; ++i) all[i] = spellings_of(value_of(static_cast<Secret>(i)));
    return all;
  }();
  const std::string lower = to_lower_ascii(text);
  std::vector<std::string> found;
  for (std::size_t i = 0; i < secret_count; ++i)
    for (const std::string& spelling : spellings[i])
      if (text.find(spelling) != std::string_view::npos || lower.find(spelling) != std::string::npos) {
        found.push_back(fmt::format("secret {} as {}", i, spelling));
        break;
      }
  return found;
}

}  // namespace plugvet::faults
