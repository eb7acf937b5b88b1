#include "checks/instances.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

using openapi::Node;
using schema::Direction;

constexpr std::uint64_t most_steps = 40'000'000;  // of a whole description: about two seconds
constexpr std::uint64_t most_steps_of_one = 4'000'000;

bool is_json_as_text(const Json& instance) {
  const auto* text = instance.get_ptr<const std::string*>();
  const std::string_view content = text ? trimmed(*text) : std::string_view{};
  return (content.starts_with('{') && content.ends_with('}')) || (content.starts_with('[') && content.ends_with(']'));
}

}  // namespace

InstanceJudge::InstanceJudge(const ApiDescription& api, std::string subject)
    : api_{api}, subject_{std::move(subject)}, schemas_{api}, steps_left_{most_steps} {}

schema::ValidationResult InstanceJudge::validate(const schema::Schema& schema, const Json& instance, Way way) {
  const auto in = [&](Direction direction) {
    const std::uint64_t steps = std::min(most_steps_of_one, steps_left_);
    auto result = schema.validate(instance, {.direction = direction, .subject = subject_, .steps = steps});
    steps_left_ -= std::min(steps_left_, result.steps + 1);
    return result;
  };
  if (way == Way::response) return in(Direction::response);
  // A schema that serves both ways may show what is sent, what is answered, or both in one.
  for (const Direction direction : {Direction::request, Direction::response}) {
    auto result = in(direction);
    if (way == Way::request || result.is_valid()) return result;
  }
  return in(Direction::neither);
}

std::optional<InstanceJudge::Mistake> InstanceJudge::first_mistake(const Node& instance, const Node& written, Way way) {
  if (!instance || instance.value->is_null() || !written) return {};
  if (!seen_.emplace(instance.value, api_.description->resolved(written).value).second) return {};
  is_exhausted_ |= steps_left_ == 0;
  if (is_exhausted_) return {};
  const auto schema = schemas_.at(written.place);
  if (!schema) return {};  // what is no schema is api/structure's
  const auto result = validate(*schema, *instance.value, way);
  if (result.errors.empty()) return {};
  return Mistake{result.errors.front(), result.errors.size() - 1};
}

Finding InstanceJudge::finding(const Node& instance, const Mistake& mistake, const std::string& owner) const {
  const Location rule = api_.at(schemas_.place_of(mistake.error.schema));
  const std::string where = rule.file.empty() ? rule.pointer : rule.file + '#' + rule.pointer;
  std::string message = fmt::format("{}: {}. The schema says so at {}", owner, mistake.error.message,
                                    printable(shortened(where, 200)));
  if (rule.position) message += fmt::format(", line {}", rule.position.line);
  message += '.';
  if (mistake.more > 0) message += fmt::format(" {} wrong too.", counted(mistake.more, "more place is", "more places are"));
  if (is_json_as_text(*instance.value)) message += " It is JSON in quotes: write it as JSON.";
  return {api_.at(ApiPlace{instance.place.file, instance.place.pointer + mistake.error.instance}), std::move(message),
          mistake.error.expected, mistake.error.actual, {}};
}

Judgement InstanceJudge::judgement() && {
  Judgement judgement = std::move(findings_).judgement();
  if (is_exhausted_ && judgement.findings.empty())
    return Judgement::blocked(fmt::format("To hold {} of every schema against it takes too much work.", subject_));
  return judgement;
}

}  // namespace plugvet::checks
