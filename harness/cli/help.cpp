#include "harness/cli/help.h"

#include <fmt/format.h>

#include "harness/cli/layout.h"

namespace plugvet::cli {
namespace {

constexpr std::size_t option_column = 26;

std::string statuses_text() {
  std::string text = "\nExit status (of several submissions or profiles: 70, 2, 1, 3, 0, the first that occurred):\n";
  for (const ExitStatus& status : exit_statuses())
    text += table_row(std::to_string(status.status), fmt::format("{}: {}", status.name, status.about), 8);
  return text;
}

}  // namespace

std::string usage_line(const Command& command) {
  std::string line = "plugvet " + std::string{command.name};
  if (!command.options.empty()) line += " [OPTIONS]";
  for (const Operand& operand : command.operands) {
    const std::string name = std::string{operand.name} + (operand.repeatable ? "..." : "");
    line += operand.required ? " " + name : " [" + name + "]";
  }
  return line;
}

std::string option_term(const Option& option) {
  std::string term =
      option.letter ? fmt::format("-{}, --{}", option.letter, option.name) : fmt::format("--{}", option.name);
  if (!option.value.empty()) term += fmt::format(" {}", option.value);
  return term;
}

std::string help_text() {
  std::string text = fmt::format(
      "plugvet {}: reviews AI plugins (ai-plugin.json, its OpenAPI document, logo and legal page)\n\n"
      "Usage: plugvet COMMAND [OPTIONS] [ARGUMENTS]\n\nCommands:\n",
      version);
  for (const Command& command : commands()) text += table_row(command.name, command.summary, 18);
  text += "\nOptions:\n";
  text += table_row("-h, --help", "This help; `plugvet COMMAND --help` explains a command.", 18);
  text += table_row("--version", "The version; with -v also how old the address registries are.", 18);
  return text + statuses_text();
}

std::string help_text(const Command& command) {
  std::string text = fmt::format("Usage: {}\n\n{}\n", usage_line(command), wrapped(command.about, 0));
  if (!command.operands.empty()) text += "\nArguments:\n";
  for (const Operand& operand : command.operands) text += table_row(operand.name, operand.about, option_column);
  text += "\nOptions:\n";
  for (const Option& option : command.options)
    text += table_row(option_term(option), fmt::format("{}{}", option.about, option.repeatable ? " Repeatable." : ""),
                      option_column);
  text += table_row("-h, --help", "This help.", option_column);
  if (!command.examples.empty()) text += "\nExamples:\n";
  for (const Example& example : command.examples) text += fmt::format("  {}\n      {}\n", example.line, example.about);
  if (command.name == "review") text += statuses_text();
  return text;
}

}  // namespace plugvet::cli
