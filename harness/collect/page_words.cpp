#include "harness/collect/page_words.h"

#include <span>

#include "harness/support/embedded.h"

namespace plugvet {

std::span<const EmbeddedFile> words_of_pages();

const WordLists& page_words() {
  static const WordLists lists =
      built_in_word_lists(words_of_pages().front().content, "harness/collect/words/pages.yaml");
  return lists;
}

}  // namespace plugvet
