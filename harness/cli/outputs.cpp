#include "harness/cli/outputs.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <system_error>

#include "harness/cli/console.h"
#include "harness/cli/inputs.h"
#include "harness/support/file.h"
#include "harness/support/text.h"

namespace plugvet::cli {
namespace {

namespace fs = std::filesystem;

std::string reason(int error) {
  return std::generic_category().message(error);
}

Problem unknown_format(const Given& given, std::string_view name, std::span<const ReportFormat* const> formats) {
  std::vector<std::string_view> names;
  for (const ReportFormat* format : formats) names.push_back(format->name);
  const std::string near = nearest(name, names);
  if (!near.empty())
    return usage_problem(
        fmt::format("{}: there is no report format {}; did you mean {}?", given.where, printable(name), near));
  const std::vector<std::string> all{names.begin(), names.end()};
  return usage_problem(
      fmt::format("{}: there is no report format {}; there are {}.", given.where, printable(name), listed(all)));
}

Result<Output> output_of(const Given& given, std::span<const ReportFormat* const> formats) {
  const std::size_t equals = given.value.find('=');
  const std::string_view name = std::string_view{given.value}.substr(0, equals);
  const auto format = std::ranges::find(formats, name, &ReportFormat::name);
  if (format == formats.end()) return unknown_format(given, name, formats);
  Output output{*format, {}, given.where};
  if (equals == std::string::npos) return output;
  const std::string path = given.value.substr(equals + 1);
  if (path.empty()) return usage_problem(fmt::format("{}: {}= names no file.", given.where, name));
  if (path != "-") output.path = path;
  return output;
}

/// What a link leads to is what will be replaced.
fs::path target_of(const fs::path& path) {
  std::error_code error;
  // Absolute first: what does not exist would stay relative.
  const fs::path target = fs::weakly_canonical(fs::absolute(path, error), error);
  return error ? path : target;
}

std::optional<Problem> first_collision(std::span<const Output> outputs) {
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    for (std::size_t j = i + 1; j < outputs.size(); ++j) {
      const Output &a = outputs[i], &b = outputs[j];
      if (a.is_standard_output() && b.is_standard_output())
        return usage_problem(fmt::format("{}: both {} and {} go to standard output; give one of them a file: {}=PATH",
                                         b.where, a.format->name, b.format->name, b.format->name));
      if (a.is_standard_output() || b.is_standard_output()) continue;
      if (is_same_file(a.path, b.path))
        return usage_problem(fmt::format("{}: both {} and {} go to {}.", b.where, a.format->name, b.format->name,
                                         printable(b.path.native())));
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Problem> why_not_writable(const fs::path& path) {
  const std::string shown = printable(path.native());
  std::error_code error;
  if (fs::is_directory(path, error)) return usage_problem(fmt::format("{} is a folder.", shown));
  if (is_stream(path)) {
    if (::access(path.c_str(), W_OK) == 0) return std::nullopt;
    return usage_problem(fmt::format("{} cannot be written: {}.", shown, reason(errno)));
  }
  const fs::path target = target_of(path);
  const fs::path folder = target.parent_path().empty() ? fs::path{"."} : target.parent_path();
  if (!fs::exists(folder, error))
    return usage_problem(
        fmt::format("{} cannot be written: the folder {} does not exist.", shown, printable(folder.native())));
  if (target.filename().native().size() > 255)
    return usage_problem(fmt::format("{} cannot be written: the name is too long.", shown));
  std::string temporary = (folder / ".plugvet.XXXXXX").native();
  const int file = ::mkstemp(temporary.data());
  if (file < 0) return usage_problem(fmt::format("{} cannot be written: {}.", shown, reason(errno)));
  ::close(file);
  ::unlink(temporary.c_str());
  return std::nullopt;
}

Result<std::vector<Output>> outputs_of(std::span<const Given> given, std::span<const ReportFormat* const> formats) {
  const Given by_default{"text", "--report"};
  if (given.empty()) given = {&by_default, 1};
  std::vector<Output> outputs;
  for (const Given& one : given) {
    auto output = output_of(one, formats);
    if (!output) return *output.problem();
    outputs.push_back(std::move(*output));
  }
  if (auto problem = first_collision(outputs)) return *problem;
  for (const Output& output : outputs) {
    if (output.is_standard_output()) continue;
    if (const auto problem = why_not_writable(output.path))
      return usage_problem(fmt::format("{}: {}", output.where, problem->what));
  }
  return outputs;
}

Exit write_outputs(const Json& documents, std::span<const Output> outputs, RenderOptions options, bool color_on_stdout,
                   bool announce) {
  Exit exit = Exit::approved;
  for (const Output& output : outputs) {
    options.color = output.is_standard_output() && color_on_stdout;
    const std::string text = output.format->render(documents, options);
    const auto written = output.is_standard_output() ? write_out(text) : write_file(output.path, text);
    const std::string shown = printable(output.path.native());
    if (const Problem* problem = written.problem()) {
      say(output.is_standard_output()
              ? problem->what
              : fmt::format("{}: the {} report was not written: {}", shown, output.format->name, problem->what));
      exit = Exit::usage;
    } else if (announce && !output.is_standard_output()) {
      say("wrote " + shown);
    }
  }
  return exit;
}

}  // namespace plugvet::cli
