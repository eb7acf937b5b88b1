#include "harness/engine/program_judge.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "harness/model/evidence_document.h"
#include "harness/support/fields.h"
#include "harness/support/text.h"

namespace plugvet {

namespace {

constexpr std::size_t most_output = 1u << 20;
constexpr std::size_t shown_errors = 500;  // code points
constexpr std::string_view its_output = "standard output";

/// Whether an artefact was collected, and what prevented it.
struct State {
  bool is_collected = false;
  const Problem* problem = nullptr;
};

template <class T>
State state_of(const Collected<T>& collected) {
  return {collected.has_value(), collected ? collected->problem() : nullptr};
}

State state_of(const Evidence& evidence, Artefact artefact) {
  if (artefact == Artefact::manifest) return state_of(evidence.manifest);
  if (artefact == Artefact::legal_page) return state_of(evidence.legal_page);
  return artefact == Artefact::api ? state_of(evidence.api) : state_of(evidence.logo);
}

/// Why there is nothing to be judged.
std::optional<Ruling> why_not(const Evidence& evidence, const std::vector<Artefact>& named) {
  static const std::vector<Artefact> documents{Artefact::manifest, Artefact::api};
  std::size_t collected = 0;
  for (const Artefact artefact : named.empty() ? documents : named) {
    const State state = state_of(evidence, artefact);
    if (state.problem) return Ruling{Outcome::blocked, {}, state.problem->what};
    if (!named.empty() && !state.is_collected) return ruling_without_artefact(evidence.not_collected_because);
    collected += state.is_collected;
  }
  if (collected == 0) return ruling_without_artefact(evidence.not_collected_because);
  return std::nullopt;
}

std::optional<Artefact> artefact_named(std::string_view name) {
  for (const Artefact artefact : {Artefact::submission, Artefact::manifest, Artefact::api, Artefact::logo,
                                  Artefact::legal_page, Artefact::tls, Artefact::cors})
    if (name == name_of(artefact)) return artefact;
  return std::nullopt;
}

const Document* document_of(const Evidence& evidence, const Location& where) {
  if (where.artefact == Artefact::manifest && evidence.manifest && *evidence.manifest)
    return &(*evidence.manifest)->document;
  if (where.artefact != Artefact::api || !evidence.api || !*evidence.api) return nullptr;
  if (where.file.empty()) return &(*evidence.api)->document;
  const auto& files = (*evidence.api)->files;
  const auto file = std::ranges::find(files, where.file, &ApiFile::name);
  return file == files.end() ? nullptr : &file->document;
}

/// One line of what a program printed. The problem says what is wrong with it.
Result<Finding> read_finding(std::string line, const Evidence& evidence) {
  const auto document = parse_json(std::move(line), its_output);
  if (!document) return *document.problem();
  Fields fields{*document, std::string{its_output}};
  Finding finding;
  finding.message = fields.required_text("message");
  finding.expected = fields.text("expected").value_or("");
  finding.actual = fields.text("actual").value_or("");
  finding.where.pointer = fields.text("pointer").value_or("");
  finding.where.artefact = evidence.manifest ? Artefact::manifest : Artefact::api;
  if (const auto name = fields.text("artefact")) {
    if (const auto artefact = artefact_named(*name))
      finding.where.artefact = *artefact;
    else
      fields.complain("artefact", "is none; it is manifest, api, logo, legal_page, tls, cors or submission.");
  }
  if (!finding.where.pointer.empty() && !finding.where.pointer.starts_with('/'))
    fields.complain("pointer", "is no JSON Pointer; it begins with `/`.");
  finding.where.file = fields.text("file").value_or("");
  const Document* judged = document_of(evidence, finding.where);
  if (!finding.where.file.empty() && !judged) fields.complain("file", "is none of the files of api.");
  if (auto problem = fields.finish()) return *problem;
  if (judged) finding.where.position = judged->position(finding.where.pointer);
  return finding;
}

Ruling crashed(std::string_view what, const ChildEnd& end) {
  const std::string_view errors = trimmed(end.errors);
  std::string reason = fmt::format("The program {}.", what);
  if (!errors.empty()) {
    const std::size_t length = code_points(errors);
    const std::string_view cut = first_code_points(errors, length > shown_errors ? length - shown_errors : 0);
    reason += fmt::format(" It said: {}{}", cut.empty() ? "" : "…", printable(errors.substr(cut.size()), false));
  }
  return {Outcome::crashed, {}, std::move(reason)};
}

std::string garbage_text(std::string_view line, std::size_t number, const Evidence& evidence) {
  // Read again where it stood, so that the sentence names the line.
  const auto finding = read_finding(std::string(number - 1, '\n').append(line), evidence);
  std::string_view what = finding.problem()->what;
  if (what.ends_with('.')) what.remove_suffix(1);
  return fmt::format("printed something else than findings: {}", shortened(what, shown_errors));
}

Ruling ruling_by(const ChildEnd& end, const Evidence& evidence) {
  Judgement judgement;
  std::string_view rest = end.output;
  for (std::size_t number = 1; !rest.empty(); ++number) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    if (is_blank(line)) continue;
    auto finding = read_finding(std::string{line}, evidence);
    if (!finding) return crashed(garbage_text(line, number, evidence), end);
    judgement.findings.push_back(std::move(*finding));
  }
  return ruling_of(std::move(judgement));
}

std::string seconds_text(std::chrono::milliseconds time) {
  return fmt::format("{} s", static_cast<double>(time.count()) / 1000);
}

}  // namespace

Needs ProgramJudge::needs() const {
  // All that the evidence document tells, so that what a program sees does not depend on the other checks.
  Needs all;
  for (const auto artefact : {Needs::manifest, Needs::api, Needs::logo, Needs::legal_page, Needs::fetches})
    all = all | Needs{artefact};
  return all;
}

Ruling ProgramJudge::rule_on(const Evidence& evidence) const {
  if (auto ruling = why_not(evidence, required)) return *ruling;
  const auto document = evidence_document(evidence);
  if (!document) return {Outcome::blocked, {}, document.problem()->what};
  const std::string text = document->dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  const auto end = run_program(program, text, {.time = timeout, .output = most_output});
  if (!end) return {Outcome::crashed, {}, end.problem()->what};
  switch (end->how) {
    case ChildEnd::How::out_of_time:
      return crashed("took longer than " + seconds_text(timeout), *end);
    case ChildEnd::How::too_much_output:
      return crashed("printed more than " + bytes_text(most_output), *end);
    case ChildEnd::How::signalled:
      return crashed(fmt::format("was ended by signal {}", end->status), *end);
    case ChildEnd::How::exited:
      break;
  }
  if (end->status != 0) return crashed(fmt::format("exited with status {}", end->status), *end);
  return ruling_by(*end, evidence);
}

}  // namespace plugvet
