#include "harness/collect/svg.h"

#include <libxml/parser.h>
#include <libxml/tree.h>

#include <charconv>
#include <memory>
#include <string>

#include "harness/collect/image.h"
#include "harness/support/text.h"

namespace plugvet {

namespace {

constexpr unsigned deepest = 256;
constexpr std::size_t most_elements = 100'000;

std::string_view text_of(const xmlChar* text) {
  return text ? reinterpret_cast<const char*>(text) : std::string_view{};
}

/// "512", "512px"; zero for anything relative.
std::uint32_t pixels_in(std::string_view length) {
  double value = 0;
  const auto [rest, error] = std::from_chars(length.data(), length.data() + length.size(), value);
  const std::string_view unit{rest, static_cast<std::size_t>(length.data() + length.size() - rest)};
  const bool is_pixels = unit.empty() || unit == "px";
  return error == std::errc{} && is_pixels && value >= 0 && value < most_svg_side ? static_cast<std::uint32_t>(value) : 0;
}

void read_view_box(std::string_view box, Logo& logo) {
  double numbers[4] = {};
  const char* at = box.data();
  const char* const end = at + box.size();
  for (double& number : numbers) {
    while (at < end && std::string_view{" ,\t\r\n"}.find(*at) != std::string_view::npos) ++at;
    const auto [rest, error] = std::from_chars(at, end, number);
    if (error != std::errc{}) return;
    at = rest;
  }
  const auto bounded = [](double n) { return n > 0 && n < most_svg_side ? static_cast<std::uint32_t>(n) : 0u; };
  logo.width = bounded(numbers[2]), logo.height = bounded(numbers[3]);
}

bool is_local_reference(std::string_view target) {
  target = trimmed(target);
  return target.empty() || target.starts_with('#') || to_lower_ascii(target.substr(0, 5)) == "data:";
}

/// Browsers drop tabs and line ends inside "java\nscript:"; an animation may set such a link too.
bool has_javascript_link(std::string_view value) {
  std::string letters = to_lower_ascii(value);
  std::erase_if(letters, [](char c) { return static_cast<unsigned char>(c) <= ' '; });
  return letters.find("javascript:") != std::string::npos;
}

std::string_view value_of(const xmlAttr& attribute) {
  return attribute.children ? text_of(attribute.children->content) : std::string_view{};
}

/// url(…) and @import of style sheets.
bool style_refers_elsewhere(std::string_view style) {
  const std::string css = to_lower_ascii(style);
  if (css.find("@import") != std::string::npos) return true;
  for (std::size_t at = css.find("url("); at != std::string::npos; at = css.find("url(", at + 4)) {
    std::size_t target = css.find_first_not_of(" \t\n'\"", at + 4);
    if (target != std::string::npos && !is_local_reference(std::string_view{css}.substr(target))) return true;
  }
  return false;
}

class Walk {
 public:
  explicit Walk(Logo& logo) : logo_{logo} {}

  void element(const xmlNode* node, unsigned depth) {
    if (logo_.decoding) return;
    if (depth > deepest || ++elements_ > most_elements) {
      logo_.decoding = decoding_problem("logo.decoder_limit", "The SVG is nested too deeply or has too many elements.");
      return;
    }
    const std::string name = to_lower_ascii(text_of(node->name));
    if (name == "script") logo_.has_script = true;
    if (name == "foreignobject") logo_.has_external_references = true;
    for (const xmlAttr* attribute = node->properties; attribute; attribute = attribute->next) judge(*attribute);
    for (const xmlNode* child = node->children; child; child = child->next) {
      if (child->type == XML_ELEMENT_NODE) element(child, depth + 1);
      const bool is_text = child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE;
      if (name == "style" && is_text && style_refers_elsewhere(text_of(child->content)))
        logo_.has_external_references = true;
    }
  }

 private:
  void judge(const xmlAttr& attribute) {
    const std::string name = to_lower_ascii(text_of(attribute.name));
    const std::string_view value = value_of(attribute);
    if (name.starts_with("on") || has_javascript_link(value)) logo_.has_script = true;
    if (name == "href" || name == "src") {
      if (!is_local_reference(value)) logo_.has_external_references = true;
    } else if (style_refers_elsewhere(value)) {
      logo_.has_external_references = true;
    }
  }

  Logo& logo_;
  std::size_t elements_ = 0;
};

void refuse(void* context) {
  auto* parser = static_cast<xmlParserCtxt*>(context);
  *static_cast<bool*>(parser->_private) = true;
  xmlStopParser(parser);
}

/// Entities of any spelling and encoding are met here, before one of them is expanded.
void refuse_entity(void* context, const xmlChar*, int, const xmlChar*, const xmlChar*, xmlChar*) {
  refuse(context);
}

/// A declared attribute is there without being written: <!ATTLIST svg onload CDATA "…">.
void refuse_attribute(void* context, const xmlChar*, const xmlChar*, int, int, const xmlChar*,
                      xmlEnumerationPtr values) {
  xmlFreeEnumeration(values);
  refuse(context);
}

Problem parse_problem(const xmlParserCtxt& context, bool has_declarations) {
  if (has_declarations)
    return decoding_problem("logo.corrupt", "The SVG declares entities or attributes of its own, which no logo needs.");
  const std::string_view words = context.lastError.message ? context.lastError.message : "";
  if (words.find("depth") != std::string_view::npos)
    return decoding_problem("logo.decoder_limit", "The SVG is nested too deeply.");
  return decoding_problem("logo.corrupt", "The SVG is not well-formed XML.");
}

/// <?xml-stylesheet href="…"?> stands before the root.
bool has_style_sheet_instruction(const xmlDoc& document) {
  for (const xmlNode* node = document.children; node; node = node->next)
    if (node->type == XML_PI_NODE && text_of(node->name) == "xml-stylesheet") return true;
  return false;
}

/// width and height where both are pixels, else the viewBox.
void read_size(const xmlNode& root, Logo& logo) {
  std::uint32_t width = 0, height = 0;
  for (const xmlAttr* attribute = root.properties; attribute; attribute = attribute->next) {
    const std::string_view name = text_of(attribute->name);
    if (name == "width") width = pixels_in(value_of(*attribute));
    if (name == "height") height = pixels_in(value_of(*attribute));
    if (name == "viewBox") read_view_box(value_of(*attribute), logo);
  }
  if (width && height) logo.width = width, logo.height = height;
}

struct FreeDocument {
  void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};

}  // namespace

bool looks_like_svg(std::string_view bytes) {
  const std::string start = to_lower_ascii(bytes.substr(0, 4096));
  const std::size_t svg = start.find("<svg");
  if (svg == std::string::npos) return false;
  // A web page with an inline drawing is no SVG.
  return start.find("<html") > svg && start.find("<!doctype html") > svg && start.find("<body") > svg;
}

void read_svg(std::string_view bytes, Logo& logo) {
  const std::unique_ptr<xmlParserCtxt, void (*)(xmlParserCtxtPtr)> context{xmlNewParserCtxt(), &xmlFreeParserCtxt};
  bool has_declarations = false;
  context->_private = &has_declarations;
  context->sax->entityDecl = &refuse_entity;
  context->sax->attributeDecl = &refuse_attribute;
  const int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA;
  const std::unique_ptr<xmlDoc, FreeDocument> document{
      xmlCtxtReadMemory(context.get(), bytes.data(), static_cast<int>(bytes.size()), nullptr, nullptr, options)};
  const xmlNode* root = document ? xmlDocGetRootElement(document.get()) : nullptr;
  if (!root || has_declarations) {
    logo.decoding = parse_problem(*context, has_declarations);
    return;
  }
  logo.has_external_references = has_style_sheet_instruction(*document);
  read_size(*root, logo);
  Walk{logo}.element(root, 1);
}

}  // namespace plugvet
