#include "checks/policy_words.h"

#include <span>
#include <stdexcept>

#include "harness/support/embedded.h"

namespace plugvet {
std::span<const EmbeddedFile> words_of_checks();
}

namespace plugvet::checks {
namespace {

WordLists load(std::string_view name) {
  for (const EmbeddedFile& file : words_of_checks())
    if (file.path == name) return built_in_word_lists(file.content, "checks/words/" + std::string{name});
  throw std::logic_error{"no such file of words is built in"};
}

}  // namespace

const WordLists& policy_words() {
  static const WordLists lists = load("policy.yaml");
  return lists;
}

const WordLists& month_words() {
  static const WordLists lists = load("months.yaml");
  return lists;
}

}  // namespace plugvet::checks
