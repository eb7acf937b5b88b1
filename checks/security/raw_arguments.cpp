#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>

#include "checks/arguments.h"
#include "checks/openapi.h"
#include "harness/support/words.h"

namespace plugvet::checks {
namespace {

bool mentions(std::string_view text, const RE2& pattern) {
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), pattern);
}

bool has_word(const std::vector<std::string>& words, std::initializer_list<std::string_view> wanted) {
  return std::ranges::any_of(words,
                             [&](const std::string& word) { return std::ranges::find(wanted, word) != wanted.end(); });
}

/// The operation runs what it is given: run_sql, executeCode.
bool runs_code(const openapi::Operation& operation) {
  static const RE2 running(R"((?i)\b(?:run|runs|execute|executes|eval|evaluate|deploy)\b)");
  return has_word(words_of(operation.id), {"run", "execute", "exec", "eval", "evaluate", "deploy"}) ||
         mentions(operation.summary, running);
}

/// What an argument hands over in one piece: "an SQL statement"; empty: nothing of that kind.
std::string_view raw_content(const Argument& argument) {
  static const RE2 sql(
      R"((?i)\b(?:sql|graphql|cypher|mongodb?)\s+(?:select\s+)?(?:query|queries|statement|command|aggregat)|)"
      R"(\bsql\b.{0,20}\bto (?:run|execute))");
  static const RE2 shell(R"((?i)\b(?:shell|terminal|bash|powershell|command[- ]line)\b)");
  static const RE2 code(
      R"((?i)\b(?:code|script)\b.{0,40}\b(?:run|executed?|deploy(?:ed)?|evaluated?)\b|\b(?:python|javascript|)"
      R"(typescript|lua|robotframework|ruby|es)\s+(?:code|script|modules?|snippet|file)\b)");
  static const RE2 connection(R"((?i)\bconnection (?:string|url|uri)\b|\bjdbc:|\bdsn\b)");
  static const RE2 identifier(R"((?i)\b(?:id|identifier|name) of\b)");
  const std::vector<std::string> words = words_of(argument.name);
  if (words.empty()) return {};
  const std::string_view text = argument.description;
  if (has_word(words, {"sql", "graphql", "cypher"}) && !has_word(words, {"id", "name", "type", "dialect"}))
    return "a database query";
  if (has_word(words, {"query", "queries", "statement", "aggregate"}) && words.size() <= 2) {
    const bool is_sql = has_word(words_of(argument.operation->id), {"sql", "graphql"});
    if ((is_sql && runs_code(*argument.operation)) || mentions(text, sql)) return "a database query";
  }
  if (has_word(words, {"shell", "bash", "cmd"})) return "a command line";
  if (has_word(words, {"command", "commands"}) && mentions(text, shell)) return "a command line";
  const bool is_code = words.back() == "code" || words.back() == "script" || words.back() == "scripts";
  const bool is_plain_name = words.size() == 1 || has_word(words, {"source", "python", "javascript", "js"});
  const bool is_run = words.back() == "script" && runs_code(*argument.operation);
  if (is_code && is_plain_name && (is_run || mentions(text, code))) return "program code";
  const bool is_connection = (words.back() == "string" && has_word(words, {"connection"})) || words.back() == "dsn";
  if (is_connection || mentions(text, connection)) return "a database connection";
  if (has_word(words, {"override", "overrides"}) && words.size() <= 2 && !mentions(text, identifier))
    return "settings that replace others";
  return {};
}

Judgement raw_arguments(const ApiDescription& api) {
  return judge_arguments(api, [](const Argument& argument) -> std::optional<ArgumentDefect> {
    const std::string_view what = raw_content(argument);
    if (what.empty() || !is_free_text(argument)) return {};
    return ArgumentDefect{fmt::format("takes {} as free text", what),
                          "arguments that each say one thing, with a type of their own", std::string(what)};
  });
}

}  // namespace

extern constinit const Check security_raw_arguments = define_check<of_openapi_3<raw_arguments>>({
    .id = "security/raw-arguments",
    .title = "No argument is a query, a program, a command or a connection",
    .requirement =
        "No operation takes a database query, program code, a command line, a connection string or settings that "
        "replace others as one free text.",
    .rationale =
        "The model fills the text in, and what it reads can steer it. Whoever writes the right words in a web page or a "
        "mail then runs queries and programs on your server.",
    .remedy =
        "Offer what is needed as arguments of their own (status, from, limit) with types and limits, and build the query "
        "on the server. Where running code is the purpose, run it in a sandbox without access to anything else.",
    .source = "OWASP LLM07 Insecure Plugin Design, common examples",
    .passing = "parameters: status (enum), limit (integer)",
    .failing = "parameters: sql (string)",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
