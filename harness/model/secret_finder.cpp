#include "harness/model/secret_finder.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>

namespace plugvet {
namespace {

constexpr std::size_t very_long = 64;
constexpr std::size_t none = static_cast<std::size_t>(-1);

/// A number of so many bits for the first bytes of a text.
std::size_t start_of(std::string_view text, int bits) {
  std::uint64_t bytes = 0;
  static_assert(SecretFinder::shortest == sizeof bytes);
  std::memcpy(&bytes, text.data(), sizeof bytes);
  return static_cast<std::size_t>(bytes * 0x9e3779b97f4a7c15u >> (64 - bits));
}

std::size_t common_prefix(std::string_view a, std::string_view b) {
  const auto ends = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  return static_cast<std::size_t>(ends.first - a.begin());
}

}  // namespace

SecretFinder::SecretFinder(std::vector<std::string> secrets) : secrets_{std::move(secrets)} {
  std::erase_if(secrets_, [](const std::string& secret) { return secret.size() < shortest; });
  std::ranges::sort(secrets_);
  const auto repeated = std::ranges::unique(secrets_);
  secrets_.erase(repeated.begin(), repeated.end());
  // Enough for one place in a hundred to look like the start of a secret; few secrets are to cost little memory.
  start_bits_ = std::min(20, static_cast<int>(std::bit_width(secrets_.size())) + 7);
  if (!secrets_.empty()) starts_.resize(std::size_t{1} << start_bits_);
  std::vector<std::size_t> open;  // each begins with the one before it
  for (std::size_t i = 0; i < secrets_.size(); ++i) {
    starts_[start_of(secrets_[i], start_bits_)] = true;
    while (!open.empty() && !secrets_[i].starts_with(secrets_[open.back()])) open.pop_back();
    beginning_.push_back(open.empty() ? none : open.back());
    if (secrets_[i].size() < very_long) open.push_back(i);
  }
}

std::string SecretFinder::masked(std::string text, std::string_view mask) const {
  if (secrets_.empty()) return text;
  std::string out;
  std::size_t from = 0;
  const std::string_view all = text;
  for (std::size_t at = 0; at + shortest <= all.size();) {
    const std::size_t length = starts_[start_of(all.substr(at), start_bits_)] ? length_at(all.substr(at)) : 0;
    if (length > 0) {
      out.append(all.substr(from, at - from)).append(mask);
      from = at + length;
    }
    at += std::max<std::size_t>(length, 1);
  }
  if (from == 0) return text;
  return out.append(all.substr(from));
}

/// How much of the text is the secret that stands at its beginning; 0: none does.
std::size_t SecretFinder::length_at(std::string_view rest) const {
  // The neighbours in the order of bytes share most with it. Comparing costs as much as is skipped afterwards.
  const auto after = std::ranges::upper_bound(secrets_, rest);
  const std::size_t shared_after = after == secrets_.end() ? 0 : common_prefix(*after, rest);
  std::size_t at = after == secrets_.begin() ? none : static_cast<std::size_t>(after - secrets_.begin()) - 1;
  const std::size_t shared = at == none ? 0 : common_prefix(secrets_[at], rest);
  if (std::max(shared, shared_after) >= very_long) return std::max(shared, shared_after);
  // Any secret that the text begins with is one that this one begins with, too.
  while (at != none && secrets_[at].size() > shared) at = beginning_[at];
  return at == none ? 0 : secrets_[at].size();
}

}  // namespace plugvet
