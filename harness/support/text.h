#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plugvet {

/// Length in Unicode code points (what JSON Schema and the platform documents count); an invalid byte counts as one.
std::size_t code_points(std::string_view utf8);
/// Length in UTF-16 code units (what .NET and JavaScript count).
std::size_t utf16_units(std::string_view utf8);
/// The first `count` code points.
std::string_view first_code_points(std::string_view utf8, std::size_t count);
/// "A" with at most `count` code points, an ellipsis in place of what was cut.
std::string shortened(std::string_view utf8, std::size_t count);

bool is_valid_utf8(std::string_view bytes);

/// Text that is safe to show anywhere: control characters (C0, C1, DEL), bidi and invisible format characters, tag
/// characters and invalid bytes become `\u{202E}` or `\x{9B}`. Line feed and tab stay unless `single_line`.
std::string printable(std::string_view bytes, bool single_line = true);

/// A piece of text as messages show it: in double quotes, shortened, nothing invisible.
std::string in_quotes(std::string_view text, std::size_t most = 60);

/// White space at both ends removed (Unicode White_Space).
std::string_view trimmed(std::string_view utf8);
bool is_blank(std::string_view utf8);

bool is_ascii(std::string_view text);
/// From the space to the tilde, all of it.
bool is_visible_ascii(std::string_view text);
/// Whether the text has one of these bytes. Reads the text once for each of them, which beats find_first_of by far.
bool has_any_of(std::string_view text, std::string_view bytes);
/// Where the first of these bytes stands, as find_first_of says, many times as fast in long texts.
std::size_t find_any_of(std::string_view text, std::string_view bytes, std::size_t from = 0);

/// ASCII only; for hosts, header names, media types.
std::string to_lower_ascii(std::string_view text);
std::string to_upper_ascii(std::string_view text);
bool equal_ignoring_case_ascii(std::string_view a, std::string_view b);

/// The candidate nearest to `word` (Damerau–Levenshtein, ignoring case), empty when none is near enough to be offered.
std::string nearest(std::string_view word, std::span<const std::string_view> candidates);

/// SHA-256 as 64 lower-case hex digits.
std::string sha256(std::string_view bytes);
std::string base64(std::string_view bytes);

/// Of two texts what differs, with some words around it; ends that are alike become "…". Line breaks become spaces.
std::pair<std::string, std::string> differing_parts(std::string_view a, std::string_view b);

/// "1 character", "3 characters".
std::string counted(std::size_t count, std::string_view singular, std::string_view plural = {});
/// "a, b and c"
std::string listed(std::span<const std::string> items, std::string_view conjunction = "and");
/// "1.5 MiB", "812 bytes"
std::string bytes_text(std::size_t bytes);

}  // namespace plugvet
