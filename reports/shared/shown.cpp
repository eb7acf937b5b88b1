#include "reports/shared/shown.h"

#include <algorithm>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>

#include "harness/support/http_status.h"
#include "harness/support/text.h"
#include "reports/shared/dates.h"
#include "reports/shared/excerpt.h"

namespace plugvet::reports {
namespace {

// A report has to open at once, whatever a hostile submission says and however often.
constexpr std::size_t longest_text = 4000;      // code points, as in the document
constexpr std::size_t findings_per_check = 50;  // shown in full; the rest is counted
constexpr std::size_t findings_per_review = 500;
constexpr std::size_t most_exchanges = 200;
constexpr std::size_t most_changes = 200;
constexpr std::size_t most_lines = 12;
constexpr std::size_t most_functions = 100;
constexpr std::size_t most_pages = 10;
constexpr std::size_t most_quotes = 50;
constexpr std::size_t longest_function_list = 40'000;  // code points
constexpr std::size_t most_items = 100;  // measures and parameters of a check, certificates of a chain

const Json& member(const Json& object, std::string_view name) {
  static const Json nothing;
  const auto* members = object.get_ptr<const Json::object_t*>();
  if (!members) return nothing;
  const auto name_of = [](const auto& member) { return std::string_view{member.first}; };
  const auto found = std::ranges::find(*members, name, name_of);
  return found == members->end() ? nothing : found->second;
}

std::string safe(std::string_view raw) {
  if (raw.size() <= longest_text) return printable(raw);
  const std::size_t length = code_points(raw);
  if (length <= longest_text) return printable(raw);
  return printable(first_code_points(raw, longest_text)) + "… (" + counted(length, "character") + " in all)";
}

std::string_view raw_text(const Json& value) {
  return value.is_string() ? std::string_view{value.get_ref<const std::string&>()} : std::string_view{};
}

std::string text(const Json& object, const char* name) {
  return safe(raw_text(member(object, name)));
}

bool flag(const Json& object, const char* name) {
  const Json& value = member(object, name);
  return value.is_boolean() && value.get<bool>();
}

double number(const Json& object, const char* name) {
  const Json& value = member(object, name);
  return value.is_number() ? value.get<double>() : 0;
}

int whole(const Json& object, const char* name) {
  return static_cast<int>(std::clamp(number(object, name), -1e9, 1e9));
}

std::size_t size(const Json& object, const char* name) {
  return static_cast<std::size_t>(std::clamp(number(object, name), 0.0, 1e15));
}

std::optional<std::size_t> optional_size(const Json& object, const char* name) {
  return member(object, name).is_number() ? std::optional{size(object, name)} : std::nullopt;
}

/// The items of an array; an empty one stands for whatever else is there.
const Json::array_t& items(const Json& object, const char* name) {
  static const Json::array_t none;
  const Json& value = member(object, name);
  return value.is_array() ? value.get_ref<const Json::array_t&>() : none;
}

std::size_t at_most(const Json::array_t& array, std::size_t limit) {
  return std::min(array.size(), limit);
}

template <class Value, std::size_t N>
Value named(std::string_view name, const std::pair<std::string_view, Value> (&names)[N], Value otherwise) {
  for (const auto& [known, value] : names) {
    if (known == name) return value;
  }
  return otherwise;
}

Severity severity(const Json& object, const char* name) {
  static constexpr std::pair<std::string_view, Severity> names[] = {{"note", Severity::note},
                                                                    {"warning", Severity::warning}};
  return named(raw_text(member(object, name)), names, Severity::error);
}

Outcome outcome(const Json& object) {
  static constexpr std::pair<std::string_view, Outcome> names[] = {{"passed", Outcome::passed},
                                                                   {"failed", Outcome::failed},
                                                                   {"not_applicable", Outcome::not_applicable},
                                                                   {"blocked", Outcome::blocked},
                                                                   {"skipped", Outcome::skipped}};
  return named(raw_text(member(object, "outcome")), names, Outcome::crashed);  // never green by mistake
}

Verdict verdict(const Json& object) {
  static constexpr std::pair<std::string_view, Verdict> names[] = {{"approved", Verdict::approved},
                                                                   {"rejected", Verdict::rejected}};
  return named(raw_text(member(object, "verdict")), names, Verdict::incomplete);
}

std::vector<ShownLine> excerpt(const Json& finding) {
  const Json& excerpt = member(finding, "excerpt");
  if (!excerpt.is_object()) return {};
  const Json::array_t& all = items(excerpt, "lines");
  std::vector<std::string_view> lines;
  for (std::size_t i = 0; i < at_most(all, most_lines); ++i) lines.push_back(raw_text(all[i]));
  const int first_column = std::max(whole(excerpt, "first_column"), 1);
  const int column = std::max(whole(finding, "column") - first_column + 1, 0);
  return marked_lines(lines, whole(excerpt, "first_line"), whole(finding, "line"), column);
}

ShownFinding finding(const Json& json) {
  ShownFinding shown;
  shown.artefact = text(json, "artefact");
  shown.location = text(json, "location");
  shown.pointer = text(json, "pointer");
  shown.message = text(json, "message");
  shown.expected = text(json, "expected");
  shown.actual = text(json, "actual");
  shown.reproduction = text(json, "reproduction");
  shown.fingerprint = text(json, "fingerprint");
  shown.line = whole(json, "line");
  shown.column = whole(json, "column");
  shown.exchange = optional_size(json, "exchange");
  if (member(json, "waiver").is_string()) shown.waiver = text(json, "waiver");
  shown.excerpt = excerpt(json);
  return shown;
}

ShownMeasure measure(const Json& json) {
  return {text(json, "name"), text(json, "artefact"), text(json, "pointer"),
          text(json, "unit"), number(json, "value"),  number(json, "limit")};
}

std::vector<ShownParameter> parameters(const Json& object) {
  std::vector<ShownParameter> shown;
  if (!object.is_object()) return shown;
  for (const auto& [name, value] : object.items()) {
    if (shown.size() == most_items) break;
    shown.push_back({safe(name), value.is_string() ? safe(raw_text(value))
                                                   : safe(value.dump(-1, ' ', false, Json::error_handler_t::replace))});
  }
  return shown;
}

ShownCheck check(const Json& json, std::size_t& room_for_findings) {
  ShownCheck shown;
  shown.id = text(json, "id");
  shown.group = text(json, "group");
  shown.title = text(json, "title");
  shown.reason = text(json, "reason");
  if (member(json, "requirement").is_string()) {  // a document explains the checks that failed, not all of them
    shown.requirement = text(json, "requirement");
    shown.rationale = text(json, "rationale");
    shown.remedy = text(json, "remedy");
    shown.source = text(json, "source");
    shown.since = text(json, "since");
    shown.parameters = parameters(member(json, "parameters"));
  }
  shown.severity = severity(json, "severity");
  shown.outcome = outcome(json);
  shown.for_reviewer = flag(json, "for_reviewer");
  shown.waived = flag(json, "waived");
  shown.took_ms = number(json, "took_ms");
  const Json::array_t& findings = items(json, "findings");
  // At least one of each check is shown, so that a flood in one check cannot hide another.
  const std::size_t room = std::max<std::size_t>(1, std::min(findings_per_check, room_for_findings));
  for (std::size_t i = 0; i < at_most(findings, room); ++i) shown.findings.push_back(finding(findings[i]));
  shown.findings_left_out = findings.size() - shown.findings.size();
  room_for_findings -= std::min(room_for_findings, shown.findings.size());
  const Json::array_t& measures = items(json, "measures");
  for (std::size_t i = 0; i < at_most(measures, most_items); ++i) shown.measures.push_back(measure(measures[i]));
  return shown;
}

ShownArtefact artefact(const Json& json) {
  return {text(json, "artefact"),
          text(json, "location"),
          text(json, "media_type"),
          text(json, "sha256"),
          text(member(json, "problem"), "what"),
          optional_size(json, "bytes")};
}

/// Only what plugvet itself writes: the base64 of a PNG. Anything else is no picture.
std::string preview(const Json& logo) {
  static constexpr std::string_view prefix = "data:image/png;base64,";
  static constexpr std::size_t largest = 1u << 20;
  const std::string_view uri = raw_text(member(logo, "preview"));
  if (!uri.starts_with(prefix) || uri.size() > largest) return {};
  static constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
  if (uri.substr(prefix.size()).find_first_not_of(alphabet) != std::string_view::npos) return {};
  return std::string{uri};
}

ShownLogo logo(const Json& json) {
  return {text(json, "format"), whole(json, "width"),      whole(json, "height"), whole(json, "frames"),
          size(json, "bytes"),  flag(json, "transparent"), preview(json)};
}

ShownFunctions functions(const Json& json) {
  ShownFunctions shown;
  shown.name = text(json, "name");
  shown.text = shortened(printable(raw_text(member(json, "text")), false), longest_function_list);
  shown.characters = size(member(json, "cost"), "characters");
  shown.tokens = size(member(json, "cost"), "tokens");
  shown.head_tokens = size(member(json, "head_cost"), "tokens");
  const Json::array_t& list = items(json, "list");
  for (std::size_t i = 0; i < at_most(list, most_functions); ++i)
    shown.list.push_back({text(list[i], "name"), text(list[i], "method"), text(list[i], "path"),
                          size(member(list[i], "cost"), "characters"), size(member(list[i], "cost"), "tokens")});
  shown.left_out = list.size() - shown.list.size();
  return shown;
}

ShownPage page(const Json& json) {
  return {text(json, "location"),
          text(member(json, "problem"), "what"),
          text(json, "kind"),
          text(json, "title"),
          text(json, "language_name"),
          whole(json, "language_percent"),
          size(json, "words")};
}

ShownLegalPage legal_page(const Json& json) {
  ShownLegalPage shown{page(member(json, "page")), {}, {}};
  const Json::array_t &privacy = items(json, "privacy"), &elsewhere = items(json, "privacy_elsewhere");
  for (std::size_t i = 0; i < at_most(privacy, most_pages); ++i) shown.privacy.push_back(page(privacy[i]));
  for (std::size_t i = 0; i < at_most(elsewhere, most_pages); ++i)
    shown.privacy_elsewhere.push_back(safe(raw_text(elsewhere[i])));
  return shown;
}

void add_quotes(const Json& result, std::vector<ShownQuote>& quotes) {
  for (const Json& quote : items(result, "quotes")) {
    if (quotes.size() == most_quotes) return;
    quotes.push_back({text(quote, "name"), text(quote, "text"), text(quote, "location")});
  }
}

ShownCertificate certificate(const Json& json) {
  ShownCertificate shown{text(json, "subject"),
                         text(json, "issuer"),
                         text(json, "not_before"),
                         text(json, "not_after"),
                         text(json, "key"),
                         text(json, "signature"),
                         {},
                         size(json, "name_count")};
  const Json::array_t& names = items(json, "names");
  for (std::size_t i = 0; i < at_most(names, 10); ++i) shown.names.push_back(safe(raw_text(names[i])));
  return shown;
}

ShownTls tls(const Json& json) {
  ShownTls shown{text(json, "version"),  text(json, "cipher"),       text(json, "message"),
                 flag(json, "verified"), flag(json, "host_matches"), {}};
  const Json::array_t& chain = items(json, "chain");
  for (std::size_t i = 0; i < at_most(chain, 10); ++i) shown.chain.push_back(certificate(chain[i]));
  return shown;
}

ShownExchange exchange(const Json& json) {
  ShownExchange shown;
  shown.artefact = text(json, "artefact");
  shown.method = text(json, "method");
  shown.url = text(json, "url");
  shown.version = text(json, "version");
  shown.media_type = text(json, "media_type");
  shown.address = text(json, "address");
  shown.proxy = text(json, "proxy");
  shown.problem = text(member(json, "problem"), "what");
  if (member(json, "redirect").is_string()) shown.redirect = text(json, "redirect");
  if (member(json, "status").is_number()) shown.status = whole(json, "status");
  shown.hop = whole(json, "hop");
  shown.bytes = size(json, "bytes");
  shown.started_at = milliseconds_since_epoch(raw_text(member(json, "started_at")));
  static constexpr const char* rungs[] = {"name_ms", "connect_ms", "tls_ms", "first_byte_ms", "total_ms"};
  for (std::size_t i = 0; i < shown.reached.size(); ++i) {
    shown.reached[i] = std::chrono::milliseconds{whole(member(json, "timing"), rungs[i])};
  }
  if (member(json, "tls").is_object()) shown.tls = tls(member(json, "tls"));
  return shown;
}

std::string weight(std::string_view kind) {
  return kind == "protection" ? "Protects users less" : kind == "breaks" ? "Breaks callers" : "";
}

ShownBaseline baseline(const Json& json) {
  ShownBaseline shown{text(json, "location"), text(json, "started_at"), {}, 0};
  const Json::array_t& changes = items(json, "changes");
  for (std::size_t i = 0; i < at_most(changes, most_changes); ++i) {
    const Json& change = changes[i];
    shown.changes.push_back({text(change, "artefact"), text(change, "pointer"), text(change, "what"), text(change, "before"),
                             text(change, "after"), weight(raw_text(member(change, "kind")))});
  }
  // "Protects users less", "Breaks callers", and what is neither.
  std::ranges::stable_sort(shown.changes, std::ranges::greater{}, &ShownChange::weight);
  shown.left_out = changes.size() - shown.changes.size();
  return shown;
}

ShownCounts counts(const Json& json) {
  return {whole(json, "error"),        whole(json, "warning"), whole(json, "note"),   whole(json, "waived"),
          whole(json, "for_reviewer"), whole(json, "passed"),  whole(json, "failed"), whole(json, "not_applicable"),
          whole(json, "blocked"),      whole(json, "crashed"), whole(json, "skipped")};
}

/// A place's path from the innermost folder that has both; empty where there is none, as on two hosts.
std::string path_beside(std::string_view main, std::string_view location) {
  const auto [end, other] = std::ranges::mismatch(main, location);
  const std::string_view same = main.substr(0, static_cast<std::size_t>(end - main.begin()));
  const std::size_t folder = same.find_last_of('/') + 1;  // 0: none
  const bool is_scheme_only = same.substr(0, folder).ends_with("://") || same.substr(0, folder) == "/";
  return is_scheme_only ? std::string{} : std::string{location.substr(folder)};
}

/// A description may consist of several files, some of the same name in different folders.
void name_files(ShownReview& review) {
  for (ShownCheck& check : review.checks)
    for (ShownFinding& finding : check.findings) {
      const auto main = std::ranges::find(review.artefacts, finding.artefact, &ShownArtefact::artefact);
      if (main != review.artefacts.end() && main->location != finding.location)
        finding.file = path_beside(main->location, finding.location);
    }
}

constexpr std::size_t longest_run_of_dots = 24;

/// A secret as dots, at most a line of them, with its length.
std::string dots(std::size_t length) {
  std::string text;
  for (std::size_t i = 0; i < std::min(length, longest_run_of_dots); ++i) text += "•";
  return text + " (" + counted(length, "character") + ")";
}

std::vector<ShownField> fields(const Json& step, const char* name) {
  std::vector<ShownField> list;
  for (const Json& item : items(step, name)) {
    if (list.size() == most_items) break;
    const Json& secret = member(item, "secret");
    list.push_back({text(item, "name"), secret.is_object() ? dots(size(secret, "length")) : text(item, "value"),
                    secret.is_object()});
  }
  return list;
}

std::string answer_to(const Json& exchange) {
  if (!member(exchange, "status").is_number()) return text(exchange, "problem");
  std::string answer = status_text(whole(exchange, "status"));
  if (const std::string type = text(exchange, "media_type"); !type.empty()) answer += ", " + type;
  return answer + ", " + bytes_text(size(exchange, "bytes"));
}

ShownStep step(const Json& json) {
  const Json& exchange = member(json, "exchange");
  return {text(json, "kind"),       text(json, "from"),     text(json, "to"),    text(json, "note"),
          text(exchange, "method"), text(exchange, "url"),  answer_to(exchange), fields(json, "sent"),
          fields(json, "received")};
}

/// What neither grants nor refuses (404 for another account's object, a deadline) tells nothing.
Trial trial(const Json& attempt) {
  const std::string_view expected = raw_text(member(attempt, "expected")), seen = raw_text(member(attempt, "seen"));
  if (seen == "not_made" || seen.empty()) return Trial::not_made;
  if (seen == expected) return Trial::as_expected;
  return seen == "unanswered" || seen == "other" ? Trial::untold : Trial::otherwise;
}

ShownCall call(const Json& json) {
  ShownCall call{text(json, "pass"), text(json, "actual"), {}, trial(json)};
  const std::size_t digits = call.actual.find_first_not_of("0123456789");
  if (digits == 3 || (digits == std::string::npos && call.actual.size() == 3)) call.status = call.actual.substr(0, 3);
  if (call.status.empty() && call.trial != Trial::not_made) call.status = "no answer";
  return call;
}

ShownGuarded guarded(const Json& json) {
  ShownGuarded operation{text(json, "method") + " " + text(json, "path"), text(json, "not_called_because"), {}};
  if (const std::string id = text(json, "id"); !id.empty()) operation.name += " (" + id + ")";
  for (const Json& item : items(json, "attempts"))
    if (operation.calls.size() < most_items) operation.calls.push_back(call(item));
  return operation;
}

ShownAuthorization authorization(const Json& json) {
  const Json &sign_in = member(json, "sign_in"), &enforcement = member(json, "enforcement");
  ShownAuthorization shown;
  shown.kind = text(member(json, "declaration"), "kind");
  shown.redirect_uri = text(sign_in, "redirect_uri");
  shown.broken = text(sign_in, "broken");
  shown.no_token_because = text(enforcement, "no_token_because");
  for (const Json& item : items(sign_in, "steps"))
    if (shown.steps.size() < most_items) shown.steps.push_back(step(item));
  for (const Json::array_t* tried : {&items(sign_in, "attempts"), &items(enforcement, "header_calls")})
    for (const Json& item : *tried)
      if (shown.attempts.size() < most_items)
        shown.attempts.push_back({text(item, "tried"), text(item, "expected"), text(item, "actual"), trial(item)});
  const Json::array_t& operations = items(enforcement, "operations");
  for (std::size_t i = 0; i < at_most(operations, most_items); ++i) shown.operations.push_back(guarded(operations[i]));
  shown.left_out = operations.size() - shown.operations.size();
  return shown;
}

ShownReview review(const Json& json, Shown which) {
  ShownReview shown;
  shown.tool_version = text(member(json, "tool"), "version");
  shown.started_at = text(json, "started_at");
  const Json& submission = member(json, "submission");
  shown.source = text(submission, "source");
  shown.kind = text(submission, "kind");
  shown.name = text(submission, "name");
  shown.profile = text(json, "profile");
  shown.profile_title = text(json, "profile_title");
  shown.profile_about = text(json, "profile_about");
  shown.took = std::chrono::milliseconds{whole(json, "took_ms")};
  shown.seed = safe(member(json, "seed").dump(-1, ' ', false, Json::error_handler_t::replace));
  shown.fail_on = severity(json, "fail_on");
  shown.verdict = verdict(json);
  shown.counts = counts(member(json, "counts"));
  for (const Json& item : items(submission, "artefacts")) shown.artefacts.push_back(artefact(item));
  std::size_t room_for_findings = findings_per_review;
  const Json::array_t& results = items(json, "results");
  if (which == Shown::everything) shown.checks.reserve(results.size());
  for (const Json& item : results) {
    add_quotes(item, shown.quotes);
    if (which == Shown::what_failed && outcome(item) != Outcome::failed) continue;
    shown.checks.push_back(check(item, room_for_findings));
  }
  name_files(shown);
  for (const Json& item : items(json, "idle_waivers")) {
    shown.idle_waivers.push_back({text(item, "check"), text(item, "pointer"), text(item, "why"), whole(item, "line")});
  }
  if (member(json, "logo").is_object()) shown.logo = logo(member(json, "logo"));
  if (member(json, "legal_page").is_object()) shown.legal_page = legal_page(member(json, "legal_page"));
  if (member(json, "functions").is_object()) shown.functions = functions(member(json, "functions"));
  if (member(json, "baseline").is_object()) shown.baseline = baseline(member(json, "baseline"));
  if (member(json, "authorization").is_object()) shown.authorization = authorization(member(json, "authorization"));
  const Json::array_t& exchanges = items(json, "exchanges");
  for (std::size_t i = 0; i < at_most(exchanges, most_exchanges); ++i)
    shown.exchanges.push_back(exchange(exchanges[i]));
  shown.exchanges_left_out = exchanges.size() - shown.exchanges.size();
  return shown;
}

}  // namespace

std::string ShownAuthorization::attempts_counted() const {
  if (attempts.empty()) return {};
  const auto amount = [&](Trial wanted) {
    return std::ranges::count_if(attempts, [&](const ShownAttempt& one) { return one.trial == wanted; });
  };
  std::string text = counted(attempts.size(), "attempt") + ": " + std::to_string(amount(Trial::as_expected)) +
                     " as expected";
  constexpr std::pair<Trial, const char*> rest[] = {
      {Trial::otherwise, " otherwise"}, {Trial::untold, " without a clear answer"}, {Trial::not_made, " not made"}};
  for (const auto& [wanted, name] : rest)
    if (const auto seen = amount(wanted); seen > 0) text += ", " + std::to_string(seen) + name;
  return text;
}

std::string ShownAuthorization::operations_counted() const {
  const auto is_wrong = [](const ShownCall& call) { return call.trial == Trial::otherwise; };
  const auto called = std::ranges::count_if(operations, [](const ShownGuarded& one) { return !one.calls.empty(); });
  const auto wrong = std::ranges::count_if(
      operations, [&](const ShownGuarded& one) { return std::ranges::any_of(one.calls, is_wrong); });
  const std::size_t all = operations.size() + left_out;
  const std::string text = counted(all, "guarded operation") + ": " + std::to_string(called) + " called";
  return wrong == 0 ? text : text + ", " + std::to_string(wrong) + " of them with an answer otherwise than expected";
}

std::span<const Json> review_documents(const Json& documents) {
  if (!documents.is_array()) return {&documents, 1};
  return documents.get_ref<const Json::array_t&>();
}

ShownReview shown(const Json& document, Shown which) {
  return review(document, which);
}

std::vector<ShownReview> all_shown(const Json& documents) {
  std::vector<ShownReview> reviews;
  for (const Json& document : review_documents(documents)) reviews.push_back(shown(document));
  return reviews;
}

std::vector<std::string> keys_of(const Json& documents) {
  const auto all = review_documents(documents);
  const auto source_of = [](const Json& document) { return text(member(document, "submission"), "source"); };
  const auto profile_of = [](const Json& document) { return text(document, "profile"); };
  const auto differ = [&](const auto& part) {
    return std::any_of(all.begin(), all.end(), [&](const Json& one) { return part(one) != part(all.front()); });
  };
  const bool sources = differ(source_of), profiles = differ(profile_of);
  std::vector<std::string> keys;
  std::map<std::string, int, std::less<>> seen;
  for (const Json& document : all) {
    if (all.size() == 1) return {std::string{}};
    std::string key = sources ? source_of(document) : std::string{};
    if (profiles) key += (key.empty() ? "" : ", ") + profile_of(document);
    const int times = ++seen[key_word(key)];
    if (times > 1) key += (key.empty() ? "" : " ") + std::to_string(times);
    keys.push_back(std::move(key));
  }
  return keys;
}

std::string key_word(std::string_view key) {
  std::string word;
  for (const char c : key) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (is_plain || !word.ends_with('_')) word += is_plain ? c : '_';
  }
  return word;
}

}  // namespace plugvet::reports
