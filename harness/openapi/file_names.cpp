#include "harness/openapi/file_names.h"

#include <algorithm>
#include <vector>

namespace plugvet::openapi {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// What is no escape stays as it is.
std::string percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
    if (low < 0) {
      decoded += text[i];
    } else {
      decoded += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return decoded;
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

}  // namespace

ReferenceParts parts_of(std::string_view reference) {
  const std::size_t hash = std::min(reference.find('#'), reference.size());
  const std::string_view fragment = reference.substr(std::min(hash + 1, reference.size()));
  return {std::string{reference.substr(0, hash)}, percent_decoded(fragment)};
}

bool has_scheme_or_host(std::string_view reference) {
  if (reference.starts_with("//") || reference.starts_with("\\\\")) return true;
  if (reference.empty() || !is_letter(reference.front())) return false;
  const std::size_t end = std::ranges::find_if_not(reference,
                                                   [](char c) {
                                                     return is_letter(c) || (c >= '0' && c <= '9') || c == '+' ||
                                                            c == '-' || c == '.';
                                                   }) -
                          reference.begin();
  return end > 1 && end < reference.size() && reference[end] == ':';  // one letter is a drive
}

std::string name_beside(std::string_view from, std::string_view reference) {
  std::string decoded = percent_decoded(reference.substr(0, reference.find('?')));
  const bool has_drive = decoded.size() > 1 && is_letter(decoded[0]) && decoded[1] == ':';
  const bool is_absolute = decoded.starts_with('/') || has_drive;
  if (is_absolute || decoded.find_first_of(std::string_view{"\\\0", 2}) != std::string::npos) return {};
  const std::size_t folder = from.rfind('/');
  if (folder != std::string_view::npos) decoded.insert(0, from.substr(0, folder + 1));
  std::vector<std::string_view> steps;
  std::string_view rest = decoded;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('/'), rest.size());
    const std::string_view step = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (step.empty() || step == ".") continue;
    if (step != "..") {
      steps.push_back(step);
    } else if (steps.empty()) {
      return {};
    } else {
      steps.pop_back();
    }
  }
  std::string name;
  for (const std::string_view step : steps) name.append(name.empty() ? "" : "/").append(step);
  return name;
}

}  // namespace plugvet::openapi
