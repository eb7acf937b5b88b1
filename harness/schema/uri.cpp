#include "harness/schema/uri.h"
#include "harness/support/characters.h"

#include <algorithm>
#include <vector>


namespace plugvet::schema {
namespace {

bool is_scheme(std::string_view text) {
  return !text.empty() && is_letter(text[0]) && std::ranges::all_of(text, [](char c) {
    return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.';
  });
}

/// RFC 3986, section 5.2.4.
std::string without_dot_segments(std::string_view path) {
  const bool is_absolute = path.starts_with('/');
  std::vector<std::string_view> segments;
  bool ends_open = false;  // the path ends in a slash
  for (std::size_t begin = is_absolute ? 1 : 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string_view segment = path.substr(begin, end - begin);
    ends_open = segment == "." || segment == "..";
    if (segment == ".." && !segments.empty()) segments.pop_back();
    if (!ends_open) segments.push_back(segment);
    begin = end + 1;
  }
  std::string out = is_absolute ? "/" : "";
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (i > 0) out += '/';
    out += segments[i];
  }
  if (ends_open && !segments.empty()) out += '/';
  return out;
}

std::string merged_path(const UriParts& base, std::string_view path) {
  if (base.authority && base.path.empty()) return "/" + std::string{path};
  const std::size_t slash = base.path.rfind('/');
  return std::string{base.path.substr(0, slash == std::string_view::npos ? 0 : slash + 1)} + std::string{path};
}

}  // namespace

UriParts split_uri(std::string_view text) {
  UriParts parts;
  if (const std::size_t hash = text.find('#'); hash != std::string_view::npos) {
    parts.fragment = text.substr(hash + 1);
    text = text.substr(0, hash);
  }
  if (const std::size_t mark = text.find('?'); mark != std::string_view::npos) {
    parts.query = text.substr(mark + 1);
    text = text.substr(0, mark);
  }
  if (const std::size_t colon = text.find(':'); colon != std::string_view::npos && is_scheme(text.substr(0, colon))) {
    parts.scheme = text.substr(0, colon);
    text.remove_prefix(colon + 1);
  }
  if (text.starts_with("//")) {
    const std::size_t slash = std::min(text.find('/', 2), text.size());
    parts.authority = text.substr(2, slash - 2);
    text.remove_prefix(slash);
  }
  parts.path = text;
  return parts;
}

std::string resolve_uri(std::string_view base, std::string_view reference) {
  const UriParts from = split_uri(base);
  UriParts to = split_uri(reference);
  std::string path;
  if (to.scheme || to.authority) {
    path = without_dot_segments(to.path);
    if (!to.scheme) to.scheme = from.scheme;
  } else {
    if (to.path.empty()) {
      path = from.path;
      if (!to.query) to.query = from.query;
    } else {
      path = without_dot_segments(to.path.starts_with('/') ? std::string{to.path} : merged_path(from, to.path));
    }
    to.scheme = from.scheme;
    to.authority = from.authority;
  }
  std::string out;
  if (to.scheme) out.append(*to.scheme).append(":");
  if (to.authority) out.append("//").append(*to.authority);
  out += path;
  if (to.query) out.append("?").append(*to.query);
  if (to.fragment) out.append("#").append(*to.fragment);
  return out;
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && text.size() - i > 2 && is_hex_digit(text[i + 1]) && is_hex_digit(text[i + 2])) {
      out.push_back(static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2])));
      i += 2;
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
}

}  // namespace plugvet::schema
