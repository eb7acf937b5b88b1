#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "fixtures/server.h"
#include "harness/cli/catalogue.h"
#include "harness/cli/commands.h"
#include "harness/support/text.h"

namespace plugvet::cli {
namespace {

using Choices = std::vector<std::string>;

std::string joined(const Choices& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

/// In single quotes, for both shells.
std::string single_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string{"'\\''"} : std::string{c};
  return out + "'";
}

Choices check_words(const Parts& parts) {
  std::set<std::string> words;
  for (const Check* check : parts.checks) {
    words.emplace(check->info.id);
    words.insert(std::string{group_of(*check)} + "/*");
  }
  return {words.begin(), words.end()};
}

Choices fault_words() {
  Choices words;
  for (const fixtures::Fault& fault : fixtures::all_faults()) words.push_back(fault.name);
  return words;
}

Choices profile_words(const Parts& parts) {
  Choices words;
  for (const EmbeddedFile& file : parts.profiles) words.emplace_back(file.path.substr(0, file.path.rfind('.')));
  return words;
}

/// What is offered for a value.
struct Offer {
  std::string_view name;  ///< a function's name in the script
  Choices words;
  bool files = false;
};

std::vector<Offer> offers(const Parts& parts) {
  Choices formats;
  for (const ReportFormat* format : parts.reports) formats.emplace_back(format->name);
  return {{"nothing", {}},
          {"file", {}, true},
          {"submission", {}, true},
          {"profile", profile_words(parts), true},
          {"check", check_words(parts)},
          {"severity", {"note", "warning", "error"}},
          {"report", formats},
          {"list_report", {"text", "json", "markdown"}},
          {"when", {"auto", "always", "never"}},
          {"plugin", fixtures::plugin_names()},
          {"fault", fault_words()},
          {"shell", {"bash", "zsh"}}};
}

// The order of `offers` is that of Completes.
const Offer& offer_of(const std::vector<Offer>& offers, Completes completes) {
  return offers[static_cast<std::size_t>(completes)];
}

std::string bash_case(const std::string& pattern, const Offer& offer) {
  if (offer.words.empty() && !offer.files) return fmt::format("    {}) return ;;\n", pattern);
  return fmt::format("    {}) words={}; files={} ;;\n", pattern, single_quoted(joined(offer.words)),
                     offer.files ? 1 : 0);
}

std::string bash_script(const std::vector<Offer>& offers) {
  std::string values, options, names;
  for (const Command& command : commands()) {
    names += (names.empty() ? "" : " ") + std::string{command.name};
    std::string typed = "--help";
    for (const Option& option : command.options) {
      typed += " --" + std::string{option.name};
      if (!option.value.empty())
        values += bash_case(single_quoted(fmt::format("{} --{}", command.name, option.name)),
                            offer_of(offers, option.completes));
    }
    options += fmt::format("    {}) options={} ;;\n", command.name, single_quoted(typed));
    for (const Operand& operand : command.operands)
      values += bash_case(fmt::format("'{} '*", command.name), offer_of(offers, operand.completes));
  }
  return fmt::format(R"(# Completion of plugvet for bash; printed by `plugvet completion bash`.
_plugvet() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} command=${{COMP_WORDS[1]}}
  local options='' words='' files=0
  COMPREPLY=()
  if [[ $COMP_CWORD == 1 ]]; then
    mapfile -t COMPREPLY < <(compgen -W '{} help --help --version' -- "$current")
    return
  fi
  # --option=value comes as three words.
  if [[ $current == '=' ]]; then
    current=''
  elif [[ $before == '=' ]]; then
    before=${{COMP_WORDS[COMP_CWORD-2]}}
    [[ $before == --* ]] || {{ mapfile -t COMPREPLY < <(compgen -f -- "$current"); return; }}
  fi
  case $command in
{}  esac
  if [[ $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
    return
  fi
  case "$command $before" in
{}  esac
  set -o noglob
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current"; ((files)) && compgen -f -- "$current")
  set +o noglob
}}
complete -o filenames -o bashdefault -F _plugvet plugvet
)",
                     names, options, values);
}

std::string zsh_description(std::string_view about) {
  std::string text;
  for (const char c : about.substr(0, about.find(". "))) {
    if (std::string_view{"[]:\\"}.find(c) != std::string_view::npos) text += '\\';
    text += c;
  }
  while (text.ends_with('.')) text.pop_back();
  return text;
}

std::string zsh_message(std::string_view value) {
  std::string text{value};
  for (std::size_t at = 0; (at = text.find(':', at)) != std::string::npos; at += 2) text.insert(at, "\\");
  return text;
}

std::string zsh_option(const Option& option, const std::vector<Offer>& offers) {
  std::string spec = fmt::format("{}--{}", option.repeatable ? "*" : "", option.name);
  if (!option.value.empty()) spec += '=';
  spec += fmt::format("[{}]", zsh_description(option.about));
  if (!option.value.empty())
    spec += fmt::format(":{}:_plugvet_{}", zsh_message(option.value), offer_of(offers, option.completes).name);
  return single_quoted(spec);
}

std::string zsh_operand(const Operand& operand, const std::vector<Offer>& offers) {
  return single_quoted(fmt::format("{}:{}:_plugvet_{}",
                                   operand.repeatable ? "*"
                                   : operand.required ? "1"
                                                      : "1:",
                                   operand.name, offer_of(offers, operand.completes).name));
}

std::string zsh_script(const std::vector<Offer>& offers) {
  std::string functions, names, cases;
  for (const Offer& offer : offers) {
    functions += fmt::format("_plugvet_{}() {{\n", offer.name);
    Choices words;
    for (const std::string& word : offer.words) words.push_back(single_quoted(word));
    if (!words.empty()) functions += fmt::format("  compadd -- {}\n", joined(words));
    functions += offer.files ? "  _files\n}\n" : words.empty() ? "  _message value\n}\n" : "}\n";
  }
  for (const Command& command : commands()) {
    names +=
        fmt::format("    {}\n", single_quoted(fmt::format("{}:{}", command.name, zsh_description(command.summary))));
    std::string specs = single_quoted("--help[this help]");
    for (const Option& option : command.options) specs += " \\\n        " + zsh_option(option, offers);
    for (const Operand& operand : command.operands) specs += " \\\n        " + zsh_operand(operand, offers);
    cases += fmt::format("    {})\n      _arguments \\\n        {} ;;\n", command.name, specs);
  }
  return fmt::format(R"(#compdef plugvet
# Completion of plugvet for zsh; printed by `plugvet completion zsh`.
{}_plugvet() {{
  local -a names=(
{}  )
  if (( CURRENT == 2 )); then
    _describe command names
    return
  fi
  shift words
  (( CURRENT-- ))
  case $words[1] in
{}  esac
}}
if [[ $funcstack[1] == _plugvet ]]; then _plugvet "$@"; else compdef _plugvet plugvet; fi
)",
                     functions, names, cases);
}

}  // namespace

Result<Exit> completion_command(const Arguments& arguments, const Parts& parts) {
  if (arguments.operands.empty()) return usage_problem("completion needs the name of a shell: bash or zsh.");
  const std::string& shell = arguments.operands.front();
  if (shell == "bash") return printed(bash_script(offers(parts)));
  if (shell == "zsh") return printed(zsh_script(offers(parts)));
  return usage_problem(fmt::format("completion: there is none for {}; it is bash or zsh.", printable(shell)));
}

}  // namespace plugvet::cli
