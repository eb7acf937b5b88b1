#include <libxml/HTMLparser.h>

#include <algorithm>
#include <array>
#include <memory>
#include <unordered_set>

#include "harness/collect/page.h"
#include "harness/collect/page_words.h"
#include "harness/support/text.h"
#include "harness/support/word_lists.h"

namespace plugvet {

namespace {

constexpr int deepest_element = 400;  // the parser itself stops at 256
constexpr std::size_t most_links = 2'000;
constexpr std::size_t longest_link = 2'000;

using Names = std::initializer_list<std::string_view>;

bool is_one_of(std::string_view name, Names names) {
  return std::ranges::find(names, name) != names.end();
}

std::string_view view(const xmlChar* text) {
  return text ? reinterpret_cast<const char*>(text) : std::string_view{};
}

std::string_view attribute(const xmlNode& element, std::string_view name) {
  for (const xmlAttr* one = element.properties; one; one = one->next)
    if (equal_ignoring_case_ascii(view(one->name), name)) return one->children ? view(one->children->content) : " ";
  return {};
}

/// Nothing in it is read by anybody.
bool is_silent(std::string_view name) {
  return is_one_of(name, {"style",  "template", "svg",    "math",  "object", "embed", "iframe", "canvas", "audio",
                          "video",  "select",   "option", "textarea", "head", "datalist", "map"});
}

bool is_block(std::string_view name) {
  return is_one_of(name, {"p",       "div",     "section", "article", "main",       "h1",     "h2",      "h3",
                          "h4",      "h5",      "h6",      "li",      "ul",         "ol",     "dl",      "dt",
                          "dd",      "table",   "tr",      "td",      "th",         "tbody",  "thead",   "blockquote",
                          "pre",     "hr",      "form",    "header",  "footer",     "nav",    "aside",   "address",
                          "figure",  "caption", "figcaption", "details", "summary", "body",   "fieldset", "center"});
}

bool is_heading_name(std::string_view name) {
  return name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6';
}

bool is_hidden(const xmlNode& element) {
  if (!attribute(element, "hidden").empty()) return true;
  if (equal_ignoring_case_ascii(attribute(element, "aria-hidden"), "true")) return true;
  std::string style = to_lower_ascii(attribute(element, "style"));
  std::erase(style, ' ');
  return style.find("display:none") != std::string::npos || style.find("visibility:hidden") != std::string::npos;
}

/// As the widely used consent dialogs name themselves.
bool is_consent(const xmlNode& element) {
  static constexpr std::array<std::string_view, 17> marks{
      "cookie-banner", "cookiebanner", "cookie-consent", "cookieconsent", "cookie-notice", "cookie-bar",
      "cookie-wall",   "cookiewall",   "cookie-modal",   "cookie-popup",  "consent-banner", "consent-modal",
      "onetrust",      "cybotcookie",  "usercentrics",   "didomi",        "gdpr-banner"};
  const std::string names =
      to_lower_ascii(std::string{attribute(element, "id")} + " " + std::string{attribute(element, "class")});
  return std::ranges::any_of(marks, [&](std::string_view mark) { return names.find(mark) != std::string::npos; });
}

/// Where scripts put a page.
bool is_mount(const xmlNode& element) {
  if (element.children && !xmlIsBlankNode(element.children)) return false;
  const std::string id = to_lower_ascii(attribute(element, "id"));
  return is_one_of(id, {"root", "app", "__next", "__nuxt", "___gatsby", "svelte", "main", "react-root", "app-root",
                        "mount", "q-app"}) ||
         view(element.name).starts_with("app-");
}

/// The questions about cookies whose elements have no name that is known: told by their buttons. Of each button that
/// accepts or refuses, the nearest element around it that speaks of cookies, where it speaks of little else.
class ConsentQuestions {
 public:
  std::unordered_set<const xmlNode*> in(const xmlNode& document) {
    look_for_choices(document, 0);
    std::unordered_set<const xmlNode*> questions;
    for (const xmlNode* choice : choices_)
      if (const xmlNode* question = question_around(*choice)) questions.insert(question);
    return questions;
  }

 private:
  static constexpr std::size_t most_choices = 20;
  static constexpr std::size_t longest_label = 60;
  static constexpr std::size_t longest_question = 6'000;
  static constexpr int most_levels = 12;  // between a button and what it answers

  static bool is_button(const xmlNode& node, std::string_view name) {
    return name == "button" || name == "a" || name == "input" || attribute(node, "role") == "button";
  }

  void look_for_choices(const xmlNode& node, int depth) {
    for (const xmlNode* child = node.children; child && choices_.size() < most_choices; child = child->next) {
      if (child->type != XML_ELEMENT_NODE || depth >= deepest_element) continue;
      const std::string_view name = view(child->name);
      if (name == "script" || name == "style" || is_hidden(*child)) continue;
      if (is_button(*child, name) && is_choice(*child))
        choices_.push_back(child);
      else
        look_for_choices(*child, depth + 1);
    }
  }

  static bool is_choice(const xmlNode& button) {
    std::string label{attribute(button, "value")};
    if (label.empty()) append_text(button, label, longest_label + 1, 0);
    return label.size() <= longest_label && page_words().subject("choice").is_in(folded(label));
  }

  static const xmlNode* question_around(const xmlNode& choice) {
    const xmlNode* node = choice.parent;
    for (int level = 0; node && node->type == XML_ELEMENT_NODE && level < most_levels; node = node->parent, ++level) {
      std::string text;
      append_text(*node, text, longest_question, 0);
      if (text.size() >= longest_question) return nullptr;
      if (page_words().subject("consent").is_in(folded(text)))
        return asks_only(text) && !has_title_of_policy(*node, 0) ? node : nullptr;
    }
    return nullptr;
  }

  static bool asks_only(std::string_view text) {
    const auto sentences = sentences_of(text);
    const auto asking = std::ranges::count_if(
        sentences, [](std::string_view one) { return page_words().subject("consent").is_in(folded(one)); });
    return 2 * asking >= std::ssize(sentences);
  }

  static bool has_title_of_policy(const xmlNode& node, int depth) {
    for (const xmlNode* child = node.children; child && depth < deepest_element; child = child->next) {
      if (child->type != XML_ELEMENT_NODE) continue;
      std::string text;
      if (is_heading_name(view(child->name))) append_text(*child, text, longest_question, 0);
      if (page_words().subject("policy").is_in(folded(text)) || has_title_of_policy(*child, depth + 1)) return true;
    }
    return false;
  }

  /// Without buttons and choices; a line for each block.
  static void append_text(const xmlNode& node, std::string& text, std::size_t most, int depth) {
    for (const xmlNode* child = node.children; child && text.size() < most; child = child->next) {
      if (child->type == XML_TEXT_NODE) text += view(child->content).substr(0, most);
      if (child->type != XML_ELEMENT_NODE || depth >= deepest_element) continue;
      const std::string_view name = view(child->name);
      if (name == "script" || name == "button" || is_silent(name) || is_hidden(*child)) continue;
      if (is_button(*child, name) && is_choice(*child)) continue;  // a link in place of a button
      append_text(*child, text, most, depth + 1);
      if (is_block(name)) text += '\n';
    }
  }

  std::vector<const xmlNode*> choices_;
};

class PageWalk {
 public:
  explicit PageWalk(const xmlNode& document) : questions_{ConsentQuestions{}.in(document)} {}

  PageBlocks take() {
    flush();
    return std::move(seen_);
  }

  void children(const xmlNode& node, int depth) {
    for (const xmlNode* child = node.children; child && !is_full(); child = child->next) {
      if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE)
        add(view(child->content));
      else if (child->type == XML_ELEMENT_NODE && depth < deepest_element)
        element(*child, depth + 1);
    }
  }

 private:
  /// What an element means for all that is in it.
  struct Place {
    bool is_main = false, is_margin = false, is_heading = false, is_link = false;
  };

  void element(const xmlNode& node, int depth) {
    const std::string_view name = view(node.name);
    note(node, name);
    if (name == "title") return title(node);
    if (name == "head") return head(node, depth);
    if (name == "script" || name == "noscript" || is_silent(name) || is_hidden(node)) return;
    if (name == "br") return line_break();
    if (name == "button") return;
    if (leaves_out(node, name)) return links_in(node, depth);
    const Place outer = place_;
    const bool ends_line = is_block(name);
    if (ends_line) flush();
    enter(node, name);
    const std::size_t begin = text_.size();
    children(node, depth);
    if (name == "a") link(node, std::string_view{text_}.substr(std::min(begin, text_.size())));
    if (ends_line) flush();
    if (name == "td" || name == "th") add(" ");
    place_ = outer;
  }

  void note(const xmlNode& node, std::string_view name) {
    if (name == "script") seen_.has_scripts = true;
    if (name == "noscript" && mentions_scripts(node)) seen_.has_mount = true;
    if (name == "button" || name == "input") seen_.has_controls = true;
    if (name == "input" && equal_ignoring_case_ascii(attribute(node, "type"), "password")) seen_.has_password = true;
    if (is_one_of(name, {"div", "main", "section"}) || name.find('-') != std::string_view::npos)
      seen_.has_mount |= is_mount(node);
  }

  static bool mentions_scripts(const xmlNode& node) {
    for (const xmlNode* child = node.children; child; child = child->next) {
      if (child->type == XML_TEXT_NODE &&
          to_lower_ascii(view(child->content)).find("javascript") != std::string::npos)
        return true;
      if (child->type == XML_ELEMENT_NODE && child->children && child->children->type == XML_TEXT_NODE &&
          to_lower_ascii(view(child->children->content)).find("javascript") != std::string::npos)
        return true;
    }
    return false;
  }

  void enter(const xmlNode& node, std::string_view name) {
    const std::string_view role = attribute(node, "role");
    if (name == "main" || role == "main") place_.is_main = true;
    const bool is_frame = is_one_of(name, {"header", "footer", "aside"}) ||
                          is_one_of(role, {"banner", "contentinfo", "complementary"});
    if (is_frame && !place_.is_main) place_.is_margin = true;
    if (is_heading_name(name)) place_.is_heading = true;
    if (name == "a") place_.is_link = true;
  }

  /// Navigation and dialogs are no text of the page, but their links lead somewhere.
  bool leaves_out(const xmlNode& node, std::string_view name) {
    if (questions_.contains(&node)) return seen_.has_consent = true;
    if (is_one_of(name, {"body", "html", "main", "article"})) return false;
    if (is_consent(node)) return seen_.has_consent = true;
    const std::string_view role = attribute(node, "role");
    return is_one_of(name, {"nav", "menu", "dialog"}) ||
           is_one_of(role, {"navigation", "menu", "menubar", "dialog", "alertdialog", "search"});
  }

  void links_in(const xmlNode& node, int depth) {
    flush();
    const std::size_t before = seen_.blocks.size();
    children(node, depth);
    flush();
    seen_.blocks.resize(before);
  }

  /// The parser leaves newer elements in a head that is not closed: <title>…</title><main>….
  void head(const xmlNode& node, int depth) {
    for (const xmlNode* child = node.children; child; child = child->next)
      if (child->type == XML_ELEMENT_NODE && depth < deepest_element) element(*child, depth + 1);
  }

  void title(const xmlNode& node) {
    if (seen_.title.empty() && node.children) seen_.title = in_one_line(view(node.children->content));
  }

  static std::string in_one_line(std::string_view text) {
    std::string line;
    for (const char c : text.substr(0, 4'000)) {
      const bool is_space = static_cast<unsigned char>(c) <= ' ';
      if (!is_space) line += c;
      if (is_space && !line.empty() && line.back() != ' ') line += ' ';
    }
    while (line.ends_with(' ')) line.pop_back();
    return line;
  }

  void link(const xmlNode& node, std::string_view text) {
    const std::string_view target = trimmed(attribute(node, "href"));
    const bool leads_away = !target.empty() && target.front() != '#' && target.size() <= longest_link;
    if (leads_away && seen_.links.size() < most_links)
      seen_.links.push_back({in_one_line(text.empty() ? attribute(node, "aria-label") : text), std::string{target}});
  }

  void line_break() {
    if (text_.ends_with('\n'))
      flush();
    else if (!text_.empty())
      text_ += '\n';
  }

  void add(std::string_view text) {
    for (const char c : text) {
      const bool is_space = static_cast<unsigned char>(c) <= ' ';
      if (is_space && (text_.empty() || text_.back() == ' ' || text_.back() == '\n')) continue;
      text_ += is_space ? ' ' : c;
      if (place_.is_link && !is_space) ++link_bytes_;
    }
    // The block has the place of its first text.
    if (!trimmed(text).empty() && !block_place_) block_place_ = place_;
  }

  void flush() {
    std::replace(text_.begin(), text_.end(), '\n', ' ');
    const std::string_view text = trimmed(text_);
    if (!text.empty() && block_place_) {
      read_ += text.size();
      seen_.blocks.push_back({std::string{text}, link_bytes_, block_place_->is_heading, block_place_->is_main,
                              block_place_->is_margin});
    }
    text_.clear();
    link_bytes_ = 0;
    block_place_.reset();
  }

  bool is_full() {
    if (read_ + text_.size() > most_page_text) seen_.is_cut = true;
    return seen_.is_cut;
  }

  std::unordered_set<const xmlNode*> questions_;
  PageBlocks seen_;
  Place place_;
  std::optional<Place> block_place_;
  std::string text_;
  std::size_t link_bytes_ = 0, read_ = 0;
};

struct FreePage {
  void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};

}  // namespace

PageBlocks blocks_of_html(std::string_view utf8) {
  const std::unique_ptr<htmlParserCtxt, void (*)(htmlParserCtxtPtr)> context{htmlNewParserCtxt(), &htmlFreeParserCtxt};
  const int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                      HTML_PARSE_COMPACT;
  const std::unique_ptr<xmlDoc, FreePage> document{htmlCtxtReadMemory(
      context.get(), utf8.data(), static_cast<int>(utf8.size()), nullptr, "UTF-8", options)};
  if (!document) return {};
  PageWalk walk{*reinterpret_cast<const xmlNode*>(document.get())};  // libxml2 reads it as a node, too
  for (const xmlNode* node = document->children; node; node = node->next)
    if (node->type == XML_ELEMENT_NODE) walk.children(*node, 0);
  return walk.take();
}

}  // namespace plugvet
