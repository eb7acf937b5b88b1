#include "harness/support/document.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <functional>
#include <optional>

#include "harness/support/document_content.h"
#include "harness/support/text.h"
#include "harness/support/utf8.h"

namespace plugvet {
namespace {

constexpr std::uint32_t large_container = 64;

using Content = Document::Content;

/// Calls `visit(number, place)` for each child that has a value.
template <class Visit>
void for_each_child(const Content& content, std::uint32_t place, Visit visit) {
  std::uint32_t number = 0;
  for (std::uint32_t child = place + 1; child < content.places[place].end; child = content.places[child].end) {
    if (!content.places[child].is_replaced()) visit(number++, child);
  }
}

/// Recursion is bounded by the depth that documents may have.
void index_containers(Content& content, const Json& value, std::uint32_t place) {
  if (!value.is_structured() || value.empty()) return;
  const bool is_large = value.size() > large_container;
  ContainerIndex index;
  const Json::object_t* object = value.get_ptr<const Json::object_t*>();
  for_each_child(content, place, [&](std::uint32_t number, std::uint32_t child) {
    if (is_large && number % large_container == 0) index.landmarks.push_back(child);
    if (is_large && object != nullptr) {
      index.by_hash.emplace_back(std::hash<std::string>{}(object->begin()[number].first), number);
    }
    index_containers(content, object != nullptr ? object->begin()[number].second : value[number], child);
  });
  std::sort(index.by_hash.begin(), index.by_hash.end());
  if (is_large) content.indexes.emplace(place, std::move(index));
}

std::uint32_t child_place(const Content& content, std::uint32_t place, std::uint32_t number) {
  std::uint32_t child = place + 1;
  if (const auto index = content.indexes.find(place); index != content.indexes.end()) {
    child = index->second.landmarks[number / large_container];
    number %= large_container;
  }
  for (;; child = content.places[child].end) {
    if (content.places[child].is_replaced()) continue;
    if (number-- == 0) return child;
  }
}

std::optional<std::uint32_t> member_number(const Content& content, std::uint32_t place, const Json::object_t& object,
                                           const std::string& name) {
  if (const auto index = content.indexes.find(place); index != content.indexes.end()) {
    const auto& by_hash = index->second.by_hash;
    const std::size_t hash = std::hash<std::string>{}(name);
    for (auto i = std::lower_bound(by_hash.begin(), by_hash.end(), std::pair{hash, std::uint32_t{0}});
         i != by_hash.end() && i->first == hash; ++i) {
      if (object.begin()[i->second].first == name) return i->second;
    }
    return {};
  }
  const auto found =
      std::find_if(object.begin(), object.end(), [&](const auto& member) { return member.first == name; });
  if (found == object.end()) return {};
  return static_cast<std::uint32_t>(found - object.begin());
}

std::optional<std::uint32_t> item_number(const Json& array, std::string_view token) {
  if (token.empty() || (token[0] == '0' && token.size() > 1)) return {};
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), number);
  if (error != std::errc{} || end != token.data() + token.size() || number >= array.size()) return {};
  return number;
}

std::string unescaped(std::string_view token) {
  std::string name;
  for (std::size_t i = 0; i < token.size(); ++i) {
    const bool escape = token[i] == '~' && i + 1 < token.size() && (token[i + 1] == '0' || token[i + 1] == '1');
    name += escape ? (token[++i] == '0' ? '~' : '/') : token[i];
  }
  return name;
}

/// Cuts the first token off a pointer that is not empty.
std::string_view take_token(std::string_view& pointer) {
  const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
  const std::string_view token = pointer.substr(1, end - 1);
  pointer.remove_prefix(end);
  return token;
}

struct Found {
  const Json* value = nullptr;  ///< null when the pointer leads nowhere
  std::uint32_t place = 0;      ///< of the value, or of its nearest ancestor
};

Found locate(const Content& content, std::string_view pointer) {
  Found found{&content.root, 0};
  if (!pointer.empty() && pointer[0] != '/') return {nullptr, 0};
  while (!pointer.empty()) {
    const std::string token = unescaped(take_token(pointer));
    const Json& parent = *found.value;
    std::optional<std::uint32_t> number;
    if (const auto* object = parent.get_ptr<const Json::object_t*>()) {
      number = member_number(content, found.place, *object, token);
      if (number) found.value = &object->begin()[*number].second;
    } else if (parent.is_array()) {
      number = item_number(parent, token);
      if (number) found.value = &parent[*number];
    }
    if (!number) return {nullptr, found.place};
    found.place = child_place(content, found.place, *number);
  }
  return found;
}

const std::shared_ptr<const Content>& empty_content() {
  static const std::shared_ptr<const Content> content = [] {
    auto made = std::make_shared<Content>();
    made->lines = LineIndex{made->text};
    made->places.push_back({0, 0, 1});
    return made;
  }();
  return content;
}

}  // namespace

Document::Document() : content_{empty_content()} {}
Document::Document(std::shared_ptr<const Content> content) : content_{std::move(content)} {}

const Json& Document::root() const {
  return content_->root;
}
const std::string& Document::text() const {
  return content_->text;
}
Syntax Document::syntax() const {
  return content_->syntax;
}
const std::vector<SyntaxFault>& Document::faults() const {
  return content_->faults;
}

const Memo& Document::memo() const {
  return content_->memo;
}

const Json* Document::find(std::string_view pointer) const {
  const Json* value = &content_->root;
  for (std::string_view rest = pointer; !rest.empty();) {
    const auto* object = rest[0] == '/' ? value->get_ptr<const Json::object_t*>() : nullptr;
    const std::string_view token = take_token(rest);
    // Members of small objects are found as quickly without their places.
    if (!object || object->size() > large_container || token.find('~') != std::string_view::npos)
      return locate(*content_, pointer).value;
    const auto member = std::ranges::find_if(*object, [&](const auto& each) { return each.first == token; });
    if (member == object->end()) return nullptr;
    value = &member->second;
  }
  return value;
}

Position Document::position(std::string_view pointer) const {
  return content_->position_of(content_->places[locate(*content_, pointer).place].value);
}

Position Document::key_position(std::string_view pointer) const {
  return content_->position_of(content_->places[locate(*content_, pointer).place].name);
}

void finish(Document::Content& content) {
  index_containers(content, content.root, 0);
  const auto place = [](const SyntaxFault& fault) { return std::pair{fault.position.line, fault.position.column}; };
  std::stable_sort(content.faults.begin(), content.faults.end(),
                   [&](const SyntaxFault& a, const SyntaxFault& b) { return place(a) < place(b); });
}

Json::object_t::Container& members_of(Json& object) {
  return object.get_ref<Json::object_t&>();
}

std::string located(Position position, std::string_view sentence) {
  return fmt::format("Line {}, column {}: {}", position.line, position.column, sentence);
}

std::string excerpt(std::string_view text) {
  return printable(shortened(text, 20));
}

namespace {

/// The character that a reference of HTML names, from '&' to ';'; empty: none of those that titles have.
std::string character_of(std::string_view reference) {
  static constexpr std::pair<std::string_view, std::string_view> named[] = {
      {"&amp;", "&"},   {"&lt;", "<"},    {"&gt;", ">"},    {"&quot;", "\""},  {"&apos;", "'"},   {"&nbsp;", " "},
      {"&ndash;", "–"}, {"&mdash;", "—"}, {"&copy;", "©"}, {"&reg;", "®"},   {"&trade;", "™"}, {"&hellip;", "…"},
      {"&lsquo;", "‘"}, {"&rsquo;", "’"}, {"&ldquo;", "“"}, {"&rdquo;", "”"}, {"&laquo;", "«"}, {"&raquo;", "»"},
      {"&middot;", "·"}, {"&bull;", "•"}};
  for (const auto& [name, character] : named)
    if (reference == name) return std::string{character};
  if (!reference.starts_with("&#")) return {};
  const bool is_hex = reference.size() > 3 && (reference[2] == 'x' || reference[2] == 'X');
  const std::string_view digits = reference.substr(is_hex ? 3 : 2, reference.size() - (is_hex ? 4 : 3));
  std::uint32_t code = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code, is_hex ? 16 : 10);
  const bool is_character = error == std::errc{} && end == digits.data() + digits.size() && code > 0 &&
                            code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
  std::string character;
  if (is_character) append_utf8(character, code);
  return character;
}

/// Text of HTML with the characters that its references name.
std::string with_characters(std::string_view html) {
  constexpr std::size_t longest = 12;
  std::string text;
  for (std::size_t at = 0; at < html.size();) {
    const std::string_view rest = html.substr(at, longest);
    const std::size_t end = rest.front() == '&' ? rest.find(';') : std::string_view::npos;
    const std::string character = end == std::string_view::npos ? std::string{} : character_of(rest.substr(0, end + 1));
    text += character.empty() ? html.substr(at, 1) : character;
    at += character.empty() ? 1 : end + 1;
  }
  return text;
}

}  // namespace

std::string markup_kind(std::string_view text) {
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  text = trimmed(text.substr(0, std::size_t{64} << 10));
  // "<<" is the merge key of YAML.
  if (!text.starts_with('<') ||
      text.find_first_not_of("!?/abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", 1) == 1)
    return {};
  const std::string lower = to_lower_ascii(text);
  const auto has = [&](std::string_view tag) { return lower.find(tag) != std::string::npos; };
  if (!has("<!doctype html") && !has("<html") && !has("<head") && !has("<body")) return "XML";
  const std::size_t title = lower.find("<title");
  const std::size_t begin = title == std::string::npos ? title : lower.find('>', title);
  const std::size_t end = begin == std::string::npos ? begin : lower.find("</title", begin);
  if (end == std::string::npos) return "an HTML page";
  const std::string content = with_characters(shortened(trimmed(text.substr(begin + 1, end - begin - 1)), 400));
  return fmt::format("an HTML page titled \"{}\"", printable(shortened(content, 80)));
}

std::string_view wide_encoding(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) return "UTF-16";
  if (bytes.size() >= 4 && bytes[0] == 0 && bytes[1] == 0) return "UTF-32";
  if (bytes.size() >= 4 && bytes[0] != 0 && bytes[1] == 0 && bytes[2] == 0 && bytes[3] == 0) return "UTF-32";
  if (bytes.size() >= 2 && bytes[0] == 0 && bytes[1] != 0) return "UTF-16";
  if (bytes.size() >= 2 && bytes[0] != 0 && bytes[1] == 0) return "UTF-16";
  return {};
}

Document Document::with_fault(SyntaxFault fault) const {
  auto content = std::make_shared<Content>(*content_);
  content->faults.insert(content->faults.begin(), std::move(fault));
  return Document{std::move(content)};
}

namespace {

/// A bracket may also begin YAML that is no JSON: names without quotes, a comma at the end. Readers of YAML take it.
Result<Document> parse_json_else_yaml(std::string text, std::string_view where, const DocumentLimits& limits) {
  auto json = parse_json(text, where, limits);
  if (json) return json;
  const auto yaml = parse_yaml(std::move(text), where, limits);
  if (!yaml) return json;  // a bracket is meant as JSON, so the message about JSON helps
  const Problem& problem = *json.problem();
  return yaml->with_fault({"yaml.not_json", problem.what + " Only readers of YAML take it.", "", problem.position});
}

}  // namespace

Result<Document> parse_json_or_yaml(std::string text, std::string_view where, const DocumentLimits& limits) {
  std::string_view rest = text;
  if (rest.starts_with(byte_order_mark)) rest.remove_prefix(byte_order_mark.size());
  const std::size_t first = rest.find_first_not_of(" \t\r\n");
  const bool is_json = first != std::string_view::npos && (rest[first] == '{' || rest[first] == '[');
  return is_json ? parse_json_else_yaml(std::move(text), where, limits) : parse_yaml(std::move(text), where, limits);
}

std::string join_pointer(std::string_view pointer, std::string_view member) {
  std::string joined{pointer};
  joined += '/';
  for (const char c : member) {
    if (c == '~') {
      joined += "~0";
    } else if (c == '/') {
      joined += "~1";
    } else {
      joined += c;
    }
  }
  return joined;
}

std::string join_pointer(std::string_view pointer, std::size_t index) {
  return fmt::format("{}/{}", pointer, index);
}

}  // namespace plugvet
