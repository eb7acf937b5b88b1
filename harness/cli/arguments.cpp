// The only file that sees CLI11: it takes seconds to compile.
#include "harness/cli/arguments.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "harness/support/text.h"

namespace plugvet::cli {
namespace {

/// What CLI11 writes into: one place per option.
struct Slot {
  const Option* option = nullptr;
  std::vector<std::string> values;
};

std::string typed(const Option& option) {
  return "--" + std::string{option.name};
}

std::string names_for_parser(const Option& option) {
  return option.letter ? fmt::format("-{},--{}", option.letter, option.name) : typed(option);
}

void declare(CLI::App& app, Slot& slot) {
  const std::string names = names_for_parser(*slot.option);
  if (slot.option->value.empty()) {
    // Given twice means the same as once; =false is understood.
    app.add_flag(names, slot.values)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  } else {
    app.add_option(names, slot.values)->allow_extra_args(false);
  }
}

Problem unknown_option(const Command& command, std::string_view word) {
  const std::string_view name = word.substr(0, word.find('='));
  std::vector<std::string> known{"--help"};
  for (const Option& option : command.options) known.push_back(typed(option));
  const std::string near = nearest(name, std::vector<std::string_view>{known.begin(), known.end()});
  if (near.empty())
    return usage_problem(fmt::format("{} has no option {}; `plugvet {} --help` shows all.", command.name,
                                     printable(name), command.name));
  return usage_problem(fmt::format("{} has no option {}; did you mean {}?", command.name, printable(name), near));
}

Problem value_missing(const Option& option) {
  return usage_problem(fmt::format("{} needs a value: {} {}", typed(option), typed(option), option.value));
}

bool is_option_of(const Command& command, std::string_view word) {
  if (!word.starts_with("--")) return false;
  const std::string_view name = word.substr(2, word.find('=') - 2);
  return option_named(command, name) != nullptr || name == "help";
}

/// "--proxy=" has an empty value; CLI11 would take the next word for it.
void append_word(const Command& command, std::string word, std::vector<std::string>& words) {
  const Option* option = word.starts_with("--") && word.ends_with('=')
                             ? option_named(command, std::string_view{word}.substr(2, word.size() - 3))
                             : nullptr;
  const bool has_empty_value = option && !option->value.empty();
  if (has_empty_value) word.pop_back();
  words.push_back(std::move(word));
  if (has_empty_value) words.emplace_back();
}

std::optional<Problem> first_mistake(const Command& command, const Slot& slot) {
  const Option& option = *slot.option;
  if (option.value.empty()) {
    for (const std::string& value : slot.values)
      if (value != "true" && value != "false")
        return usage_problem(typed(option) + " takes no value; it is on when it is given.");
    return std::nullopt;
  }
  for (const std::string& value : slot.values) {
    if (is_option_of(command, value)) return value_missing(option);
    if (is_blank(value) && !option.may_be_empty)
      return usage_problem(fmt::format("{} is empty; it needs {}.", typed(option), option.value));
  }
  if (slot.values.size() > 1 && !option.repeatable)
    return usage_problem(fmt::format("{} was given {} times; once is enough.", typed(option), slot.values.size()));
  return std::nullopt;
}

std::optional<Problem> first_mistake(const Command& command, const std::vector<std::string>& operands) {
  if (command.operands.empty() && !operands.empty())
    return usage_problem(fmt::format("{} takes no argument: {}", command.name, printable(operands.front())));
  if (!command.operands.empty() && !command.operands.front().repeatable && operands.size() > 1)
    return usage_problem(fmt::format("{} takes one {}, not {}: {}", command.name, command.operands.front().name,
                                     operands.size(), printable(operands[1])));
  return std::nullopt;
}

/// CLI11's own complaints are about a value that is missing or a switch that was given one.
Problem described(const Command& command, const CLI::ParseError& error) {
  const std::string said = error.what();
  for (const Option& option : command.options) {
    if (said.find(typed(option)) == std::string::npos) continue;
    return option.value.empty() ? usage_problem(typed(option) + " takes no value; it is on when it is given.")
                                : value_missing(option);
  }
  return usage_problem(printable(said));
}

}  // namespace

bool Arguments::has(std::string_view option) const {
  return options.find(option) != options.end();
}

bool Arguments::is_on(std::string_view option) const {
  const Given* given = one(option);
  return given && given->value == "true";
}

const Given* Arguments::one(std::string_view option) const {
  const std::span<const Given> given = all(option);
  return given.empty() ? nullptr : &given.back();
}

std::span<const Given> Arguments::all(std::string_view option) const {
  const auto found = options.find(option);
  return found == options.end() ? std::span<const Given>{} : std::span<const Given>{found->second};
}

Problem usage_problem(std::string what) {
  Problem problem;
  problem.id = "user.usage";
  problem.what = std::move(what);
  problem.blame = Blame::user;
  return problem;
}

Problem usage_problem(const Given& given, const Problem& problem) {
  std::string sentence = problem.what;
  // "The file does not exist." continues a line here.
  if (sentence.size() > 1 && sentence[0] >= 'A' && sentence[0] <= 'Z' && sentence[1] >= 'a' && sentence[1] <= 'z')
    sentence[0] = static_cast<char>(sentence[0] - 'A' + 'a');
  const std::string where = problem.where.empty() ? given.value : problem.where;
  const bool says_where = where.empty() || sentence.find(printable(where)) != std::string::npos;
  // An operand stands for itself: it is not named twice.
  if (given.where == printable(given.value))
    return usage_problem(says_where ? sentence : given.where + ": " + sentence);
  return usage_problem(says_where ? fmt::format("{}: {}", given.where, sentence)
                                  : fmt::format("{} {}: {}", given.where, printable(where), sentence));
}

Result<Arguments> parse_arguments(const Command& command, std::span<const char* const> words) {
  std::vector<std::string> parsed;
  Arguments arguments;
  // What follows "--" is never an option.
  const auto end =
      std::ranges::find(words, std::string_view{"--"}, [](const char* word) { return std::string_view{word}; });
  for (const char* word : std::span{words.begin(), end}) append_word(command, word, parsed);
  std::ranges::reverse(parsed);  // as CLI11 wants them

  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  bool help = false;
  app.add_flag("-h,--help", help);
  std::vector<Slot> slots(command.options.size());
  for (std::size_t i = 0; i < slots.size(); ++i) {
    slots[i].option = &command.options[i];
    declare(app, slots[i]);
  }
  try {
    app.parse(std::move(parsed));
  } catch (const CLI::ParseError& error) {
    return described(command, error);
  }
  arguments.help = help;
  if (help) return arguments;

  for (std::string& word : app.remaining()) {
    if (word.size() > 1 && word.front() == '-') return unknown_option(command, word);
    arguments.operands.push_back(std::move(word));
  }
  if (end != words.end()) arguments.operands.insert(arguments.operands.end(), end + 1, words.end());
  if (auto mistake = first_mistake(command, arguments.operands)) return *mistake;
  for (Slot& slot : slots) {
    if (slot.values.empty()) continue;
    if (auto mistake = first_mistake(command, slot)) return *mistake;
    std::vector<Given>& given = arguments.options[std::string{slot.option->name}];
    for (std::string& value : slot.values) given.push_back({std::move(value), typed(*slot.option)});
  }
  return arguments;
}

}  // namespace plugvet::cli
