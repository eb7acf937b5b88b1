#include "harness/engine/limits.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "harness/model/evidence.h"
#include "harness/support/text.h"
#include "harness/support/url.h"

namespace plugvet {
namespace {

using Words = std::vector<std::string_view>;

constexpr std::int64_t largest_number = 1'000'000'000;

/// The end of a limit's name is its unit.
struct Unit {
  std::string_view suffix;
  std::int64_t most;
};
constexpr Unit units[] = {{"_percent", 100}, {"_days", 3'650}, {"", largest_number}};

/// In no check may the first be above the second.
struct Order {
  const char *lower, *upper;
};
constexpr Order orders[] = {{"minimum", "maximum"},
                            {"minimum", "side"},
                            {"side", "maximum"},
                            {"maximum", "ceiling"},
                            {"maximum", "refused_above"},
                            {"maximum_ms", "too_late_ms"}};

const Words& image_formats() {
  static const Words words = [] {
    Words all;
    for (int i = 0; i <= static_cast<int>(ImageFormat::tiff); ++i) all.push_back(name_of(static_cast<ImageFormat>(i)));
    return all;
  }();
  return words;
}

const Words& manifest_formats() {
  static const Words words{"ai_plugin", "m365"};
  return words;
}

const Words& authentication_types() {
  static const Words words{"none", "service_http", "user_http", "oauth"};
  return words;
}

template <const Words& (*words)()>
bool is_one_of(std::string_view text) {
  return std::ranges::find(words(), text) != words().end();
}

/// As answers are compared with it: lower case, without parameters.
bool is_media_type(std::string_view text) {
  const std::size_t slash = text.find('/');
  const auto is_allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           std::string_view{"!#$&-^_.+/"}.find(c) != std::string_view::npos;
  };
  const bool begins_with_letter = !text.empty() && text[0] >= 'a' && text[0] <= 'z';  // and is no range of addresses
  return begins_with_letter && slash != std::string_view::npos && slash + 1 < text.size() &&
         slash == text.rfind('/') && std::ranges::all_of(text, is_allowed);
}

bool is_origin(std::string_view text) {
  const auto url = Url::parse(text);
  return url && url->origin() == text;
}

bool is_version(std::string_view text) {
  return text.size() > 1 && text[0] == 'v' && text.find_first_not_of("0123456789.", 1) == std::string_view::npos;
}

bool is_text(std::string_view text) {
  return !is_blank(text);
}

/// What the words of a limit are. The first kind that all shipped words are of is the limit's.
struct WordKind {
  std::string_view noun;
  bool (*holds)(std::string_view);
  const Words& (*words)();  ///< null: there are too many to name
};
constexpr WordKind word_kinds[] = {{"a manifest format", is_one_of<manifest_formats>, manifest_formats},
                          {"an image format", is_one_of<image_formats>, image_formats},
                          {"an authentication type", is_one_of<authentication_types>, authentication_types},
                          {"a version such as v1", is_version, nullptr},
                          {"an origin such as https://acme.com", is_origin, nullptr},
                          {"a media type such as text/html, in lower case", is_media_type, nullptr},
                          {"a text", is_text, nullptr}};

std::vector<std::string> words_in(const Json& value) {
  if (value.is_string()) return {value.get<std::string>()};
  std::vector<std::string> words;
  for (const Json& item : value)
    if (item.is_string()) words.push_back(item.get<std::string>());
  return words;
}

const WordKind& word_kind_of(const Json& shipped) {
  const std::vector<std::string> words = words_in(shipped);
  const auto fits = [&](const WordKind& kind) { return std::ranges::all_of(words, kind.holds); };
  const auto found = std::ranges::find_if(word_kinds, fits);
  return found == std::end(word_kinds) || words.empty() ? word_kinds[std::size(word_kinds) - 1] : *found;
}

std::string offer(std::string_view word, const WordKind& kind) {
  if (!kind.words) return ".";
  const Words& words = kind.words();
  if (const std::string near = nearest(word, words); !near.empty()) return fmt::format("; did you mean {}?", near);
  return fmt::format("; there are {}.", listed(std::vector<std::string>{words.begin(), words.end()}));
}

std::optional<LimitMistake> mistake_in_word(const std::string& name, const std::string& pointer, const Json& wanted,
                                            const WordKind& kind) {
  if (!wanted.is_string()) return LimitMistake{pointer, fmt::format("{} is not a text; write it in quotes.", name)};
  const auto& word = wanted.get_ref<const std::string&>();
  if (kind.holds(word)) return std::nullopt;
  const std::string shown = is_blank(word) ? "an empty text" : printable(shortened(word, 80));
  return LimitMistake{pointer, fmt::format("{}: {} is not {}{}", name, shown, kind.noun, offer(word, kind))};
}

std::optional<LimitMistake> mistake_in_number(const std::string& name, const Json& wanted) {
  const auto unit = std::ranges::find_if(units, [&](const Unit& one) { return name.ends_with(one.suffix); });
  const bool is_whole = wanted.is_number_unsigned() || (wanted.is_number_integer() && wanted.get<std::int64_t>() >= 0);
  if (is_whole && wanted.get<std::uint64_t>() <= static_cast<std::uint64_t>(unit->most)) return std::nullopt;
  return LimitMistake{"/" + name, fmt::format("{} is not a whole number from 0 to {}.", name, unit->most)};
}

std::optional<LimitMistake> mistake_in_list(const std::string& name, const Json& shipped, const Json& wanted) {
  const std::string pointer = "/" + name;
  const WordKind& kind = word_kind_of(shipped);
  if (!wanted.is_array()) return LimitMistake{pointer, fmt::format("{} is not a list of texts.", name)};
  // To accept nothing at all is nobody's wish; to name no header or host may be one.
  if (wanted.empty() && kind.holds != is_text)
    return LimitMistake{pointer, fmt::format("{} is empty; to leave the check out, write off in its place.", name)};
  for (std::size_t i = 0; i < wanted.size(); ++i)
    if (auto mistake = mistake_in_word(name, fmt::format("{}/{}", pointer, i), wanted[i], kind)) return mistake;
  return std::nullopt;
}

}  // namespace

std::optional<LimitMistake> mistake_in_limit(const std::string& name, const Json& shipped, const Json& wanted) {
  if (shipped.is_number()) return mistake_in_number(name, wanted);
  if (shipped.is_array()) return mistake_in_list(name, shipped, wanted);
  if (shipped.is_string()) return mistake_in_word(name, "/" + name, wanted, word_kind_of(shipped));
  if (shipped.type() == wanted.type()) return std::nullopt;
  return LimitMistake{"/" + name, fmt::format("{} is neither true nor false.", name)};
}

std::optional<LimitMistake> contradiction_in_limits(const Json& limits) {
  for (const Order& order : orders) {
    const auto lower = limits.find(order.lower), upper = limits.find(order.upper);
    if (lower == limits.end() || upper == limits.end() || !lower->is_number() || !upper->is_number()) continue;
    if (*lower <= *upper) continue;
    return LimitMistake{std::string{"/"} + order.lower, fmt::format("{} ({}) is more than {} ({}).", order.lower,
                                                                    lower->dump(), order.upper, upper->dump())};
  }
  return std::nullopt;
}

}  // namespace plugvet
