#include <re2/re2.h>

#include <array>
#include <memory>

#include "checks/probes.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

struct Trace {
  const char* says;
  const char* pattern;
};

/// What only a program writes, for its makers. None of it is sent by plugvet, so that an echo cannot be taken for it.
constexpr Trace traces[] = {
    {"a stack trace of Python", R"(Traceback \(most recent call last\)|File &?(?:quot;|")[^"&]+(?:&quot;|"), line \d+, in )"},
    {"a stack trace of JavaScript", R"((?:\n|<br>|\\n)\s*(?:&nbsp;\s*)*at [^\n<]{0,200}[/\\(][^\n<]{1,200}\.[cm]?[jt]s:\d+:\d+)"},
    {"a stack trace of Java", R"(\bat [\w.$]+\([\w$]+\.(?:java|kt|scala):\d+\))"},
    {"a stack trace of .NET", R"(\bat [\w.`<>]+\([^)\n]*\) in [^\n]+:line \d+)"},
    {"a stack trace of PHP", R"(Stack trace:\s*#0 |\b(?:Fatal error|Warning|Notice): .{1,300} on line <?b?>?\d+)"},
    {"a stack trace of Ruby", R"([\w/.-]+\.rb:\d+:in [`'])"},
    {"a stack trace of Go", R"(goroutine \d+ \[running\])"},
    {"a page for debugging", R"(Werkzeug Debugger|DEBUG = True</code>|<title>Action Controller: Exception caught)"},
    {"an error of a database",
     R"(SQLSTATE\[|You have an error in your SQL syntax|\bORA-\d{5}\b|sqlite3\.\w+Error|psycopg2\.errors|syntax error at or near)"},
};

Judgement judge_error_leaks(const Probe& probe) {
  if (status_of(probe) < 400) return Judgement::pass();
  static const auto compiled = [] {
    std::array<std::unique_ptr<RE2>, std::size(traces)> all;
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = std::make_unique<RE2>(traces[i].pattern);
    return all;
  }();
  const std::string_view body = std::string_view{probe.exchange.response->body}.substr(0, 64u << 10);
  for (std::size_t i = 0; i < compiled.size(); ++i) {
    re2::StringPiece part;
    if (!RE2::PartialMatch(re2::StringPiece{body.data(), body.size()}, "(" + compiled[i]->pattern() + ")", &part)) continue;
    return Judgement::fail(probe_finding(probe, probe.where, std::string{"It shows "} + traces[i].says + ".",
                                         "an error for the caller",
                                         in_quotes(shortened(printable(trimmed({part.data(), part.size()})), 100))));
  }
  return Judgement::pass();
}

}  // namespace

extern constinit const Check security_error_leaks = define_check<judge_error_leaks>({
    .id = "security/error-leaks",
    .title = "Errors do not show the program",
    .requirement = "No error shows a stack trace, a page for debugging or an error of a database.",
    .rationale =
        "Who looks for a way in is told the framework, its version, paths and queries. The model reads it too, and "
        "repeats it to the user.",
    .remedy = "Switch debugging off in production (DEBUG, NODE_ENV); log the details and answer with a sentence.",
    .source = "OWASP Top 10 for LLM Applications, LLM07; OWASP API Security API8",
    .passing = R"(400 {"error": {"message": "text is missing."}})",
    .failing = "400 with “SyntaxError: … at parse (/srv/node_modules/body-parser/lib/types/json.js:89:19)”",
});

}  // namespace plugvet::checks
