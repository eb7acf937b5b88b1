#include "harness/schema/schema.h"

#include <fmt/format.h>

#include "harness/schema/compilation.h"
#include "harness/schema/evaluator.h"
#include "harness/schema/value.h"
#include "harness/support/text.h"

namespace plugvet::schema {
namespace {

Problem problem_of(std::string id, std::string what, const Compilation& compilation) {
  return {.rung = Rung::schema,
          .id = std::move(id),
          .what = std::move(what),
          .where = compilation.options.uri,
          .position = {},
          .blame = {}};
}

}  // namespace

SchemaSet::SchemaSet(const Json& document, SchemaOptions options)
    : compilation_{std::make_unique<Compilation>(std::move(options))} {
  compilation_->main = &document;
}

SchemaSet::~SchemaSet() = default;
SchemaSet::SchemaSet(SchemaSet&&) noexcept = default;
SchemaSet& SchemaSet::operator=(SchemaSet&&) noexcept = default;

void SchemaSet::add(std::string uri, const Json& document) {
  compilation_->further.emplace_back(std::move(uri), &document);
}

Result<Schema> SchemaSet::at(std::string_view pointer) {
  compilation_->prepare();
  const bool is_pointer = pointer.empty() || pointer.starts_with('/');
  const Target target = is_pointer ? compilation_->documents.at(compilation_->main_resource, pointer) : Target{};
  const std::string place = printable(shortened(pointer, 200));
  if (target.schema == nullptr) {
    return problem_of("schema.missing", fmt::format("There is nothing at {}.", place), *compilation_);
  }
  if (!target.schema->is_object() && !target.schema->is_boolean()) {
    const std::string where = pointer.empty() ? "The document" : fmt::format("The value at {}", place);
    return problem_of("schema.type", fmt::format("{} is {}, which is no schema.", where, shown(*target.schema)),
                      *compilation_);
  }
  return Schema{*compilation_, compilation_->compile(target)};
}

Result<Schema> SchemaSet::find(std::string_view reference) {
  compilation_->prepare();
  const Target target = compilation_->documents.find(compilation_->main_resource, reference);
  if (target.schema == nullptr) return problem_of("schema.missing", target.problem, *compilation_);
  return Schema{*compilation_, compilation_->compile(target)};
}

bool Schema::is_valid(const Json& instance, const ValidationOptions& options) const {
  const Path root;
  return Evaluator{*compilation_, options, false}.evaluate(node_, instance, &root);
}

ValidationResult Schema::validate(const Json& instance, const ValidationOptions& options) const {
  const Path root;
  Evaluator quick{*compilation_, options, false};
  const bool fits = quick.evaluate(node_, instance, &root);
  if (fits && !quick.has_unknown()) {
    ValidationResult valid;
    valid.steps = quick.steps();
    return valid;
  }
  Evaluator thorough{*compilation_, options, true};
  thorough.evaluate(node_, instance, &root);
  const std::uint64_t steps = quick.steps() + thorough.steps();
  ValidationResult result = std::move(thorough).result();
  result.steps = steps;
  if (!fits && result.errors.empty()) {  // explaining takes more steps than deciding
    result.errors.push_back({.instance = {},
                             .schema = place(),
                             .keyword = {},
                             .message = fmt::format("{} does not match the schema", options.subject),
                             .expected = "a value that matches",
                             .actual = shown(instance)});
  }
  return result;
}

SchemaPlace Schema::place() const {
  return compilation_->place_of(node_);
}

std::vector<SchemaDefect> Schema::defects() const {
  return compilation_->defects_within(node_);
}

}  // namespace plugvet::schema
