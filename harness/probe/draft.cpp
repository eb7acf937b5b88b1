#include "harness/probe/draft.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/support/document.h"
#include "harness/support/percent.h"
#include "harness/support/text.h"

namespace plugvet {
namespace {

using openapi::Contract;

std::string json_text(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// A value as it stands in a URL, a header or a form.
std::string wire_text(const Json& value) {
  return value.is_string() ? value.get<std::string>() : json_text(value);
}

/// How a parameter is written.
struct Style {
  std::string name;
  bool is_exploded = false;
};

Style style_of(const Contract::Input& input) {
  const std::string_view in = input.parameter->in;
  const bool is_form = in == "query" || in == "cookie";
  Style style{is_form ? "form" : "simple", is_form};
  if (const auto given = openapi::member(input.parameter->node, "style"); given && given.value->is_string()) {
    style.name = given.value->get<std::string>();
    style.is_exploded = style.name == "form";
  }
  if (const auto given = openapi::member(input.parameter->node, "explode"); given && given.value->is_boolean())
    style.is_exploded = given.value->get<bool>();
  return style;
}

using Encoded = std::string (*)(std::string_view);
std::string for_url(std::string_view text) { return percent_encoded(text); }
std::string as_it_is(std::string_view text) { return std::string{text}; }

std::string joined_list(const Json& list, std::string_view separator, Encoded encoded) {
  std::string text;
  for (const Json& one : list) {
    if (&one != &list.front()) text += separator;
    text += encoded(wire_text(one));
  }
  return text;
}

/// "R,100,G,200", or exploded "R=100,G=200".
std::string joined_members(const Json& object, std::string_view separator, bool is_exploded, Encoded encoded) {
  std::string text;
  for (const auto& [name, value] : object.items()) {
    if (!text.empty()) text += separator;
    text.append(encoded(name)).append(is_exploded ? "=" : ",").append(encoded(wire_text(value)));
  }
  return text;
}

std::string simple_text(const Json& value, bool is_exploded, Encoded encoded) {
  if (value.is_array()) return joined_list(value, ",", encoded);
  if (value.is_object()) return joined_members(value, ",", is_exploded, encoded);
  return encoded(wire_text(value));
}

std::string path_text(const Contract::Input& input, const Json& value) {
  const Style style = style_of(input);
  const std::string name = percent_encoded(input.parameter->name);
  if (style.name == "label") {
    if (value.is_array()) return "." + joined_list(value, style.is_exploded ? "." : ",", for_url);
    if (value.is_object())
      return "." + joined_members(value, style.is_exploded ? "." : ",", style.is_exploded, for_url);
    return "." + percent_encoded(wire_text(value));
  }
  if (style.name == "matrix") {
    if (value.is_array() && style.is_exploded) return ";" + name + "=" + joined_list(value, ";" + name + "=", for_url);
    if (value.is_object() && style.is_exploded) return ";" + joined_members(value, ";", true, for_url);
    return ";" + name + "=" + simple_text(value, false, for_url);
  }
  return simple_text(value, style.is_exploded, for_url);
}

std::string query_text(const Contract::Input& input, const Json& value) {
  const Style style = style_of(input);
  const std::string name = percent_encoded(input.parameter->name);
  if (value.is_object() && style.name == "deepObject") {
    std::string text;
    for (const auto& [member, inner] : value.items())
      text += (text.empty() ? "" : "&") + name + "%5B" + percent_encoded(member) + "%5D=" +
              percent_encoded(wire_text(inner));
    return text;
  }
  if (value.is_object() && style.is_exploded) return joined_members(value, "&", true, for_url);
  if (value.is_array() && style.is_exploded) return name + "=" + joined_list(value, "&" + name + "=", for_url);
  if (value.is_array() && style.name == "spaceDelimited") return name + "=" + joined_list(value, "%20", for_url);
  if (value.is_array() && style.name == "pipeDelimited") return name + "=" + joined_list(value, "%7C", for_url);
  return name + "=" + simple_text(value, false, for_url);
}

bool is_path_segment(std::string_view decoded) {
  return !decoded.empty() && decoded != "." && decoded != ".." &&
      decoded.find_first_of("/\\") == std::string_view::npos &&
         std::ranges::none_of(decoded, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

bool is_header_text(std::string_view text) {
  return !text.empty() && text.front() != ' ' && text.back() != ' ' &&
         std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7f; });
}

bool is_structure(const Json& value) {
  return value.is_structured() && std::ranges::any_of(value, [](const Json& one) { return one.is_structured(); });
}

bool is_form_type(std::string_view media_type) {
  return media_type.starts_with("application/x-www-form-urlencoded");
}

std::string form_text(const Json& body) {
  Pairs pairs;
  if (!body.is_object()) return wire_text(body);
  for (const auto& [name, value] : body.items()) {
    if (value.is_array())
      for (const Json& one : value) pairs.emplace_back(name, wire_text(one));
    else
      pairs.emplace_back(name, wire_text(value));
  }
  return form_encoded(pairs);
}

/// Writes one request.
class Writer {
 public:
  Writer(const Contract& contract, const Draft& draft, const CallTarget& target)
      : contract_{contract}, draft_{draft}, path_{contract.operation->path} {
    request_.method = draft.method;
    request_.headers = target.headers;
    server_ = target.server;
  }

  std::optional<Request> write() {
    for (std::size_t i = 0; i < contract_.inputs.size() && is_possible_; ++i)
      if (i < draft_.inputs.size() && draft_.inputs[i]) add(contract_.inputs[i], *draft_.inputs[i]);
    if (!is_possible_ || path_.find('{') != std::string::npos) return {};
    request_.url = server_ + path_ + query_;
    if (!cookie_.empty()) request_.headers.push_back({"Cookie", cookie_});
    add_body();
    return std::move(request_);
  }

 private:
  void add(const Contract::Input& input, const Json& value) {
    const openapi::Parameter& parameter = *input.parameter;
    const bool is_json = !input.media_type.empty();
    // Nothing stands for a list without items; lists in lists have no form.
    if (!is_json && ((value.is_structured() && value.empty()) || is_structure(value))) {
      is_possible_ = false;
      return;
    }
    if (parameter.in == "path")
      return add_to_path(parameter.name, is_json ? percent_encoded(json_text(value)) : path_text(input, value));
    if (parameter.in == "query") {
      const std::string text = is_json ? percent_encoded(parameter.name) + "=" + percent_encoded(json_text(value))
          : query_text(input, value);
      query_.append(query_.empty() ? "?" : "&").append(text);
      return;
    }
    const std::string text = is_json ? json_text(value) : simple_text(value, style_of(input).is_exploded, as_it_is);
    if (parameter.in == "cookie") {
      cookie_.append(cookie_.empty() ? "" : "; ").append(parameter.name).append("=").append(percent_encoded(text));
    } else if (parameter.in == "header") {
      is_possible_ &= is_header_text(text);
      request_.headers.push_back({std::string{parameter.name}, text});
    }
  }

  void add_to_path(std::string_view name, const std::string& text) {
    is_possible_ &= is_path_segment(percent_decoded(text, false));
    const std::string placeholder = "{" + std::string{name} + "}";
    for (std::size_t at = 0; (at = path_.find(placeholder, at)) != std::string::npos; at += text.size())
      path_.replace(at, placeholder.size(), text);
  }

  void add_body() {
    if (!draft_.body && !draft_.raw_body) return;
    const std::string type{draft_.body_type < contract_.bodies.size() ? contract_.bodies[draft_.body_type].media_type
                                                                      : std::string_view{"application/json"}};
    request_.body = draft_.raw_body       ? *draft_.raw_body
                    : is_json_type(type)  ? json_text(*draft_.body)
                    : is_form_type(type)  ? form_text(*draft_.body)
                                          : wire_text(*draft_.body);
    const std::string sent =
        draft_.content_type.value_or(type.find('*') == std::string::npos ? type : "application/json");
    if (!sent.empty()) request_.headers.push_back({"Content-Type", sent});
  }

  const Contract& contract_;
  const Draft& draft_;
  Request request_;
  std::string server_, path_, query_, cookie_;
  bool is_possible_ = true;
};

Json parsed_or_text(const std::string& text) {
  if (text.empty()) return Json(nullptr);
  auto document = parse_json(text, "a value");
  return document ? document->root() : Json(text);
}

}  // namespace

bool is_json_type(std::string_view media_type) {
  const std::string type = to_lower_ascii(media_type.substr(0, media_type.find(';')));
  return type == "application/json" || type == "*/*" || type == "application/*" || type.ends_with("+json");
}

bool is_writable(std::string_view media_type) {
  return is_json_type(media_type) || is_form_type(media_type) || media_type.starts_with("text/plain");
}

std::optional<Request> written(const Contract& contract, const Draft& draft, const CallTarget& target) {
  return Writer{contract, draft, target}.write();
}

std::vector<Json> readings_of(const Contract::Input& input, const Json& value) {
  if (!input.media_type.empty()) return {value};
  std::vector<Json> readings;
  if (value.is_structured()) {
    Json texts = value, parsed = value;
    for (auto& [name, one] : texts.items()) one = wire_text(one);
    for (auto& [name, one] : parsed.items()) one = parsed_or_text(wire_text(one));
    readings = {texts, parsed};
    // A list of one is a value; a list in one text is that text.
    if (value.is_array()) {
      const std::string whole = joined_list(value, ",", as_it_is);
      for (const std::string& text : {whole, wire_text(value.front()), wire_text(value.back())}) {
        readings.emplace_back(text);
        readings.push_back(parsed_or_text(text));
      }
    } else {
      readings.emplace_back(joined_members(value, ",", style_of(input).is_exploded, as_it_is));
    }
    return readings;
  }
  const std::string text = wire_text(value);
  for (const Json& one : {Json(text), parsed_or_text(text)}) {
    readings.push_back(one);
    readings.push_back(Json::array({one}));
  }
  if (text == "0" || text == "1") readings.push_back(Json(text == "1"));
  if (text.find(',') != std::string::npos) {
    Json texts = Json::array(), parsed = Json::array();
    for (std::size_t at = 0; at <= text.size();) {
      const std::size_t end = std::min(text.find(',', at), text.size());
      texts.push_back(text.substr(at, end - at));
      parsed.push_back(parsed_or_text(text.substr(at, end - at)));
      at = end + 1;
    }
    readings.push_back(std::move(texts));
    readings.push_back(std::move(parsed));
  }
  return readings;
}

std::vector<Json> readings_of_body(std::string_view media_type, const Json& value) {
  if (is_json_type(media_type)) return {value};
  if (!is_form_type(media_type) || !value.is_object()) {
    const std::string text = wire_text(value);
    return {Json(text), parsed_or_text(text)};
  }
  // Every member as text, every member as what it looks like, and each of them as the other.
  Json texts = value, parsed = value;
  for (auto& [name, one] : texts.items())
    if (!one.is_array()) one = wire_text(one);
  for (auto& [name, one] : parsed.items())
    if (!one.is_array()) one = parsed_or_text(wire_text(one));
  std::vector<Json> readings{value, texts, parsed};
  for (const auto& [name, one] : texts.items()) {
    Json mixed = parsed;
    mixed[name] = one;
    readings.push_back(mixed);
    mixed = texts;
    mixed[name] = parsed[name];
    readings.push_back(std::move(mixed));
    mixed = value;
    mixed[name] = Json::array({one});
    readings.push_back(std::move(mixed));
  }
  return readings;
}

}  // namespace plugvet
