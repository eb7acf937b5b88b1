#include "harness/openapi/reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "harness/support/text.h"

namespace plugvet::openapi {
namespace {

constexpr std::size_t most_faults = 1000;
constexpr std::size_t most_noted_bytes = 16u << 20;  // of the pointers of all faults and names: a name may be very long
constexpr std::size_t longest_server_url = 4096;      // beyond, its variables are not compared
constexpr std::size_t most_nearest = 2000;  // searches for a near name in one document: each costs some microseconds

bool is_extension(std::string_view name) {
  return name.starts_with("x-");
}

bool is_status(std::string_view name) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (name.size() != 3 || name[0] < '1' || name[0] > '5') return false;
  return (is_digit(name[1]) && is_digit(name[2])) || name.substr(1) == "XX";
}

bool is_component_name(std::string_view name) {
  constexpr std::string_view allowed = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.-_";
  return !name.empty() && name.find_first_not_of(allowed) == std::string_view::npos;
}

/// Letters beyond ASCII are no URL either, but everybody takes them; braces are left for placeholders.
bool is_url_text(std::string_view text) {
  constexpr std::string_view forbidden = "\"<>\\^`|";
  return std::ranges::none_of(
      text, [&](char c) { return (c >= 0 && c <= ' ') || c == '\x7F' || forbidden.find(c) != std::string_view::npos; });
}

bool is_email_text(std::string_view text) {
  const std::size_t at = text.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < text.size() && text.find(' ') == std::string_view::npos;
}

bool is_among(std::span<const std::string_view> values, std::string_view text) {
  return std::ranges::find(values, text) != values.end();
}

bool is_schema(Type type) {
  return type == Type::schema || type == Type::schema_or_boolean;
}

bool allows_extensions(const TypeGrammar& grammar) {
  return grammar.names != Names::schemes;
}

bool has_such_name(Names names, std::string_view name) {
  switch (names) {
    case Names::none:
      return false;
    case Names::paths:
      return name.starts_with('/');
    case Names::statuses:
      return is_status(name);
    case Names::expressions:
    case Names::schemes:
      return true;
  }
  return false;
}

std::span<const std::string_view> styles_of(std::string_view place) {
  static constexpr std::string_view query[] = {"form", "spaceDelimited", "pipeDelimited", "deepObject"};
  static constexpr std::string_view path[] = {"matrix", "label", "simple"};
  static constexpr std::string_view header[] = {"simple"};
  static constexpr std::string_view cookie[] = {"form"};
  if (place == "query") return query;
  if (place == "path") return path;
  if (place == "header") return header;
  if (place == "cookie") return cookie;
  return {};
}

std::string_view spoken_version(Version version) {
  return version == Version::v3_0 ? "3.0" : "3.1";
}

Version other_version(Version version) {
  return version == Version::v3_0 ? Version::v3_1 : Version::v3_0;
}

std::string one_of(std::span<const std::string_view> values) {
  const std::vector<std::string> words(values.begin(), values.end());
  return words.size() == 1 ? words.front() : "one of " + listed(words, "or");
}

/// What is probably meant by a word that other languages use for a type.
std::string_view meant_by_type(std::string_view word) {
  struct Meaning {
    std::string_view word, meant;
  };
  static constexpr Meaning meanings[] = {
      {"int", "integer"},
      {"int32", "integer, with format: int32"},
      {"int64", "integer, with format: int64"},
      {"long", "integer, with format: int64"},
      {"bool", "boolean"},
      {"float", "number, with format: float"},
      {"double", "number, with format: double"},
      {"decimal", "number"},
      {"str", "string"},
      {"text", "string"},
      {"date", "string, with format: date"},
      {"datetime", "string, with format: date-time"},
      {"date-time", "string, with format: date-time"},
      {"uuid", "string, with format: uuid"},
      {"email", "string, with format: email"},
      {"url", "string, with format: uri"},
      {"uri", "string, with format: uri"},
      {"file", "string, with format: binary"},
      {"binary", "string, with format: binary"},
      {"dict", "object"},
      {"json", "object"},
      {"map", "object"},
      {"list", "array"},
  };
  const auto found = std::ranges::find(meanings, word, &Meaning::word);
  return found == std::end(meanings) ? std::string_view{} : found->meant;
}

/// What became of a field of Swagger 2.0; empty when it is none.
std::string_view successor_of(Type type, std::string_view name) {
  struct Successor {
    Type type;
    std::string_view name, now;
  };
  static constexpr Successor successors[] = {
      {Type::document, "host", "servers name host and path"},
      {Type::document, "basePath", "servers name host and path"},
      {Type::document, "schemes", "servers name the scheme"},
      {Type::document, "definitions", "schemas stand in components.schemas"},
      {Type::document, "securityDefinitions", "they stand in components.securitySchemes"},
      {Type::document, "consumes", "media types stand in the content of a request body"},
      {Type::document, "produces", "media types stand in the content of a response"},
      {Type::components, "definitions", "schemas stand in components.schemas"},
      {Type::components, "securityDefinitions", "they stand in components.securitySchemes"},
      {Type::operation, "consumes", "media types stand in the content of the request body"},
      {Type::operation, "produces", "media types stand in the content of a response"},
      {Type::operation, "schemes", "servers name the scheme"},
      {Type::parameter, "collectionFormat", "style and explode say it"},
      {Type::header, "collectionFormat", "style says it"},
      {Type::security_scheme, "flow", "flows has a member for each flow"},
  };
  for (const Successor& successor : successors)
    if (successor.type == type && successor.name == name) return successor.now;
  return {};
}

/// What an object of a type may have within it that takes a misplaced field.
Type inner_type(Type type) {
  switch (type) {
    case Type::document:
      return Type::info;
    case Type::path_item:
      return Type::operation;
    case Type::parameter:
    case Type::header:
    case Type::media_type:
      return Type::schema;
    case Type::request_body:
    case Type::response:
      return Type::media_type;
    default:
      return Type::any;
  }
}

std::string with_hint(std::string message, std::string_view hint) {
  return hint.empty() ? message : std::move(message) + ' ' + std::string{hint};
}

}  // namespace

bool Reader::Step::is_item() const {
  return parent && parent->value->is_array();
}

Reader::Step Reader::child_of(const Step& object, std::string_view name, const Json& value) {
  Step child;
  child.parent = &object;
  child.value = &value;
  child.name = name;
  return child;
}

void Reader::read_document() {
  start(Type::document, description_.root);
}

void Reader::read_as(Type type, const Node& node) {
  is_extra_ = true;
  start(type, node);
  is_extra_ = false;
}

void Reader::start(Type type, const Node& node) {
  Step step;
  step.value = node.value;
  step.index = starts_.size();
  starts_.push_back(node.place);
  read_one(Field{{}, type}, step);
}

void Reader::read_field(const Field& field, const Step& step) {
  const Json& value = *step.value;
  if (field.form == Form::one) return read_one(field, step);
  if (field.form == Form::list ? !value.is_array() : !value.is_object()) return wrong_type(field, step, field.form);
  if (field.type == Type::any) return;
  Step child;
  child.parent = &step;
  child.resource = step.resource;
  const auto read_child = [&](const Json& item) {
    child.value = &item;
    child.kept = Kept::none;
    read_one(field, child);
  };
  if (field.form == Form::list) {
    for (const Json& item : value) {
      read_child(item);
      ++child.index;
    }
    return;
  }
  const bool is_component = step.parent && step.parent->type == Type::components;
  for (const auto& [name, item] : value.get_ref<const Json::object_t&>()) {
    child.name = name;
    if (field.type == Type::text && is_extension(name)) continue;  // scopes
    if (field.type == Type::media_type && name.find('/') == std::string::npos) {
      fault(child, At::name, fmt::format("{} is no media type.", in_quotes(name)),
            "a media type such as application/json", in_quotes(name));
      continue;
    }
    read_child(item);
    if (is_component) judge_component_name(child);
  }
}

/// Recursion is bounded by the depth that documents may have.
void Reader::read_one(const Field& field, const Step& step) {
  const Json& value = *step.value;
  switch (field.type) {
    case Type::any:
      return;
    case Type::boolean:
      if (!value.is_boolean()) wrong_type(field, step, Form::one);
      return;
    case Type::number:
      if (!value.is_number()) wrong_type(field, step, Form::one);
      return;
    case Type::positive_number:
      if (!value.is_number() || value.get<double>() <= 0) wrong_type(field, step, Form::one);
      return;
    case Type::count:
      // An integer may be written as 1.0.
      if (!value.is_number() || value.get<double>() < 0 || std::trunc(value.get<double>()) != value.get<double>())
        wrong_type(field, step, Form::one);
      return;
    case Type::property_names:
      return read_names_list(field, step);
    case Type::schema_type:
      return read_types(field, step);
    default:
      return grammar_of(field.type).is_object ? read_object(field, step) : read_text(field, step);
  }
}

void Reader::read_text(const Field& field, const Step& step) {
  const std::string* text = step.value->get_ptr<const std::string*>();
  if (!text) return wrong_type(field, step, Form::one);
  const TypeGrammar& grammar = grammar_of(field.type);
  if (field.type == Type::mapping_target)
    references_.push_back({keep(step), step.resource ? keep(*step.resource) : Kept::none, text, Type::schema, true});
  if (is_full(false)) return;
  if (field.type == Type::url && !is_url_text(*text)) {
    fault(step, At::value, fmt::format("{} is {}, which is no URL.", spoken_name(step), in_quotes(*text)), "a URL",
          in_quotes(*text));
  } else if (field.type == Type::email && !text->empty() && !is_email_text(*text)) {
    fault(step, At::value, fmt::format("{} is {}, which is no mail address.", spoken_name(step), in_quotes(*text)),
          "a mail address", in_quotes(*text));
  } else if (!grammar.values.empty() && !is_among(grammar.values, *text)) {
    const bool is_type = field.type == Type::type_name || field.type == Type::schema_type;
    std::string meant{is_type ? meant_by_type(to_lower_ascii(*text)) : std::string_view{}};
    if (meant.empty()) meant = nearest(*text, grammar.values);
    std::string message = fmt::format("{} is {}", spoken_name(step), in_quotes(*text));
    message += meant.empty() ? ", which does not exist." : fmt::format("; did you mean {}?", meant);
    fault(step, At::value, meant.empty() ? with_hint(std::move(message), grammar.values_hint) : std::move(message),
          one_of(grammar.values), in_quotes(*text));
  }
}

void Reader::read_names_list(const Field& field, const Step& step) {
  const Json& value = *step.value;
  const auto is_text = [](const Json& item) { return item.is_string(); };
  if (!value.is_array() || !std::ranges::all_of(value, is_text)) return wrong_type(field, step, Form::one);
  if (value.empty() && version_ == Version::v3_0)
    return fault(step, At::value, fmt::format("{} is empty; leave it out.", spoken_name(step)), "at least one name",
                 "none", true);
  std::unordered_set<std::string_view> seen;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const auto& name = value[i].get_ref<const std::string&>();
    if (seen.insert(name).second) continue;
    Step item;
    item.parent = &step;
    item.value = &value[i];
    item.index = i;
    fault(item, At::value, fmt::format("{} names {} twice.", spoken_name(step), in_quotes(name)), "each name once",
          in_quotes(name) + " again");
  }
}

void Reader::read_types(const Field& field, const Step& step) {
  const Json& value = *step.value;
  if (value.is_string()) return read_text(field, step);
  const bool is_list = value.is_array() && !value.empty() && value.size() <= grammar_of(field.type).values.size();
  if (!is_list) return wrong_type(field, step, Form::one);
  Step item;
  item.parent = &step;
  for (std::size_t i = 0; i < value.size(); ++i) {
    item.value = &value[i];
    item.index = i;
    item.kept = Kept::none;
    read_text(field, item);
    if (std::find(value.begin(), value.begin() + static_cast<std::ptrdiff_t>(i), value[i]) !=
        value.begin() + static_cast<std::ptrdiff_t>(i))
      return fault(item, At::value, fmt::format("{} names a type twice.", spoken_name(step)), "each type once",
                   "a type again");
  }
}

void Reader::read_object(const Field& field, const Step& step) {
  const Json& value = *step.value;
  if (value.is_boolean() && is_schema(field.type) &&
      (version_ == Version::v3_1 || field.type == Type::schema_or_boolean))
    return;
  if (!value.is_object()) return wrong_type(field, step, Form::one);
  if (is_extra_ && !seen_.insert(&value).second) return;
  Step self = step;
  self.type = is_schema(field.type) ? Type::schema : field.type;
  if (grammar_of(self.type).may_be_reference)
    if (const Json* target = member_of(value, "$ref"); target && !read_reference(self, *target)) return;
  if (self.type == Type::schema && version_ == Version::v3_1) {
    note_name(self);
    if (text_of(value, "$id")) self.resource = &self;
  }
  read_members(self);
  judge_required(self);
  judge_together(self);
}

bool Reader::read_reference(const Step& step, const Json& target) {
  const Json& value = *step.value;
  const std::string* text = target.get_ptr<const std::string*>();
  references_.push_back({keep(step), step.resource ? keep(*step.resource) : Kept::none, text, step.type, false});
  if (step.type == Type::path_item) return true;
  if (step.type == Type::schema && version_ == Version::v3_1) return true;
  const auto is_ignored = [&](const auto& member) {
    const std::string& name = member.first;
    if (name == "$ref" || is_extension(name)) return false;
    return version_ == Version::v3_0 || (name != "summary" && name != "description");
  };
  auto& siblings = description_.siblings;
  if (std::ranges::any_of(value.get_ref<const Json::object_t&>(), is_ignored) && siblings.size() < most_faults &&
      bytes_ <= most_noted_bytes)
    siblings.push_back(noted_place_of(step));
  return false;
}

void Reader::note_name(const Step& step) {
  const auto note = [&](std::string name) {
    if (bytes_ <= most_noted_bytes) names_.try_emplace(std::move(name), Node{step.value, noted_place_of(step)});
  };
  if (const std::string* id = text_of(*step.value, "$id")) note(*id);
  for (const char* keyword : {"$anchor", "$dynamicAnchor"})
    if (const std::string* anchor = text_of(*step.value, keyword))
      note(fmt::format("{}#{}", file_of(step), *anchor));
}

void Reader::read_members(const Step& step) {
  const TypeGrammar& grammar = grammar_of(step.type);
  Step child;
  child.parent = &step;
  child.resource = step.resource;
  for (const auto& [name, value] : step.value->get_ref<const Json::object_t&>()) {
    if (is_extension(name) && allows_extensions(grammar)) continue;
    child.name = name;
    child.value = &value;
    child.kept = Kept::none;
    if (const Field* field = find_field(step.type, version_, name)) {
      const std::size_t faults = description_.faults.size();
      read_field(*field, child);
      if (!field->concerns.empty() && faults == description_.faults.size()) judge_concern(*field, child);
    } else if (has_such_name(grammar.names, name)) {
      read_field(grammar.named, child);
    } else {
      judge_unknown(step, child);
    }
  }
}

void Reader::judge_required(const Step& step) {
  for (const Field& field : grammar_of(step.type).fields)
    if (field.presence == Presence::required && field.is_in(version_) && !member_of(*step.value, field.name))
      missing(step, field.name);
}

void Reader::judge_together(const Step& step) {
  switch (step.type) {
    case Type::document:
      return judge_document(step);
    case Type::license:
      return judge_not_both(step, "identifier", "url");
    case Type::server_variable:
      return judge_server_variable(step);
    case Type::parameter:
      judge_parameter(step);
      return judge_schema_or_content(step);
    case Type::header:
      return judge_schema_or_content(step);
    case Type::media_type:
      return judge_not_both(step, "example", "examples");
    case Type::example:
      return judge_example(step);
    case Type::server:
      return judge_server(step);
    case Type::link:
      if (!member_of(*step.value, "operationRef") && !member_of(*step.value, "operationId"))
        return missing(step, "operationId", "A link names the operation that it leads to.");
      return judge_not_both(step, "operationRef", "operationId");
    case Type::responses:
      if (std::ranges::all_of(step.value->get_ref<const Json::object_t&>(),
                              [](const auto& member) { return is_extension(member.first); }))
        fault(step, At::name, "There is no response here.", "at least one response", "none");
      return;
    case Type::security_scheme:
      return judge_security_scheme(step);
    default:
      return;
  }
}

void Reader::judge_document(const Step& step) {
  if (version_ == Version::v3_0) return;
  for (const char* name : {"paths", "components", "webhooks"})
    if (member_of(*step.value, name)) return;
  missing(step, "paths");
}

void Reader::judge_server_variable(const Step& step) {
  const Json* values = member_of(*step.value, "enum");
  if (!values || !values->is_array() || version_ == Version::v3_0) return;
  const Step list = child_of(step, "enum", *values);
  const Json* chosen = member_of(*step.value, "default");
  if (values->empty())
    fault(list, At::value, "\"enum\" is empty; leave it out, or name what the variable may be.", "at least one text",
          "none");
  else if (chosen && chosen->is_string() && std::find(values->begin(), values->end(), *chosen) == values->end())
    fault(list, At::value, "\"enum\" does not contain the variable's default.", "the default among the values",
          "other values");
}

void Reader::judge_server(const Step& step) {
  const std::string* url = text_of(*step.value, "url");
  const Json* variables = member_of(*step.value, "variables");
  if (!url || url->size() > longest_server_url || !variables || !variables->is_object() || variables->empty()) return;
  std::unordered_set<std::string_view> used;
  for (std::string_view rest = *url; !rest.empty();) {
    const std::size_t open = rest.find('{'), close = rest.find('}', open);
    if (close == std::string_view::npos) break;
    used.insert(rest.substr(open + 1, close - open - 1));
    rest.remove_prefix(close + 1);
  }
  const auto is_defined = [&](std::string_view name) { return member_of(*variables, name) != nullptr; };
  if (!std::ranges::all_of(used, is_defined)) return;  // the one that seems to be unused may be meant
  const Step list = child_of(step, "variables", *variables);
  for (const auto& [name, variable] : variables->get_ref<const Json::object_t&>())
    if (!is_extension(name) && !used.contains(name))
      fault(child_of(list, name, variable), At::name,
            fmt::format("The variable {} is not in the server's URL, so it has no effect.", in_quotes(name)),
            fmt::format("{{{}}} in the URL", printable(shortened(name, 60))), "a URL without it", true);
}

void Reader::judge_example(const Step& step) {
  judge_not_both(step, "value", "externalValue");
  if (!member_of(*step.value, "value") && !member_of(*step.value, "externalValue"))
    fault(step, At::name, "This example shows nothing: it has neither \"value\" nor \"externalValue\".",
          "the example under value", "none", true);
}

/// A keyword of a schema that says something about values of another type than those that the schema takes.
void Reader::judge_concern(const Field& field, const Step& step) {
  const Json* type = member_of(*step.parent->value, "type");
  const auto may_be_concerned = [&](const Json& written) {
    const auto* name = written.get_ptr<const std::string*>();
    return !name || *name == field.concerns || (*name == "integer" && field.concerns == "number") ||
           !is_among(grammar_of(Type::schema_type).values, *name);  // a finding of its own
  };
  if (!type || (type->is_array() ? std::ranges::any_of(*type, may_be_concerned) : may_be_concerned(*type))) return;
  const std::string wanted = fmt::format("type: {}", field.concerns);
  const std::string actual = type->is_string() ? "type: " + type->get_ref<const std::string&>() : "other types";
  fault(step, At::name, fmt::format("\"{}\" has no effect beside {}; it belongs to {}.", field.name, actual, wanted),
        wanted, actual, true);
}

void Reader::judge_parameter(const Step& step) {
  const std::string* place = text_of(*step.value, "in");
  if (!place) return;
  const Json* required = member_of(*step.value, "required");
  if (*place == "path" && (!required || (required->is_boolean() && !required->get<bool>())))
    fault(step, At::value, "A parameter in the path is always required, and this one does not say required: true.",
          "required: true", required ? "required: false" : "no required");
  const std::string* style = text_of(*step.value, "style");
  const auto styles = styles_of(*place);
  const bool is_style = style && is_among(grammar_of(Type::parameter_style).values, *style);
  if (!is_style || styles.empty() || is_among(styles, *style)) return;
  const Step at = child_of(step, "style", *member_of(*step.value, "style"));
  fault(at, At::value, fmt::format("A parameter in {} cannot have the style {}.", *place, in_quotes(*style)),
        one_of(styles), in_quotes(*style));
}

void Reader::judge_schema_or_content(const Step& step) {
  const Json* content = member_of(*step.value, "content");
  if (!content && !member_of(*step.value, "schema"))
    return missing(step, "schema", "What its value may be is not said.");
  judge_not_both(step, "schema", "content");
  judge_not_both(step, "example", "examples");
  if (!content || !content->is_object() || content->size() == 1) return;
  const Step at = child_of(step, "content", *content);
  const std::string count = counted(content->size(), "media type");
  fault(at, At::value, fmt::format("\"content\" of a {} has {}.", grammar_of(step.type).noun, count),
        "exactly one media type", count);
}

void Reader::judge_security_scheme(const Step& step) {
  const std::string* type = text_of(*step.value, "type");
  if (!type) return;
  const auto need = [&](std::string_view name) {
    if (!member_of(*step.value, name)) missing(step, name, fmt::format("A security scheme of type {} has it.", *type));
  };
  if (*type == "apiKey") {
    need("name");
    need("in");
  } else if (*type == "http") {
    need("scheme");
  } else if (*type == "oauth2") {
    need("flows");
  } else if (*type == "openIdConnect") {
    need("openIdConnectUrl");
  } else if (*type == "mutualTLS" && version_ == Version::v3_0) {
    const Step at = child_of(step, "type", *member_of(*step.value, "type"));
    fault(at, At::value, "The type mutualTLS exists in OpenAPI 3.1 only.", "a type of OpenAPI 3.0", "mutualTLS");
  }
}

void Reader::judge_not_both(const Step& step, std::string_view a, std::string_view b) {
  const Json* second = member_of(*step.value, b);
  if (!second || !member_of(*step.value, a)) return;
  const Step at = child_of(step, b, *second);
  fault(at, At::name, fmt::format("\"{}\" and \"{}\" exclude each other.", a, b), "one of the two", "both");
}

void Reader::judge_component_name(const Step& step) {
  if (is_component_name(step.name)) return;
  fault(step, At::name,
        fmt::format("The name {} has characters that names of components do not have.", in_quotes(step.name)),
        "letters, digits, dot, dash and underscore", in_quotes(step.name));
}

std::string Reader::near_field(const Step& object, std::string_view name) {
  if (++nearest_count_ > most_nearest || name.size() > 40) return {};
  if (object.absent.empty())
    for (const Field& field : grammar_of(object.type).fields)
      if (field.is_in(version_) && !member_of(*object.value, field.name)) object.absent.push_back(field.name);
  return nearest(name, object.absent);
}

/// Where a field belongs that stands in the wrong object: the end of a sentence; empty when it is known nowhere.
std::string Reader::other_place(const Step& object, std::string_view name) const {
  if (const std::string_view now = successor_of(object.type, name); !now.empty())
    return fmt::format("that is Swagger 2.0, in OpenAPI 3 {}", now);
  const Type inner = inner_type(object.type);
  const bool is_text_for_people = name == "description" || name == "title";
  if (inner != Type::any && !is_text_for_people && find_field(inner, version_, name)) {
    object.meant = inner == Type::schema ? "schema" : "";
    return fmt::format("it belongs into {}", with_article(grammar_of(inner).noun));
  }
  for (const Step* around = object.parent; around; around = around->parent)
    if (around->type != Type::any && around->type != object.type && find_field(around->type, version_, name)) {
      around->meant = name;
      return fmt::format("it belongs to the {} around it and is probably indented too far",
                         grammar_of(around->type).noun);
    }
  return {};
}

/// The member before one that is unknown, where it is a field without value, as YAML makes it of what is indented too
/// little beneath it. Null: there is none.
const std::string* Reader::emptied_before(const Step& object, std::string_view name) const {
  if (!has_indentation(object)) return nullptr;
  const std::string* empty = nullptr;
  for (const auto& [other, value] : object.value->get_ref<const Json::object_t&>()) {
    if (other == name) return empty;
    const Field* field = find_field(object.type, version_, other);
    if (is_known(object, other)) empty = value.is_null() && !(field && field->type == Type::any) ? &other : nullptr;
  }
  return nullptr;
}

/// What should be within this empty field stands after it.
bool Reader::is_emptied(const Step& field) const {
  if (!field.value->is_null() || !field.parent || !field.parent->value->is_object()) return false;
  if (!has_indentation(*field.parent)) return false;
  const auto& members = field.parent->value->get_ref<const Json::object_t&>();
  const auto name_of = [](const auto& member) { return std::string_view{member.first}; };
  const auto at = std::ranges::find(members, field.name, name_of);
  return at != members.end() && std::next(at) != members.end() && !is_known(*field.parent, std::next(at)->first);
}

/// Of YAML, and not where any name is allowed.
bool Reader::has_indentation(const Step& object) const {
  const bool is_free = object.type == Type::schema && version_ == Version::v3_1;
  return !is_free && description_.documents[file_of(object)].syntax() == Syntax::yaml;
}

bool Reader::is_known(const Step& object, std::string_view name) const {
  const TypeGrammar& grammar = grammar_of(object.type);
  return is_extension(name) || find_field(object.type, version_, name) || has_such_name(grammar.names, name);
}

void Reader::judge_unknown(const Step& object, const Step& member) {
  const bool is_free = object.type == Type::schema && version_ == Version::v3_1;
  if (is_full(is_free)) return;
  const std::string name = in_quotes(member.name);
  if (const std::string* empty = emptied_before(object, member.name)) {
    if (empty == object.emptied) return;  // the rest of the same
    object.emptied = empty;
    return fault(member, At::name,
                 fmt::format("{} stands beside \"{}\" and not within it; it is probably indented too little.", name,
                             *empty),
                 fmt::format("{} within \"{}\"", name, *empty), fmt::format("an empty \"{}\"", *empty));
  }
  if (const Field* field = find_field(object.type, other_version(version_), member.name)) {
    fault(member, At::name,
          with_hint(fmt::format("{} is a field of OpenAPI {}; in {} it means nothing.", name,
                                spoken_version(other_version(version_)), spoken_version(version_)),
                    field->hint),
          fmt::format("a field of OpenAPI {}", spoken_version(version_)), name, is_free);
  } else if (is_free) {
    judge_unknown_keyword(object, member);
  } else {
    const Unknown unknown = judge_unknown_field(object, member);
    fault(member, At::name, unknown.message, unknown.expected, name);
  }
}

/// JSON Schema allows any other keyword, so only what is surely mistyped is worth a word.
void Reader::judge_unknown_keyword(const Step& object, const Step& member) {
  const std::string near = near_field(object, member.name);
  if (near.size() <= 3 || to_lower_ascii(near) != to_lower_ascii(member.name)) return;
  const std::string name = in_quotes(member.name);
  fault(member, At::name, fmt::format("{} means nothing; did you mean \"{}\"?", name, near), '"' + near + '"', name,
        true);
}

Reader::Unknown Reader::judge_unknown_field(const Step& object, const Step& member) {
  const TypeGrammar& grammar = grammar_of(object.type);
  const std::string name = in_quotes(member.name), noun = with_article(grammar.noun);
  if (member.name == "$ref") return {fmt::format("The {} cannot be a reference.", grammar.noun), "no reference"};
  if (grammar.names == Names::paths)
    return {fmt::format("{} is no path: a path begins with \"/\".", name), "a path that begins with \"/\""};
  if (grammar.names == Names::statuses) {
    const bool is_range = member.name.size() == 3 && member.name.ends_with("xx");
    return {fmt::format("{} is no status of a response{}", name, is_range ? "; write the X in capitals." : "."),
            "a status such as 200 or 4XX, or default"};
  }
  if (member.name.starts_with('/') && object.type == Type::path_item)
    return {fmt::format("The path {} stands within another path item and does not count; it is probably indented too "
                        "far.",
                        name),
            "a path directly beneath paths"};
  if (member.name.starts_with('/') && object.type == Type::document)
    return {fmt::format("The path {} does not stand beneath paths and does not count.", name), "a path beneath paths"};
  const std::string no_field = fmt::format("{} is no field of {}", name, noun);
  if (const std::string place = other_place(object, member.name); !place.empty())
    return {fmt::format("{}; {}.", no_field, place), fmt::format("a field of {}", noun)};
  if (const std::string near = near_field(object, member.name); !near.empty()) {
    object.meant = near;
    return {fmt::format("{}; did you mean \"{}\"?", no_field, near), '"' + near + '"'};
  }
  const bool may_be_property = object.type == Type::schema && member.value->is_object();
  return {no_field + (may_be_property ? "; if it is a property, it belongs beneath properties." : "."),
          fmt::format("a field of {}, or one that begins with x-", noun)};
}

bool Reader::is_full(bool ineffective) const {
  const std::size_t count = ineffective ? ineffective_count_ : description_.faults.size() - ineffective_count_;
  return count >= most_faults || bytes_ > most_noted_bytes;
}

void Reader::fault(const Step& step, At at, std::string message, std::string expected, std::string actual,
                   bool is_ineffective) {
  if (is_full(is_ineffective)) return;
  ineffective_count_ += is_ineffective ? 1 : 0;
  description_.faults.push_back({noted_place_of(step), at == At::name, is_ineffective, std::move(message),
                                 std::move(expected), std::move(actual)});
}

void Reader::wrong_type(const Field& field, const Step& step, Form form) {
  if (is_full(false) || is_emptied(step)) return;
  Field taken = field;
  taken.form = form;
  const std::string_view kind = kind_of(*step.value);
  fault(step, At::value,
        with_hint(fmt::format("{} is {}; it takes {}.", spoken_name(step), kind, spoken(taken)), field.hint),
        spoken(taken), std::string{kind});
}

void Reader::missing(const Step& step, std::string_view name, std::string_view why) {
  if (is_full(false) || name == step.meant) return;  // said already, where it is written otherwise
  const Step* around = step.parent;
  if (around && around->type != Type::any && member_of(*around->value, name) && !is_known(*around, name)) return;
  fault(step, At::name,
        with_hint(fmt::format("This {} has no \"{}\".", grammar_of(step.type).noun, name), why),
        fmt::format("a member \"{}\"", name), "none");
}

std::string Reader::spoken_name(const Step& step) const {
  if (!step.parent) return "What is referred to";
  if (!step.is_item()) return in_quotes(step.name);
  return fmt::format("Item {} of {}", step.index + 1, in_quotes(step.parent->name));
}

std::uint32_t Reader::keep(const Step& step) {
  if (step.kept != Kept::none) return step.kept;
  // Depth is bounded by that of the document, but the frames of the walk are there already: no recursion on top.
  std::vector<const Step*> fresh;
  const Step* at = &step;
  for (; at && at->kept == Kept::none; at = at->parent) fresh.push_back(at);
  std::uint32_t parent = at ? at->kept : Kept::none;
  for (auto next = fresh.rbegin(); next != fresh.rend(); ++next) {
    const Step& made = **next;
    made.kept = static_cast<std::uint32_t>(kept_.size());
    kept_.push_back({parent, static_cast<std::uint32_t>(made.index), made.name, made.value});
    parent = made.kept;
  }
  return step.kept;
}

ApiPlace Reader::noted_place_of(const Step& step) {
  ApiPlace place = place_of(step);
  bytes_ += place.pointer.size();
  return place;
}

std::uint32_t Reader::file_of(const Step& step) const {
  const Step* at = &step;
  while (at->parent) at = at->parent;
  return starts_[at->index].file;
}

ApiPlace Reader::place_of(const Step& step) const {
  std::vector<const Step*> way;
  const Step* at = &step;
  for (; at->parent; at = at->parent) way.push_back(at);
  ApiPlace place = starts_[at->index];
  for (auto next = way.rbegin(); next != way.rend(); ++next)
    place.pointer = (*next)->is_item() ? join_pointer(place.pointer, (*next)->index)
                                       : join_pointer(place.pointer, (*next)->name);
  return place;
}

std::uint32_t Reader::file_of(std::uint32_t kept) const {
  if (starts_.size() == 1) return starts_.front().file;
  while (kept_[kept].parent != Kept::none) kept = kept_[kept].parent;
  return starts_[kept_[kept].index].file;
}

ApiPlace Reader::place_of(std::uint32_t kept) const {
  std::vector<const Kept*> way;
  const Kept* at = &kept_[kept];
  for (; at->parent != Kept::none; at = &kept_[at->parent]) way.push_back(at);
  ApiPlace place = starts_[at->index];
  for (auto next = way.rbegin(); next != way.rend(); ++next)
    place.pointer = kept_[(*next)->parent].value->is_array() ? join_pointer(place.pointer, (*next)->index)
                                                             : join_pointer(place.pointer, (*next)->name);
  return place;
}

}  // namespace plugvet::openapi
