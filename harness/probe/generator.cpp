#include "harness/probe/generator.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/support/text.h"

namespace plugvet {
namespace {

using openapi::Contract;
using openapi::Node;

constexpr std::size_t most_planned = 600;  // of one operation
constexpr unsigned negative_percent = 25, optional_percent = 50;
constexpr unsigned tries_for_another = 12;

bool takes_body(std::string_view method) {
  return method != "GET" && method != "HEAD" && method != "OPTIONS" && method != "TRACE";
}

/// OpenAPI says of these that parameters of their names are ignored.
bool is_ignored(const openapi::Parameter& parameter) {
  return parameter.in == "header" && (equal_ignoring_case_ascii(parameter.name, "accept") ||
                                      equal_ignoring_case_ascii(parameter.name, "content-type") ||
                                      equal_ignoring_case_ascii(parameter.name, "authorization"));
}

/// The examples that a parameter or a media type shows.
std::vector<Json> examples_of(const openapi::Description& description, const Node& node) {
  std::vector<Json> all;
  if (const Node example = member(node, "example")) all.push_back(*example.value);
  if (const Node examples = member(node, "examples"); examples && examples.value->is_object())
    for (const auto& [name, ignored] : examples.value->items())
      if (const Node value = member(description.resolved(member(examples, name)), "value")) all.push_back(*value.value);
  return all;
}

/// Smaller values, the boldest cuts first.
std::vector<Json> simpler_values(const Json& value) {
  std::vector<Json> simpler;
  if (const auto* text = value.get_ptr<const std::string*>()) {
    const std::size_t length = code_points(*text);
    for (const std::size_t part : {2u, 4u, 8u, 16u})
      if (length >= part) simpler.emplace_back(std::string{first_code_points(*text, length - length / part)});
    if (length > 0) simpler.emplace_back(std::string{first_code_points(*text, length - 1)});
    if (text->find_first_not_of('x') != std::string::npos) simpler.emplace_back(std::string(length, 'x'));
  } else if (value.is_number_integer() && value != 0 && value != 1) {
    simpler.emplace_back(0);
    simpler.emplace_back(1);
    simpler.emplace_back(value.is_number_unsigned() ? Json(value.get<std::uint64_t>() / 2)
                         : Json(value.get<std::int64_t>() / 2));
  } else if (value.is_object()) {
    for (const auto& [name, ignored] : value.items()) {
      Json without = value;
      without.erase(name);
      simpler.push_back(std::move(without));
    }
    for (const auto& [name, inner] : value.items())
      for (Json& one : simpler_values(inner)) {
        Json changed = value;
        changed[name] = std::move(one);
        simpler.push_back(std::move(changed));
      }
  } else if (value.is_array() && !value.empty()) {
    if (value.size() > 1)
      simpler.push_back(Json(Json::array_t(value.begin(),
                                           value.begin() + static_cast<std::ptrdiff_t>(value.size() / 2))));
    for (std::size_t i = 0; i < std::min<std::size_t>(value.size(), 8); ++i) {
      Json without = value;
      without.erase(i);
      simpler.push_back(std::move(without));
      for (Json& one : simpler_values(value[i])) {
        Json changed = value;
        changed[i] = std::move(one);
        simpler.push_back(std::move(changed));
      }
    }
  }
  return simpler;
}

}  // namespace

Generator::Generator(const openapi::Description& description, std::shared_ptr<const Contract> contract,
                     std::vector<std::string> undeclared_methods, std::uint64_t seed)
    : description_{description},
      contract_{std::move(contract)},
      undeclared_methods_{std::move(undeclared_methods)},
      random_{seed, fmt::format("{} {}", contract_->operation->method, contract_->operation->path)} {
  base_.method = to_upper_ascii(contract_->operation->method);
  base_.inputs.resize(contract_->inputs.size());
  make_parts();
  make_base();
  if (!impossible_because_.empty()) return;
  make_examples();
  make_method_negatives();
  std::deque<Draft> examples;
  std::swap(examples, planned_);
  make_coverage();
  std::deque<Draft> coverage;
  std::swap(coverage, planned_);
  make_negatives();
  std::deque<Draft> negatives;
  std::swap(negatives, planned_);
  planned_ = std::move(examples);
  while ((!coverage.empty() || !negatives.empty()) && planned_.size() < most_planned)
    for (std::deque<Draft>* from : {&coverage, &negatives})
      if (!from->empty()) {
        planned_.push_back(std::move(from->front()));
        from->pop_front();
      }
}

void Generator::make_parts() {
  for (std::size_t i = 0; i < contract_->inputs.size(); ++i) {
    const Contract::Input& input = contract_->inputs[i];
    const openapi::Parameter& parameter = *input.parameter;
    if (is_ignored(parameter)) continue;
    Part part{i, parameter.schema, input.compiled ? &*input.compiled : nullptr,
              fmt::format("the {} parameter {}", printable(shortened(parameter.in, 20)),
                          printable(shortened(parameter.name, 60))),
              parameter.required || parameter.in == "path", examples_of(description_, parameter.node),
                  parameter.node.place};
    if (!parameter.content.empty()) {
      part.schema = parameter.content.front().schema;
      for (Json& example : examples_of(description_, parameter.content.front().node))
        part.examples.push_back(std::move(example));
    }
    parts_.push_back(std::move(part));
  }
  const auto& body = contract_->operation->request_body;
  if (!body || !takes_body(base_.method)) return;
  const auto json =
      std::ranges::find_if(contract_->bodies, [](const auto& one) { return is_json_type(one.media_type); });
  const auto type = json != contract_->bodies.end() ? json
      : std::ranges::find_if(contract_->bodies, [](const auto& one) {
    return is_writable(one.media_type);
  });
  if (type == contract_->bodies.end()) {
    const std::string why = "its body is of a media type that no value is made for";
    if (body->required) impossible_because_ = why;
    else left_out_.push_back("The body: " + why + ".");
    return;
  }
  body_type_ = static_cast<std::size_t>(type - contract_->bodies.begin());
  base_.body_type = *body_type_;
  const openapi::MediaType& media = body->content[*body_type_];
  parts_.push_back({{}, media.schema, type->compiled ? &*type->compiled : nullptr, "the body", body->required,
                    examples_of(description_, media.node), media.node.place});
}

ValueMaker Generator::maker_of(const Part& part) const {
  return ValueMaker{description_, part.schema, part.compiled, part.subject, random_};
}

std::optional<Json> Generator::plain(const Part& part) const {
  ValueMaker maker = maker_of(part);
  for (const Json& example : part.examples)
    if (maker.is_right(example)) return example;
  return maker.plain();
}

void Generator::make_base() {
  std::vector<Part> usable;
  for (Part& part : parts_) {
    auto value = plain(part);
    if (!value) {
      std::string why =
          fmt::format("no value was found that the schema of {} takes: it contradicts itself, or asks for too much",
                      part.subject);
      if (part.required && impossible_because_.empty()) impossible_because_ = why;
      if (!part.required) left_out_.push_back('N' + why.substr(1) + ".");
      continue;
    }
    if (part.required) put(part, std::move(value), base_);
    usable.push_back(std::move(part));
  }
  parts_ = std::move(usable);
}

void Generator::make_examples() {
  Draft all = base_;
  all.kind = ProbeKind::example;
  all.about = "the examples of the description, where it has some";
  for (const Part& part : parts_)
    if (!part.required && !part.examples.empty()) put(part, plain(part), all);
  planned_.push_back(all);
  for (const Part& part : parts_)
    for (std::size_t i = 1; i < std::min<std::size_t>(part.examples.size(), 20); ++i)
      if (maker_of(part).is_right(part.examples[i])) {
        Draft other = all;
        other.about = "another example of " + part.subject;
        put(part, part.examples[i], other);
        planned_.push_back(std::move(other));
      }
}

void Generator::make_coverage() {
  Draft least = base_;
  least.kind = ProbeKind::coverage;
  least.about = "only what is required";
  planned_.push_back(least);
  for (const Part& part : parts_) {
    if (!part.required) {
      Draft with = least;
      with.about = part.subject + " is there";
      put(part, plain(part), with);
      planned_.push_back(std::move(with));
    }
    for (MadeValue& made : maker_of(part).covering()) {
      Draft one = least;
      one.about = std::move(made.about);
      one.constraint = part.place;
      put(part, std::move(made.value), one);
      planned_.push_back(std::move(one));
    }
  }
  for (Draft& draft : planned_) draft.is_odd = is_odd(draft);
  std::ranges::copy_if(planned_, std::back_inserter(right_values_), [](const Draft& draft) { return !draft.is_odd; });
}

Draft Generator::negative(Breach breach, std::string about) const {
  Draft draft = base_;
  draft.kind = ProbeKind::negative;
  draft.breach = breach;
  draft.about = std::move(about);
  return draft;
}

void Generator::make_method_negatives() {
  for (const std::string& method : undeclared_methods_) {
    Draft draft = negative(Breach::method, fmt::format("the path does not declare {}", method));
    draft.method = method;
    draft.body.reset();
    if (takes_body(method)) {
      draft.raw_body = "{}";
      draft.content_type = "application/json";
    }
    planned_.push_back(std::move(draft));
  }
}

void Generator::make_negatives() {
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    const Part& part = parts_[i];
    const bool is_in_path = part.input && contract_->inputs[*part.input].parameter->in == "path";
    if (part.required && !is_in_path) {
      Draft without =
          negative(part.input ? Breach::missing_parameter : Breach::missing_body, part.subject + " is missing");
      without.part = i;
      without.constraint = without.wrong_part = part.place;
      if (part.input) without.field = contract_->inputs[*part.input].parameter->name;
      put(part, {}, without);
      planned_.push_back(std::move(without));
    }
    // What a person left open comes as an empty text at times.
    if (!part.required && part.input && contract_->inputs[*part.input].parameter->in == "query") {
      Draft empty = negative(Breach::empty_value, part.subject + " is empty");
      empty.part = i;
      empty.constraint = empty.wrong_part = part.place;
      put(part, Json(""), empty);
      planned_.push_back(std::move(empty));
    }
    for (MadeValue& made : wrong_values(part)) {
      Draft wrong = negative(made.breach, std::move(made.about));
      wrong.part = i;
      wrong.constraint = contract_->place_of(made.broken);
      wrong.wrong_part = part.place;
      wrong.field = part.input ? std::string{contract_->inputs[*part.input].parameter->name} : made.field;
      wrong.broken = std::move(made.broken);
      put(part, std::move(made.value), wrong);
      wrong_values_.push_back(wrong);
      planned_.push_back(std::move(wrong));
    }
  }
  make_body_negatives(planned_);
}

/// As they are sent: a number in a query is a text, which may break something else than its type.
std::vector<MadeValue> Generator::wrong_values(const Part& part) const {
  std::vector<MadeValue> all;
  std::set<std::string> seen;
  for (MadeValue& made : maker_of(part).breaking()) {
    if (!is_wrong_in_every_reading(part, made.value)) continue;
    const bool is_list_of_one = made.value.is_array() && made.value.size() == 1;
    const Json& sent = is_list_of_one ? made.value.front() : made.value;
    if (part.input && made.breach == Breach::type && sent.is_primitive())
      if (auto as_text = maker_of(part).proven_wrong(sent.is_string() ? sent : Json(sent.dump())); as_text &&
          as_text->breach != Breach::type)
        made = std::move(*as_text);
    if (seen.insert(made.about).second) all.push_back(std::move(made));
  }
  return all;
}

bool Generator::takes_objects(const Part& part) const {
  return std::ranges::any_of(shapes_of(description_, part.schema),
                             [](const Shape& shape) { return shape.types.has(JsonType::object); });
}

void Generator::make_body_negatives(std::deque<Draft>& made) {
  if (!body_type_ || !is_json_type(contract_->bodies[*body_type_].media_type) || parts_.empty() ||
      parts_.back().input) return;
  const auto body = plain(parts_.back());
  if (!body) return;
  std::string text = body->dump(-1, ' ', false, Json::error_handler_t::replace);
  const auto add = [&](Breach breach, std::string about, std::string raw, std::optional<std::string> type) {
    Draft draft = negative(breach, std::move(about));
    draft.constraint = draft.wrong_part = parts_.back().place;
    draft.raw_body = std::move(raw);
    draft.content_type = std::move(type);
    made.push_back(std::move(draft));
  };
  if (body->is_structured())
    add(Breach::malformed_body, "the body is JSON without its last character", text.substr(0, text.size() - 1), {});
  add(Breach::malformed_body, "the body is no JSON, only two words", "not json", {});
  const bool takes_text = std::ranges::any_of(contract_->bodies, [](const Contract::Content& one) {
    return one.media_type.starts_with("text/") || one.media_type.starts_with("*/");
  });
  if (!takes_text) add(Breach::media_type, "the body is sent as text/plain, which is not declared", text, "text/plain");
  add(Breach::no_media_type, "the body is sent without Content-Type", text, "");
}

std::optional<Draft> Generator::next(Stage until) {
  if (!impossible_because_.empty()) return {};
  if (!planned_.empty()) {
    if (until == Stage::examples && planned_.front().kind != ProbeKind::example) return {};
    Draft draft = std::move(planned_.front());
    planned_.pop_front();
    return draft;
  }
  if (until != Stage::random || parts_.empty()) return {};
  for (unsigned i = 0; i < tries_for_another; ++i) {
    Draft draft = at_random(true);
    Json key = Json::array({draft.body.value_or(nullptr)});
    for (const auto& input : draft.inputs) key.push_back(input.value_or(nullptr));
    if (seen_.insert(sha256(key.dump(-1, ' ', false, Json::error_handler_t::replace))).second) return draft;
  }
  return {};
}

Draft Generator::right_draft(unsigned variant) {
  if (variant == 0 || !impossible_because_.empty()) return base_;
  if (variant < 3) {
    Draft draft = base_;
    for (const Part& part : parts_)
      if (auto value = variant == 1 ? maker_of(part).whole() : part.required ? maker_of(part).least() : std::nullopt)
        put(part, std::move(value), draft);
    return draft;
  }
  if (variant - 3 < right_values_.size()) return right_values_[variant - 3];
  for (unsigned i = 0; i < tries_for_another; ++i)
    if (Draft draft = at_random(false); !draft.is_odd) return draft;
  return base_;
}

bool Generator::breaks(const Draft& draft, std::size_t input) const {
  return draft.part && parts_[*draft.part].input == input;
}

bool Generator::is_usual(const Draft& draft, std::size_t input) const {
  return draft.inputs[input] == base_.inputs[input];
}

Draft Generator::at_random(bool may_be_wrong) {
  Draft draft = base_;
  draft.kind = ProbeKind::random;
  draft.about = "values at random";
  if (may_be_wrong && !wrong_values_.empty() && random_.happens(negative_percent))
    draft = wrong_values_[random_.below(wrong_values_.size())];
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    if (draft.part == i) continue;
    if (!parts_[i].required && !random_.happens(optional_percent))
      put(parts_[i], {}, draft);
    // Beside what is wrong everything is as usual, or nobody knew what it was that failed.
    else if (auto value = draft.part ? plain(parts_[i]) : maker_of(parts_[i]).random())
      put(parts_[i], std::move(value), draft);
  }
  draft.is_odd = is_odd(draft);
  return draft;
}

bool Generator::is_wrong_in_every_reading(const Part& part, const Json& value) const {
  if (!part.compiled) return false;
  // The members of an object have names of their own: who expects none sees a call without the parameter.
  if (part.input && value.is_object() && !takes_objects(part)) return false;
  std::vector<Json> readings;
  if (part.input)
    readings = value.is_structured() && value.empty() ? std::vector<Json>{}
        : readings_of(contract_->inputs[*part.input], value);
  else
    readings = readings_of_body(contract_->bodies[*body_type_].media_type, value);
  return !readings.empty() && std::ranges::none_of(readings, [&](const Json& reading) {
    return part.compiled->is_valid(reading, {.direction = schema::Direction::request});
  });
}

bool Generator::still_is_what_it_was(const Draft& changed) const {
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    const Part& part = parts_[i];
    const auto& value = value_in(changed, part);
    if (!part.input && changed.raw_body) continue;
    if (changed.part != i) {
      if (value ? !maker_of(part).is_right(*value) : part.required && changed.breach != Breach::method) return false;
      continue;
    }
    if (changed.breach == Breach::missing_parameter || changed.breach == Breach::missing_body) {
      if (value) return false;
      continue;
    }
    const auto wrong = value ? maker_of(part).proven_wrong(*value) : std::nullopt;
    if (!wrong || wrong->broken != changed.broken || !is_wrong_in_every_reading(part, *value)) return false;
  }
  return true;
}

std::vector<Draft> Generator::simpler(const Draft& draft) const {
  std::vector<Draft> all;
  const auto add = [&](Draft changed, const Part& part) {
    if (!still_is_what_it_was(changed)) return;
    changed.is_odd = changed.kind != ProbeKind::negative && is_odd(changed);
    if (changed.is_odd && !draft.is_odd) return;
    const auto& value = value_in(changed, part);
    if (changed.part && &parts_[*changed.part] == &part && value)
      if (auto wrong = maker_of(part).proven_wrong(*value)) changed.about = std::move(wrong->about);
    all.push_back(std::move(changed));
  };
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    const Part& part = parts_[i];
    const auto& value = value_in(draft, part);
    if (!value) continue;
    if (!part.required && draft.part != i) {
      Draft without = draft;
      put(part, {}, without);
      add(std::move(without), part);
    }
    if (const auto& usual = value_in(base_, part); usual && draft.part != i && *usual != *value) {
      Draft changed = draft;
      put(part, usual, changed);
      add(std::move(changed), part);
    }
    for (Json& simple : simpler_values(*value)) {
      Draft changed = draft;
      put(part, std::move(simple), changed);
      add(std::move(changed), part);
    }
  }
  return all;
}

const std::optional<Json>& Generator::value_in(const Draft& draft, const Part& part) {
  return part.input ? draft.inputs[*part.input] : draft.body;
}

void Generator::put(const Part& part, std::optional<Json> value, Draft& draft) {
  (part.input ? draft.inputs[*part.input] : draft.body) = std::move(value);
}

bool Generator::is_odd(const Draft& draft) const {
  return std::ranges::any_of(parts_, [&](const Part& part) {
    const auto& value = value_in(draft, part);
    return value && is_odd_value(*value);
  });
}

}  // namespace plugvet
