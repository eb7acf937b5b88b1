#include "checks/values.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/support/text.h"

namespace plugvet::checks {

namespace {

/// A step of a JSON Pointer as it is in the document (RFC 6901, section 4).
std::string unescaped(std::string_view step) {
  std::string name;
  for (std::size_t i = 0; i < step.size(); ++i) {
    const bool is_escape = step[i] == '~' && i + 1 < step.size() && (step[i + 1] == '0' || step[i + 1] == '1');
    name += !is_escape ? step[i] : step[++i] == '0' ? '~' : '/';
  }
  return name;
}

}  // namespace

std::string spoken(std::string_view pointer) {
  std::string out;
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    const std::size_t end = std::min(pointer.find('/'), pointer.size());
    const std::string_view step = pointer.substr(0, end);
    const bool is_index =
        !step.empty() && std::all_of(step.begin(), step.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (is_index)
      out += '[' + std::string(step) + ']';
    else
      out += (out.empty() ? "" : ".") + unescaped(step);
    pointer.remove_prefix(end);
  }
  return printable(shortened(out, 120));
}

bool is_ascii_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

std::string_view whole_word_in(std::string_view text, std::span<const std::string> words) {
  // A letter of another script belongs to the word too; "GPT4" has the word GPT4.
  const auto is_boundary = [&](std::size_t at) {
    return at >= text.size() || (!is_ascii_alphanumeric(text[at]) && static_cast<unsigned char>(text[at]) < 0x80);
  };
  const auto begins = [&](std::string_view word, std::size_t at) { return ((text[at] ^ word[0]) & 0x5F) == 0; };
  for (const std::string& word : words)
    for (std::size_t at = 0; at + word.size() <= text.size(); ++at)
      if (begins(word, at) && equal_ignoring_case_ascii(text.substr(at, word.size()), word) && is_boundary(at + word.size()) &&
          (at == 0 || is_boundary(at - 1)))
        return text.substr(at, word.size());
  return {};
}

}  // namespace plugvet::checks
