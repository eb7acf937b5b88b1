#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace plugvet::schema {

/// Memory for the patterns of one set of schemas. When it is used up, further patterns are not compiled.
struct PatternBudget {
  std::int64_t bytes = 128ll << 20;
  std::size_t patterns = 4096;
};

/// A compiled pattern: RE2, and PCRE2 with limits where RE2 cannot.
class Pattern {
 public:
  Pattern(std::string_view ecma_source, PatternBudget& budget);
  ~Pattern();
  Pattern(Pattern&&) noexcept;

  /// Why nothing can be matched: a sentence part, "it ends in a backslash"; empty when all is well.
  const std::string& error() const { return error_; }

  enum class Match : unsigned char { no, yes, unknown };
  /// Anywhere in the text. `unknown`: it would take too long. Adds to `steps` what it cost.
  Match match(std::string_view text, std::uint64_t& steps) const;

 private:
  struct Engines;
  void compile_with_pcre2(const std::string& text);
  std::unique_ptr<Engines> engines_;
  std::string error_;
};

}  // namespace plugvet::schema
