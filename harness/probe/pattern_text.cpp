#include "harness/probe/pattern_text.h"

#include <algorithm>
#include <memory>
#include <vector>

#include "harness/support/utf8.h"

namespace plugvet {
namespace {

constexpr unsigned deepest_group = 30;
constexpr std::size_t longest_text = 20'000;  // bytes
constexpr std::uint32_t most_repeats = 5'000;
constexpr std::size_t most_steps = 100'000;
constexpr std::uint32_t endless = ~std::uint32_t{0};

struct Range {
  char32_t low = 0, high = 0;
};

/// A part of an expression: characters, or alternatives that are sequences of parts; so many times.
struct Part {
  std::vector<Range> characters;
  std::vector<std::vector<Part>> alternatives;
  std::uint32_t least = 1, most = 1;
};
using PartList = std::vector<Part>;

const std::vector<Range> digit_characters{{'0', '9'}}, word_characters{{'a', 'z'}, {'A', 'Z'}, {'0', '9'}, {'_', '_'}},
    blank_characters{{' ', ' '}},
    printable_ascii{{' ', '~'}};

std::vector<Range> without(const std::vector<Range>& excluded) {
  std::vector<Range> left;
  for (char32_t c = ' '; c <= '~'; ++c)
    if (std::ranges::none_of(excluded, [&](const Range& one) { return one.low <= c && c <= one.high; }))
      left.push_back({c, c});
  return left;
}

class PatternReader {
 public:
  explicit PatternReader(std::string_view text) : text_{text} {}

  std::optional<std::vector<PartList>> read() {
    auto all = alternatives(0);
    if (is_broken_ || at_ != text_.size()) return {};
    return all;
  }

 private:
  bool is_at_end() const { return at_ >= text_.size(); }
  bool take(std::string_view token) {
    if (!text_.substr(std::min(at_, text_.size())).starts_with(token)) return false;
    at_ += token.size();
    return true;
  }
  char32_t next() {
    const DecodedCodePoint one = decode_utf8(text_, at_);
    at_ += one.size;
    return one.value;
  }

  std::vector<PartList> alternatives(unsigned depth) {
    std::vector<PartList> all{PartList{}};
    if (depth > deepest_group) is_broken_ = true;
    while (!is_broken_ && !is_at_end() && text_[at_] != ')') {
      if (take("|"))
        all.emplace_back();
      else if (take("^") || take("$") || take("\\b") || take("\\B"))
        continue;  // the schema says afterwards whether it fits
      else
        all.back().push_back(repeated(one_part(depth)));
    }
    return all;
  }

  Part one_part(unsigned depth) {
    if (take("(")) return group(depth);
    if (take("[")) return {set()};
    if (take(".")) return {printable_ascii};
    if (take("\\")) return {escape()};
    const char32_t one = next();
    return {{{one, one}}};
  }

  Part group(unsigned depth) {
    if (take("?:")) {
    } else if (take("?<") && !is_at_end() && text_[at_] != '=' && text_[at_] != '!') {
      at_ = std::min(text_.find('>', at_), text_.size() - 1) + 1;
    } else if (at_ > 0 && (text_[at_ - 1] == '<' || text_.substr(at_).starts_with("?"))) {
      is_broken_ = true;  // look-around
    }
    Part part;
    if (!is_broken_) part.alternatives = alternatives(depth + 1);
    is_broken_ |= !take(")");
    return part;
  }

  std::vector<Range> escape() {
    if (is_at_end()) {
      is_broken_ = true;
      return {};
    }
    const char32_t kind = next();
    switch (kind) {
      case 'd': return digit_characters;
      case 'w': return word_characters;
      case 's': return blank_characters;
      case 'D': return without(digit_characters);
      case 'W': return without(word_characters);
      case 'S': return without(blank_characters);
      case 'n': return {{'\n', '\n'}};
      case 't': return {{'\t', '\t'}};
      case 'r': return {{'\r', '\r'}};
      case 'u': return code_point(4);
      case 'x': return code_point(2);
      case 'p': return property();
      default: break;
    }
    if ((kind >= '0' && kind <= '9') || kind == 'k' || kind == 'P') is_broken_ = true;
    return {{kind, kind}};
  }

  std::vector<Range> code_point(int wanted) {
    if (take("{")) {
      wanted = static_cast<int>(std::min(text_.find('}', at_), text_.size()) - at_);
      const auto range = code_point(std::min(wanted, 6));
      is_broken_ |= !take("}");
      return range;
    }
    char32_t value = 0;
    for (int i = 0; i < wanted; ++i) {
      const char c = is_at_end() ? 'x' : text_[at_++];
      if (c >= '0' && c <= '9') value = value * 16 + static_cast<char32_t>(c - '0');
      else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
        value = value * 16 + static_cast<char32_t>((c | 0x20) - 'a' + 10);
      else is_broken_ = true;
    }
    return {{value, value}};
  }

  /// \p{L} and its like: letters and digit_characters that everybody has.
  std::vector<Range> property() {
    if (!take("{")) {
      is_broken_ = true;
      return {};
    }
    const std::size_t end = std::min(text_.find('}', at_), text_.size() - 1);
    const std::string_view name = text_.substr(at_, end - at_);
    at_ = end + 1;
    if (name == "Lu") return {{'A', 'Z'}};
    if (name == "Ll") return {{'a', 'z'}};
    if (name.starts_with("N")) return digit_characters;
    if (name.starts_with("L")) return {{'a', 'z'}, {'A', 'Z'}, {0xe0, 0xf6}};
    is_broken_ = !name.starts_with("P");
    return {{'!', '!'}, {'-', '-'}, {'.', '.'}};
  }

  std::vector<Range> set() {
    const bool is_negated = take("^");
    std::vector<Range> ranges;
    while (!is_broken_ && !take("]")) {
      if (is_at_end()) {
        is_broken_ = true;
        break;
      }
      const auto low = member();
      const bool is_range = low.size() == 1 && low[0].low == low[0].high && at_ + 1 < text_.size() &&
          text_[at_] == '-' &&
                            text_[at_ + 1] != ']';
      if (!is_range) {
        ranges.insert(ranges.end(), low.begin(), low.end());
        continue;
      }
      ++at_;
      const auto high = member();
      if (high.size() != 1 || high[0].low < low[0].low)
        is_broken_ = true;
      else
        ranges.push_back({low[0].low, high[0].high});
    }
    auto left = is_negated ? without(ranges) : ranges;
    is_broken_ |= left.empty();
    return left;
  }

  std::vector<Range> member() {
    if (is_at_end()) {
      is_broken_ = true;
      return {};
    }
    if (take("\\b")) return {{'\b', '\b'}};
    if (take("\\")) return escape();
    const char32_t one = next();
    return {{one, one}};
  }

  Part repeated(Part part) {
    if (take("*")) {
      part.least = 0;
      part.most = endless;
    } else if (take("+")) {
      part.most = endless;
    } else if (take("?")) {
      part.least = 0;
    } else if (at_ + 1 < text_.size() && text_[at_] == '{' && text_[at_ + 1] >= '0' && text_[at_ + 1] <= '9') {
      ++at_;
      part.least = number();
      part.most = !take(",") ? part.least : !is_at_end() && text_[at_] == '}' ? endless : number();
      is_broken_ |= !take("}") || part.most < part.least || part.least > most_repeats;
    } else {
      return part;
    }
    take("?");  // lazy
    return part;
  }

  std::uint32_t number() {
    std::uint32_t value = 0;
    while (!is_at_end() && text_[at_] >= '0' && text_[at_] <= '9')
      value = std::min(value * 10 + static_cast<std::uint32_t>(text_[at_++] - '0'), 10 * most_repeats);
    return value;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool is_broken_ = false;
};

class PatternWriter {
 public:
  PatternWriter(std::size_t wanted, Random& random) : wanted_{wanted}, random_{random} {}

  void write(const std::vector<PartList>& alternatives) {
    for (const Part& part : alternatives[random_.below(alternatives.size())]) write(part);
  }
  std::string text;

 private:
  void write(const Part& part) {
    for (std::uint32_t i = 0; i < part.least && !is_enough(); ++i) write_once(part);
    for (std::uint32_t i = part.least; i < part.most && length_ < wanted_ && !is_enough(); ++i) write_once(part);
  }
  /// Repetitions of repetitions of nothing end, too.
  bool is_enough() { return ++steps_ > most_steps || text.size() > longest_text; }
  void write_once(const Part& part) {
    if (!part.alternatives.empty()) return write(part.alternatives);
    if (part.characters.empty()) return;
    const Range& range = part.characters[random_.below(part.characters.size())];
    append_utf8(text, range.low + static_cast<char32_t>(random_.below(range.high - range.low + 1)));
    ++length_;
  }

  std::size_t wanted_, length_ = 0, steps_ = 0;
  Random& random_;
};

}  // namespace

std::optional<std::string> text_for_pattern(std::string_view pattern, std::size_t wanted, Random& random) {
  const auto alternatives = PatternReader{pattern}.read();
  if (!alternatives) return {};
  PatternWriter writer{wanted, random};
  writer.write(*alternatives);
  return std::move(writer.text);
}

}  // namespace plugvet
