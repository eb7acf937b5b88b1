#include "harness/authorize/login_form.h"

#include <algorithm>

#include "harness/support/text.h"

namespace plugvet {
namespace {

constexpr std::string_view agreeing[] = {"allow", "accept", "authori", "approve", "agree", "consent", "grant",
                                         "continue", "confirm", "yes", "permit", "sign in", "log in", "login", "next"};
constexpr std::string_view refusing[] = {"deny", "cancel", "reject", "decline", "refuse", "abort", "back", "log out",
                                         "logout", "sign out", "register", "sign up", "search", "subscribe", "disallow",
                                         "unauthori", "forgot", "not now", "switch"};
// Of what refuses, that which says no to the platform and does not only lead elsewhere.
constexpr std::string_view denying[] = {"deny", "cancel", "reject", "decline", "refuse", "disallow", "unauthori",
                                        "don't allow", "do not allow", "no thanks", "not now", "abort"};

bool says(std::string_view text, std::span<const std::string_view> words) {
  const std::string lower = to_lower_ascii(text);
  return std::ranges::any_of(words, [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

bool says(const FormButton& button, std::span<const std::string_view> words) {
  return says(button.text + " " + button.name + " " + button.value, words);
}

/// What a browser sends without anybody's doing.
bool is_sent(const FormField& field) {
  return !field.name.empty() && field.is_set;
}

bool is_writable(const FormField& field) {
  static constexpr std::string_view others[] = {"hidden", "checkbox", "radio", "select"};
  return !field.name.empty() && std::ranges::find(others, field.type) == std::end(others);
}

const FormField* only(const Form& form, bool (*is)(const FormField&)) {
  const FormField* found = nullptr;
  for (const FormField& field : form.fields) {
    if (!is(field)) continue;
    if (found) return nullptr;
    found = &field;
  }
  return found;
}

/// The field that a name of `login.fields` means: of that name, otherwise, for "username" and "password", the only one of
/// its kind.
const FormField* field_for(const Form& form, const std::string& name) {
  if (const FormField* field = form.field(name)) return field;
  for (const FormField& field : form.fields)
    if (equal_ignoring_case_ascii(field.name, name)) return &field;
  if (name == "password") return only(form, [](const FormField& field) { return field.type == "password"; });
  if (name == "username" && form.has_password())
    return only(form, [](const FormField& field) { return is_writable(field) && field.type != "password"; });
  return nullptr;
}

void put_value(Pairs& values, const std::string& name, const std::string& value) {
  for (auto& [known, old] : values)
    if (known == name) {
      old = value;
      return;
    }
  values.emplace_back(name, value);
}

void press(FilledForm& filled, const FormButton* button) {
  if (!button) return;
  if (!button->name.empty()) put_value(filled.values, button->name, button->value);
  if (!button->action.empty()) filled.action = button->action;
}

FilledForm as_it_stands(const Form& form) {
  FilledForm filled{&form, {}, form.action, {}};
  for (const FormField& field : form.fields)
    if (is_sent(field)) filled.values.emplace_back(field.name, field.value);
  return filled;
}

const FormButton* first_not_refusing(const Form& form) {
  const auto found = std::ranges::find_if(form.buttons, [](const FormButton& one) { return !says(one, refusing); });
  return found == form.buttons.end() ? nullptr : &*found;
}

FilledForm filled_with(const Form& form, const Login& login) {
  FilledForm filled = as_it_stands(form);
  for (const auto& [name, value] : login.fields)
    if (const FormField* field = field_for(form, name)) {
      put_value(filled.values, field->name, value);
      filled.filled.push_back(field->name);
    }
  press(filled, first_not_refusing(form));
  return filled;
}

std::size_t matches(const Form& form, const Login& login) {
  // A hidden field of that name is not what a person fills in.
  return static_cast<std::size_t>(std::ranges::count_if(login.fields, [&](const auto& given) {
    const FormField* field = field_for(form, given.first);
    return field && field->is_for_people();
  }));
}

bool asks_for_text(const Form& form) {
  return std::ranges::any_of(form.fields, [](const FormField& field) {
    return is_writable(field) && field.value.empty() && field.type != "search";
  });
}

bool is(const FormButton& button, const std::string& wanted) {
  return equal_ignoring_case_ascii(button.text, wanted) || button.name == wanted || button.value == wanted;
}

/// How much a form looks like a consent page's, and which button agrees. 0: not at all.
std::pair<int, const FormButton*> agreement(const Form& form, const Login& login) {
  if (asks_for_text(form)) return {};
  for (const FormButton& button : form.buttons)
    if (!login.consent.empty() && is(button, login.consent)) return {10, &button};
  for (const FormButton& button : form.buttons)
    if (says(button, agreeing) && !says(button, refusing)) return {5, &button};
  const FormButton* button = first_not_refusing(form);
  if (!button && !form.buttons.empty()) return {};
  return {form.method == "POST" ? 3 : 1, button};
}

}  // namespace

std::optional<FilledForm> fill_form(const Page& page, const Login& login) {
  const Form* best = nullptr;
  for (const Form& form : page.forms)
    if (matches(form, login) > (best ? matches(*best, login) : 0)) best = &form;
  if (best) return filled_with(*best, login);

  std::pair<int, const FormButton*> strongest{};
  for (const Form& form : page.forms)
    if (const auto one = agreement(form, login); one.first > strongest.first) {
      strongest = one;
      best = &form;
    }
  if (!best) return std::nullopt;
  FilledForm filled = as_it_stands(*best);
  press(filled, strongest.second);
  return filled;
}

std::optional<FilledForm> refuse_form(const Page& page) {
  for (const auto* forms : {&page.forms, &page.links})
    for (const Form& form : *forms)
      for (const FormButton& button : form.buttons)
        if (says(button, denying) && !asks_for_text(form)) {
          FilledForm filled = as_it_stands(form);
          press(filled, &button);
          return filled;
        }
  return std::nullopt;
}

std::vector<std::string> asked_fields(const Page& page) {
  std::vector<std::string> names;
  for (const Form& form : page.forms)
    for (const FormField& field : form.fields)
      if (is_writable(field) && field.value.empty() && std::ranges::find(names, field.name) == names.end())
        names.push_back(field.name);
  return names;
}

Request request_of(const FilledForm& form) {
  Request request;
  request.method = form.form->method;
  request.url = form.action;
  const std::string body = form_encoded(form.values);
  if (request.method == "GET") {
    request.url.erase(std::min(request.url.find('?'), request.url.size()));
    if (!body.empty()) request.url += "?" + body;
  } else {
    request.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
    request.body = body;
  }
  return request;
}

}  // namespace plugvet
