#include "harness/cli/cli.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <filesystem>
#include <new>
#include <vector>

#include "harness/cli/commands.h"
#include "harness/cli/console.h"
#include "harness/cli/help.h"
#include "harness/support/address_guard.h"
#include "harness/support/text.h"

namespace plugvet::cli {
namespace {

using Words = std::span<const char* const>;

Result<Exit> run_command(const Command& command, Words words, const Parts& parts) {
  auto arguments = parse_arguments(command, words);
  if (!arguments) return *arguments.problem();
  if (arguments->help) return printed(help_text(command));
  if (command.name == "review") return review_command(std::move(*arguments), parts);
  if (command.name == "describe") return describe_command(std::move(*arguments), parts);
  if (command.name == "render") return render_command(*arguments, parts);
  if (command.name == "list") return list_command(*arguments, parts);
  if (command.name == "explain") return explain_command(*arguments, parts);
  if (command.name == "serve-fixture") return serve_fixture_command(*arguments, parts);
  if (command.name == "init") return init_command(*arguments, parts);
  if (command.name == "completion") return completion_command(*arguments, parts);
  return man_command(*arguments, parts);
}

Problem unknown_command(std::string_view word) {
  const std::string shown = printable(word);
  if (word.starts_with('-'))
    return usage_problem(fmt::format("there is no option {} here; see `plugvet --help`.", shown));
  std::vector<std::string_view> names{"help"};
  for (const Command& command : commands()) names.push_back(command.name);
  std::error_code error;
  const std::string near = nearest(word, names);
  if (!near.empty()) return usage_problem(fmt::format("there is no command {}; did you mean {}?", shown, near));
  if (word.find_first_of("./:") != std::string_view::npos || std::filesystem::exists(word, error))
    return usage_problem(fmt::format("there is no command {}; did you mean `plugvet review {}`?", shown, shown));
  return usage_problem(fmt::format("there is no command {}; see `plugvet --help`.", shown));
}

Result<Exit> print_version(Words words) {
  std::string text = fmt::format("plugvet {}\n", version);
  const auto is_verbose = [](std::string_view word) { return word == "-v" || word == "--verbose"; };
  if (std::ranges::any_of(words, is_verbose))
    text += fmt::format("special-purpose address registries as of {}\n", address_registry_date);
  return printed(text);
}

Result<Exit> print_help(Words words) {
  if (words.empty()) return printed(help_text());
  const Command* command = command_named(words.front());
  if (!command) return unknown_command(words.front());
  return printed(help_text(*command));
}

Result<Exit> run_words(Words words, const Parts& parts) {
  if (words.empty()) {
    write_err(help_text());
    return Exit::usage;
  }
  const std::string_view first = words.front();
  const Words rest = words.subspan(1);
  const auto is_version = [](std::string_view word) { return word == "--version"; };
  if (is_version(first) || (first.starts_with('-') && std::ranges::any_of(rest, is_version)))
    return print_version(words);
  if (first == "--help" || first == "-h" || first == "help") return print_help(rest);
  if (const Command* command = command_named(first)) return run_command(*command, rest, parts);
  return unknown_command(first);
}

}  // namespace

Result<Exit> printed(std::string_view text) {
  const auto written = write_out(text);
  if (!written) return *written.problem();
  return Exit::approved;
}

int run(int argc, const char* const* argv, const Parts& parts) {
  prepare_process();
  if (const std::string lack = lack_of_memory(); !lack.empty()) {
    say(lack);
    return static_cast<int>(Exit::usage);
  }
  Exit exit = Exit::bug;
  try {
    const Words words{argv, static_cast<std::size_t>(argc)};
    const auto result = run_words(words.empty() ? words : words.subspan(1), parts);
    if (const Problem* problem = result.problem()) {
      say(problem->what);
      exit = Exit::usage;
    } else {
      exit = *result;
    }
  } catch (const std::bad_alloc&) {
    say("the memory is not enough: give plugvet more, or review fewer submissions side by side (--jobs)");
  } catch (const std::exception& error) {
    say(fmt::format("internal error: {}; please report it", error.what()));
  } catch (...) {
    say("internal error; please report it");
  }
  return static_cast<int>(exit);
}

}  // namespace plugvet::cli
