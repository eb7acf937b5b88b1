#include "tests/reports/safety.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "harness/support/json.h"
#include "harness/support/text.h"
#include "tests/reports/html_tokens.h"
#include "tests/reports/samples.h"

namespace plugvet {
namespace {

using Breaches = std::vector<std::string>;

/// Elements that our templates write, with their attributes. Whatever else is in a page came from outside.
const std::map<std::string, std::set<std::string>>& allowed() {
  static const std::map<std::string, std::set<std::string>> all = {
      {"html", {"lang"}},
      {"head", {}},
      {"meta", {"charset", "http-equiv", "content", "name"}},
      {"title", {}},
      {"style", {"content"}},
      {"body", {}},
      {"header", {}},
      {"main", {}},
      {"footer", {}},
      {"svg", {"aria-hidden", "width", "height", "role", "aria-label"}},
      {"symbol", {"viewBox"}},
      {"path", {"d", "fill"}},
      {"circle", {"cx", "cy", "r", "fill"}},
      {"use", {"href"}},
      {"rect", {"x", "y", "width", "height", "rx"}},
      {"a", {"href", "rel"}},
      {"article", {"aria-labelledby"}},
      {"section", {"aria-labelledby"}},
      {"nav", {"aria-label"}},
      {"div", {"role", "aria-label"}},
      {"span", {"role"}},
      {"ul", {"aria-label"}},
      {"ol", {}},
      {"li", {}},
      {"dl", {}},
      {"dt", {}},
      {"dd", {}},
      {"p", {}},
      {"h1", {}},
      {"h2", {}},
      {"h3", {}},
      {"h4", {}},
      {"h5", {}},
      {"strong", {}},
      {"code", {}},
      {"bdi", {}},
      {"mark", {}},
      {"figure", {}},
      {"figcaption", {}},
      {"img", {"src", "alt", "width", "height"}},
      {"details", {}},
      {"pre", {"tabindex"}},
      {"summary", {}}};
  return all;
}

void check_link(const HtmlTag& tag, Breaches& found) {
  const std::string& href = tag.attributes.at("href");
  if (href.starts_with('#')) return;
  const auto rel = tag.attributes.find("rel");
  const bool careful = rel != tag.attributes.end() && rel->second == "noopener noreferrer nofollow ugc";
  if (tag.name != "a" || !careful || !(href.starts_with("https://") || href.starts_with("http://")))
    found.push_back("a link to " + href);
}

void check_tag(const HtmlTag& tag, Breaches& found) {
  if (tag.name.front() == '/') return;
  const auto element = allowed().find(tag.name);
  if (element == allowed().end()) return found.push_back("an element <" + tag.name + ">");
  for (const auto& [name, value] : tag.attributes) {
    const bool is_harmless = name == "id" || name == "class" || name == "aria-hidden";
    if (!is_harmless && !element->second.contains(name))
      found.push_back("an attribute " + name + " of " + tag.name);
  }
  if (tag.attributes.contains("href")) check_link(tag, found);
  if (tag.attributes.contains("src")) {
    const std::string& src = tag.attributes.at("src");
    if (!src.starts_with("data:image/png;base64,") || src.find_first_of("<>'& ") != std::string::npos)
      found.push_back("a picture from " + src);
  }
  if (tag.name == "style" && (tag.attributes.at("content").find("url(") != std::string::npos ||
                              tag.attributes.at("content").find("@import") != std::string::npos)) {
    found.push_back("the style sheet loads something");
  }
}

Breaches html_breaches(std::string_view report) {
  HtmlTokens tokens = tokens_of(report);
  Breaches found = std::move(tokens.problems);
  for (const HtmlTag& tag : tokens.tags) check_tag(tag, found);
  if (printable(report, false) != report) found.push_back("characters that do not show");
  return found;
}

/// GitHub reads commands at the beginning of a line, Azure Pipelines and TeamCity anywhere in it.
Breaches log_breaches(std::string_view report) {
  Breaches found;
  for (const std::string& line : sample::lines_of(report)) {
    const std::size_t begin = line.find_first_not_of(" \t");
    if (begin != std::string::npos && std::string_view{line}.substr(begin).starts_with("::"))
      found.push_back("a command: " + line);
    for (const char* command : {"##[", "##vso[", "##teamcity["}) {
      if (line.find(command) != std::string::npos) found.push_back("a command: " + line.substr(line.find(command), 60));
    }
  }
  if (printable(report, false) != report) found.push_back("characters that do not show");
  return found;
}

/// The lines of a Markdown report without its code blocks, and with code spans emptied.
std::vector<std::string> prose(std::string_view report) {
  std::vector<std::string> out;
  std::string fence;
  for (const std::string& line : sample::lines_of(report)) {
    const std::size_t ticks = std::min(line.find_first_not_of('`'), line.size());
    if (!fence.empty()) {
      if (line == fence) fence.clear();
      continue;
    }
    if (ticks >= 3) {
      fence = line.substr(0, ticks);
      continue;
    }
    std::string clean;
    for (std::size_t i = 0; i < line.size();) {
      if (line[i] == '\\' && i + 1 < line.size()) {
        clean += "·";  // an escaped character is text
        i += 2;
      } else if (line[i] == '`') {
        const std::size_t run = std::min(line.find_first_not_of('`', i), line.size()) - i;
        std::size_t end = i + run;
        for (std::size_t length = 0; end < line.size(); end += length) {
          end = std::min(line.find('`', end), line.size());
          length = std::min(line.find_first_not_of('`', end), line.size()) - end;
          if (length == run) break;
        }
        clean += end < line.size() ? "code" : "UNCLOSED`";
        i = std::min(end + run, line.size());
      } else {
        clean += line[i++];
      }
    }
    if (!clean.starts_with("<details>")) {
      out.push_back(clean);
      continue;
    }
    for (std::size_t at = clean.find("<code>"); at != std::string::npos; at = clean.find("<code>", at + 6)) {
      clean.erase(at + 6, clean.find("</code>", at) - at - 6);
    }
    out.push_back(clean);
  }
  if (!fence.empty()) out.push_back("UNCLOSED FENCE");
  return out;
}

Breaches markdown_breaches(std::string_view report) {
  Breaches found = log_breaches(report);
  if (report.size() > 65'536) found.push_back("too long for a comment");
  static const std::set<std::string> tags = {"<details>", "</details>", "<summary>", "</summary>",
                                             "<b>",       "</b>",       "<code>",    "</code>"};
  for (const std::string& line : prose(report)) {
    for (std::size_t at = line.find('<'); at != std::string::npos; at = line.find('<', at + 1)) {
      if (!tags.contains(line.substr(at, line.find('>', at) - at + 1))) found.push_back("HTML: " + line.substr(at, 60));
    }
    const bool in_html = line.starts_with("<details>");  // up to the next blank line nothing is Markdown there
    for (const char* markup : {"](", "![", "UNCLOSED"}) {
      if (!in_html && line.find(markup) != std::string::npos) found.push_back("Markdown: " + line);
    }
    for (const char* address : {"://", "www.e", "@team", "@evil", "#123", "GH-1"}) {
      if (line.find(address) != std::string::npos) found.push_back("a link or a mention: " + line);
    }
  }
  const auto count = [&](const char* tag) {
    const auto lines = prose(report);
    return std::count_if(lines.begin(), lines.end(),
                         [&](const std::string& line) { return line.find(tag) != std::string::npos; });
  };
  if (count("<details>") != count("</details>")) found.push_back("<details> is not closed");
  return found;
}

Breaches json_breaches(std::string_view report) {
  if (!Json::accept(report)) return {"no JSON"};
  return log_breaches(report);
}

/// Well-formed as far as that can be seen without a parser; xmllint has its own test.
Breaches xml_breaches(std::string_view report) {
  Breaches found;
  if (printable(report, false) != report) found.push_back("characters that XML does not know");
  static const std::set<std::string> names = {"?xml",     "testsuites", "testsuite", "properties", "property",
                                              "testcase", "skipped",    "error",     "failure",    "system-out"};
  for (std::size_t at = report.find('<'); at != std::string_view::npos; at = report.find('<', at + 1)) {
    const std::size_t begin = at + (report.substr(at + 1).starts_with('/') ? 2 : 1);
    const std::string name{report.substr(begin, report.find_first_of(" >/", begin) - begin)};
    if (!names.contains(name)) found.push_back("an element " + name);
  }
  if (report.find("]]>") != std::string_view::npos) found.push_back("]]>");
  return found;
}

}  // namespace

std::vector<std::string> breaches(std::string_view format, std::string_view report) {
  if (!is_valid_utf8(report)) return {"not UTF-8"};
  if (format == "html") return html_breaches(report);
  if (format == "junit") return xml_breaches(report);
  if (format == "markdown") return markdown_breaches(report);
  if (format == "text") return log_breaches(report);
  return json_breaches(report);
}

}  // namespace plugvet
