#include "harness/cli/command_table.h"

#include <algorithm>

namespace plugvet::cli {
namespace {

constexpr Option color{"color",         "WHEN", "Colours of the text report: auto (only on a terminal), always, never.",
                       Completes::when, false,  0,
                       "auto"};
constexpr Option quiet{"quiet", "",     "Only the verdict and the findings; no remarks.", Completes::nothing, false,
                       'q',     "false"};
constexpr Option verbose{"verbose", "",     "Passed checks too, with what was measured.", Completes::nothing, false,
                         'v',       "false"};
constexpr Option report{
    "report",
    "FORMAT[=PATH]",
    "Write a report: text, html, junit, sarif, json or markdown. Without PATH, or with -, it goes to "
    "standard output. Without this option: text on standard output.",
    Completes::report,
    true,
    0,
    "[text, html=plugvet-report.html]"};

constexpr Option profile{
    "profile", "NAME|FILE",
    "Judge by this profile: a shipped one or a YAML file. Repeat it for one verdict each. Without it: gpt-actions for "
    "an OpenAPI document, m365-copilot-v2 for a Microsoft 365 manifest, local for a loopback address, otherwise "
    "openai-plugin-v1.",
    Completes::profile, true, 0, "openai-plugin-v1"};
constexpr Option offline{
    "offline",         "",    "Send nothing: only submissions on disk can be reviewed.",
    Completes::nothing, false, 0,
    "false"};
constexpr Option deadline{
    "deadline", "DURATION",
    "The most time that collecting one submission may take: 90, 90s, 500ms, 2m (default 300s). A single artefact never "
    "gets more than 20 s.",
    Completes::nothing, false, 0, "300s"};
constexpr Option replay{"replay", "FILE.har", "Answer all requests from a cassette; nothing is sent.", Completes::file};
constexpr Option allow_private{"allow-private", "", "Connect to private and other special-purpose addresses too.",
                               Completes::nothing, false, 0, "false"};
constexpr Option ca_file{"ca-file",       "FILE", "Trust the certificates of this PEM file besides those of the "
                         "system.",
                         Completes::file, false,  0, "company-ca.pem"};
constexpr Option resolve{"resolve", "HOST:PORT:ADDRESS[:PORT]",
                         "Connect to ADDRESS for HOST:PORT; an IPv6 address stands in brackets.", Completes::nothing,
                         true, 0, "[]"};

constexpr Option proxy{
    "proxy",
    "URL",
    "Fetch through this proxy (http, https or socks5h) and not through those of the environment; an empty URL means no "
    "proxy. A plugin on this machine is reached directly, unless this option is typed.",
    Completes::nothing,
    false,
    0,
    "http://proxy.example:3128",
    true};
constexpr Option no_proxy{"no-proxy", "", "Connect directly, whatever the environment and plugvet.yaml say.",
                          Completes::nothing, false, 0, "false"};

constexpr Operand review_operands[] = {
    {"SUBMISSION",
     "A host (its /.well-known/ai-plugin.json is read), the URL of a manifest or (profile gpt-actions) of an OpenAPI "
     "document, a folder, an ai-plugin.json, or an OpenAPI document.",
     Completes::folder_or_file, true, true},
};
constexpr Option review_options[] = {
    profile,
    report,
    {"only", "ID", "Run only this check, or all of a group: logo/*.", Completes::check, true, 0, "[]"},
    {"skip", "ID", "Leave out this check, or all of a group: logo/*.", Completes::check, true, 0, "[]"},
    {"fail-on", "SEVERITY", "The least severe finding that rejects: note, warning or error (default).",
     Completes::severity, false, 0, "error"},
    {"config", "FILE",
     "Read options from this file instead of ./plugvet.yaml; none reads no file. The command line wins over it.",
     Completes::file},
    {"waivers", "FILE", "Read accepted findings from this file instead of ./plugvet-waivers.yaml; none reads no file.",
     Completes::file, false, 0, "plugvet-waivers.yaml"},
    {"baseline", "REVIEW.json",
     "Say what changed since this earlier review, which was written with --report json=PATH: what breaks callers, what "
     "reads otherwise, what is new.",
     Completes::file},
    offline,
    deadline,
    {"rate", "N", "At most N requests per second to one host (default 5); 0 does not throttle.", Completes::nothing,
     false, 0, "5"},
    {"live", "",
     "Call the plugin's API and sign in, too. Without it nothing is called, and what needs a call is skipped.",
     Completes::nothing, false, 0, "false"},
    {"allow-writes", "",
     "Call operations that change something, too: everything but GET, HEAD and OPTIONS. Only with --live.",
     Completes::nothing, false, 0, "false"},
    {"max-requests", "N",
     "With --live: at most N requests that are generated from the API description (default 200, on loopback 2000); 0 "
     "generates none.",
     Completes::nothing, false, 0, "200"},
    {"credentials", "FILE",
     "What is needed to sign in and to call the API; `plugvet init` writes one to fill in. Only its owner may be able "
     "to read it. Without this option, the variable PLUGVET_CREDENTIALS may hold what would stand in the file.",
     Completes::file, false, 0, "plugvet-credentials.yaml"},
    {"interactive", "",
     "Sign in with a browser: prints the address and waits until the browser has come back. Only with --live.",
     Completes::nothing, false, 0, "false"},
    {"seed", "N",
     "Where random values come from (state, wrong tokens): the same number gives the same values. A cassette keeps it.",
     Completes::nothing, false, 0, "0"},
    {"record", "FILE.har", "Keep all traffic in a cassette, for --replay.", Completes::file},
    replay,
    allow_private,
    ca_file,
    resolve,
    proxy,
    no_proxy,
    {"jobs", "N", "Review N submissions side by side (default 4).", Completes::nothing, false, 0, "4"},
    {"fixture", "NAME",
     "Serve this built-in plugin on a loopback port and review it. What it takes to sign in at todo-oauth is built in, too.",
     Completes::plugin},
    {"progress", "WHEN", "The progress line on standard error: auto (only on a terminal), always, never.",
     Completes::when, false, 0, "auto"},
    color,
    quiet,
    verbose,
};
constexpr Example review_examples[] = {
    {"plugvet review acme.com", "judge the plugin that acme.com publishes"},
    {"plugvet review . --report text --report junit=plugvet.xml", "judge a folder, for people and for CI"},
    {"plugvet review http://localhost:3333", "judge a plugin under development"},
    {"plugvet review openapi.yaml --profile gpt-actions", "judge an OpenAPI document for GPT Actions"},
    {"plugvet review acme.com --profile openai-plugin-v1 --profile gpt-pro", "judge by two profiles"},
    {"plugvet review acme.com --baseline approved.json", "say what changed since a review"},
    {"plugvet review --fixture todo --report html=plugvet-report.html", "see what a report looks like"},
    {"plugvet review --fixture todo-oauth --live --allow-writes", "see plugvet sign in and call an API"},
};

constexpr Option describe_options[] = {profile, offline,  deadline, replay,  allow_private,
                                       ca_file, resolve, proxy,    no_proxy};
constexpr Example describe_examples[] = {
    {"plugvet describe acme.com", "what a chat platform tells the model about this plugin"},
    {"plugvet describe openapi.yaml | tail -1", "what it costs in tokens"},
};

constexpr Operand render_operands[] = {
    {"REVIEW.json", "A report that was written with --report json=PATH; - is standard input.", Completes::file, true,
     true},
};
constexpr Option render_options[] = {report, color, quiet, verbose};
constexpr Example render_examples[] = {
    {"plugvet render review.json --report html=review.html --report sarif=review.sarif",
     "more reports, without reviewing again"},
};

constexpr Option list_options[] = {
    {"profile", "NAME|FILE", "Only the checks of this profile, its own too, with its severities.", Completes::profile},
    {"report", "FORMAT", "text (default), json or markdown (the catalogue, docs/checks.md).", Completes::list_report},
};
constexpr Example list_examples[] = {
    {"plugvet list --profile gpt-actions", "what an OpenAPI document is held against"},
};

constexpr Operand explain_operands[] = {
    {"ID", "A check, or all of a group: logo/*.", Completes::check},
};
constexpr Option explain_options[] = {
    {"profile", "NAME|FILE", "As this profile takes it; also a check of its own.", Completes::profile},
};
constexpr Example explain_examples[] = {
    {"plugvet explain manifest/name-length", "what is asked, why, and how to pass"},
    {"plugvet explain house/contact --profile our-store.yaml", "a check of your own"},
};

constexpr Operand serve_operands[] = {
    {"NAME", "Which plugin (default: todo).", Completes::plugin, false},
};
constexpr Option serve_options[] = {
    {"fault", "NAME", "Serve it with this deviation; --list shows all.", Completes::fault},
    {"port", "N", "Listen on this port (default: any free one).", Completes::nothing},
    {"credentials", "FILE",
     "Write what it takes to sign in at the plugin to this file, for `plugvet review --credentials FILE`; todo-oauth has "
     "accounts.",
     Completes::file},
    {"list", "", "Show plugins and faults, and serve nothing.", Completes::nothing},
};
constexpr Example serve_examples[] = {
    {"plugvet serve-fixture --port 3333", "serve the good plugin until Ctrl-C"},
    {"plugvet serve-fixture --list", "which faults there are"},
};

constexpr Operand completion_operands[] = {
    {"SHELL", "bash or zsh.", Completes::shell},
};
constexpr Example completion_examples[] = {
    {"source <(plugvet completion bash)", "completion in this shell"},
    {"plugvet completion zsh > ~/.zfunc/_plugvet", "completion in every zsh that has ~/.zfunc in its fpath"},
};

constexpr Option man_options[] = {
    {"markdown", "", "As Markdown (docs/cli.md).", Completes::nothing},
};
constexpr Example man_examples[] = {
    {"plugvet man | man -l -", "read it"},
};

constexpr Command table[] = {
    {"review", "Review submissions",
     "Collects what each submission consists of, runs the checks of each profile over it, and writes reports. Nothing "
     "is "
     "written at the other side: only GET, HEAD and OPTIONS requests are sent. With --live the API is called and "
     "plugvet signs in as --credentials says; what may change something is called with --allow-writes only.\n\n"
     "A submission that was typed as a loopback URL may be reached on that very origin; every other address that is "
     "not "
     "public needs --allow-private.\n\n"
     "Options may also stand in plugvet.yaml in the current folder, and accepted findings in plugvet-waivers.yaml; "
     "`plugvet init` writes both. Mistakes in any of this are found before the first request.\n\n"
     "The first Ctrl-C stops and writes the reports for what was finished; the second ends at once.",
     review_operands, review_options, review_examples},
    {"describe", "Show the API description as the model sees it",
     "Prints the functions that a chat platform makes of the operations and puts into every conversation: names, "
     "comments, "
     "parameters and their types, with their size in characters and estimated tokens. Nothing is judged; the exit "
     "status is "
     "0 when there was something to print, and 3 when the API description could not be had.",
     review_operands, describe_options, describe_examples},
    {"render", "Write other reports from an earlier review",
     "Reads reviews that were written as JSON and writes other reports of them. Nothing is collected and nothing "
     "judged "
     "again; the exit status is 0 when all reports were written.",
     render_operands, render_options, render_examples},
    {"list", "List the checks", "Shows every check with its severity and title.", {}, list_options, list_examples},
    {"explain",
     "Explain a check",
     "Shows what a check requires, why, how to pass it, which document rules it, how severe each profile takes it and "
     "within which limits, and an example that passes and one that fails.",
     explain_operands, explain_options, explain_examples},
    {"serve-fixture", "Serve a built-in plugin on loopback",
     "Serves a plugin that passes every check, or one deviation from it, until it is interrupted. The first line on "
     "standard output is what to review.",
     serve_operands, serve_options, serve_examples},
    {"init",
     "Write a commented plugvet.yaml, plugvet-waivers.yaml and plugvet-credentials.yaml",
     "Writes the files into the current folder. A file that is already there is left as it is.",
     {},
     {},
     {}},
    {"completion",
     "Print a completion script for a shell",
     "Completes commands, options, profiles, checks and files.",
     completion_operands,
     {},
     completion_examples},
    {"man", "Print the manual page", "Prints the manual page in roff.", {}, man_options, man_examples},
};

constexpr ExitStatus statuses[] = {
    {0, "approved", "no finding that counts, and nothing that decides was left untested"},
    {1, "rejected", "a finding at or above --fail-on that no waiver accepts"},
    {2, "usage", "the command line, a file that it names, or a report that could not be written"},
    {3, "incomplete", "not rejected, but a check that decides could not be run"},
    {70, "bug", "plugvet itself failed; please report it"},
    {130, "interrupted", "Ctrl-C (143: SIGTERM); reports show what was finished"},
};

}  // namespace

std::span<const Command> commands() {
  return table;
}

std::span<const ExitStatus> exit_statuses() {
  return statuses;
}

const Command* command_named(std::string_view name) {
  const auto* found = std::ranges::find(table, name, &Command::name);
  return found == std::end(table) ? nullptr : found;
}

const Option* option_named(const Command& command, std::string_view name) {
  const auto found = std::ranges::find(command.options, name, &Option::name);
  return found == command.options.end() ? nullptr : &*found;
}

}  // namespace plugvet::cli
