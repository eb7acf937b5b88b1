#include "harness/support/usual_yaml.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string>

#include "harness/support/characters.h"
#include "harness/support/utf8.h"

namespace plugvet {
namespace {

using YamlKind = YamlNode::Kind;

/// A plain scalar goes on in lines that are indented more than `top`, the column of the collection that it is in.
constexpr std::ptrdiff_t outermost = -1;

/// Bytes that may end a plain scalar, or that are left to yaml-cpp.
constexpr std::array<bool, 256> stops_plain = [] {
  std::array<bool, 256> stops{};
  for (const char c : {':', '#', '\n', '\r', '\t', ',', '[', ']', '{', '}', '?'}) stops[static_cast<unsigned char>(c)] = true;
  return stops;
}();

/// What becomes of the line ends after a block scalar.
enum class Chomping : unsigned char { clip, strip, keep };

struct BlockScalar {
  bool is_folded = false;
  Chomping chomping = Chomping::clip;
  std::size_t indent = 0;  ///< the column of its lines; 0: their first one says it
  std::size_t breaks = 0;  ///< line ends since the last line that was not empty
};

/// By descent: a function that reads a node leaves `at_` at the next token, and answers false where the text is not usual.
class UsualYaml {
 public:
  UsualYaml(std::string_view text, std::size_t begin, const DocumentLimits& limits)
      : text_{text}, at_{begin}, line_{begin}, limits_{limits} {
    tree_.scalars.reserve(text.size());
    tree_.nodes.reserve(text.size() / 16);
  }

  std::optional<YamlTree> read() {
    if (!enter_document() || !is_collection_next() || !read_node(outermost, true) || !at_end()) return {};
    return std::move(tree_);
  }

 private:
  bool at_end() const { return at_ == text_.size(); }
  /// NUL, which no text has, where it ends.
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  std::ptrdiff_t column() const { return static_cast<std::ptrdiff_t>(at_ - line_); }
  bool is_blank_or_end(std::size_t at) const {
    return at >= text_.size() || text_[at] == ' ' || text_[at] == '\n' || text_[at] == '\r' || text_[at] == '\t';
  }
  bool is_entry() const { return peek() == '-' && is_blank_or_end(at_ + 1); }
  /// Of the line around `at`, without its line break.
  std::size_t end_of_line(std::size_t at) const {
    const std::size_t end = std::min(text_.find('\n', at), text_.size());
    return end > at && end < text_.size() && text_[end - 1] == '\r' ? end - 1 : end;
  }
  bool is_document_mark(std::size_t line) const {
    const std::string_view start = text_.substr(line, 3);
    return start == "---" || start == "..." || start.starts_with('%');
  }

  bool enter_document();
  bool is_collection_next() const;
  bool to_next_token();
  bool finish_line();

  bool read_node(std::ptrdiff_t top, bool may_be_block);
  bool read_mapping();
  bool read_sequence();
  bool read_value(std::ptrdiff_t column, std::size_t line_of_key);
  bool read_key();
  bool is_key() const;

  std::size_t end_of_plain(std::size_t from, bool is_in_flow) const;
  bool may_begin_plain() const;
  bool read_plain(std::ptrdiff_t top);
  void take_plain(std::size_t begin, std::size_t end);
  bool read_quoted();
  bool take_escape();
  bool take_folded_break(std::size_t from, bool is_escaped);
  bool read_block_scalar(std::ptrdiff_t top);
  bool take_header(BlockScalar& scalar, std::ptrdiff_t top);
  std::size_t skip_empty_lines(std::size_t at, std::size_t indent, std::size_t& breaks);
  bool take_block_lines(BlockScalar& scalar);

  bool read_flow();
  bool read_flow_node();
  bool read_flow_plain();
  bool skip_in_flow();
  bool read_flow_sequence();
  bool read_flow_mapping();

  bool open(YamlKind kind);
  void close(std::size_t index);
  bool begin_scalar(YamlKind kind);
  void end_scalar();
  bool add_null();

  std::string_view text_;
  std::size_t at_;
  std::size_t line_;  ///< where the line around `at_` begins
  DocumentLimits limits_;
  unsigned depth_ = 0;
  YamlTree tree_;
};

// --- Nodes ---------------------------------------------------------------------------------------------------------

bool UsualYaml::open(YamlKind kind) {
  if (depth_ == limits_.depth || tree_.nodes.size() >= limits_.values) return false;
  ++depth_;
  tree_.nodes.push_back({kind, static_cast<std::uint32_t>(at_), 0, 0, 0, 0});
  return true;
}

void UsualYaml::close(std::size_t index) {
  --depth_;
  tree_.nodes[index].end = static_cast<std::uint32_t>(tree_.nodes.size());
}

bool UsualYaml::begin_scalar(YamlKind kind) {
  if (tree_.nodes.size() >= limits_.values) return false;
  const auto index = static_cast<std::uint32_t>(tree_.nodes.size());
  tree_.nodes.push_back({kind, static_cast<std::uint32_t>(at_), index + 1, static_cast<std::uint32_t>(tree_.scalars.size()), 0, 0});
  return true;
}

/// The text of the last node is what was added since it began; a null is always written in one way.
void UsualYaml::end_scalar() {
  YamlNode& node = tree_.nodes.back();
  const std::string_view text = std::string_view{tree_.scalars}.substr(node.text_begin);
  if (node.kind == YamlKind::plain && (text == "~" || text == "Null" || text == "NULL"))
    tree_.scalars.replace(node.text_begin, std::string::npos, "null");
  node.text_size = static_cast<std::uint32_t>(tree_.scalars.size()) - node.text_begin;
}

/// A value that is not there is said to be where the next token is.
bool UsualYaml::add_null() {
  if (!begin_scalar(YamlKind::plain)) return false;
  tree_.scalars += "null";
  end_scalar();
  return true;
}

// --- Lines ---------------------------------------------------------------------------------------------------------

/// Past what may stand before the first value: comments and the mark of a document.
bool UsualYaml::enter_document() {
  if (text_.size() > std::numeric_limits<std::uint32_t>::max() / 2) return false;
  for (std::size_t at = text_.find('\r'); at != std::string_view::npos; at = text_.find('\r', at + 1))
    if (text_.substr(at + 1, 1) != "\n") return false;
  if (text_.substr(at_, 3) == "---") {
    at_ += 3;
    return (peek() == '\n' || peek() == '\r') && to_next_token();
  }
  return !is_document_mark(at_) && to_next_token();
}

bool UsualYaml::is_collection_next() const {
  return !at_end() && (is_entry() || peek() == '{' || peek() == '[' || is_key());
}

/// To the next token, over spaces, comments and line ends.
bool UsualYaml::to_next_token() {
  for (; !at_end(); ++at_) {
    const char c = text_[at_];
    if (c == ' ' || c == '\r') continue;
    if (c == '#') {
      if (at_ != line_ && text_[at_ - 1] != ' ') return false;
      at_ = std::min(text_.find('\n', at_), text_.size());
      if (at_end()) return true;
    }
    if (text_[at_] != '\n') return c != '\t';
    line_ = at_ + 1;
    if (is_document_mark(line_)) return false;
  }
  return true;
}

/// After a value nothing else stands in its line.
bool UsualYaml::finish_line() {
  const std::size_t line = line_;
  return to_next_token() && (line_ != line || at_end());
}

// --- Blocks --------------------------------------------------------------------------------------------------------

/// `may_be_block`: the node begins a line, or follows "- ".
bool UsualYaml::read_node(std::ptrdiff_t top, bool may_be_block) {
  switch (peek()) {
    case '[':
    case '{':
      return read_flow() && finish_line();
    case '|':
    case '>':
      return read_block_scalar(top);
    default:
      break;
  }
  if (is_entry()) return may_be_block && read_sequence();
  if (may_be_block && is_key()) return read_mapping();
  if (peek() == '"' || peek() == '\'') return read_quoted() && finish_line();
  return read_plain(top);
}

bool UsualYaml::read_mapping() {
  const std::ptrdiff_t own = column();
  const std::size_t index = tree_.nodes.size();
  if (!open(YamlKind::mapping)) return false;
  do {
    const std::size_t line = line_;
    if (!read_key() || !to_next_token() || !read_value(own, line)) return false;
  } while (!at_end() && column() == own);
  close(index);
  return at_end() || column() < own;
}

bool UsualYaml::read_sequence() {
  const std::ptrdiff_t own = column();
  const std::size_t index = tree_.nodes.size();
  if (!open(YamlKind::sequence)) return false;
  do {
    ++at_;
    if (!to_next_token()) return false;
    // What follows in the same line stands further right, too.
    const bool has_value = !at_end() && column() > own;
    if (!(has_value ? read_node(own, true) : add_null())) return false;
  } while (!at_end() && column() == own && is_entry());
  close(index);
  return at_end() || column() <= own;
}

/// Of a mapping whose keys stand at `column`; `at_` is at the token after the colon.
bool UsualYaml::read_value(std::ptrdiff_t column_of_keys, std::size_t line_of_key) {
  if (at_end()) return add_null();
  if (line_ == line_of_key) return read_node(column_of_keys, false);
  if (column() > column_of_keys) return read_node(column_of_keys, true);
  // The entries of a list may stand at the column of the key that it is the value of.
  return column() == column_of_keys && is_entry() ? read_sequence() : add_null();
}

/// Whether a scalar and a colon follow in this line.
bool UsualYaml::is_key() const {
  const char first = peek();
  if (first != '"' && first != '\'') {
    const std::size_t end = may_begin_plain() ? end_of_plain(at_, false) : std::string_view::npos;
    return end < text_.size() && text_[end] == ':';
  }
  for (std::size_t at = at_ + 1; at < text_.size() && text_[at] != '\n'; ++at) {
    if (first == '"' && text_[at] == '\\') {
      ++at;
    } else if (text_[at] == first && first == '\'' && text_.substr(at + 1, 1) == "'") {
      ++at;
    } else if (text_[at] == first) {
      at = std::min(text_.find_first_not_of(' ', at + 1), text_.size());
      return at < text_.size() && text_[at] == ':' && is_blank_or_end(at + 1);
    }
  }
  return false;
}

/// To behind the colon.
bool UsualYaml::read_key() {
  constexpr std::size_t longest = 1000;  // yaml-cpp takes no key of more than 1,024 bytes
  const std::size_t begin = at_, line = line_;
  if (!is_key()) return false;
  if (peek() == '"' || peek() == '\'') {
    if (!read_quoted() || line_ != line) return false;
    while (peek() == ' ') ++at_;
  } else {
    if (!begin_scalar(YamlKind::plain)) return false;
    const std::size_t end = end_of_plain(at_, false);
    take_plain(at_, end);
    end_scalar();
    at_ = end;
  }
  ++at_;
  return at_ - begin <= longest;
}

// --- Plain and quoted scalars --------------------------------------------------------------------------------------

bool UsualYaml::may_begin_plain() const {
  const char c = peek();
  if (c == '-') return !is_blank_or_end(at_ + 1);
  return std::string_view{",[]{}#&*!|>'\"%@`?:\t"}.find(c) == std::string_view::npos && c != '\0';
}

/// Where a plain scalar ends in its line: at a colon, before a comment, at the line end. npos: at something unusual.
std::size_t UsualYaml::end_of_plain(std::size_t from, bool is_in_flow) const {
  for (std::size_t at = from; at < text_.size(); ++at) {
    const char c = text_[at];
    if (!stops_plain[static_cast<unsigned char>(c)]) continue;
    const char next = at + 1 < text_.size() ? text_[at + 1] : '\n';
    switch (c) {
      case '\n':
      case '\r':
        return at;
      case '\t':
        return std::string_view::npos;
      case ':':
        if (is_blank_or_end(at + 1) || (is_in_flow && (next == ',' || next == ']' || next == '}'))) return at;
        break;
      case '#':
        if (at > from && text_[at - 1] == ' ') return at;
        break;
      case ',':
      case ']':
      case '}':
        if (is_in_flow) return at;
        break;
      default:
        if (is_in_flow) return std::string_view::npos;
    }
  }
  return text_.size();
}

/// The text between, without the spaces at its end.
void UsualYaml::take_plain(std::size_t begin, std::size_t end) {
  while (end > begin && text_[end - 1] == ' ') --end;
  tree_.scalars += text_.substr(begin, end - begin);
}

bool UsualYaml::read_plain(std::ptrdiff_t top) {
  if (!may_begin_plain() || !begin_scalar(YamlKind::plain)) return false;
  for (std::size_t breaks = 0;;) {
    const std::size_t end = end_of_plain(at_, false);
    if (end == std::string_view::npos || (end < text_.size() && text_[end] == ':')) return false;
    take_plain(at_, end);
    at_ = end;
    if (at_end() || text_[at_] == '#') break;
    // The next line that is not empty: does it go on there?
    std::size_t line = line_, next = at_;
    for (breaks = 0; next < text_.size() && (text_[next] == '\n' || text_[next] == '\r' || text_[next] == ' '); ++next) {
      if (text_[next] != '\n') continue;
      ++breaks;
      line = next + 1;
    }
    const bool goes_on = next < text_.size() && static_cast<std::ptrdiff_t>(next - line) > top && text_[next] != '#';
    if (!goes_on) break;
    at_ = next;
    line_ = line;
    if (breaks == 1) tree_.scalars += ' ';
    else tree_.scalars.append(breaks - 1, '\n');
  }
  end_scalar();
  return finish_line();
}

/// To behind the closing quote.
bool UsualYaml::read_quoted() {
  if (!begin_scalar(YamlKind::string)) return false;
  const char quote = text_[at_++];
  const std::size_t line = line_;
  std::size_t line_in_scalar = tree_.scalars.size();  // where what was taken of this line begins, after an escape
  for (; !at_end(); ++at_) {
    const std::size_t run = at_;
    while (!at_end() && text_[at_] != quote && text_[at_] != '\n' && text_[at_] != '\r' && text_[at_] != '\\') ++at_;
    tree_.scalars += text_.substr(run, at_ - run);
    if (at_end()) return false;
    const bool is_escaped_break = quote == '"' && text_[at_] == '\\' && (peek(1) == '\n' || peek(1) == '\r');
    if (is_escaped_break || text_[at_] == '\n' || text_[at_] == '\r') {
      at_ += is_escaped_break;
      if (!take_folded_break(line_in_scalar, is_escaped_break)) return false;
      line_in_scalar = tree_.scalars.size();
      --at_;
    } else if (text_[at_] == '\\') {
      if (quote == '\'') tree_.scalars += '\\';
      else if (!take_escape()) return false;
      if (quote == '"') line_in_scalar = tree_.scalars.size();
    } else if (quote == '\'' && peek(1) == '\'') {
      tree_.scalars += '\'';
      ++at_;
      line_in_scalar = tree_.scalars.size();
    } else {
      ++at_;
      end_scalar();
      // yaml-cpp takes line feeds away there.
      return line_ == line || !tree_.scalars.ends_with('\n');
    }
  }
  return false;
}

/// From the backslash to the last character of the escape.
bool UsualYaml::take_escape() {
  ++at_;
  static constexpr std::string_view written = "\"\\/nrtbf0ave N_LP";
  static constexpr char32_t meant[] = {'"',  '\\', '/',  '\n', '\r', '\t', '\b',   '\f',   0,
                                       '\a', '\v', 0x1B, ' ',  0x85, 0xA0, 0x2028, 0x2029};
  static_assert(written.size() == std::size(meant));
  const char c = peek();
  if (const std::size_t known = at_end() ? std::string_view::npos : written.find(c); known != std::string_view::npos) {
    append_utf8(tree_.scalars, meant[known]);
    return true;
  }
  const std::size_t size = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
  const std::string_view digits = text_.substr(at_ + (size != 0), size);
  if (size == 0 || digits.size() != size || !std::ranges::all_of(digits, is_hex_digit)) return false;
  char32_t code = 0;
  for (const char digit : digits) code = code * 16 + hex_value(digit);
  const bool is_surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (is_surrogate || code > 0x10FFFF) return false;
  append_utf8(tree_.scalars, code);
  at_ += size;
  return true;
}

/// A line end within quotes is a space, or nothing after a backslash, and each further one a line feed; what is blank
/// around it is left out, but not before `from`, where an escape ends. `at_`: at the line end, then at what goes on.
bool UsualYaml::take_folded_break(std::size_t from, bool is_escaped) {
  std::string& scalars = tree_.scalars;
  while (!is_escaped && scalars.size() > from && (scalars.back() == ' ' || scalars.back() == '\t')) scalars.pop_back();
  std::size_t breaks = 0;
  for (; !at_end() && std::string_view{" \t\r\n"}.find(text_[at_]) != std::string_view::npos; ++at_) {
    if (text_[at_] != '\n') continue;
    ++breaks;
    line_ = at_ + 1;
    if (is_document_mark(line_)) return false;
  }
  if (breaks == 1 && !is_escaped) scalars += ' ';
  else scalars.append(breaks - 1, '\n');
  return true;
}

// --- Block scalars -------------------------------------------------------------------------------------------------

/// What the indicator of a block scalar says: "|", ">-", "|2+".
bool UsualYaml::take_header(BlockScalar& scalar, std::ptrdiff_t top) {
  scalar.is_folded = text_[at_++] == '>';
  for (; peek() != ' ' && peek() != '\n' && peek() != '\r'; ++at_) {
    const char c = peek();
    const bool is_first = scalar.chomping == Chomping::clip;
    if (is_first && (c == '-' || c == '+')) scalar.chomping = c == '-' ? Chomping::strip : Chomping::keep;
    else if (c >= '1' && c <= '9' && scalar.indent == 0) scalar.indent = static_cast<std::size_t>(top + (c - '0'));
    else return false;
  }
  while (peek() == ' ') ++at_;
  if (peek() == '#') at_ = end_of_line(at_);
  if (peek() == '\r') ++at_;
  return peek() == '\n' && !(scalar.is_folded && scalar.chomping == Chomping::keep);
}

/// To the first character of a line that is not empty, or to `indent` in it. Counts the line ends on the way.
std::size_t UsualYaml::skip_empty_lines(std::size_t at, std::size_t indent, std::size_t& breaks) {
  for (; at < text_.size(); ++at) {
    if (text_[at] == '\n') {
      ++breaks;
      line_ = at + 1;
    } else if (text_[at] != '\r' && (text_[at] != ' ' || at - line_ >= indent)) {
      break;
    }
  }
  return at;
}

bool UsualYaml::read_block_scalar(std::ptrdiff_t top) {
  BlockScalar scalar;
  if (!begin_scalar(YamlKind::string) || !take_header(scalar, top)) return false;
  const std::size_t begin = line_ = ++at_;
  std::size_t first = std::string_view::npos;
  if (scalar.indent == 0) {  // the first line that is not empty says how far all are indented
    first = skip_empty_lines(begin, std::string_view::npos, scalar.breaks);
    if (first == text_.size() || text_[first] == '\t') return false;
    scalar.indent = first - line_;
    line_ = begin;
    scalar.breaks = 0;
  }
  at_ = skip_empty_lines(begin, scalar.indent, scalar.breaks);
  const bool has_longer_empty_line = first != std::string_view::npos && at_ != first;
  if (at_end() || has_longer_empty_line || at_ - line_ < scalar.indent || column() <= top) return false;
  return take_block_lines(scalar) && !is_document_mark(line_) && to_next_token();
}

/// From the first line that is not empty.
bool UsualYaml::take_block_lines(BlockScalar& scalar) {
  std::string& scalars = tree_.scalars;
  scalars.append(scalar.breaks, '\n');
  const auto is_indented_more = [&] { return peek() == ' ' || peek() == '\t'; };
  for (;;) {
    const bool was_indented_more = is_indented_more();
    const std::size_t end = end_of_line(at_);
    scalars += text_.substr(at_, end - at_);
    scalar.breaks = 0;
    at_ = skip_empty_lines(end, scalar.indent, scalar.breaks);
    if (at_end() && scalar.breaks > 0 && at_ - line_ >= scalar.indent) return false;  // yaml-cpp counts it as a line
    if (at_end() || at_ - line_ < scalar.indent) break;
    const bool is_more = was_indented_more || is_indented_more();
    if (scalar.is_folded && scalar.breaks == 1 && !is_more) scalars += ' ';
    else scalars.append(scalar.is_folded && !is_more ? scalar.breaks - 1 : scalar.breaks, '\n');
  }
  if (peek() == '\t') return false;
  if (scalar.chomping == Chomping::keep) scalars.append(scalar.breaks, '\n');
  if (scalar.chomping == Chomping::clip && scalar.breaks > 0) scalars += '\n';
  end_scalar();
  return true;
}

// --- Brackets ------------------------------------------------------------------------------------------------------

bool UsualYaml::read_flow() {
  return peek() == '[' ? read_flow_sequence() : read_flow_mapping();
}

/// Between brackets, to the next token.
bool UsualYaml::skip_in_flow() {
  for (; !at_end(); ++at_) {
    const char c = text_[at_];
    if (c == '\t' || c == '#') return false;
    if (c != ' ' && c != '\r' && c != '\n') return true;
    if (c == '\n') line_ = at_ + 1;
    if (c == '\n' && is_document_mark(line_)) return false;
  }
  return false;
}

bool UsualYaml::read_flow_node() {
  switch (peek()) {
    case '[':
    case '{':
      return read_flow();
    case '"':
    case '\'':
      return read_quoted();
    default:
      return read_flow_plain();
  }
}

bool UsualYaml::read_flow_plain() {
  const bool begins = may_begin_plain() && !(peek() == '-' && std::string_view{",[]{}"}.find(peek(1)) != std::string_view::npos);
  const std::size_t end = begins ? end_of_plain(at_, true) : std::string_view::npos;
  if (end >= text_.size() || text_[end] == '#' || !begin_scalar(YamlKind::plain)) return false;
  take_plain(at_, end);
  end_scalar();
  at_ = end;
  return true;
}

bool UsualYaml::read_flow_sequence() {
  const std::size_t index = tree_.nodes.size();
  if (!open(YamlKind::sequence)) return false;
  ++at_;
  if (!skip_in_flow()) return false;
  while (peek() != ']') {
    if (!read_flow_node() || !skip_in_flow()) return false;
    if (peek() == ']') break;
    if (peek() != ',') return false;
    ++at_;
    if (!skip_in_flow()) return false;
  }
  ++at_;
  close(index);
  return true;
}

bool UsualYaml::read_flow_mapping() {
  constexpr std::size_t longest = 1000;  // as of other keys
  const std::size_t index = tree_.nodes.size();
  if (!open(YamlKind::mapping)) return false;
  ++at_;
  if (!skip_in_flow()) return false;
  while (peek() != '}') {
    const std::size_t begin = at_, line = line_;
    const bool is_quoted = peek() == '"' || peek() == '\'';
    if (!(is_quoted ? read_quoted() : read_flow_plain())) return false;
    while (peek() == ' ') ++at_;
    if (peek() != ':' || line_ != line || at_ - begin > longest) return false;
    ++at_;
    if ((!is_quoted && !is_blank_or_end(at_)) || !skip_in_flow() || !read_flow_node() || !skip_in_flow()) return false;
    if (peek() == '}') break;
    if (peek() != ',') return false;
    ++at_;
    if (!skip_in_flow()) return false;
  }
  ++at_;
  close(index);
  return true;
}

}  // namespace

std::optional<YamlTree> read_usual_yaml(std::string_view text, std::size_t begin, const DocumentLimits& limits) {
  return UsualYaml{text, begin, limits}.read();
}

}  // namespace plugvet
