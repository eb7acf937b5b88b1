#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace plugvet::checks {

/// A text to be searched, looked at once for all searches of it.
struct Subject {
  explicit Subject(std::string_view searched);
  std::string_view text;
  bool is_utf8;
};

/// A regular expression of ours that texts are searched for; RE2's syntax, made ready when it is first needed. Short texts
/// are searched by trying (PCRE2), which starts at once; long ones, and those on which trying takes too many steps, by an
/// automaton (RE2), whose time grows with the text's length alone, whatever the text.
class Expression {
 public:
  enum class Case : unsigned char { matters, ignored };
  explicit Expression(std::string pattern, Case letter_case = Case::matters);
  ~Expression();

  /// The first match that begins at `from` or later; what stands before it counts for "^" and "\b".
  std::optional<std::string_view> find(const Subject& subject, std::size_t from = 0) const;
  std::optional<std::string_view> find(std::string_view text, std::size_t from = 0) const { return find(Subject{text}, from); }
  /// The match that begins at `at`.
  std::optional<std::string_view> find_at(const Subject& subject, std::size_t at) const;
  std::optional<std::string_view> find_at(std::string_view text, std::size_t at) const { return find_at(Subject{text}, at); }

  /// Why it cannot be used; empty when it can.
  std::string error() const;

 private:
  struct Engines;
  std::unique_ptr<const Engines> engines_;
};

}  // namespace plugvet::checks
