#include <fmt/format.h>

#include "harness/support/document_content.h"
#include "harness/support/json_scanner.h"
#include "harness/support/number.h"
#include "harness/support/text.h"
#include "harness/support/utf8.h"

namespace plugvet {
namespace {

/// The second pass: makes values from a text that JsonScanner has found good. It knows the number of children of every
/// container beforehand; nlohmann's ordered objects copy all their members deeply whenever they have to grow.
class JsonBuilder {
 public:
  explicit JsonBuilder(const Document::Content& content) : text_{content.text}, places_{content.places} {}

  /// Recursion is bounded by the depth that the scanner allows.
  void build(std::uint32_t place, Json& value) const {
    const std::size_t offset = places_[place].value;
    switch (text_[offset]) {
      case '{':
        return build_object(place, value);
      case '[':
        return build_array(place, value);
      case '"':
        value = json_string_at(text_, offset);
        return;
      case 't':
        value = true;
        return;
      case 'f':
        value = false;
        return;
      case 'n':
        return;
      default:
        value = number_of(text_.substr(offset, text_.find_first_not_of("0123456789+-.eE", offset) - offset)).value;
    }
  }

 private:
  std::size_t count_children(std::uint32_t place) const {
    std::size_t count = 0;
    for (std::uint32_t child = place + 1; child < places_[place].end; child = places_[child].end) {
      count += places_[child].is_replaced() ? 0 : 1;
    }
    return count;
  }

  void build_object(std::uint32_t place, Json& value) const {
    value = Json::object();
    Json::object_t::Container& members = members_of(value);
    members.reserve(count_children(place));
    for (std::uint32_t child = place + 1; child < places_[place].end; child = places_[child].end) {
      if (places_[child].is_replaced()) continue;
      members.emplace_back(json_string_at(text_, places_[child].name), nullptr);
      build(child, members.back().second);
    }
  }

  void build_array(std::uint32_t place, Json& value) const {
    value = Json::array();
    auto& items = value.get_ref<Json::array_t&>();
    items.resize(count_children(place));
    std::uint32_t child = place + 1;
    for (Json& item : items) {
      build(child, item);
      child = places_[child].end;
    }
  }

  std::string_view text_;
  const std::vector<Place>& places_;
};

Problem json_problem(std::string id, std::string what) {
  return {.rung = Rung::syntax, .id = std::move(id), .what = std::move(what), .where = {}, .position = {}, .blame = {}};
}

std::optional<Problem> refuse_json_bytes(const Document::Content& content, std::size_t begin, const DocumentLimits& limits) {
  const std::string& text = content.text;
  if (text.size() > limits.bytes) {
    return json_problem("json.too_large", fmt::format("The text has {}; at most {} are read.", bytes_text(text.size()),
                                                 bytes_text(limits.bytes)));
  }
  if (const std::string_view encoding = wide_encoding(text); !encoding.empty()) {
    return json_problem("json.encoding", fmt::format("The text is encoded in {}; JSON is UTF-8.", encoding));
  }
  const std::size_t invalid = find_invalid_utf8(text);
  if (invalid == std::string::npos) return {};
  const Position position = LineIndex{text, begin}.at(text, invalid);
  const unsigned byte = static_cast<unsigned char>(text[invalid]);
  Problem found =
      json_problem("json.encoding",
              located(position, fmt::format("the byte {:02X} is not valid UTF-8; save the text as UTF-8.", byte)));
  found.position = position;
  return found;
}

}  // namespace

Result<Document> parse_json(std::string text, std::string_view where, const DocumentLimits& limits) {
  const auto content = std::make_shared<Document::Content>();
  content->text = std::move(text);
  content->syntax = Syntax::json;
  const bool has_mark = content->text.starts_with(byte_order_mark);
  const std::size_t begin = has_mark ? byte_order_mark.size() : 0;
  std::optional<Problem> problem = refuse_json_bytes(*content, begin, limits);
  if (!problem) {
    content->lines = LineIndex{content->text, begin};
    if (has_mark) {
      content->faults.push_back(
          {"json.byte_order_mark", "The text begins with a byte order mark, which JSON does not allow.", "", {1, 1}});
    }
    problem = JsonScanner{*content, begin, limits}.scan();
  }
  if (problem) {
    problem->where = where;
    return *problem;
  }
  JsonBuilder{*content}.build(0, content->root);
  finish(*content);
  return Document{content};
}

}  // namespace plugvet
