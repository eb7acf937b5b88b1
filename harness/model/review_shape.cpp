#include "harness/model/review_shape.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "harness/support/document.h"
#include "harness/support/text.h"

namespace plugvet {
namespace {

constexpr std::string_view format = "plugvet-review/1";

enum class Type : unsigned char { object, list, text, number, count, flag, choice, object_or_null, text_or_null };

/// A member that is always there. "*" stands for every item of a list.
struct Row {
  std::string_view path;
  Type type;
  std::string_view choices = {};  ///< separated by single spaces
};

constexpr std::string_view severities = "note warning error", verdicts = "approved rejected incomplete",
                           outcomes = "passed failed not_applicable blocked crashed skipped";

// What contains another one stands before it.
constexpr Row rows[] = {{"tool", Type::object},
                        {"tool/name", Type::text},
                        {"tool/version", Type::text},
                        {"started_at", Type::text},
                        {"took_ms", Type::number},
                        {"seed", Type::count},
                        {"fail_on", Type::choice, severities},
                        {"profile", Type::text},
                        {"profile_title", Type::text},
                        {"profile_about", Type::text},
                        {"verdict", Type::choice, verdicts},
                        {"submission", Type::object},
                        {"submission/source", Type::text},
                        {"submission/kind", Type::text},
                        {"submission/name", Type::text},
                        {"submission/artefacts", Type::list},
                        {"submission/artefacts/*", Type::object},
                        {"submission/artefacts/*/artefact", Type::text},
                        {"submission/artefacts/*/location", Type::text},
                        {"submission/artefacts/*/problem", Type::object_or_null},
                        {"counts", Type::object},
                        {"counts/error", Type::count},
                        {"counts/warning", Type::count},
                        {"counts/note", Type::count},
                        {"counts/waived", Type::count},
                        {"counts/for_reviewer", Type::count},
                        {"counts/passed", Type::count},
                        {"counts/failed", Type::count},
                        {"counts/not_applicable", Type::count},
                        {"counts/blocked", Type::count},
                        {"counts/crashed", Type::count},
                        {"counts/skipped", Type::count},
                        {"results", Type::list},
                        {"results/*", Type::object},
                        {"results/*/id", Type::text},
                        {"results/*/group", Type::text},
                        {"results/*/title", Type::text},
                        {"results/*/severity", Type::choice, severities},
                        {"results/*/outcome", Type::choice, outcomes},
                        {"results/*/for_reviewer", Type::flag},
                        {"results/*/waived", Type::flag},
                        {"results/*/reason", Type::text},
                        {"results/*/took_ms", Type::number},
                        {"results/*/findings", Type::list},
                        {"results/*/findings/*", Type::object},
                        {"results/*/findings/*/artefact", Type::text},
                        {"results/*/findings/*/location", Type::text},
                        {"results/*/findings/*/pointer", Type::text},
                        {"results/*/findings/*/line", Type::count},
                        {"results/*/findings/*/column", Type::count},
                        {"results/*/findings/*/message", Type::text},
                        {"results/*/findings/*/expected", Type::text},
                        {"results/*/findings/*/actual", Type::text},
                        {"results/*/findings/*/fingerprint", Type::text},
                        {"results/*/findings/*/waiver", Type::text_or_null},
                        {"results/*/measures", Type::list},
                        {"results/*/measures/*", Type::object},
                        {"results/*/measures/*/name", Type::text},
                        {"results/*/measures/*/value", Type::number},
                        {"results/*/measures/*/limit", Type::number},
                        {"idle_waivers", Type::list},
                        {"idle_waivers/*", Type::object},
                        {"idle_waivers/*/check", Type::text},
                        {"idle_waivers/*/why", Type::text},
                        {"logo", Type::object_or_null},
                        {"exchanges", Type::list},
                        {"exchanges/*", Type::object},
                        {"exchanges/*/artefact", Type::text},
                        {"exchanges/*/method", Type::text},
                        {"exchanges/*/url", Type::text},
                        {"exchanges/*/timing", Type::object},
                        {"exchanges/*/tls", Type::object_or_null},
                        {"exchanges/*/problem", Type::object_or_null},
                        {"transcripts", Type::list}};

std::vector<std::string> words_of(std::string_view choices) {
  std::vector<std::string> words;
  while (!choices.empty()) {
    const std::size_t end = std::min(choices.find(' '), choices.size());
    words.emplace_back(choices.substr(0, end));
    choices.remove_prefix(std::min(end + 1, choices.size()));
  }
  return words;
}

bool is_choice(const Json& value, std::string_view choices) {
  if (!value.is_string()) return false;
  const std::vector<std::string> words = words_of(choices);
  return std::ranges::find(words, value.get_ref<const std::string&>()) != words.end();
}

bool is_count(const Json& value) {
  return value.is_number_unsigned() || (value.is_number_integer() && value.get<std::int64_t>() >= 0);
}

/// What a value is not; empty when it is what the row says.
std::string lacking(const Json& value, const Row& row) {
  const auto unless = [](bool holds, std::string_view noun) { return holds ? std::string{} : std::string{noun}; };
  switch (row.type) {
    case Type::object:
      return unless(value.is_object(), "an object");
    case Type::list:
      return unless(value.is_array(), "a list");
    case Type::text:
      return unless(value.is_string(), "a text");
    case Type::number:
      return unless(value.is_number() && value.get<double>() >= 0, "a number from 0 on");
    case Type::count:
      return unless(is_count(value), "a whole number from 0 on");
    case Type::flag:
      return unless(value.is_boolean(), "true or false");
    case Type::choice:
      return is_choice(value, row.choices) ? "" : "one of " + listed(words_of(row.choices), "or");
    case Type::object_or_null:
      return unless(value.is_object() || value.is_null(), "an object or null");
    case Type::text_or_null:
      return unless(value.is_string() || value.is_null(), "a text or null");
  }
  return {};
}

/// Follows the rest of a row's path from `here`, whose place is `pointer`, in every item of a list.
std::optional<ShapeMistake> follow(const Json& here, std::string_view path, const std::string& pointer,
                                   const Row& row) {
  if (path.empty()) {
    const std::string noun = lacking(here, row);
    if (noun.empty()) return std::nullopt;
    return ShapeMistake{pointer, fmt::format("{} is not {}", pointer, noun)};
  }
  const std::string_view step = path.substr(0, path.find('/'));
  const std::string_view rest = path.substr(std::min(step.size() + 1, path.size()));
  if (step == "*") {
    for (std::size_t i = 0; i < here.size(); ++i)
      if (auto mistake = follow(here[i], rest, join_pointer(pointer, i), row)) return mistake;
    return std::nullopt;
  }
  const auto member = here.find(std::string{step});
  if (member == here.end())
    return ShapeMistake{pointer, fmt::format("{} has no {}", pointer.empty() ? "it" : pointer, step)};
  return follow(*member, rest, join_pointer(pointer, step), row);
}

std::optional<ShapeMistake> mistake_in_format(const Json& review) {
  const auto member = review.is_object() ? review.find("format") : review.end();
  if (!review.is_object() || member == review.end() || !member->is_string() ||
      !member->get_ref<const std::string&>().starts_with("plugvet-review/"))
    return ShapeMistake{"", fmt::format("it is not an object whose format is {}", format)};
  if (*member == format) return std::nullopt;
  return ShapeMistake{"/format", fmt::format("its format is {}, and this plugvet reads {}",
                                             printable(shortened(member->get_ref<const std::string&>(), 40)), format)};
}

}  // namespace

std::optional<ShapeMistake> mistake_in_review(const Json& review) {
  if (auto mistake = mistake_in_format(review)) return mistake;
  for (const Row& row : rows)
    if (auto mistake = follow(review, row.path, "", row)) return mistake;
  return std::nullopt;
}

}  // namespace plugvet
