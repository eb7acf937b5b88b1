#include "checks/word_lists.h"

#include <algorithm>
#include <stdexcept>

namespace plugvet {
std::span<const EmbeddedFile> word_lists();
}

namespace plugvet::checks {

std::span<const EmbeddedFile> word_lists() {
  return plugvet::word_lists();
}

const EmbeddedFile& word_list_file(std::string_view name) {
  const std::string path = std::string{name} + ".json";
  const auto files = word_lists();
  const auto found = std::ranges::find(files, std::string_view{path}, &EmbeddedFile::path);
  if (found == files.end()) throw std::runtime_error("there is no list of words " + path);
  return *found;
}

Document word_list(std::string_view name) {
  const EmbeddedFile& file = word_list_file(name);
  auto document = parse_json(std::string{file.content}, file.path);
  if (!document) refuse_word_list(*document.problem());
  return std::move(*document);
}

void refuse_word_list(const Problem& problem) {
  throw std::runtime_error(problem.what);
}

}  // namespace plugvet::checks
