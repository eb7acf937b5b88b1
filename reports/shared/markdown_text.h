#pragma once
#include <string>
#include <string_view>

namespace plugvet::reports {

/// Text as text in GitHub's, GitLab's and CommonMark's Markdown: no markup, no HTML, no link, no picture, no formula,
/// and neither @team nor #123 reaches anybody: such words become code. One line; it must not stand at the beginning of
/// a line.
std::string markdown_text(std::string_view text);
/// The same within a cell of a table.
std::string markdown_cell(std::string_view text);
/// The same within an HTML tag such as <summary>.
std::string markdown_html(std::string_view text);
/// In a code span, with more backticks than inside.
std::string markdown_code(std::string_view text);
/// A code block, with a fence longer than any inside. `lines` end in a line feed.
std::string markdown_block(std::string_view lines);

}  // namespace plugvet::reports
