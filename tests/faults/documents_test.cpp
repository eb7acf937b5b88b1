// Hostile manifests, API descriptions, logos and folders: read with a sentence of what is wrong, in little time and
// memory.
#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <ostream>

#include "tests/faults/secrets.h"
#include "tests/faults/site.h"
#include "tests/faults/trial.h"

using namespace plugvet;
using namespace plugvet::faults;
using std::chrono::seconds;

namespace {

struct Document {
  const char* name;
  std::string text;
  std::string problem;  ///< id; "": it is read; "?": either
};

std::ostream& operator<<(std::ostream& out, const Document& document) {
  return out << document.name;
}

std::string times(std::string_view text, std::size_t count) {
  std::string out;
  out.reserve(text.size() * count);
  for (std::size_t i = 0; i < count; ++i) out += text;
  return out;
}

const std::string api_head = "openapi: 3.0.1\ninfo: {title: A, version: '1'}\nservers: [{url: "
                             "'https://todo.plugvet.dev'}]\n";

std::string api_of(std::string_view schemas, std::string_view used = "A") {
  return api_head +
         fmt::format("paths:\n  /a:\n    post:\n      operationId: a\n      summary: Adds an a.\n      requestBody:\n"
                     "        content: {{application/json: {{schema: {{$ref: '#/components/schemas/{}'}}}}}}\n"
                     "      responses: {{'200': {{description: Done.}}}}\ncomponents:\n  schemas:\n{}",
                     used, schemas);
}

std::string doubling_references() {
  std::string schemas;
  for (int i = 0; i < 30; ++i)
    schemas += fmt::format("    R{}: {{type: object, properties: {{a: {{$ref: '#/components/schemas/R{}'}}, b: {{$ref: "
                           "'#/components/schemas/R{}'}}}}}}\n",
                           i, i + 1, i + 1);
  return api_of(schemas + "    R30: {type: string}\n", "R0");
}

std::string doubling_alternatives() {
  std::string schemas;
  for (int i = 0; i < 30; ++i)
    schemas += fmt::format("    R{}: {{oneOf: [{{$ref: '#/components/schemas/R{}'}}, {{allOf: [{{$ref: "
                           "'#/components/schemas/R{}'}}]}}]}}\n",
                           i, i + 1, i + 1);
  return api_of(schemas + "    R30: {type: string}\n", "R0");
}

std::string alias_bomb(int levels, int width) {
  std::string out = "a0: &a0 x\n";
  for (int i = 1; i <= levels; ++i) {
    out += fmt::format("a{0}: &a{0} [", i);
    for (int j = 0; j < width; ++j) out += fmt::format("{}*a{}", j ? "," : "", i - 1);
    out += "]\n";
  }
  return out;
}

std::string chain_of_references(int count) {
  std::string schemas;
  for (int i = 0; i < count; ++i) schemas += fmt::format("    C{}: {{$ref: '#/components/schemas/C{}'}}\n", i, i + 1);
  return api_of(schemas + fmt::format("    C{}: {{type: string}}\n", count), "C0");
}

std::string many_operations(int count) {
  std::string out = api_head + "paths:\n";
  for (int i = 0; i < count; ++i)
    out += fmt::format("  /p{}: {{get: {{operationId: same, responses: {{'200': {{description: d}}}}}}}}\n", i);
  return out;
}

std::vector<Document> manifests() {
  return {{"100,000 brackets", times("[", 100'000), "json.too_deep"},
          {"250,001 bytes of objects in objects", times("[{\"\":", 50'000), "json.too_deep"},
          {"257 levels", times("[", 257) + times("]", 257), "json.too_deep"},
          {"empty", "", "?"},
          {"null", "null", "?"},
          {"a text", "\"x\"", "?"},
          {"a web page", "<!doctype html><title>\x1b[31m<script>alert(1)</script></title>", "?"},
          {"not UTF-8", "{\"name_for_human\": \"\xff\xfe\"}", "json.encoding"},
          {"UTF-16", std::string{"\xff\xfe{\0}\0", 6}, "json.encoding"},
          {"two documents", "{} {}", "json.many_documents"},
          {"a comment", "{ // hi\n}", "?"},
          {"NaN", "{\"a\": NaN}", "?"},
          {"a number of a megabyte", "{\"a\": " + std::string(900'000, '9') + "}", "?"},
          {"a NUL in a URL", R"({"logo_url": "https://todo.plugvet.dev/\u0000@127.0.0.1/"})", ""},
          {"a member twice", R"({"auth": {"type": "none", "type": "oauth"}, "auth": {"type": "none"}})", ""},
          {"members of objects of other languages", R"({"__proto__": {"x": 1}, "constructor": 1, "": 2})", ""},
          {"100,000 members",
           [] {
             std::string text = "{";
             for (int i = 0; i < 60'000; ++i) text += fmt::format("{}\"m{}\":0", i ? "," : "", i);
             return text + "}";
           }(),
           "?"},
          {"2 MB", "{\"a\": \"" + std::string(2u << 20, 'a') + "\"}", "file.too_large"},
          {"lone surrogates", R"({"name_for_human": "\ud800", "name_for_model": "\udc00\ud800"})", "?"},
          {"hostile types", R"({"api": [], "auth": 7, "logo_url": {}, "schema_version": null})", ""}};
}

std::vector<Document> descriptions() {
  return {
      {"an alias bomb 9^9", alias_bomb(9, 9), "yaml.alias_bomb"},
      {"21 levels that double", alias_bomb(21, 2), "yaml.alias_bomb"},
      {"an alias of itself", "&x [*x]", "yaml.alias_cycle"},
      {"a circle through mappings", "a: &a {b: &b {c: *a}}", "yaml.alias_cycle"},
      {"a merge of itself", "a: &a\n  <<: *a\n", "?"},
      {"a merge of a text", "<<: x\nopenapi: 3.0.1\n", "?"},
      {"1000 merges", "a: &a {x: 1}\nb:\n" + times("  <<: *a\n", 1'000), "?"},
      {"100,000 brackets", times("[", 100'000), "?"},
      {"100,000 braces", times("{a: ", 100'000), "?"},
      {"10,000 levels of indentation",
       [] {
         std::string text;
         for (std::size_t i = 0; i < 2'000; ++i) text += std::string(i, ' ') + "a:\n";
         return text;
       }(),
       "yaml.too_deep"},
      {"tags", "a: !!python/object/apply:os.system ['touch owned']\nb: !ruby/object:X {}\n", "?"},
      {"a tab", "a:\n\tb: 1\n", "yaml.tab"},
      {"a NUL", std::string{"a: \0b", 5}, "?"},
      {"a member twice", api_head + "openapi: 3.1.0\npaths: {}\n", ""},
      {"a member that is a list", "? [a]\n: 1\n", "yaml.complex_key"},
      {"10,000 documents", times("---\na: 1\n", 10'000), "yaml.many_documents"},
      {"an unknown directive", "%YAML 9.9\n---\na: 1\n", "?"},
      {"an alias that nothing stands for", "a: *nothing\n", "yaml.undefined_alias"},
      {"2 MB of comments", api_head + times("# nothing\n", 200'000) + "paths: {}\n", ""},
      {"11 MB", "a: " + std::string(11u << 20, 'a'), "?"},
      {"200,000 anchors",
       [] {
         std::string text;
         for (int i = 0; i < 100'000; ++i) text += fmt::format("k{0}: &n{0} 1\n", i);
         return text;
       }(),
       "?"},
      {"a reference to itself", api_of("    A: {$ref: '#/components/schemas/A'}\n"), ""},
      {"two that refer to one another",
       api_of("    A: {$ref: '#/components/schemas/B'}\n    B: {$ref: '#/components/schemas/A'}\n"), ""},
      {"a part of itself", api_of("    A: {allOf: [{$ref: '#/components/schemas/A'}]}\n"), ""},
      {"a harmless recursion",
       api_of("    A: {type: object, properties: {next: {$ref: '#/components/schemas/A'}}}\n"), ""},
      {"a recursion without end",
       api_of("    A: {type: object, required: [next], properties: {next: {$ref: '#/components/schemas/A'}}}\n"), ""},
      {"a path that is itself",
       api_head + "paths:\n  /a: {$ref: '#/paths/~1b'}\n  /b: {$ref: '#/paths/~1a'}\n", ""},
      {"30 references that double", doubling_references(), ""},
      {"30 alternatives that double", doubling_alternatives(), ""},
      {"a chain of 10,000 references", chain_of_references(10'000), ""},
      {"pointers that point nowhere",
       api_of("    A: {$ref: '#/components/schemas/-1'}\n    B: {$ref: '#/a~2b/99999999999999999999'}\n"
              "    C: {$ref: '#'}\n    D: {$ref: ''}\n    E: {$ref: 7}\n"),
       ""},
      {"catastrophic patterns",
       api_of("    A: {type: object, example: {a: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'}, "
              "properties: {a: "
              "{type: string, pattern: '^(a+)+$'}, b: {type: string, pattern: '(.*a){20}'}, c: {type: string, pattern: "
              "'(a{1,30000}){1,30000}'}, d: {type: string, pattern: '(a)\\1(?=b'}}, patternProperties: {'(a|a)*$': "
              "{}}}\n"),
       ""},
      {"a pattern of a megabyte",
       api_of("    A: {type: string, pattern: '" + times("(a|b)*", 170'000) + "', example: aaaa}\n"), ""},
      {"traps for generators",
       api_of("    A: {type: object, minProperties: 1000000, properties: {a: {type: string, minLength: 1000000000}, b: "
              "{type: array, minItems: 10000000, items: {type: integer}}, c: {type: number, multipleOf: 1.0e-300}, d: "
              "{type: "
              "integer, minimum: 5, maximum: 4}, e: {enum: [1], not: {}}}}\n"),
       ""},
      {"20,000 operations of one name", many_operations(20'000), ""},
      {"an enumeration of 100,000", api_of("    A: {type: string, enum: [" + times("x, ", 100'000) + "x]}\n"), ""},
      {"3.0 as a number", "openapi: 3.0\ninfo: {title: A, version: 1}\npaths: {}\n", ""},
      {"Swagger 2", "swagger: '2.0'\ninfo: {title: A, version: '1'}\npaths: {}\n", ""},
      {"OpenAPI 4", "openapi: 4.0.0\ninfo: {title: A, version: '1'}\npaths: {}\n", ""},
      {"servers of all kinds",
       "openapi: 3.1.0\ninfo: {title: A, version: '1'}\nservers: [{url: 'http://169.254.169.254/'}, {url: "
       "'{s}://{h}/', "
       "variables: {s: {default: file}, h: {default: 127.0.0.1}}}, {url: 'javascript:alert(1)'}, {url: '{x}'}, {}]\n"
       "paths: {/a: {trace: {responses: {}}, connect: {}}}\n",
       ""},
      {"bases of its own",
       "openapi: 3.2.0\n$self: /etc/passwd\njsonSchemaDialect: 'http://169.254.169.254/'\ninfo: {title: A, version: "
       "'1'}\npaths: {}\ncomponents: {schemas: {A: {$id: 'http://169.254.169.254/a', $dynamicRef: '#x'}}}\n",
       ""}};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(documents)

BOOST_DATA_TEST_CASE(a_hostile_manifest_is_told_what_is_wrong_with_it, manifests(), document) {
  const Folder here;
  write_plugin(here, {{".well-known/ai-plugin.json", document.text}});
  const Reviewed reviewed = review(here, {.words = {"plugin"}, .budget = seconds{4}, .again = true});
  BOOST_TEST(reviewed.document()["verdict"] != "approved");
  tell_figure("document");
  BOOST_TEST((document.problem == "?" || reviewed.problem("manifest") == document.problem),
      reviewed.problem("manifest"));
}

BOOST_DATA_TEST_CASE(a_hostile_api_description_is_told_what_is_wrong_with_it, descriptions(), document) {
  const Folder here;
  write_plugin(here, {{"openapi.yaml", document.text}});
  const Reviewed reviewed = review(here, {.words = {"plugin"}, .budget = seconds{9},
      .again = document.text.size() < 100'000});
  BOOST_TEST((document.problem == "?" || reviewed.problem("api") == document.problem), reviewed.problem("api"));
  if (document.problem != "" && document.problem != "?") BOOST_TEST(reviewed.document()["verdict"] != "approved");
  tell_figure("document");
}

BOOST_AUTO_TEST_CASE(a_reference_that_leads_out_of_the_folder_reads_nothing) {
  const Folder here;
  const std::string& secret = value_of(Secret::api_key);
  here.write("outside.yaml", "A: {type: string, description: " + secret + "}\n");
  std::string schemas;
  int number = 0;
  for (const std::string& target :
       {std::string{"file:///etc/passwd"}, std::string{"/etc/passwd"}, std::string{"../../../../../../etc/passwd"},
        std::string{"../outside.yaml#/A"}, "file://" + (here / "outside.yaml").native() + "#/A",
        (here / "outside.yaml").native() + "#/A", std::string{"file:///proc/self/environ"},
        std::string{"http://169.254.169.254/latest/meta-data/"}, std::string{"https://other.plugvet.dev/a.yaml"},
        std::string{"link.yaml#/A"}, std::string{"\\\\\\\\host\\\\share"}, std::string{"%2e%2e/outside.yaml#/A"}})
    schemas += fmt::format("    {}: {{$ref: \"{}\"}}\n", static_cast<char>('A' + number++), target);
  write_plugin(here, {{"openapi.yaml", api_of(schemas)}});
  std::filesystem::create_symlink("../outside.yaml", here / "plugin/link.yaml");
  const Reviewed reviewed = review(here, {.words = {"plugin"}, .again = true});
  for (const auto& [format, report] : reviewed.reports)
    BOOST_TEST(report.find("root:x:0:0") == std::string::npos, format);
  const Reviewed alone = review(here, {.words = {"plugin/openapi.yaml", "--profile", "gpt-actions"}});
  for (const auto& [format, report] : alone.reports) BOOST_TEST(report.find("root:x:0:0") == std::string::npos, format);
}

BOOST_AUTO_TEST_CASE(what_is_no_file_of_the_folder_is_not_read) {
  const Folder here;
  const auto replace = [&](const std::string& name, const auto& make) {
    std::filesystem::remove_all(here / "plugin");
    write_plugin(here);
    std::filesystem::remove_all(here / name);
    make((here / name).native());
    const Reviewed reviewed = review(here, {.words = {"plugin"}, .budget = seconds{3}, .statuses = {1, 3}});
    for (const auto& [format, report] : reviewed.reports)
      BOOST_TEST(report.find("root:x:0:0") == std::string::npos, format);
  };
  for (const char* name : {"plugin/.well-known/ai-plugin.json", "plugin/openapi.yaml", "plugin/logo.png"}) {
    for (const char* target : {"/etc/passwd", "../../../../../etc/passwd", "/dev/zero", "/proc/self/environ",
        "nothing"})
      replace(name, [&](const std::string& path) { std::filesystem::create_symlink(target, path); });
    replace(name, [](const std::string& path) { std::filesystem::create_symlink(path, path); });
    replace(name, [](const std::string& path) { std::filesystem::create_directory(path); });
    replace(name, [](const std::string& path) { BOOST_TEST(::mkfifo(path.c_str(), 0600) == 0); });
    replace(name, [](const std::string& path) {
      sockaddr_un address{};
      address.sun_family = AF_UNIX;
      path.copy(address.sun_path, sizeof address.sun_path - 1);
      const int listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
      BOOST_TEST(::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
      ::close(listener);
    });
    replace(name, [](const std::string& path) {
      std::ofstream{path} << "{}";
      BOOST_TEST(::truncate(path.c_str(), off_t{1} << 40) == 0);  // a terabyte of nothing
    });
  }
  std::filesystem::remove_all(here / "plugin");
  write_plugin(here);
  std::filesystem::rename(here / "plugin/.well-known", here / "elsewhere");
  std::filesystem::create_directory_symlink("../elsewhere", here / "plugin/.well-known");
  review(here, {.words = {"plugin"}, .budget = seconds{3}, .statuses = {1, 3}});
}

BOOST_AUTO_TEST_CASE(names_of_files_are_shown_and_never_obeyed) {
  const Folder here;
  write_plugin(here, {{"a\nb \x1b[31m::error::\xff<script>.yaml", "x"},
                      {"-rf", "x"},
                      {"deep/" + times("d/", 500) + "file", "x"},
                      {"%0a.html", "x"}});
  for (int i = 0; i < 2'000; ++i) here.write("plugin/many/" + std::to_string(i), "");
  review(here, {.words = {"plugin"}, .again = true});
  const Folder odd;
  write_plugin(odd);
  const std::string name = "a\nb \x1b[31m<script>::error::x";
  std::filesystem::rename(odd / "plugin", odd / name);
  review(odd, {.words = {name}});
}

BOOST_AUTO_TEST_SUITE_END()
