#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "harness/support/document_content.h"
#include "harness/support/text.h"
#include "harness/support/utf8.h"
#include "harness/support/yaml_events.h"
#include "harness/support/yaml_scalar.h"

namespace plugvet {
namespace {

using NodeKind = YamlNode::Kind;

/// The second pass: expands aliases, resolves merge keys and scalars, and notes places and faults. The first pass has
/// made sure that there is not too much of it.
class YamlBuilder {
 public:
  YamlBuilder(Document::Content& content, const YamlTree& tree, const DocumentLimits& limits)
      : content_{content}, tree_{tree}, depth_limit_{limits.depth} {}

  std::optional<Problem> build() {
    build_node(0, tree_.nodes[0].offset, 0, content_.root);
    return problem_;
  }

 private:
  struct Member {
    std::string name;
    std::uint32_t key = 0;    ///< node of the key
    std::uint32_t value = 0;  ///< node of the value
    std::uint32_t rank = 0;   ///< 0: written here; 1, 2, …: merged, the first of them wins
  };

  const YamlNode& node(std::uint32_t index) const { return tree_.nodes[index]; }
  std::uint32_t resolved(std::uint32_t index) const {
    return node(index).kind == NodeKind::alias ? node(index).target : index;
  }

  bool build_node(std::uint32_t index, std::uint32_t name_offset, unsigned depth, Json& value);
  bool build_sequence(std::uint32_t index, unsigned depth, Json& value);
  bool build_mapping(std::uint32_t index, unsigned depth, Json& value);
  void build_scalar(std::uint32_t index, Json& value);

  bool collect_members(std::uint32_t mapping, std::vector<Member>& members);
  bool merge(std::uint32_t key, std::uint32_t value, std::vector<Member>& members, std::uint32_t& rank);
  void settle_repetitions(std::vector<Member>& members);

  void note_tag(std::uint32_t index);
  /// `member`: of the value at `pointer_`, when it is not that value itself.
  void note(std::string_view id, std::string_view sentence, std::size_t offset,
            std::optional<std::string_view> member = {});
  bool refuse(std::string id, std::size_t offset, std::string_view sentence);
  std::string line_of(std::size_t offset) const;

  Document::Content& content_;
  const YamlTree& tree_;
  unsigned depth_limit_;
  std::string pointer_;  ///< to what is being built
  std::set<std::pair<std::size_t, std::string>> noted_;
  std::optional<Problem> problem_;
};

bool YamlBuilder::build_node(std::uint32_t index, std::uint32_t name_offset, unsigned depth, Json& value) {
  const std::size_t place = content_.places.size();
  content_.places.push_back({node(index).offset, name_offset, 0});
  const std::uint32_t target = resolved(index);
  note_tag(target);
  bool good = true;
  switch (node(target).kind) {
    case NodeKind::sequence:
      good = build_sequence(target, depth, value);
      break;
    case NodeKind::mapping:
      good = build_mapping(target, depth, value);
      break;
    default:
      build_scalar(target, value);
  }
  content_.places[place].end = static_cast<std::uint32_t>(content_.places.size());
  return good;
}

bool YamlBuilder::build_sequence(std::uint32_t index, unsigned depth, Json& value) {
  if (depth == depth_limit_)
    return refuse("yaml.too_deep", node(index).offset, fmt::format("the values are nested more than {} deep.", depth));
  value = Json::array();
  auto& items = value.get_ref<Json::array_t&>();
  const std::size_t parent = pointer_.size();
  for (std::uint32_t child = index + 1; child < node(index).end; child = node(child).end) {
    pointer_ += fmt::format("/{}", items.size());
    if (!build_node(child, node(child).offset, depth + 1, items.emplace_back())) return false;
    pointer_.resize(parent);
  }
  return true;
}

bool YamlBuilder::build_mapping(std::uint32_t index, unsigned depth, Json& value) {
  if (depth == depth_limit_)
    return refuse("yaml.too_deep", node(index).offset, fmt::format("the values are nested more than {} deep.", depth));
  std::vector<Member> members;
  if (!collect_members(index, members)) return false;
  value = Json::object();
  Json::object_t::Container& made = members_of(value);
  made.reserve(members.size());
  const std::size_t parent = pointer_.size();
  for (Member& member : members) {
    pointer_ += join_pointer({}, member.name);
    made.emplace_back(std::move(member.name), nullptr);
    const std::uint32_t name_offset = node(member.key).offset;
    if (!build_node(member.value, name_offset, depth + 1, made.back().second)) return false;
    pointer_.resize(parent);
  }
  return true;
}

void YamlBuilder::build_scalar(std::uint32_t index, Json& value) {
  const YamlNode& scalar = node(index);
  const std::string_view text = tree_.text_of(scalar);
  if (scalar.kind == NodeKind::string) {
    value = text;
    return;
  }
  PlainScalar plain = resolve_plain(text);
  value = std::move(plain.value);
  if (is_old_boolean(text) || is_old_boolean_letter(text)) {
    note("yaml.ambiguous_scalar",
         fmt::format("{} without quotes is a string in YAML 1.2, but a boolean for older readers.", text),
         scalar.offset);
  }
  if (!plain.in_range) {
    note("yaml.number_range",
         fmt::format("the number {} is larger than readers can hold; they change it.", excerpt(text)), scalar.offset);
  }
  if (!plain.is_finite) {
    note("yaml.not_a_number", fmt::format("{} has no counterpart in JSON; it is read as a string.", text),
         scalar.offset);
  }
}

/// The members of a mapping, merged ones included, each name once.
bool YamlBuilder::collect_members(std::uint32_t mapping, std::vector<Member>& members) {
  std::uint32_t rank = 0;
  for (std::uint32_t key = mapping + 1; key < node(mapping).end;) {
    const std::uint32_t value = node(key).end;
    const YamlNode& name = node(resolved(key));
    const std::string_view text = tree_.text_of(name);
    if (name.kind == NodeKind::plain && text == "<<") {
      if (!merge(key, value, members, rank)) return false;
    } else {
      if (name.kind == NodeKind::plain && is_old_boolean(text)) {
        note("yaml.ambiguous_scalar",
             fmt::format("the key {} without quotes is a string in YAML 1.2, but a boolean for older readers.", text),
             node(key).offset, text);
      }
      members.push_back({std::string{text}, key, value, 0});
    }
    key = node(value).end;
  }
  settle_repetitions(members);
  return true;
}

/// "<<: *defaults" or "<<: [*these, *those]".
bool YamlBuilder::merge(std::uint32_t key, std::uint32_t value, std::vector<Member>& members, std::uint32_t& rank) {
  note("yaml.merge_key",
       "the merge key \"<<\" is not part of YAML 1.2; some readers take it for a member of that name.",
       node(key).offset);
  const std::uint32_t source = resolved(value);
  if (node(source).kind == NodeKind::sequence) {
    for (std::uint32_t item = source + 1; item < node(source).end; item = node(item).end) {
      if (node(resolved(item)).kind == NodeKind::sequence)
        return refuse("yaml.merge_key", node(item).offset, "only mappings can be merged by \"<<\".");
      if (!merge(key, item, members, rank)) return false;
    }
    return true;
  }
  if (node(source).kind != NodeKind::mapping)
    return refuse("yaml.merge_key", node(value).offset, "only mappings can be merged by \"<<\".");
  std::vector<Member> merged;
  if (!collect_members(source, merged)) return false;
  ++rank;
  for (Member& member : merged) {
    member.rank = rank;
    members.push_back(std::move(member));
  }
  return true;
}

/// Of equal names, the last one that is written here stays; where none is, the first that was merged.
void YamlBuilder::settle_repetitions(std::vector<Member>& members) {
  std::vector<std::uint32_t> order(members.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const int names = members[a].name.compare(members[b].name);
    return names != 0 ? names < 0 : members[a].rank < members[b].rank;
  });
  std::vector<bool> drop(members.size(), false);
  bool any = false;
  for (std::size_t i = 1; i < order.size(); ++i) {
    const Member& first = members[order[i - 1]];
    const Member& second = members[order[i]];
    if (first.name != second.name) continue;
    any = true;
    const bool repeated = second.rank == 0;
    drop[order[repeated ? i - 1 : i]] = true;
    // What is to be kept moves on to be compared with the next of the same name.
    if (!repeated) order[i] = order[i - 1];
    if (repeated && content_.faults.size() < most_faults) {
      note("yaml.duplicate_key",
           fmt::format("the key \"{}\" is repeated; it stands at {} too. Readers differ in which one they take; most "
                       "take the last.",
                       printable(shortened(second.name, 80)), line_of(node(first.key).offset)),
           node(second.key).offset, second.name);
    }
  }
  if (!any) return;
  std::vector<Member> kept;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (!drop[i]) kept.push_back(std::move(members[i]));
  }
  members = std::move(kept);
}

void YamlBuilder::note_tag(std::uint32_t index) {
  const auto tag = tree_.tags.find(index);
  if (tag == tree_.tags.end()) return;
  constexpr std::string_view core = "tag:yaml.org,2002:";
  const std::string name = tag->second.starts_with(core)  ? fmt::format("!!{}", tag->second.substr(core.size()))
                           : tag->second.starts_with('!') ? tag->second
                                                          : fmt::format("!<{}>", tag->second);
  note("yaml.tag", fmt::format("the tag {} has no meaning in JSON; the value is read without it.", excerpt(name)),
       node(index).offset);
}

/// What is expanded several times is noted once, where it is met first.
void YamlBuilder::note(std::string_view id, std::string_view sentence, std::size_t offset,
                       std::optional<std::string_view> member) {
  if (content_.faults.size() >= most_faults || !noted_.emplace(offset, id).second) return;
  const Position position = content_.position_of(offset);
  const std::string pointer = member ? join_pointer(pointer_, *member) : pointer_;
  content_.faults.push_back({std::string{id}, located(position, sentence), pointer, position});
}

bool YamlBuilder::refuse(std::string id, std::size_t offset, std::string_view sentence) {
  const Position position = content_.position_of(offset);
  problem_ = {.rung = Rung::syntax,
              .id = std::move(id),
              .what = located(position, sentence),
              .where = {},
              .position = position,
              .blame = {}};
  return false;
}

std::string YamlBuilder::line_of(std::size_t offset) const {
  const Position position = content_.position_of(offset);
  return fmt::format("line {}, column {}", position.line, position.column);
}

// --- Bytes ---------------------------------------------------------------------------------------------------------

Problem yaml_problem(std::string id, std::string what, Position position = {}) {
  return {.rung = Rung::syntax,
          .id = std::move(id),
          .what = std::move(what),
          .where = {},
          .position = position,
          .blame = {}};
}

bool is_forbidden(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F;
}

std::optional<Problem> refuse_yaml_bytes(const Document::Content& content, std::size_t begin, const DocumentLimits& limits) {
  const std::string& text = content.text;
  if (text.size() > limits.bytes) {
    return yaml_problem("yaml.too_large", fmt::format("The text has {}; at most {} are read.", bytes_text(text.size()),
                                                 bytes_text(limits.bytes)));
  }
  if (const std::string_view encoding = wide_encoding(text); !encoding.empty()) {
    return yaml_problem("yaml.encoding", fmt::format("The text is encoded in {}; UTF-8 is expected.", encoding));
  }
  if (const std::size_t invalid = find_invalid_utf8(text); invalid != std::string::npos) {
    const Position position = LineIndex{text, begin}.at(text, invalid);
    const unsigned byte = static_cast<unsigned char>(text[invalid]);
    return yaml_problem("yaml.encoding",
                   located(position, fmt::format("the byte {:02X} is not valid UTF-8; save the text as UTF-8.", byte)),
                   position);
  }
  if (const auto odd = std::find_if(text.begin(), text.end(), is_forbidden); odd != text.end()) {
    const Position position = LineIndex{text, begin}.at(text, static_cast<std::size_t>(odd - text.begin()));
    const auto code = static_cast<unsigned>(*odd);
    return yaml_problem("yaml.control_character",
                   located(position, fmt::format("the control character U+{:04X} cannot stand in YAML.", code)),
                   position);
  }
  if (const std::string kind = markup_kind(text); !kind.empty()) {
    return yaml_problem("yaml.html", fmt::format("This looks like {}, not like YAML.", kind), {1, 1});
  }
  return {};
}

}  // namespace

Result<Document> parse_yaml(std::string text, std::string_view where, const DocumentLimits& limits) {
  const auto content = std::make_shared<Document::Content>();
  content->text = std::move(text);
  content->syntax = Syntax::yaml;
  const std::size_t begin = content->text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  std::optional<Problem> found = refuse_yaml_bytes(*content, begin, limits);
  if (!found) {
    content->lines = LineIndex{content->text, begin};
    auto tree = read_yaml_tree(*content, begin, limits);
    if (auto* refused = std::get_if<Problem>(&tree)) {
      found = std::move(*refused);
    } else {
      found = YamlBuilder{*content, std::get<YamlTree>(tree), limits}.build();
    }
  }
  if (found) {
    found->where = where;
    return *found;
  }
  finish(*content);
  return Document{content};
}

}  // namespace plugvet
