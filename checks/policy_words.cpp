#include "checks/policy_words.h"

#include "checks/word_lists.h"

namespace plugvet::checks {
namespace {

WordLists load(std::string_view name) {
  const EmbeddedFile& file = word_list_file(name);
  return built_in_word_lists(file.content, file.path);
}

}  // namespace

const WordLists& policy_words() {
  static const WordLists lists = load("policy");
  return lists;
}

const WordLists& month_words() {
  static const WordLists lists = load("months");
  return lists;
}

}  // namespace plugvet::checks
