#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <tuple>

#include "harness/model/authorization_document.h"
#include "harness/model/redaction.h"
#include "harness/model/review.h"
#include "harness/model/snapshot.h"
#include "harness/support/line_index.h"
#include "harness/support/text.h"
#include "harness/support/time.h"

namespace plugvet {

namespace {

constexpr std::uint32_t lines_around = 2;          // of context in an excerpt, before and after
constexpr std::size_t longest_excerpt_line = 240;  // code points
constexpr std::size_t longest_whole_line = 160;    // a longer line is shown from near the place on …
constexpr std::uint32_t farthest_column = 60;      // … when the place is farther to the right than this
constexpr std::uint32_t columns_before = 30;
constexpr std::size_t longest_text = 4000;  // code points; a finding is for people
constexpr std::size_t longest_command = 20'000;  // which is of no use when it is cut

std::string_view name_of_blame(Blame blame) {
  switch (blame) {
    case Blame::submission:
      return "submission";
    case Blame::environment:
      return "environment";
    case Blame::user:
      return "user";
  }
  return "submission";
}

/// The beginning of a text, printable. What is cut off is not looked at: a minified document is one line of megabytes.
std::string printable_beginning(std::string_view text, bool single_line, std::size_t longest) {
  return shortened(printable(first_code_points(text, longest + 1), single_line), longest);
}

// Everything that a submission wrote is made printable here, so that no report has to think of it.
std::string safe(std::string_view text) {
  return printable_beginning(text, false, longest_text);
}

/// An object built member by member, with room for all. nlohmann's initialiser lists make an array of every pair first,
/// and its ordered objects copy all that is in them, results and all, whenever they grow.
class Object {
 public:
  explicit Object(std::size_t members) { members_.reserve(members); }
  template <class T>
  Object& with(std::string_view name, T&& value) {
    members_.emplace_back(name, std::forward<T>(value));
    return *this;
  }
  Json json() { return Json(std::move(members_)); }

 private:
  Json::object_t members_;
};

Json problem_json(const Problem& problem) {
  return Object{7}
      .with("rung", name_of(problem.rung))
      .with("id", problem.id)
      .with("what", safe(problem.what))
      .with("where", safe(problem.where))
      .with("line", problem.position.line)
      .with("column", problem.position.column)
      .with("blame", name_of_blame(problem.blame))
      .json();
}

Json problem_json(const std::optional<Problem>& problem) {
  return problem ? problem_json(*problem) : Json{};
}

Json certificate_json(const Certificate& certificate) {
  Json names = Json::array();
  for (const std::string& name : certificate.names) names.push_back(safe(name));
  return {{"subject", safe(certificate.subject)},
          {"issuer", safe(certificate.issuer)},
          {"names", names},
          {"name_count", certificate.name_count},
          {"not_before", timestamp_text(certificate.not_before)},
          {"not_after", timestamp_text(certificate.not_after)},
          {"key", safe(certificate.key)},
          {"signature", safe(certificate.signature)}};
}

Json tls_json(const std::optional<TlsFacts>& facts) {
  if (!facts) return nullptr;
  Json chain = Json::array();
  for (const Certificate& certificate : facts->chain) chain.push_back(certificate_json(certificate));
  return {{"version", facts->version},
          {"cipher", facts->cipher},
          {"verified", facts->verified},
          {"host_matches", facts->host_matches},
          {"message", safe(facts->verify_message)},
          {"chain", chain}};
}

Json exchange_json(Artefact artefact, std::size_t hop, const Exchange& exchange) {
  const Response* response = exchange.response ? &*exchange.response : nullptr;
  const std::string* redirect = response ? find_header(response->headers, "Location") : nullptr;
  const Timing& timing = exchange.timing;
  return {{"artefact", name_of(artefact)},
          {"hop", hop},
          {"method", exchange.request.method},
          {"url", safe(exchange.request.url)},
          {"status", response ? Json(response->status) : Json{}},
          {"version", response ? response->version : ""},
          {"media_type", response ? safe(response->media_type()) : ""},
          {"redirect", redirect ? Json(safe(*redirect)) : Json{}},
          {"bytes", response ? response->body.size() : 0},
          {"address", exchange.address},
          {"proxy", exchange.proxy.empty() ? Json{} : Json(safe(exchange.proxy))},
          {"started_at", timestamp_text(exchange.started_at)},
          {"timing",
           {{"name_ms", timing.name.count()},
            {"connect_ms", timing.connect.count()},
            {"tls_ms", timing.tls.count()},
            {"first_byte_ms", timing.first_byte.count()},
            {"total_ms", timing.total.count()}}},
          {"tls", tls_json(exchange.tls)},
          {"problem", problem_json(exchange.problem)}};
}

/// The exchanges of the evidence in one list, and where in it a URL's last exchange stands.
class ExchangeList {
 public:
  explicit ExchangeList(const Evidence& evidence) {
    if (evidence.fetches && *evidence.fetches)
      for (const Fetch& fetch : (*evidence.fetches)->all)
        for (std::size_t hop = 0; hop < fetch.hops.size(); ++hop) add(fetch.artefact, hop, fetch.hops[hop]);
    if (evidence.cors && *evidence.cors)
      for (const CorsProbe& probe : (*evidence.cors)->all) {
        add(Artefact::cors, 0, probe.preflight);
        add(Artefact::cors, 0, probe.actual);
      }
  }

  Json index_of(const std::optional<std::string>& url) const {
    if (!url) return nullptr;
    const auto found = by_url_.find(*url);
    return found == by_url_.end() ? Json{} : Json(found->second);
  }
  const Json& json() const { return list_; }

 private:
  void add(Artefact artefact, std::size_t hop, const Exchange& exchange) {
    by_url_.try_emplace(exchange.request.url, list_.size());
    list_.push_back(exchange_json(artefact, hop, exchange));
  }

  Json list_ = Json::array();
  std::map<std::string, std::size_t> by_url_;
};

/// Which text an artefact has, for excerpts, and where it is.
struct Source {
  const std::string* text = nullptr;
  std::string location;
};

/// What could not be read is where its problem says, unless it was fetched.
template <class T>
void note_unread(const Collected<T>& collected, Source& source) {
  if (collected && collected->problem() && source.location.empty()) source.location = collected->problem()->where;
}

std::map<Artefact, Source> sources_of(const Evidence& evidence) {
  std::map<Artefact, Source> sources;
  sources[Artefact::submission].location = evidence.submission.source;
  if (evidence.fetches && *evidence.fetches)
    for (const Fetch& fetch : (*evidence.fetches)->all) sources[fetch.artefact].location = fetch.final_url();
  if (evidence.manifest && *evidence.manifest)
    sources[Artefact::manifest] = {&(*evidence.manifest)->document.text(), (*evidence.manifest)->location};
  if (evidence.api && *evidence.api)
    sources[Artefact::api] = {&(*evidence.api)->document.text(), (*evidence.api)->location};
  for (const auto& [artefact, text] : evidence.unparsed) sources[artefact].text = &text;
  if (evidence.logo && *evidence.logo) sources[Artefact::logo].location = (*evidence.logo)->location;
  note_unread(evidence.manifest, sources[Artefact::manifest]);
  note_unread(evidence.api, sources[Artefact::api]);
  note_unread(evidence.logo, sources[Artefact::logo]);
  return sources;
}

/// The other files of the OpenAPI document, by the name that findings have for them.
std::map<std::string, Source> api_files_of(const Evidence& evidence) {
  std::map<std::string, Source> sources;
  if (evidence.api && *evidence.api)
    for (const ApiFile& file : (*evidence.api)->files) sources[file.name] = {&file.document.text(), file.location};
  return sources;
}

/// The lines of a text, of which each may be the whole text.
class Lines {
 public:
  explicit Lines(std::string_view text)
      : text_{text}, index_{text, text.starts_with("\xEF\xBB\xBF") ? std::size_t{3} : std::size_t{0}} {}

  /// What a line says from `column` on, as far as it is ever shown. Null: there is no such line.
  std::optional<std::string_view> from(std::uint32_t line, std::uint32_t column) const {
    constexpr std::size_t most_bytes = 4 * (longest_excerpt_line + longest_whole_line);
    const std::size_t start = index_.offset_of(text_, {line, column});
    if (start == std::string_view::npos || (start == text_.size() && column == 1)) return {};
    const std::string_view rest = text_.substr(start, most_bytes);
    return rest.substr(0, find_any_of(rest, "\r\n"));
  }

 private:
  std::string_view text_;
  LineIndex index_;
};

/// A minified document is one line, and the place far to the right. 1: the lines are shown from their beginning.
std::uint32_t first_column_shown(const Lines& lines, Position position) {
  const std::string_view line = lines.from(position.line, 1).value_or("");
  const bool is_cut = position.column > farthest_column && first_code_points(line, longest_whole_line).size() < line.size();
  return is_cut ? position.column - columns_before : 1;
}

/// The lines around a place, each from the same column on.
Json excerpt_json(const Lines& text, Position position) {
  const std::uint32_t first_line = position.line > lines_around ? position.line - lines_around : 1;
  const std::uint32_t first_column = first_column_shown(text, position);
  const bool is_cut = first_column > 1;  // then an ellipsis takes the place of one character
  Json lines = Json::array();
  for (std::uint32_t line = first_line; line <= position.line + lines_around; ++line) {
    const auto content = text.from(line, is_cut ? first_column + 1 : 1);
    if (!content) break;
    lines.push_back((is_cut ? "…" : "") + printable_beginning(*content, true, longest_excerpt_line));
  }
  if (lines.empty()) return nullptr;
  return Object{3}
      .with("first_line", first_line)
      .with("first_column", first_column)
      .with("lines", std::move(lines))
      .json();
}

/// Stays the same when lines move or the wording of a message changes: what is judged, where, and the how-manieth.
std::string fingerprint_of(std::string_view id, const Finding& finding, std::size_t nth_at_this_place) {
  std::string key{id};
  for (const std::string_view part : {name_of(finding.where.artefact), std::string_view{finding.where.pointer}})
    key.append("\n").append(part);
  if (!finding.where.file.empty()) key.append("\n").append(finding.where.file);
  return sha256(key + "\n" + std::to_string(nth_at_this_place)).substr(0, 16);
}

/// Turns results into JSON; knows the evidence for excerpts and exchanges.
class ResultWriter {
 public:
  ResultWriter(const Evidence& evidence, Told told)
      : told_{told}, exchanges_{evidence}, sources_{sources_of(evidence)}, api_files_{api_files_of(evidence)} {}

  Json result(const CheckResult& result) const {
    const CheckInfo& info = result.check->info;
    const bool has_failed = result.outcome == Outcome::failed;
    Object json{has_failed ? 18u : 12u};
    json.with("id", info.id)
        .with("group", info.id.substr(0, info.id.find('/')))
        .with("title", info.title)
        .with("severity", name_of(result.severity))
        .with("for_reviewer", info.for_reviewer)
        .with("outcome", name_of(result.outcome))
        .with("reason", safe(result.reason))
        .with("took_ms", static_cast<double>(result.took.count()) / 1000)
        .with("waived", is_waived(result));
    // What a check asks and why is for those who have to act on it; `plugvet explain` tells everybody else.
    if (has_failed)
      json.with("requirement", info.requirement)
          .with("rationale", info.rationale)
          .with("remedy", info.remedy)
          .with("source", info.source)
          .with("since", info.since)
          .with("parameters", result.limits.json());
    json.with("findings", findings(result)).with("measures", measures(result));
    if (!result.quotes.empty()) json.with("quotes", quotes(result));
    return json.json();
  }

  const Json& exchanges() const { return exchanges_.json(); }

 private:
  static bool is_waived(const CheckResult& result) {
    const auto accepted = [](const std::string& reason) { return !reason.empty(); };
    return result.outcome == Outcome::failed && std::ranges::all_of(result.waived, accepted);
  }

  Json findings(const CheckResult& result) const {
    Json list = Json::array();
    std::map<std::tuple<Artefact, std::string, std::string>, std::size_t> seen;
    for (std::size_t i = 0; i < result.findings.size(); ++i) {
      const Finding& found = result.findings[i];
      const std::size_t nth = seen[{found.where.artefact, found.where.file, found.where.pointer}]++;
      list.push_back(finding(found, result.waived[i], fingerprint_of(result.check->info.id, found, nth)));
    }
    return list;
  }

  Json finding(const Finding& found, const std::string& waived, const std::string& fingerprint) const {
    const Source source = source_of(found.where);
    Object json{13};
    json.with("artefact", name_of(found.where.artefact))
        .with("location", safe(source.location))
        .with("pointer", safe(found.where.pointer))
        .with("line", found.where.position.line)
        .with("column", found.where.position.column)
        .with("message", safe(found.message))
        .with("expected", safe(found.expected))
        .with("actual", safe(found.actual))
        .with("exchange", exchanges_.index_of(found.exchange_url))
        .with("fingerprint", fingerprint)
        .with("waiver", waived.empty() ? Json{} : Json(safe(waived)))
        .with("excerpt", excerpt(source.text, found.where.position));
    if (!found.reproduction.empty())
      json.with("reproduction", printable_beginning(found.reproduction, false, longest_command));
    return json.json();
  }

  Json excerpt(const std::string* text, Position position) const {
    if (told_ == Told::in_brief || !text || !position) return nullptr;
    return excerpt_json(lines_.try_emplace(text, *text).first->second, position);
  }

  Source source_of(const Location& where) const {
    if (!where.file.empty()) {
      const auto file = api_files_.find(where.file);
      return file == api_files_.end() ? Source{} : file->second;
    }
    const auto source = sources_.find(where.artefact);
    return source == sources_.end() ? Source{} : source->second;
  }

  static Json measures(const CheckResult& result) {
    Json list = Json::array();
    for (const Measure& measure : result.measures)
      list.push_back(Object{6}
                         .with("name", safe(measure.name))
                         .with("artefact", name_of(measure.where.artefact))
                         .with("pointer", safe(measure.where.pointer))
                         .with("value", measure.value)
                         .with("limit", measure.limit)
                         .with("unit", measure.unit)
                         .json());
    return list;
  }

  static Json quotes(const CheckResult& result) {
    Json list = Json::array();
    for (const Quote& quote : result.quotes)
      list.push_back(Object{3}
                         .with("name", safe(quote.name))
                         .with("text", safe(quote.text))
                         .with("location", safe(quote.location))
                         .json());
    return list;
  }

  Told told_;
  ExchangeList exchanges_;
  std::map<Artefact, Source> sources_;
  std::map<std::string, Source> api_files_;
  mutable std::map<const std::string*, Lines> lines_;  ///< of the texts that were shown so far
};

Json artefact_row(Artefact artefact, std::string_view location, std::string_view media_type, std::string_view hash,
                  std::size_t bytes) {
  return Object{6}
      .with("artefact", name_of(artefact))
      .with("location", safe(location))
      .with("media_type", safe(media_type))
      .with("sha256", hash)
      .with("bytes", bytes)
      .with("problem", nullptr)
      .json();
}

Json artefact_row(Artefact artefact, const Problem& problem) {
  return {{"artefact", name_of(artefact)},
          {"location", safe(problem.where)},
          {"media_type", ""},
          {"sha256", nullptr},
          {"bytes", nullptr},
          {"problem", problem_json(problem)}};
}

std::string media_type_of(const Evidence& evidence, Artefact artefact) {
  if (!evidence.fetches || !*evidence.fetches) return {};
  const Fetch* fetch = (*evidence.fetches)->of(artefact);
  return fetch && fetch->response() ? fetch->response()->media_type() : std::string{};
}

Json artefacts_json(const Evidence& evidence) {
  Json rows = Json::array();
  const auto add_document = [&](Artefact artefact, const auto& collected) {
    if (!collected) return;
    if (const Problem* problem = collected->problem()) return rows.push_back(artefact_row(artefact, *problem));
    const auto& value = *collected->value();
    rows.push_back(artefact_row(artefact, value.location, media_type_of(evidence, artefact), value.sha256,
                                value.document.text().size()));
  };
  add_document(Artefact::manifest, evidence.manifest);
  add_document(Artefact::api, evidence.api);
  if (evidence.api && *evidence.api)
    for (const ApiFile& file : (*evidence.api)->files)
      rows.push_back(artefact_row(Artefact::api, file.location, {}, file.sha256, file.document.text().size()));
  if (evidence.logo) {
    if (const Problem* problem = evidence.logo->problem()) rows.push_back(artefact_row(Artefact::logo, *problem));
    if (const Logo* logo = evidence.logo->value())
      rows.push_back(artefact_row(Artefact::logo, logo->location, logo->media_type, logo->sha256, logo->bytes));
  }
  if (evidence.legal_page) {
    if (const Problem* problem = evidence.legal_page->problem())
      rows.push_back(artefact_row(Artefact::legal_page, *problem));
    if (const LegalPage* page = evidence.legal_page->value())
      rows.push_back(
          artefact_row(Artefact::legal_page, page->location, page->media_type, page->sha256, page->body.size()));
  }
  return rows;
}

std::string name_of_submission(const Evidence& evidence) {
  if (evidence.manifest && *evidence.manifest)
    if (const std::string* name = (*evidence.manifest)->text("/name_for_human"); name && !is_blank(*name))
      return shortened(printable(*name), 100);
  if (evidence.api && *evidence.api) {
    const Json* title = (*evidence.api)->document.find("/info/title");
    if (title && title->is_string()) return shortened(printable(title->get<std::string>()), 100);
  }
  return printable(evidence.submission.source);
}

Json logo_json(const Evidence& evidence) {
  const Logo* logo = evidence.logo ? evidence.logo->value() : nullptr;
  if (!logo) return nullptr;
  const bool has_preview = !logo->preview_png.empty();
  return {{"format", name_of(logo->format)},
          {"width", logo->width},
          {"height", logo->height},
          {"frames", logo->frames},
          {"bytes", logo->bytes},
          {"transparent", logo->has_transparency},
          {"preview", has_preview ? Json("data:image/png;base64," + base64(logo->preview_png)) : Json{}}};
}

/// What was read of a page, without its text: that may be long, and its passages that matter are quoted by checks.
Json page_text_json(const std::string& location, const Result<PageText>& text) {
  Object json{8};
  json.with("location", safe(location)).with("problem", text ? Json{} : problem_json(*text.problem()));
  const PageText page = text ? *text : PageText{};
  return json.with("kind", text ? Json(name_of(page.kind)) : Json{})
      .with("title", safe(page.title))
      .with("language", page.language)
      .with("language_name", page.language_name)
      .with("language_percent", page.language_percent)
      .with("words", page.words)
      .json();
}

Json legal_page_json(const Evidence& evidence) {
  const LegalPage* page = evidence.legal_page ? evidence.legal_page->value() : nullptr;
  if (!page) return nullptr;
  Json privacy = Json::array(), elsewhere = Json::array();
  for (const PrivacyPage& other : page->privacy) privacy.push_back(page_text_json(other.url, other.text));
  for (const std::string& url : page->privacy_elsewhere) elsewhere.push_back(safe(url));
  return Object{3}
      .with("page", page_text_json(page->location, page->text))
      .with("privacy", std::move(privacy))
      .with("privacy_elsewhere", std::move(elsewhere))
      .json();
}

/// The whole text may be as large as the API description; what nobody would read is left out.
Json functions_json(const std::optional<FunctionList>& functions) {
  constexpr std::size_t longest = 100'000;  // code points
  if (!functions) return nullptr;
  const auto cost = [](const TextCost& of) {
    return Object{2}.with("characters", of.characters).with("tokens", of.tokens).json();
  };
  Json::array_t list;
  list.reserve(functions->functions.size());
  for (const ModelFunction& function : functions->functions)
    list.push_back(Object{4}
                       .with("name", safe(function.name))
                       .with("method", function.method)
                       .with("path", safe(function.path))
                       .with("cost", cost(function.cost))
                       .json());
  return Object{5}
      .with("name", safe(functions->name))
      .with("text", shortened(printable(functions->text(), false), longest))
      .with("head_cost", cost(functions->head_cost))
      .with("cost", cost(functions->cost))
      .with("list", std::move(list))
      .json();
}

Json counts_json(const std::vector<CheckResult>& results) {
  std::array<std::size_t, 6> outcomes{};
  std::map<std::string_view, std::size_t> counts;
  for (const CheckResult& result : results) {
    ++outcomes.at(static_cast<std::size_t>(result.outcome));
    for (const std::string& waived : result.waived) {
      const std::string_view kind = !waived.empty()                   ? "waived"
                                    : result.check->info.for_reviewer ? "for_reviewer"
                                                                      : name_of(result.severity);
      ++counts[kind];
    }
  }
  static constexpr auto kinds = {"error", "warning", "note", "waived", "for_reviewer"};
  Object json{kinds.size() + outcomes.size()};
  for (const char* kind : kinds) json.with(kind, counts[kind]);
  for (const Outcome outcome : {Outcome::passed, Outcome::failed, Outcome::not_applicable, Outcome::blocked,
                                Outcome::crashed, Outcome::skipped})
    json.with(name_of(outcome), outcomes.at(static_cast<std::size_t>(outcome)));
  return json.json();
}

Json idle_waivers_json(const std::vector<IdleWaiver>& waivers) {
  Json list = Json::array();
  for (const IdleWaiver& waiver : waivers)
    list.push_back({{"check", waiver.check},
                    {"pointer", safe(waiver.pointer)},
                    {"why", waiver.why},
                    {"line", waiver.position.line}});
  return list;
}

Json baseline_json(const Evidence& evidence) {
  Json changes = Json::array();
  for (const Change& change : changes_in(evidence))
    changes.push_back(Object{6}
                          .with("kind", name_of(change.kind))
                          .with("artefact", name_of(change.artefact))
                          .with("pointer", safe(change.pointer))
                          .with("what", safe(change.what))
                          .with("before", safe(change.before))
                          .with("after", safe(change.after))
                          .json());
  return {{"location", safe(evidence.baseline->location)},
          {"started_at", safe(evidence.baseline->started_at)},
          {"changes", std::move(changes)}};
}

}  // namespace

Json review_document(const Review& review, Told told) {
  const Evidence& evidence = *review.evidence;
  const ResultWriter writer{evidence, told};
  Json::array_t results;
  if (told == Told::everything) results.reserve(review.results.size());
  for (const CheckResult& result : review.results)
    if (told == Told::everything || result.outcome == Outcome::failed) results.push_back(writer.result(result));

  Json submission = Object{4}
                        .with("source", safe(evidence.submission.source))
                        .with("kind", name_of(evidence.submission.kind))
                        .with("name", name_of_submission(evidence))
                        .with("artefacts", artefacts_json(evidence))
                        .json();
  Json document = Object{21}
                      .with("format", "plugvet-review/1")
                      .with("tool", Json{{"name", "plugvet"}, {"version", review.tool_version}})
                      .with("started_at", timestamp_text(review.started_at))
                      .with("took_ms", review.took.count())
                      .with("seed", review.seed)
                      .with("fail_on", name_of(review.fail_on))
                      .with("submission", std::move(submission))
                      .with("profile", review.profile)
                      .with("profile_title", review.profile_title)
                      .with("profile_about", review.profile_about)
                      .with("verdict", name_of(review.verdict))
                      .with("counts", counts_json(review.results))
                      .with("results", std::move(results))
                      .with("idle_waivers", idle_waivers_json(review.idle_waivers))
                      .with("logo", logo_json(evidence))
                      .with("legal_page", legal_page_json(evidence))
                      .with("functions", told == Told::in_brief ? Json{} : functions_json(evidence.functions))
                      .with("exchanges", writer.exchanges())
                      .with("transcripts", Json::array())
                      .json();
  if (Json authorization = authorization_json(evidence); !authorization.is_null())
    document["authorization"] = std::move(authorization);
  if (evidence.baseline) document["baseline"] = baseline_json(evidence);
  if (evidence.snapshot) document["snapshot"] = *evidence.snapshot;
  redact(document, secrets_in(evidence));
  return document;
}

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::approved:
      return "approved";
    case Verdict::rejected:
      return "rejected";
    case Verdict::incomplete:
      return "incomplete";
  }
  return "incomplete";
}

}  // namespace plugvet
