#include "reports/shared/template.h"

#include <ctemplate/template.h>
#include <ctemplate/template_cache.h>
#include <fmt/format.h>

#include <mutex>
#include <span>
#include <stdexcept>

#include "harness/support/embedded.h"

namespace plugvet {

std::span<const EmbeddedFile> report_templates();

namespace reports {
namespace {

/// What a template, or a section of one, asks for.
struct Shape {
  std::set<std::string, std::less<>> values;
  std::map<std::string, Shape, std::less<>> sections;
  std::set<std::string, std::less<>> includes;
};

/// Reads the tags of one template into its shape.
class ShapeReader {
 public:
  ShapeReader(std::string_view file, std::string_view text, std::vector<std::string>& problems)
      : file_{file}, rest_{text}, problems_{problems} {}

  Shape read() {
    Shape shape;
    fill(shape, {});
    return shape;
  }

 private:
  void fill(Shape& shape, std::string_view section) {
    for (std::string_view tag = next(); !tag.empty(); tag = next()) {
      const std::string name{tag.substr(1)};
      switch (tag.front()) {
        case '#':
          open(shape, name);
          break;
        case '>':
          shape.includes.insert(name);
          break;
        case '/':
          if (name != section)
            problems_.push_back(fmt::format("{}: {{{{/{}}}}} closes {{{{#{}}}}}", file_, name, section));
          return;
        case '%':
        case '!':
          break;
        default:
          shape.values.insert(std::string{tag.substr(0, tag.find(':'))});
      }
    }
    if (!section.empty()) problems_.push_back(fmt::format("{}: {{{{#{}}}}} is not closed", file_, section));
  }

  void open(Shape& shape, const std::string& name) {
    // The same section may be asked for twice side by side, but not at two depths.
    if (!shape.sections.contains(name) && !names_.insert(name).second) {
      problems_.push_back(fmt::format("{}: the section {} is used at two places", file_, name));
    }
    fill(shape.sections[name], name);
  }

  std::string_view next() {
    const std::size_t begin = rest_.find("{{");
    const std::size_t end = rest_.find("}}", begin);
    if (begin == std::string_view::npos || end == std::string_view::npos) return {};
    const std::string_view tag = rest_.substr(begin + 2, end - begin - 2);
    rest_.remove_prefix(end + 2);
    return tag;
  }

  std::string_view file_, rest_;
  std::vector<std::string>& problems_;
  std::set<std::string> names_;
};

/// Every template, read once.
struct Library {
  ctemplate::TemplateCache cache;
  std::map<std::string, Shape, std::less<>> shapes;
  std::vector<std::string> problems;
  std::mutex mutex;
  std::set<std::string> shown;  ///< guarded by the mutex

  Library() {
    for (const EmbeddedFile& file : report_templates()) {
      if (file.path.ends_with(".css")) continue;
      const std::string name{file.path};
      shapes[name] = ShapeReader{file.path, file.content, problems}.read();
      if (!file.content.starts_with("{{%AUTOESCAPE context=\"")) problems.push_back(name + ": no auto-escaping");
      if (!cache.StringToTemplateCache(name, file.content.data(), file.content.size(), ctemplate::STRIP_BLANK_LINES)) {
        problems.push_back(name + ": ctemplate does not accept it");
      }
    }
  }
};

Library& library() {
  static Library library;
  return library;
}

}  // namespace

/// Turns a Fill into what ctemplate expands, and compares it with the shape of the template on the way.
class Expansion {
 public:
  void add(const Fill& fill, std::string_view file, ctemplate::TemplateDictionary& dictionary) {
    const auto shape = library().shapes.find(file);
    if (shape == library().shapes.end()) throw std::logic_error{fmt::format("no template {}", file)};
    add_level(fill, shape->second, {file, {&fill}}, dictionary);
  }

  void finish() {
    if (wrong_.empty()) {
      const std::lock_guard lock{library().mutex};
      library().shown.merge(shown_);
      return;
    }
    throw std::logic_error{fmt::format("templates and what fills them differ: {}", fmt::join(wrong_, "; "))};
  }

 private:
  struct Level {
    std::string_view file;
    std::vector<const Fill*> around;  ///< this fill last
  };

  void add_level(const Fill& fill, const Shape& shape, const Level& level, ctemplate::TemplateDictionary& dictionary) {
    compare(fill, shape, level);
    for (const auto& [name, value] : fill.values_) dictionary.SetValue(name, value);
    for (const auto& [name, instances] : fill.sections_) {
      const auto section = shape.sections.find(name);
      if (section == shape.sections.end()) continue;
      shown_.insert(fmt::format("{}#{}", level.file, name));
      for (const auto& instance : instances) {
        Level inner = level;
        inner.around.push_back(instance.get());
        add_level(*instance, section->second, inner, *dictionary.AddSectionDictionary(name));
      }
    }
    for (const auto& [name, instances] : fill.includes_) {
      for (const Fill::Included& included : instances) {
        ctemplate::TemplateDictionary* inner = dictionary.AddIncludeDictionary(name);
        inner->SetFilename(included.file);
        add(*included.fill, included.file, *inner);
      }
    }
  }

  void compare(const Fill& fill, const Shape& shape, const Level& level) {
    const auto complain = [&](std::string_view what, std::string_view name) {
      if (wrong_.size() < 20) wrong_.insert(fmt::format("{} {} {}", level.file, what, name));
    };
    for (const std::string& name : shape.values) {
      bool set = false;
      for (const Fill* around : level.around) set = set || around->values_.contains(name);
      if (!set) complain("lacks the value", name);
    }
    for (const auto& [name, instances] : fill.sections_) {
      if (!shape.sections.contains(name)) complain("has no section", name);
    }
    for (const auto& [name, instances] : fill.includes_) {
      if (!shape.includes.contains(name)) complain("includes no", name);
    }
    for (const auto& [name, value] : fill.values_) {
      if (!asks_for(shape, name)) complain("does not show", name);
    }
  }

  /// A value may be meant for a section further inside.
  static bool asks_for(const Shape& shape, std::string_view name) {
    if (shape.values.contains(name)) return true;
    for (const auto& [section, inner] : shape.sections) {
      if (asks_for(inner, name)) return true;
    }
    return false;
  }

  std::set<std::string> wrong_;
  std::set<std::string> shown_;
};

Fill& Fill::set(std::string_view name, std::string_view value) {
  values_.insert_or_assign(std::string{name}, std::string{value});
  return *this;
}

Fill& Fill::set(std::string_view name, double number) {
  return set(name, fmt::format("{:.10g}", number));
}

Fill& Fill::add(std::string_view section) {
  return *sections_[std::string{section}].emplace_back(std::make_unique<Fill>());
}

Fill& Fill::optional(std::string_view name, std::string_view value) {
  if (!value.empty()) add("HAS_" + std::string{name}).set(name, value);
  return *this;
}

Fill& Fill::include(std::string_view name, std::string_view file) {
  return *includes_[std::string{name}].emplace_back(Included{std::string{file}, std::make_unique<Fill>()}).fill;
}

std::string expand(std::string_view file, const Fill& fill) {
  const std::string name{file};
  ctemplate::TemplateDictionary dictionary{name};
  Expansion expansion;
  expansion.add(fill, file, dictionary);
  expansion.finish();
  std::string out;
  if (!library().cache.ExpandWithData(name, ctemplate::STRIP_BLANK_LINES, &dictionary, nullptr, &out)) {
    throw std::logic_error{"the template " + name + " could not be expanded"};
  }
  return out;
}

std::set<std::string> template_sections() {
  std::set<std::string> all;
  const auto collect = [&all](const auto& self, std::string_view file, const Shape& shape) -> void {
    for (const auto& [name, inner] : shape.sections) {
      all.insert(fmt::format("{}#{}", file, name));
      self(self, file, inner);
    }
  };
  for (const auto& [file, shape] : library().shapes) collect(collect, file, shape);
  return all;
}

std::set<std::string> shown_template_sections() {
  const std::lock_guard lock{library().mutex};
  return library().shown;
}

std::vector<std::string> template_problems() {
  return library().problems;
}

std::string_view template_file(std::string_view file) {
  for (const EmbeddedFile& embedded : report_templates()) {
    if (embedded.path == file) return embedded.content;
  }
  throw std::logic_error{fmt::format("no file {} in reports/templates", file)};
}

}  // namespace reports
}  // namespace plugvet
