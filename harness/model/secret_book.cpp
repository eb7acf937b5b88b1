#include "harness/model/secret_book.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <nlohmann/json.hpp>

#include "harness/support/percent.h"
#include "harness/support/text.h"

namespace plugvet {
namespace {

constexpr std::size_t shortest_masked = 4;    // nothing shorter can be told apart
constexpr std::size_t shortest_anywhere = 8;  // a shorter one is a part of many words: it counts where it stands alone
constexpr std::size_t shortest_encoded = 6;  // a shorter one's base64 is a part of every second text

constexpr std::string_view lower_digits = "0123456789abcdef", upper_digits = "0123456789ABCDEF";

std::string hex(std::string_view bytes, std::string_view digits) {
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

/// What of the base64 of a longer text is certain when `value` begins `offset` bytes after a multiple of three.
std::string base64_core(std::string_view value, std::size_t offset) {
  std::string text = base64(std::string(offset, '\0') + std::string{value});
  const std::size_t whole = (offset + value.size()) / 3 * 4;
  const std::size_t first = offset == 0 ? 0 : offset + 1;
  return first < whole ? text.substr(first, whole - first) : std::string{};
}

std::string url_alphabet(std::string text) {
  std::ranges::replace(text, '+', '-');
  std::ranges::replace(text, '/', '_');
  return text;
}

double entropy_of(std::string_view value) {
  std::array<std::size_t, 256> counts{};
  for (const char c : value) ++counts[static_cast<unsigned char>(c)];
  double bits = 0;
  for (const std::size_t count : counts)
    if (count > 0) {
      const double share = static_cast<double>(count) / static_cast<double>(value.size());
      bits -= share * std::log2(share);
    }
  return bits * static_cast<double>(value.size());
}

std::size_t shared_prefix(std::string_view a, std::string_view b) {
  const auto ends = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  return static_cast<std::size_t>(ends.first - a.begin());
}

std::string digest(const EVP_MD* algorithm, std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
  unsigned size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), out.data(), &size, algorithm, nullptr) != 1) return {};
  return hex({reinterpret_cast<const char*>(out.data()), size}, "0123456789abcdef");
}

std::string derivation(std::string_view value, const std::vector<Secret>& account) {
  const std::string lower = to_lower_ascii(value);
  for (const Secret& known : account) {
    if (known.value.size() >= 4 && lower.find(to_lower_ascii(known.value)) != std::string::npos)
      return known.name + " itself";
    for (const std::string& text : {known.value, to_lower_ascii(known.value)})
      for (const Secret& one : derivations_of(text))
        if (!one.name.empty() && lower.find(one.value) != std::string::npos)
          return fmt::format("the {} of {}", one.name, known.name);
  }
  return {};
}

std::vector<std::string> longest_first(std::vector<std::string> texts) {
  std::ranges::sort(texts, [](const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() > b.size() : a < b;
  });
  const auto repeated = std::ranges::unique(texts);
  texts.erase(repeated.begin(), repeated.end());
  std::erase(texts, std::string{});
  return texts;
}

std::string x_run(std::size_t length) {
  return std::string(length, 'x');
}

std::string mask_of(std::size_t number, std::size_t length) {
  std::string digits = fmt::format("{:04}", number % 10'000);
  if (digits.size() + 2 > length) return x_run(length);
  return x_run(length - digits.size()) + digits;
}

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool stands_alone(std::string_view text, std::size_t begin, std::size_t end) {
  return (begin == 0 || !is_word(text[begin - 1])) && (end == text.size() || !is_word(text[end]));
}

}  // namespace

std::vector<Secret> derivations_of(const std::string& value) {
  std::vector<Secret> all{{"", value}};
  for (const auto& [name, algorithm] : {std::pair{"MD5", EVP_md5()}, {"SHA-1", EVP_sha1()}, {"SHA-256", EVP_sha256()}})
    if (std::string sum = digest(algorithm, value); !sum.empty()) all.push_back({name, std::move(sum)});
  return all;
}

// In linear time, also where a hostile text repeats the beginning of a secret over and over.
void replace_secret(std::string& text, std::string_view secret, std::string_view with) {
  if (secret.size() < shortest_masked) return;
  std::string out;
  std::size_t from = 0;
  const std::string_view all = text;
  while (const void* found = ::memmem(all.data() + from, all.size() - from, secret.data(), secret.size())) {
    const auto begin = static_cast<std::size_t>(static_cast<const char*>(found) - all.data());
    const std::size_t end = begin + secret.size();
    const bool counts = secret.size() >= shortest_anywhere || stands_alone(all, begin, end);
    out.append(all.substr(from, begin - from)).append(counts ? with : secret);
    from = end;
  }
  if (from > 0) text = out.append(all.substr(from));
}

bool is_mask(std::string_view value) {
  const std::size_t run = value.find_first_not_of('x');
  if (run == std::string_view::npos) return !value.empty();
  const std::string_view digits = value.substr(run);
  return run >= 2 && digits.size() == 4 &&
         std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
}

std::vector<std::string> plain_spellings(std::string_view value) {
  std::vector<std::string> all{std::string{value}, percent_encoded(value, "%20", upper_digits),
                               percent_encoded(value, "+", upper_digits), percent_encoded(value, "%20", lower_digits)};
  if (is_valid_utf8(value)) {
    const std::string json = Json(value).dump();
    all.push_back(json.substr(1, json.size() - 2));
  }
  return longest_first(std::move(all));
}

std::vector<std::string> encoded_spellings(std::string_view value) {
  std::vector<std::string> all;
  if (value.size() < shortest_encoded) return all;
  for (const std::string_view digits : {lower_digits, upper_digits}) all.push_back(hex(value, digits));
  for (const std::size_t offset : {0u, 1u, 2u}) {
    all.push_back(base64_core(value, offset));
    all.push_back(url_alphabet(all.back()));
  }
  return longest_first(std::move(all));
}

const SecretBook::Captured* SecretBook::find(std::string_view value) const {
  const auto found = std::ranges::find(captured_, value, &Captured::value);
  return found == captured_.end() ? nullptr : &*found;
}

void SecretBook::give(std::vector<Secret> secrets) {
  const std::scoped_lock lock{mutex_};
  for (Secret& secret : secrets)
    if (!secret.value.empty() &&
        std::ranges::none_of(given_, [&](const Given& one) { return one.secret.value == secret.value; })) {
      Spellings spellings = spellings_of(secret.value);
      given_.push_back({std::move(secret), std::move(spellings)});
    }
}

SecretBook::Spellings SecretBook::spellings_of(std::string_view value) {
  return {plain_spellings(value), encoded_spellings(value)};
}

/// What is read again becomes `with`; what only looks like it, as many x's.
void SecretBook::mask(std::string& text, const Spellings& spellings, std::string_view with) {
  for (const std::string& spelling : spellings.plain) replace_secret(text, spelling, with);
  for (const std::string& spelling : spellings.encoded) replace_secret(text, spelling, x_run(spelling.size()));
}

SecretFacts SecretBook::capture(std::string_view name, std::string_view value, const std::vector<Secret>& account) {
  const std::scoped_lock lock{mutex_};
  if (const Captured* known = find(value)) {
    SecretFacts facts = known->facts;
    facts.name = name;
    return facts;
  }
  SecretFacts facts;
  if (const auto recalled = recalled_.find(std::string{value}); recalled != recalled_.end()) {
    facts = recalled->second;
  } else {
    facts.number = captured_.size() + 1;
    facts.length = value.size();
    facts.entropy = entropy_of(value);
    for (const Captured& other : captured_)
      if (other.facts.name == name) facts.shared_prefix = std::max(facts.shared_prefix, shared_prefix(value, other.value));
    facts.derived_from = derivation(value, account);
  }
  facts.name = name;
  captured_.push_back({facts, std::string{value}, spellings_of(value)});
  return facts;
}

SecretFacts SecretBook::facts_of(std::string_view name, std::string_view value) const {
  const std::scoped_lock lock{mutex_};
  SecretFacts facts;
  if (const Captured* known = find(value)) facts = known->facts;
  facts.name = name;
  facts.length = value.size();
  return facts;
}

std::vector<Secret> SecretBook::all() const {
  const std::scoped_lock lock{mutex_};
  std::vector<Secret> all;
  for (const Given& given : given_) all.push_back(given.secret);
  for (const Captured& captured : captured_) all.push_back({captured.facts.name, captured.value});
  return all;
}

std::string SecretBook::masked(std::string text) const {
  {
    const std::scoped_lock lock{mutex_};
    for (const Captured& captured : captured_)
      mask(text, captured.spellings, mask_of(captured.facts.number, captured.value.size()));
  }
  return masked_given(std::move(text));
}

std::string SecretBook::masked_given(std::string text) const {
  const std::scoped_lock lock{mutex_};
  for (const Given& given : given_) mask(text, given.spellings, x_run(given.secret.value.size()));
  return text;
}

std::map<std::string, SecretFacts> SecretBook::facts_by_mask() const {
  const std::scoped_lock lock{mutex_};
  std::map<std::string, SecretFacts> facts;
  for (const Captured& captured : captured_)
    facts.emplace(mask_of(captured.facts.number, captured.value.size()), captured.facts);
  return facts;
}

void SecretBook::recall(std::map<std::string, SecretFacts> facts_by_mask) {
  const std::scoped_lock lock{mutex_};
  recalled_ = std::move(facts_by_mask);
}

}  // namespace plugvet
