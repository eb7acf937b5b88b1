#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace plugvet {

/// The words of a text or of an identifier, in lower case: "listTodos_v2, HTTPServer" has list, todos, v2, http,
/// server. Letters and digits of every script belong to words; languages without spaces have long ones.
std::vector<std::string> words_of(std::string_view text);

/// Chinese, Japanese and Thai letters: no spaces stand between words that are written with them.
bool is_written_without_spaces(char32_t letter);

/// How many words people would count; of a script without spaces between words, two letters are one.
std::size_t count_words(std::string_view text);

/// The stem of an English word in lower case (Snowball): "deleted" and "deletes" have the stem "delet". A word of
/// another language stays nearly as it is.
std::string stem_of(const std::string& word);

}  // namespace plugvet
