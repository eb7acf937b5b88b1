#pragma once
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "harness/cli/arguments.h"
#include "harness/cli/cli.h"
#include "harness/support/json.h"
#include "reports/report.h"

namespace plugvet::cli {

/// One report that the user wants.
struct Output {
  const ReportFormat* format = nullptr;
  std::filesystem::path path;  ///< empty: standard output
  std::string where;           ///< "--report"

  bool is_standard_output() const { return path.empty(); }
};

/// The reports of --report; text on standard output when none is given. Problems (Blame::user): an unknown format, two
/// reports in one place, a place that cannot be written (tried with a temporary file beside it).
Result<std::vector<Output>> outputs_of(std::span<const Given> given, std::span<const ReportFormat* const> formats);

/// Whether a file can be put at `path`.
std::optional<Problem> why_not_writable(const std::filesystem::path& path);

/// Renders the documents (an array) into every output. What cannot be written is said on standard error, and the others
/// are written nevertheless. With `announce`, each file that was written is named on standard error.
Exit write_outputs(const Json& documents, std::span<const Output> outputs, RenderOptions options, bool color_on_stdout,
                   bool announce);

}  // namespace plugvet::cli
