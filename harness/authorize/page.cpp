#include "harness/authorize/page.h"

#include <libxml/HTMLparser.h>

#include <algorithm>
#include <map>
#include <memory>

#include "harness/support/text.h"

namespace plugvet {
namespace {

constexpr std::size_t most_forms = 50, most_links = 200, most_controls = 200;
constexpr std::size_t longest_text = 2000;

struct FreeDocument {
  void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};

std::string_view name_of(const xmlNode* node) {
  return node->name ? std::string_view{reinterpret_cast<const char*>(node->name)} : std::string_view{};
}

const xmlAttr* attribute_of(const xmlNode* node, std::string_view name) {
  for (const xmlAttr* one = node->properties; one; one = one->next)
    if (one->name && equal_ignoring_case_ascii(reinterpret_cast<const char*>(one->name), name)) return one;
  return nullptr;
}

std::string attribute(const xmlNode* node, std::string_view name) {
  const xmlAttr* found = attribute_of(node, name);
  const xmlNode* text = found ? found->children : nullptr;
  return text && text->content ? reinterpret_cast<const char*>(text->content) : std::string{};
}

/// The next node in the order of the text, within `top`; null at its end. Without recursion, however deep it is.
const xmlNode* after(const xmlNode* node, const xmlNode* top, bool into) {
  if (into && node->children) return node->children;
  while (node && node != top && !node->next) node = node->parent;
  return !node || node == top ? nullptr : node->next;
}

std::string text_within(const xmlNode* top) {
  std::string text;
  for (const xmlNode* node = top; node && text.size() < longest_text;) {
    const std::string_view name = name_of(node);
    const bool is_hidden = name == "script" || name == "style";
    if (node->type == XML_TEXT_NODE && node->content)
      text.append(reinterpret_cast<const char*>(node->content)).append(" ");
    node = after(node, top, !is_hidden && node->type == XML_ELEMENT_NODE);
  }
  std::string plain;
  for (const char c : text)
    if (static_cast<unsigned char>(c) > 0x20)
      plain += c;
    else if (!plain.empty() && plain.back() != ' ')
      plain += ' ';
  return std::string{trimmed(plain)};
}

class PageReader {
 public:
  explicit PageReader(const Url& url) : base_{url} {}

  Page read(const xmlNode* root) {
    for (const xmlNode* node = root; node; node = after(node, root, true)) {
      leave_forms(node);
      if (node->type == XML_ELEMENT_NODE) take(node);
    }
    page_.text = text_within(root);
    return std::move(page_);
  }

 private:
  void take(const xmlNode* node) {
    const std::string_view name = name_of(node);
    if (name == "form" && page_.forms.size() < most_forms) begin_form(node);
    if (name == "a" && page_.links.size() < most_links) take_link(node);
    if (name == "script") page_.has_script = true;
    if (name == "title" && page_.title.empty()) page_.title = text_within(node);
    if (name == "base")
      if (const auto base = base_.resolve(attribute(node, "href"))) base_ = *base;
    if (name == "meta" && equal_ignoring_case_ascii(attribute(node, "http-equiv"), "refresh")) take_refresh(node);
    Form* form = form_of(node);
    if (!form || form->fields.size() + form->buttons.size() >= most_controls) return;
    if (attribute_of(node, "disabled")) return;
    if (name == "input") take_input(node, *form);
    if (name == "button") take_button(node, *form, to_lower_ascii(attribute(node, "type")));
    if (name == "select") take_select(node, *form);
    if (name == "textarea") form->fields.push_back({attribute(node, "name"), text_within(node), "textarea"});
  }

  void begin_form(const xmlNode* node) {
    Form form;
    if (equal_ignoring_case_ascii(attribute(node, "method"), "post")) form.method = "POST";
    form.is_multipart = equal_ignoring_case_ascii(attribute(node, "enctype"), "multipart/form-data");
    form.action = resolved(attribute(node, "action"));
    if (const std::string id = attribute(node, "id"); !id.empty()) by_id_.emplace(id, page_.forms.size());
    open_.emplace_back(node, page_.forms.size());
    page_.forms.push_back(std::move(form));
  }

  void take_link(const xmlNode* node) {
    const auto url = base_.resolve(attribute(node, "href"));
    if (!url || !attribute_of(node, "href")) return;
    Form link;
    link.action = url->text();
    for (auto& [key, value] : read_form(url->query())) link.fields.push_back({key, value, "hidden"});
    link.buttons.push_back({{}, {}, text_within(node), {}});
    page_.links.push_back(std::move(link));
  }

  void leave_forms(const xmlNode* node) {
    const auto contains = [&](const xmlNode* form) {
      for (const xmlNode* above = node; above; above = above->parent)
        if (above == form) return true;
      return false;
    };
    while (!open_.empty() && !contains(open_.back().first)) open_.pop_back();
  }

  /// The form around it, or the one that it names.
  Form* form_of(const xmlNode* node) {
    const std::string id = attribute(node, "form");
    if (const auto named = by_id_.find(id); !id.empty() && named != by_id_.end()) return &page_.forms[named->second];
    return open_.empty() ? nullptr : &page_.forms[open_.back().second];
  }

  void take_input(const xmlNode* node, Form& form) {
    std::string type = to_lower_ascii(attribute(node, "type"));
    if (type.empty()) type = "text";
    if (type == "reset" || type == "file") return;
    if (type == "button") return;
    if (type == "submit" || type == "image") return take_button(node, form, "submit");
    FormField field{attribute(node, "name"), attribute(node, "value"), type};
    if (type == "checkbox" || type == "radio") {
      field.is_set = attribute_of(node, "checked") != nullptr;
      if (field.value.empty()) field.value = "on";
    }
    form.fields.push_back(std::move(field));
  }

  void take_button(const xmlNode* node, Form& form, std::string_view type) {
    if (type == "reset" || type == "button") return;
    FormButton button{attribute(node, "name"), attribute(node, "value"), text_within(node), {}};
    if (button.text.empty()) button.text = button.value;
    if (const std::string action = attribute(node, "formaction"); !action.empty()) button.action = resolved(action);
    form.buttons.push_back(std::move(button));
  }

  void take_select(const xmlNode* node, Form& form) {
    FormField field{attribute(node, "name"), {}, "select"};
    bool has_value = false;
    for (const xmlNode* option = node; option; option = after(option, node, true)) {
      if (option->type != XML_ELEMENT_NODE || name_of(option) != "option") continue;
      const bool is_selected = attribute_of(option, "selected") != nullptr;
      if (has_value && !is_selected) continue;
      field.value = attribute_of(option, "value") ? attribute(option, "value") : text_within(option);
      has_value = true;
      if (is_selected) break;
    }
    form.fields.push_back(std::move(field));
  }

  // "0; url=/next"
  void take_refresh(const xmlNode* node) {
    const std::string content = attribute(node, "content");
    const std::string lower = to_lower_ascii(content);
    const std::size_t at = lower.find("url=");
    if (at == std::string::npos || !trimmed(lower.substr(0, lower.find(';'))).starts_with('0')) return;
    std::string_view target = trimmed(std::string_view{content}.substr(at + 4));
    if (target.size() >= 2 && (target.front() == '\'' || target.front() == '"'))
      target = target.substr(1, target.size() - 2);
    page_.refresh = resolved(std::string{target});
  }

  std::string resolved(const std::string& reference) const {
    const auto url = reference.empty() ? Result<Url>{base_} : base_.resolve(reference);
    return url ? url->text() : reference;
  }

  Url base_;
  Page page_;
  std::vector<std::pair<const xmlNode*, std::size_t>> open_;
  std::map<std::string, std::size_t> by_id_;
};

}  // namespace

bool Form::has_password() const {
  return std::ranges::any_of(fields, [](const FormField& field) { return field.type == "password"; });
}

const FormField* Form::field(std::string_view name) const {
  const auto found = std::ranges::find(fields, name, &FormField::name);
  return found == fields.end() ? nullptr : &*found;
}

Page read_page(std::string_view html, const Url& url) {
  constexpr int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET;
  const std::unique_ptr<xmlDoc, FreeDocument> document{
      htmlReadMemory(html.data(), static_cast<int>(html.size()), nullptr, "utf-8", options)};
  const xmlNode* root = document ? xmlDocGetRootElement(document.get()) : nullptr;
  return root ? PageReader{url}.read(root) : Page{};
}

}  // namespace plugvet
