#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checks/steering_text.h"

namespace plugvet::checks {

// A model reads more than stands there: letters of other shapes, emphasis, escapes, Base64. What must not be in a text must not be in
// it in another writing either.

/// One way in which a text is read.
struct Reading {
  std::string text;
  std::string how;  ///< ", written in Base64"; of the text as it stands: nothing
};
/// The text as it stands, and its other readings, if it has any. Writings within writings are read too, a few deep.
std::vector<Reading> readings_of(std::string_view text);

/// What is found in the first reading that has something; `what` then says which reading that is.
std::optional<Steering> find_decoded(std::string_view text,
                                     const std::function<std::optional<Steering>(std::string_view)>& find);

/// The letter a to z that a letter of another script or shape looks like: "a" for the Cyrillic one. 0: none.
char latin_lookalike(char32_t c);

/// A text has "*" or "_" at words, as Markdown emphasises them.
bool has_emphasis(std::string_view text);

/// A text has twenty or more digits of Base64 in a row, which is what keys and encoded texts consist of.
bool has_long_run(std::string_view text);

/// A run of Base64 or of hexadecimal digits within a text.
struct EncodedRun {
  std::string_view run;
  std::string text;       ///< what it stands for, when that is text
  std::string_view form;  ///< "Base64", "hexadecimal digits"
};
/// Visits the runs whose content is text.
void for_each_encoded_run(std::string_view text, const std::function<void(const EncodedRun&)>& visit);

}  // namespace plugvet::checks
