#include "harness/support/yaml_events.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <limits>
#include <optional>
#include <streambuf>

#include "harness/support/text.h"
#include "harness/support/usual_yaml.h"
#include "harness/support/utf8.h"

namespace plugvet {
namespace {

using NodeKind = YamlNode::Kind;

/// More than this is never expanded, whatever the size of the source: a value takes some fifty bytes.
constexpr std::uint64_t most_nodes_factor = 4;

std::string line_of(const Document::Content& content, std::size_t offset) {
  const Position position = content.position_of(offset);
  return fmt::format("line {}, column {}", position.line, position.column);
}

Problem refusal(const Document::Content& content, std::string id, std::size_t offset, std::string_view sentence) {
  const Position position = content.position_of(offset);
  return {.rung = Rung::syntax,
          .id = std::move(id),
          .what = located(position, sentence),
          .where = {},
          .position = position,
          .blame = {}};
}

/// Thrown through yaml-cpp to leave it early, and caught where it is called.
struct Refused {
  std::string id;
  std::size_t offset;
  std::string sentence;
};

/// Feeds yaml-cpp piece by piece. At every bracket yaml-cpp reads on, to see whether a colon follows the closing one,
/// and keeps some hundred bytes for each token on the way; so what may stand between two events has to be limited.
class GuardedBuffer : public std::streambuf {
 public:
  /// `events` counts what yaml-cpp has reported.
  GuardedBuffer(std::string_view text, const std::size_t& events) : text_{text}, events_{events} {}

  bool has_too_much() const { return marks_ > most_marks; }

 protected:
  int_type underflow() override;

 private:
  static constexpr std::size_t most_marks = 500'000;
  static constexpr std::size_t piece = 4096;

  std::string_view text_;
  const std::size_t& events_;
  std::size_t next_ = 0;
  std::size_t seen_events_ = 0;
  std::size_t marks_ = 0;  ///< characters since the last event that may be tokens of their own
};

GuardedBuffer::int_type GuardedBuffer::underflow() {
  if (seen_events_ != events_) marks_ = 0;
  seen_events_ = events_;
  const std::size_t size = std::min(piece, text_.size() - next_);
  const std::string_view bytes = text_.substr(next_, size);
  const auto is_mark = [](char c) { return std::string_view{"[]{},:?&*!'\""}.find(c) != std::string_view::npos; };
  marks_ += static_cast<std::size_t>(std::count_if(bytes.begin(), bytes.end(), is_mark));
  if (size == 0 || has_too_much()) return traits_type::eof();
  next_ += size;
  char* const first = const_cast<char*>(bytes.data());  // a buffer that is only read from writes nothing
  setg(first, first, first + size);
  return traits_type::to_int_type(*gptr());
}

/// How much there is, in the text or after expansion. Sums stop far below overflow.
struct Amount {
  std::uint64_t nodes = 0;
  std::uint64_t bytes = 0;

  void add(const Amount& more) {
    constexpr std::uint64_t most = std::uint64_t{1} << 60;
    nodes = std::min(nodes + more.nodes, most);
    bytes = std::min(bytes + more.bytes, most);
  }
};

class TreeMaker : public YAML::EventHandler {
 public:
  TreeMaker(const Document::Content& content, std::size_t begin, const DocumentLimits& limits)
      : text_{content.text}, begin_{begin}, limits_{limits} {}

  YamlTree take();
  /// Of the last value that was read.
  std::size_t last_offset() const { return tree_.nodes.empty() ? begin_ : tree_.nodes.back().offset; }
  /// Byte offsets of the containers that were open when reading stopped.
  const std::vector<std::uint32_t>& open_offsets() const { return open_offsets_; }
  std::size_t offset_of(const YAML::Mark& mark) const;
  /// Grows with every event.
  const std::size_t& events() const { return events_; }

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(NodeKind::sequence, mark, tag, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    open(NodeKind::mapping, mark, tag, anchor);
    open_.back().is_block = style == YAML::EmitterStyle::Block;
  }
  void OnMapEnd() override { close(); }

 private:
  struct Open {
    std::uint32_t node;
    YAML::anchor_t anchor;
    Amount before;  ///< the total when it began
    bool is_key;
    bool is_block = false;
    std::uint32_t children = 0;  ///< in a mapping the even ones are keys
  };
  struct Anchor {
    std::uint32_t node = 0;
    bool is_open = false;
    Amount size;
  };

  YamlNode& add(NodeKind kind, const YAML::Mark& mark);
  void add_scalar(NodeKind kind, const YAML::Mark& mark, YAML::anchor_t anchor, const std::string& value);
  void open(NodeKind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor);
  void close();
  void note_tag(const std::string& tag);
  bool at_key() const;
  void refuse_missing_colon() const;
  void refuse_unclosed_quote() const;
  [[noreturn]] void refuse_key(std::size_t offset) const {
    refuse("yaml.complex_key", offset, "a key must be a scalar, not a list or a mapping.");
  }
  [[noreturn]] static void refuse(std::string id, std::size_t offset, std::string sentence) {
    throw Refused{std::move(id), offset, std::move(sentence)};
  }

  std::string_view text_;
  std::size_t begin_;
  DocumentLimits limits_;
  bool has_document_ = false;
  YamlTree tree_;
  std::vector<Open> open_;
  std::size_t open_keys_ = 0;  ///< of these, keys
  std::vector<std::uint32_t> open_offsets_;
  std::unordered_map<YAML::anchor_t, Anchor> anchors_;
  Amount written_;   ///< without expansion
  Amount expanded_;  ///< with it
  std::size_t last_alias_ = 0;
  std::size_t events_ = 0;
};

std::size_t TreeMaker::offset_of(const YAML::Mark& mark) const {
  const std::size_t offset = mark.pos < 0 ? 0 : static_cast<std::size_t>(mark.pos);
  return std::min(begin_ + offset, text_.size());
}

void TreeMaker::OnDocumentStart(const YAML::Mark& mark) {
  if (has_document_) {
    refuse("yaml.many_documents", offset_of(mark), "a second document begins here; there must be only one.");
  }
  has_document_ = true;
}

bool TreeMaker::at_key() const {
  return !open_.empty() && tree_.nodes[open_.back().node].kind == NodeKind::mapping && open_.back().children % 2 == 0;
}

YamlNode& TreeMaker::add(NodeKind kind, const YAML::Mark& mark) {
  const auto index = static_cast<std::uint32_t>(tree_.nodes.size());
  const bool is_container = kind == NodeKind::sequence || kind == NodeKind::mapping;
  // An unclosed bracket looks like the key of a mapping of its own, which nobody wrote.
  if (is_container && open_.size() - open_keys_ >= limits_.depth) {
    refuse("yaml.too_deep", offset_of(mark), fmt::format("the values are nested more than {} deep.", limits_.depth));
  }
  if (index == limits_.values) {
    refuse("yaml.too_many_values", offset_of(mark), fmt::format("the text has more than {} values.", limits_.values));
  }
  ++events_;
  if (!open_.empty()) ++open_.back().children;
  tree_.nodes.push_back({kind, static_cast<std::uint32_t>(offset_of(mark)), index + 1, 0, 0, 0});
  written_.add({1, 0});
  if (kind != NodeKind::alias) expanded_.add({1, 0});
  return tree_.nodes.back();
}

void TreeMaker::add_scalar(NodeKind kind, const YAML::Mark& mark, YAML::anchor_t anchor, const std::string& value) {
  YamlNode& node = add(kind, mark);
  if (tree_.scalars.size() + value.size() > std::numeric_limits<std::uint32_t>::max()) {
    refuse("yaml.too_large", node.offset, "the scalars of this text are too large.");
  }
  node.text_begin = static_cast<std::uint32_t>(tree_.scalars.size());
  node.text_size = static_cast<std::uint32_t>(value.size());
  tree_.scalars += value;
  written_.add({0, value.size()});
  expanded_.add({0, value.size()});
  if (anchor != 0) anchors_[anchor] = {static_cast<std::uint32_t>(tree_.nodes.size()) - 1, false, {1, value.size()}};
}

void TreeMaker::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
  refuse_missing_colon();
  add_scalar(NodeKind::plain, mark, anchor, "null");
}

/// A line without a colon in a mapping: yaml-cpp takes it for a key without a value.
void TreeMaker::refuse_missing_colon() const {
  if (open_.empty() || !open_.back().is_block || open_.back().children % 2 == 0) return;
  const YamlNode& key = tree_.nodes.back();
  const std::string_view text = text_;
  const std::string_view name = tree_.text_of(key);
  const std::size_t before = text.find_last_not_of(" \t", key.offset == 0 ? 0 : key.offset - 1);
  const bool is_explicit = key.offset > 0 && before != std::string_view::npos && text[before] == '?';
  if (key.kind != NodeKind::plain || is_explicit || text.substr(key.offset, name.size()) != name) return;
  const std::size_t after = text.find_first_not_of(" \t", key.offset + name.size());
  if (after != std::string_view::npos && text[after] == ':') return;
  refuse("yaml.missing_colon", key.offset + name.size(),
         fmt::format("a colon is missing after the key \"{}\".", excerpt(name)));
}

/// yaml-cpp closes a quoted string silently where the text ends with a line feed.
void TreeMaker::refuse_unclosed_quote() const {
  const auto last = std::find_if(tree_.nodes.rbegin(), tree_.nodes.rend(),
                                 [](const YamlNode& node) { return node.kind == NodeKind::string; });
  if (last == tree_.nodes.rend()) return;
  const std::string_view text = text_;
  std::size_t at = last->offset;
  while (at < text.size() && (text[at] == '!' || text[at] == '&')) {  // a tag or an anchor before it
    at = std::min(text.find_first_of(" \t\r\n", at), text.size());
    at = std::min(text.find_first_not_of(" \t\r\n", at), text.size());
  }
  if (at == text.size() || (text[at] != '"' && text[at] != '\'')) return;
  const char quote = text[at];
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    const bool is_escape = quote == '"' ? text[i] == '\\' : text.substr(i, 2) == "''";
    if (is_escape) {
      ++i;
    } else if (text[i] == quote) {
      return;
    }
  }
  refuse("yaml.unclosed", at, "the text ends inside the quoted string that begins here.");
}

/// yaml-cpp makes one byte of the escapes \N and \_, which is no UTF-8.
std::string repaired(const std::string& value) {
  std::string out;
  for (std::size_t at = 0; at < value.size();) {
    const DecodedCodePoint point = decode_utf8(value, at);
    append_utf8(out, point.value);
    at += point.size;
  }
  return out;
}

void TreeMaker::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         const std::string& value) {
  constexpr std::string_view core = "tag:yaml.org,2002:";
  const std::string_view name =
      std::string_view{tag}.starts_with(core) ? std::string_view{tag}.substr(core.size()) : "";
  const bool is_plain =
      tag == "?" || tag.empty() || name == "int" || name == "float" || name == "bool" || name == "null";
  const bool is_utf8 = is_ascii(value) || find_invalid_utf8(value) == std::string::npos;
  add_scalar(is_plain ? NodeKind::plain : NodeKind::string, mark, anchor, is_utf8 ? value : repaired(value));
  note_tag(tag);
}

void TreeMaker::note_tag(const std::string& tag) {
  if (tag.empty() || tag == "?" || tag == "!" || tree_.tags.size() >= most_faults) return;
  tree_.tags.emplace(static_cast<std::uint32_t>(tree_.nodes.size()) - 1, tag);
}

void TreeMaker::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
  const Anchor& target = anchors_[anchor];
  const std::size_t offset = offset_of(mark);
  if (target.is_open)
    refuse("yaml.alias_cycle", offset, "this alias stands inside the value that it repeats; that has no end.");
  const NodeKind kind = tree_.nodes[target.node].kind;
  if (at_key() && (kind == NodeKind::sequence || kind == NodeKind::mapping)) refuse_key(offset);
  add(NodeKind::alias, mark).target = target.node;
  expanded_.add(target.size);
  last_alias_ = offset;
}

void TreeMaker::open(NodeKind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
  const Amount before = expanded_;
  const bool is_key = at_key();
  const std::uint32_t offset = add(kind, mark).offset;
  const auto node = static_cast<std::uint32_t>(tree_.nodes.size()) - 1;
  note_tag(tag);
  open_.push_back({node, anchor, before, is_key});
  open_keys_ += is_key ? 1 : 0;
  open_offsets_.push_back(offset);
  if (anchor != 0) anchors_[anchor] = {node, true, {}};
}

void TreeMaker::close() {
  const Open done = open_.back();
  // Only now: a bracket that is never closed looks like a key at first.
  if (done.is_key) refuse_key(tree_.nodes[done.node].offset);
  tree_.nodes[done.node].end = static_cast<std::uint32_t>(tree_.nodes.size());
  if (done.anchor != 0) {
    const Amount size{expanded_.nodes - done.before.nodes, expanded_.bytes - done.before.bytes};
    anchors_[done.anchor] = {done.node, false, size};
  }
  open_keys_ -= done.is_key ? 1 : 0;
  open_.pop_back();
  open_offsets_.pop_back();
}

YamlTree TreeMaker::take() {
  if (!has_document_) refuse("yaml.empty", begin_, "the text is empty where a YAML document is expected.");
  refuse_unclosed_quote();
  const std::uint64_t budget = std::min<std::uint64_t>(10 * written_.nodes, most_nodes_factor * limits_.nodes);
  const std::uint64_t most_nodes = std::max<std::uint64_t>({limits_.nodes, budget, written_.nodes});
  const std::uint64_t most_bytes = std::max<std::uint64_t>(limits_.bytes, 2 * text_.size());
  if (expanded_.nodes > most_nodes) {
    refuse(
        "yaml.alias_bomb", last_alias_,
        fmt::format("the aliases up to here expand {} to more than {}.", counted(written_.nodes, "value"), most_nodes));
  }
  if (expanded_.bytes > most_bytes) {
    refuse("yaml.alias_bomb", last_alias_,
           fmt::format("the aliases up to here expand {} to more than {}.", bytes_text(text_.size()),
                       bytes_text(most_bytes)));
  }
  return std::move(tree_);
}

// --- What yaml-cpp says, in words that help -------------------------------------------------------------------------

/// The offset of a tab in the indentation of the line around `offset` or of the line before; npos when there is none.
std::size_t tab_in_indentation(std::string_view text, std::size_t offset) {
  for (int line = 0; line < 2; ++line) {
    const std::size_t before = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
    const std::size_t start = before == std::string_view::npos ? 0 : before + 1;
    const std::size_t first = text.find_first_not_of(" -", start);
    if (first != std::string_view::npos && text[first] == '\t') return first;
    if (before == std::string_view::npos) break;
    offset = before;
  }
  return std::string_view::npos;
}

struct Explanation {
  std::string_view said;  ///< how yaml-cpp begins
  std::string_view id;
  std::string_view sentence;  ///< {0}: what stands there; {1}: where the innermost open list or mapping begins
};
const Explanation explanations[] = {
    {YAML::ErrorMsg::END_OF_SEQ_FLOW, "yaml.unclosed", "a comma or \"]\" is missing in the list that begins at {1}."},
    {YAML::ErrorMsg::END_OF_MAP_FLOW, "yaml.unclosed",
     "a comma or \"}}\" is missing in the mapping that begins at {1}."},
    {YAML::ErrorMsg::EOF_IN_SCALAR, "yaml.unclosed", "the text ends inside a quoted string."},
    {YAML::ErrorMsg::DOC_IN_SCALAR, "yaml.unclosed", "the document ends inside a quoted string."},
    {YAML::ErrorMsg::END_OF_MAP, "yaml.indentation",
     "\"{0}\" does not continue the mapping that begins at {1}; check the indentation, and the quotes before it."},
    {YAML::ErrorMsg::END_OF_SEQ, "yaml.indentation",
     "\"{0}\" does not continue the list that begins at {1}; check the indentation, and the quotes before it."},
    {YAML::ErrorMsg::MAP_VALUE, "yaml.colon",
     "a colon cannot stand here; put a value that contains one in quotes, or check the indentation and the line "
     "before."},
    {YAML::ErrorMsg::MAP_KEY, "yaml.indentation", "a key cannot begin here; check the indentation."},
    {YAML::ErrorMsg::BLOCK_ENTRY, "yaml.indentation", "a list item cannot begin here; begin it on a line of its own."},
    {YAML::ErrorMsg::FLOW_END, "yaml.unclosed", "\"{0}\" closes nothing that is open here."},
    {YAML::ErrorMsg::UNKNOWN_TOKEN, "yaml.unquoted", "a value cannot begin with \"{0}\"; put it in quotes."},
    {YAML::ErrorMsg::UNKNOWN_ANCHOR, "yaml.undefined_alias", "the alias \"{0}\" has no anchor before it."},
    {YAML::ErrorMsg::ALIAS_NOT_FOUND, "yaml.undefined_alias",
     "a name must follow \"*\"; put a string that begins with it in quotes."},
    {YAML::ErrorMsg::ANCHOR_NOT_FOUND, "yaml.anchor",
     "a name must follow \"&\"; put a string that begins with it in quotes."},
    {YAML::ErrorMsg::CHAR_IN_ALIAS, "yaml.undefined_alias", "\"{0}\" cannot stand in the name of an alias."},
    {YAML::ErrorMsg::CHAR_IN_ANCHOR, "yaml.anchor", "\"{0}\" cannot stand in the name of an anchor."},
    {YAML::ErrorMsg::MULTIPLE_ANCHORS, "yaml.anchor", "a value can have only one anchor."},
    {YAML::ErrorMsg::MULTIPLE_TAGS, "yaml.tag", "a value can have only one tag."},
    {YAML::ErrorMsg::ALIAS_CONTENT, "yaml.anchor", "an alias can have no content of its own."},
    {YAML::ErrorMsg::INVALID_UNICODE, "yaml.escape",
     "this escape stands for no character; write the character itself."},
    {YAML::ErrorMsg::INVALID_ESCAPE, "yaml.escape",
     "this is not an escape of YAML; for a backslash write \"\\\\\", or use single quotes."},
    {YAML::ErrorMsg::INVALID_HEX, "yaml.escape", "hexadecimal digits must follow in this escape."},
    {YAML::ErrorMsg::YAML_MAJOR_VERSION, "yaml.directive",
     "the %YAML directive asks for a version that does not exist."},
    {YAML::ErrorMsg::BAD_FILE, "yaml.too_deep", "the values are nested too deep."},
};

Problem explained(const YAML::ParserException& error, const TreeMaker& maker, const Document::Content& content) {
  const std::size_t offset = maker.offset_of(error.mark);
  const std::size_t tab = tab_in_indentation(content.text, offset);
  if (tab != std::string_view::npos || error.msg == YAML::ErrorMsg::TAB_IN_INDENTATION) {
    return refusal(content, "yaml.tab", std::min(tab, std::max(tab, offset)),
                   "a tab in the indentation; YAML is indented by spaces only.");
  }
  const std::string_view rest = std::string_view{content.text}.substr(offset);
  const bool one_word = error.msg == YAML::ErrorMsg::UNKNOWN_ANCHOR;
  const std::string_view line = rest.substr(0, rest.find_first_of(one_word ? " \t\r\n,]}" : "\r\n"));
  const std::size_t inside = maker.open_offsets().empty() ? 0 : maker.open_offsets().back();
  for (const Explanation& explanation : explanations) {
    if (!error.msg.starts_with(explanation.said)) continue;
    const bool one_character =
        explanation.said == YAML::ErrorMsg::UNKNOWN_TOKEN || explanation.said == YAML::ErrorMsg::FLOW_END;
    const std::string seen = excerpt(one_character ? first_code_points(line, 1) : line);
    return refusal(content, std::string{explanation.id}, offset,
                   fmt::format(fmt::runtime(explanation.sentence), seen, line_of(content, inside)));
  }
  return refusal(content, "yaml.syntax", offset, fmt::format("this is not YAML ({}).", printable(error.msg)));
}

/// YAML counts a lone carriage return as a line break, yaml-cpp does not.
class LineFeeds {
 public:
  explicit LineFeeds(std::string_view text) : text_{text} {
    for (std::size_t at = text.find('\r'); at != std::string_view::npos; at = text.find('\r', at + 1)) {
      if (text.substr(at + 1, 1) == "\n") continue;
      if (changed_.empty()) changed_ = text;
      changed_[at] = '\n';
    }
  }
  std::string_view text() const { return changed_.empty() ? text_ : changed_; }

 private:
  std::string_view text_;
  std::string changed_;  ///< a copy, where one is needed
};

}  // namespace

std::variant<YamlTree, Problem> read_any_yaml(const Document::Content& content, std::size_t begin,
                                              const DocumentLimits& limits) {
  const LineFeeds lines{std::string_view{content.text}.substr(begin)};
  TreeMaker maker{content, begin, limits};
  GuardedBuffer buffer{lines.text(), maker.events()};
  std::istream stream{&buffer};
  try {
    YAML::Parser parser{stream};
    while (parser.HandleNextDocument(maker)) {
    }
    if (!buffer.has_too_much()) return maker.take();
  } catch (const Refused& refused) {
    return refusal(content, refused.id, refused.offset, refused.sentence);
  } catch (const YAML::ParserException& error) {
    if (!buffer.has_too_much()) return explained(error, maker, content);
  }
  return refusal(content, "yaml.too_large", maker.last_offset(),
                 "what follows is too large for one value; write large lists and mappings without brackets.");
}

std::variant<YamlTree, Problem> read_yaml_tree(const Document::Content& content, std::size_t begin,
                                               const DocumentLimits& limits) {
  if (auto tree = read_usual_yaml(content.text, begin, limits)) return std::move(*tree);
  return read_any_yaml(content, begin, limits);
}

}  // namespace plugvet
