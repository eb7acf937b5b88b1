#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/support/document_content.h"

namespace plugvet {

/// The first of two passes over a JSON text: checks its grammar, notes the place of every value and every fault. The
/// second pass then makes the values from a text that is known to be good (json_text.cpp).
class JsonScanner {
 public:
  /// Writes places and faults into `content`, whose text and lines are given.
  JsonScanner(Document::Content& content, std::size_t begin, const DocumentLimits& limits);

  /// Nothing when the text is one JSON document.
  std::optional<Problem> scan();

 private:
  /// A member of the object that is being read.
  struct Member {
    std::size_t hash;
    std::uint32_t place;
  };

  bool scan_value(std::uint32_t name_offset);
  bool scan_object(std::uint32_t place);
  bool scan_member();
  bool scan_array(std::uint32_t place);
  /// `place`: what a fault inside the string belongs to.
  bool scan_string(std::uint32_t place);
  bool scan_escape(std::size_t string_begin, std::uint32_t place);
  bool scan_unicode_escape(std::size_t string_begin, std::uint32_t place);
  bool scan_number();
  bool scan_word();

  bool refuse_value();
  bool refuse_name();
  bool refuse_colon(std::size_t name_begin);
  bool refuse_after_child(char closing);
  bool refuse_control_character(std::size_t string_begin);
  bool refuse_number(std::string_view number);
  bool refuse_trailing_text();
  bool refuse_common();
  bool refuse_end(std::string_view inside, std::size_t begin);
  bool refuse(std::string id, std::size_t offset, std::string_view sentence);

  void note_repeated_members(std::size_t first_member);
  void note_repetition(std::uint32_t earlier, std::uint32_t later);
  void note(std::string id, std::string sentence, std::size_t offset, std::uint32_t place);
  std::string pointer_to(std::uint32_t place) const;
  std::string name_of_member(std::uint32_t place) const;

  void skip_space();
  bool at_end() const { return at_ >= text_.size(); }
  char current() const { return at_end() ? '\0' : text_[at_]; }  // a NUL byte is told apart by at_end()
  std::string line_of(std::size_t offset) const;
  std::string_view word_here() const;

  Document::Content& content_;
  std::string_view text_;
  std::size_t begin_;
  std::size_t at_;
  unsigned depth_limit_;
  std::size_t value_limit_;
  std::optional<Problem> problem_;
  std::vector<std::uint32_t> open_;  ///< places of the containers around `at_`
  std::vector<Member> members_;      ///< of all open objects
};

/// The string that begins with the quote at `offset`; the text is good JSON.
std::string json_string_at(std::string_view text, std::size_t offset);

}  // namespace plugvet
