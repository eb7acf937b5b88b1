#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace plugvet::cli {

/// The text in lines of at most `width` columns, each but the first behind `indent` spaces; ends without a line feed.
/// Paragraphs stay paragraphs.
std::string wrapped(std::string_view text, std::size_t indent, std::size_t width = 100);

/// "--fail-on SEVERITY" and its description in two columns.
std::string table_row(std::string_view term, std::string_view about, std::size_t column, std::size_t width = 100);

}  // namespace plugvet::cli
