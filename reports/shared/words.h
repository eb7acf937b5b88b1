#pragma once
#include <string>
#include <string_view>

#include "reports/shared/shown.h"

namespace plugvet::reports {

std::string_view word(Severity severity);              ///< "error"
std::string_view word(Outcome outcome);                ///< "not applicable"
std::string_view word(Verdict verdict);                ///< "approved"
std::string artefact_word(std::string_view artefact);  ///< "API description"

/// One plain sentence below the verdict, and a second one where something is left to do.
std::string verdict_sentence(const ShownReview& review);

/// "3 errors, 2 warnings and 1 note"; "no findings".
std::string findings_counted(const ShownCounts& counts);

/// The last part of a URL's or a file's path, short enough for a headline: "ai-plugin.json".
std::string file_name(std::string_view location);
/// "ai-plugin.json:3:21"; without a position the file name alone.
std::string place(const ShownFinding& finding);

/// "What changed since the review of 14 March 2026"
std::string changes_heading(const ShownBaseline& baseline);
/// "GET /todos (…) no longer exists", with what was and what is, shortened.
std::string change_text(const ShownChange& change);

/// "27", "1.5", never "27.000000".
std::string number_text(double number);
/// "27 of 20 characters, 7 over"
std::string measure_text(const ShownMeasure& measure);
bool is_over(const ShownMeasure& measure);
/// "error" as "Error": for the beginning of a line.
std::string capitalized(std::string_view text);
/// "12,345.5": thousands are grouped, so that 8000 and 80000 are not taken for one another.
std::string grouped(double number);

/// Keeps a line of a log from being a command to the system that runs us (GitHub, Azure Pipelines, TeamCity read
/// `::add-mask::` after white space, and `##vso[…]` anywhere in a line).
std::string without_log_commands(std::string_view text);

}  // namespace plugvet::reports
