#pragma once
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace plugvet::reports {

/// What fills a template: values by name, the instances of each section in order, and other templates included.
/// ctemplate would leave out silently what is not set; with a Fill it is known what a template asks for and did not
/// get.
class Fill {
 public:
  Fill& set(std::string_view name, std::string_view value);
  Fill& set(std::string_view name, double number);
  /// One more instance of the section; it sees the values of what is around it.
  Fill& add(std::string_view section);
  /// Section HAS_<name> with the value, or nothing where the value is empty.
  Fill& optional(std::string_view name, std::string_view value);
  void show_if(bool condition, std::string_view section) {
    if (condition) add(section);
  }
  /// One more `{{>name}}`, from a template file. It sees nothing of what is around it.
  Fill& include(std::string_view name, std::string_view file);

 private:
  friend class Expansion;
  struct Included;
  std::map<std::string, std::string, std::less<>> values_;
  std::map<std::string, std::vector<std::unique_ptr<Fill>>, std::less<>> sections_;
  std::map<std::string, std::vector<Included>, std::less<>> includes_;
};

struct Fill::Included {
  std::string file;
  std::unique_ptr<Fill> fill;
};

/// The template of reports/templates/ with that file name, filled. Throws std::logic_error, naming each, when the
/// template asks for a value that is not set, or something is set that it does not ask for.
std::string expand(std::string_view file, const Fill& fill);

/// "review.html#FINDING": every section of every template, and which of them were shown so far (for tests).
std::set<std::string> template_sections();
std::set<std::string> shown_template_sections();

/// What is wrong with the templates themselves: no auto-escaping pragma, a section name used at two places (ctemplate
/// would show the outer one's instances inside), unbalanced sections.
std::vector<std::string> template_problems();

/// The content of a file of reports/templates/.
std::string_view template_file(std::string_view file);

}  // namespace plugvet::reports
