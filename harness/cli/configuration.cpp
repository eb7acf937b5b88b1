#include "harness/cli/configuration.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "harness/support/fields.h"
#include "harness/support/file.h"
#include "harness/support/text.h"

namespace plugvet::cli {
namespace {

constexpr std::size_t largest_configuration = 1u << 20;

/// One option of the file, turned into what would have been typed.
class MemberReader {
 public:
  MemberReader(const Document& document, const std::string& where, Fields& fields)
      : document_{document}, where_{where}, fields_{fields} {}

  std::vector<Given> read(const Option& option) {
    const std::string name = member_name(option);
    if (option.value.empty()) return read_switch(name);
    const Json* value = fields_.value(name);
    if (!value) return {};
    if (option.repeatable && value->is_array()) return read_list(name, *value);
    if (option.may_be_empty && *value == "") return {given("", name, fields_.pointer_of(name))};
    return read_scalar(name, *value, fields_.pointer_of(name));
  }

 private:
  Given given(std::string value, const std::string& name, const std::string& pointer) const {
    const Position position = document_.position(pointer);
    return {std::move(value), fmt::format("{}:{}:{}: {}", printable(where_), position.line, position.column, name)};
  }

  std::vector<Given> read_switch(const std::string& name) {
    const auto on = fields_.flag(name);
    if (!on) return {};
    return {given(*on ? "true" : "false", name, fields_.pointer_of(name))};
  }

  std::vector<Given> read_scalar(const std::string& name, const Json& value, const std::string& pointer) {
    if (value.is_string() && !is_blank(value.get_ref<const std::string&>()))
      return {given(value.get<std::string>(), name, pointer)};
    if (value.is_number()) return {given(value.dump(), name, pointer)};
    fields_.complain(name, "is not a text or a number.");
    return {};
  }

  std::vector<Given> read_list(const std::string& name, const Json& list) {
    std::vector<Given> all;
    for (std::size_t i = 0; i < list.size(); ++i)
      for (Given& one : read_scalar(name, list[i], join_pointer(fields_.pointer_of(name), i)))
        all.push_back(std::move(one));
    return all;
  }

  const Document& document_;
  const std::string& where_;
  Fields& fields_;
};

std::optional<Problem> add_file(const Command& command, const Document& document, const std::string& where,
                                bool was_found, Arguments& arguments) {
  Fields fields{document, where};
  MemberReader reader{document, where, fields};
  for (const Option& option : command.options) {
    if (option.name == "config") continue;
    std::vector<Given> given = reader.read(option);
    for (Given& one : given) one.was_found = was_found;
    if (!given.empty()) arguments.options.try_emplace(std::string{option.name}, std::move(given));
  }
  if (const auto problem = fields.finish()) return usage_problem(problem->what);
  return std::nullopt;
}

}  // namespace

std::string member_name(const Option& option) {
  std::string name{option.name};
  std::ranges::replace(name, '-', '_');
  return name;
}

std::optional<Given> file_or_default(const Arguments& arguments, std::string_view option, std::string_view usual) {
  if (const Given* named = arguments.one(option))
    return named->value == "none" ? std::nullopt : std::optional{*named};
  std::error_code error;
  if (!std::filesystem::exists(usual, error)) return std::nullopt;
  return Given{std::string{usual}, fmt::format("--{}", option)};
}

std::optional<Problem> add_configuration(const Command& command, Arguments& arguments) {
  const auto named = file_or_default(arguments, "config", default_config);
  if (!named) return std::nullopt;
  if (!arguments.has("config"))
    arguments.remarks.push_back(fmt::format("using ./{} (--config none ignores it)", default_config));
  auto text = read_file(named->value, largest_configuration);
  if (!text) return usage_problem(*named, *text.problem());
  if (is_only_comments(*text)) return std::nullopt;
  const auto document = parse_yaml(std::move(*text), named->value);
  if (!document) return usage_problem(*named, *document.problem());
  return add_file(command, *document, named->value, !arguments.has("config"), arguments);
}

}  // namespace plugvet::cli
