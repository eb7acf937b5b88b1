#include "tests/reports/samples.h"

#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

#include "reports/all.h"

namespace plugvet::sample {

Json documents(std::string_view name) {
  Json json =
      Json::parse(read_file(std::string{PLUGVET_SOURCE_DIR "/tests/reports/documents/"} + std::string{name} + ".json"));
  return json.is_array() ? json : Json::array({json});
}

std::string render_documents(std::string_view format, const Json& documents, const RenderOptions& options) {
  for (const ReportFormat* known : reports::all()) {
    if (known->name == format) return known->render(documents, options);
  }
  throw std::invalid_argument{"no format " + std::string{format}};
}

std::string render(std::string_view format, std::string_view name, const RenderOptions& options) {
  return render_documents(format, documents(name), options);
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  std::istringstream stream{std::string{text}};
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::string read_file(const std::string& path) {
  std::ifstream file{path, std::ios::binary};
  if (!file) throw std::runtime_error{"cannot read " + path};
  return {std::istreambuf_iterator<char>{file}, {}};
}

void write_file(const std::string& path, std::string_view content) {
  std::ofstream{path, std::ios::binary}.write(content.data(), static_cast<std::streamsize>(content.size()));
}

std::string scratch(std::string_view file) {
  const std::filesystem::path folder = PLUGVET_BINARY_DIR "/tests-reports";
  std::filesystem::create_directories(folder);
  return (folder / file).string();
}

int run(const std::string& command) {
  const int status = std::system(command.c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

const std::vector<std::string>& payloads() {
  using namespace std::string_literals;
  static const std::vector<std::string> all = {"<script>alert(1)</script>",
                                               "\"><img src=x onerror=alert(1)>",
                                               "'-alert(1)-'",
                                               "javascript:alert(1)",
                                               "data:text/html,<script>alert(1)</script>",
                                               "</script><!--",
                                               "--><b>",
                                               "]]>",
                                               "<![CDATA[",
                                               "&lt;b&gt;&amp;",
                                               "\u2028\u2029",
                                               "+ADw-script+AD4-",
                                               "{{7*7}}{{#X}}{{%AUTOESCAPE context=\"HTML\"}}{{>X}}",
                                               "<svg><math><mi//xlink:href=\"data:x,<script>alert(4)</script>\">",
                                               "\x1b[31mred\x1b[0m\x1b]8;;http://evil.example\x07x",
                                               "\u009b31m\u0090\u009d0;title\u009c",
                                               "\r\x08\x07\x7f",
                                               "\x80\xff\xc0\xaf\xed\xa0\x80"s,
                                               "a\0b"s,
                                               "\u202e\u2066\u200b\U000E0041",
                                               "\n::set-output name=x::y",
                                               "::add-mask::x",
                                               "##[group]x",
                                               "##vso[task.setvariable variable=x]y",
                                               "##teamcity[testFailed name='x']",
                                               "section_start:1:x",
                                               "](javascript:alert(1))",
                                               "[x](http://evil.example)",
                                               "![x](http://evil.example/beacon.png)",
                                               "@team #123 GH-1 www.evil.example me@evil.example",
                                               "| a | b |",
                                               "```\n````````\n</details>",
                                               "\n\n# heading\n\n- list\n> quote\n<b>",
                                               "\ufffe\uffff\ufdd0",
                                               "Z\u0351\u036b\u0343\u036a\u0302\u036b",
                                               "\u05e9\u05dc\u05d5\u05dd",
                                               std::string(5000, 'A'),
                                               "$(id)`id`;'",
                                               "https://evil.example/\" onclick=\"x",
                                               "%3Cscript%3E%s%n"};
  return all;
}

}  // namespace plugvet::sample
