#include "harness/support/word_search.h"

#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <memory>
#include <stdexcept>

namespace plugvet {

namespace {

void must_work(UErrorCode error) {
  if (U_FAILURE(error)) throw std::runtime_error{std::string{"ICU: "} + u_errorName(error)};
}

/// Case, width and composition made one, and each run of white space a space.
std::u16string folded_utf16(std::string_view utf8) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* fold = icu::Normalizer2::getNFKCCasefoldInstance(error);
  must_work(error);
  const icu::UnicodeString text =
      fold->normalize(icu::UnicodeString::fromUTF8({utf8.data(), static_cast<std::int32_t>(utf8.size())}), error);
  must_work(error);
  std::u16string plain;
  for (std::int32_t i = 0; i < text.length(); ++i) {
    const bool is_space = u_isUWhiteSpace(text[i]);
    if (!is_space)
      plain += text[i];
    else if (!plain.empty() && plain.back() != u' ')
      plain += u' ';
  }
  while (plain.ends_with(u' ')) plain.pop_back();
  return plain;
}

/// Where words begin and end in a text. The text must outlive it.
class Boundaries {
 public:
  explicit Boundaries(const std::u16string& text) {
    UErrorCode error = U_ZERO_ERROR;
    iterator_.reset(icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), error));
    must_work(error);
    text_ = icu::UnicodeString(false, text.data(), static_cast<std::int32_t>(text.size()));
    iterator_->setText(text_);
  }
  bool has(std::size_t at) { return iterator_->isBoundary(static_cast<std::int32_t>(at)); }

 private:
  std::unique_ptr<icu::BreakIterator> iterator_;
  icu::UnicodeString text_;
};

}  // namespace

WordSearch::WordSearch(std::vector<std::string> words) : words_{std::move(words)} {
  for (const std::string& word : words_) folded_.push_back(folded_utf16(word));
}

std::vector<std::string> WordSearch::words_in(std::string_view text) const {
  const std::u16string plain = folded_utf16(text);
  std::unique_ptr<Boundaries> boundaries;
  std::vector<std::string> found;
  for (std::size_t i = 0; i < folded_.size(); ++i) {
    const std::u16string& word = folded_[i];
    if (word.empty()) continue;
    for (std::size_t at = plain.find(word); at != std::u16string::npos; at = plain.find(word, at + 1)) {
      if (!boundaries) boundaries = std::make_unique<Boundaries>(plain);
      if (!boundaries->has(at) || !boundaries->has(at + word.size())) continue;
      found.push_back(words_[i]);
      break;
    }
  }
  return found;
}

}  // namespace plugvet
