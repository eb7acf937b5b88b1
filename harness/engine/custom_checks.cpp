#include "harness/engine/custom_checks.h"

#include <fmt/format.h>
#include <re2/re2.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>

#include "harness/engine/assertion.h"
#include "harness/engine/program_judge.h"
#include "harness/support/fields.h"
#include "harness/support/text.h"
#include "harness/support/time.h"

namespace plugvet {

namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds longest_timeout{600'000};

/// Judges the values that a path finds in one document.
struct PathJudge {
  Artefact artefact = Artefact::manifest;
  JsonPath path;
  Assertion assertion;
  std::string message;

  Needs needs() const { return artefact == Artefact::manifest ? Needs::manifest : Needs::api; }

  Ruling rule_on(const Evidence& evidence) const {
    return artefact == Artefact::manifest ? rule_on(evidence.manifest, evidence) : rule_on(evidence.api, evidence);
  }

 private:
  template <class T>
  Ruling rule_on(const Collected<T>& collected, const Evidence& evidence) const {
    if (!collected) return ruling_without_artefact(evidence.not_collected_because);
    if (const Problem* problem = collected->problem()) return {Outcome::blocked, {}, problem->what};
    const Document& document = (*collected)->document;
    auto matches = path.find(document.root());
    if (!matches) return {Outcome::blocked, {}, matches.problem()->what};
    return ruling_of(assertion({path, document, artefact, message, std::move(*matches)}));
  }
};

/// The texts that the views of a CheckInfo look at.
struct Texts {
  std::string id, title, requirement, rationale, remedy, source;

  CheckInfo info(Severity severity) const {
    return {.id = id, .title = title, .requirement = requirement, .rationale = rationale, .remedy = remedy,
            .source = source, .passing = "", .failing = "", .since = "", .severity = severity};
  }
};

/// A check together with all that it looks at.
template <class Judge>
struct Made {
  Texts texts;
  Judge judge;
  Check check;

  static Ruling rule(const void* state, const Evidence& evidence, const Parameters&) {
    return static_cast<const Made*>(state)->judge.rule_on(evidence);
  }
};

template <class Judge>
std::shared_ptr<const Check> made(Texts texts, Severity severity, Judge judge) {
  const Needs needs = judge.needs();
  auto made = std::make_shared<Made<Judge>>(Made<Judge>{std::move(texts), std::move(judge), {{}, {}, {nullptr}}});
  made->check = {made->texts.info(severity), needs, {&Made<Judge>::rule, made.get()}};
  return {made, &made->check};
}

bool is_check_id(const std::string& id) {
  static const RE2 form{"[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*"};
  return RE2::FullMatch(id, form);
}

/// One entry of the list.
class EntryReader {
 public:
  EntryReader(const Document& document, const std::string& where, std::string pointer,
              std::span<const Check* const> known, ManifestKind manifest)
      : document_{document},
        where_{where},
        pointer_{std::move(pointer)},
        known_{known},
        manifest_{manifest},
        fields_{document, where, pointer_} {}

  Result<CustomCheck> read() {
    read_texts();
    read_severity();
    const bool is_program = fields_.value("program") != nullptr;
    return is_program ? read_program() : read_path();
  }

 private:
  void read_texts() {
    texts_.id = fields_.required_text("id");
    texts_.title = printable(fields_.required_text("title"));
    texts_.requirement = printable(fields_.text("requirement").value_or(texts_.title), false);
    texts_.rationale = printable(fields_.required_text("rationale"), false);
    texts_.remedy = printable(fields_.required_text("remedy"), false);
    texts_.source = printable(fields_.text("source").value_or(default_source()), false);
    if (!is_check_id(texts_.id))
      fields_.complain("id", "is no id; write group/noun-phrase in small letters, digits and dashes: house/contact.");
    if (std::ranges::any_of(known_, [&](const Check* check) { return check->info.id == texts_.id; }))
      fields_.complain("id", fmt::format("{} is taken by another check; choose a group of your own.", texts_.id));
  }

  std::string default_source() const {
    return fmt::format("{}, line {}", fs::path{where_}.filename().native(), document_.position(pointer_).line);
  }

  void read_severity() {
    const auto severity = severity_named(fields_.required_text("severity"));
    if (!severity) fields_.complain("severity", "is one of note, warning, error.");
    severity_ = severity.value_or(Severity::error);
  }

  // --- a path and an assertion ---

  Result<CustomCheck> read_path() {
    if (!fields_.value("in") && !fields_.value("path"))
      fields_.complain("id", "belongs to a check that judges nothing; add `in` and `path`, or `program`.");
    const std::string in = fields_.required_text("in"), path_text = fields_.required_text("path");
    if (in != "manifest" && in != "api") fields_.complain("in", "is manifest or api.");
    if (in == "manifest" && manifest_ == ManifestKind::none)
      fields_.complain("in", "is manifest, but the profile's platform has none (manifest: none); write `in: api`.");
    AssertionReader::ask(fields_);
    std::string message = printable(fields_.text("message").value_or(""), false);
    const auto path = JsonPath::parse(path_text);
    if (!path) fields_.complain("path", "is no JSONPath: " + path.problem()->what);
    if (auto problem = fields_.finish()) return *problem;
    auto assertion = AssertionReader{document_, where_, pointer_}.take();
    if (!assertion) return *assertion.problem();
    const Artefact artefact = in == "api" ? Artefact::api : Artefact::manifest;
    PathJudge judge{artefact, *path, std::move(*assertion), std::move(message)};
    return CustomCheck{made(std::move(texts_), severity_, std::move(judge)), {}};
  }

  // --- a program ---

  Result<CustomCheck> read_program() {
    for (const std::string_view name : {"in", "path"})
      if (fields_.value(name)) fields_.complain(name, "does not go together with program.");
    ProgramJudge judge;
    std::vector<std::string> words = fields_.texts("program");
    if (words.empty()) fields_.complain("program", "is not a list: the path of a program, and its arguments.");
    read_timeout(judge);
    read_needs(judge);
    if (auto problem = fields_.finish()) return *problem;
    judge.program.folder = fs::absolute(where_).parent_path();
    judge.program.file = (judge.program.folder / words.front()).lexically_normal();
    judge.program.arguments.assign(words.begin() + 1, words.end());
    if (const std::string defect = defect_of(judge.program.file); !defect.empty()) {
      fields_.complain("program", defect);
      return *fields_.finish();
    }
    std::string file = judge.program.file.string();
    return CustomCheck{made(std::move(texts_), severity_, std::move(judge)), std::move(file)};
  }

  void read_timeout(ProgramJudge& judge) {
    const Json* value = fields_.value("timeout");
    if (!value) return;
    const auto timeout = parse_duration(value->is_string() ? value->get<std::string>() : value->dump());
    if (timeout && *timeout <= longest_timeout)
      judge.timeout = *timeout;
    else
      fields_.complain("timeout", "is not a duration of at most 10 minutes; write it as 30, 30s, 500ms or 2m.");
  }

  void read_needs(ProgramJudge& judge) {
    for (const std::string& name : fields_.texts("needs")) {
      const auto known = {Artefact::manifest, Artefact::api, Artefact::logo, Artefact::legal_page};
      const auto* found = std::ranges::find(known, name, [](Artefact artefact) { return name_of(artefact); });
      if (found == known.end())
        fields_.complain("needs", fmt::format("has {}; it is a list of manifest, api, logo and legal_page.", printable(name)));
      else
        judge.required.push_back(*found);
    }
  }

  static std::string defect_of(const fs::path& file) {
    std::error_code error;
    const std::string shown = printable(file.native());
    const fs::file_status status = fs::status(file, error);
    if (!fs::exists(status))
      return fmt::format("names no file: {}. A relative path begins at this profile; PATH is not searched.", shown);
    if (!fs::is_regular_file(status)) return fmt::format("is no program: {} is not a regular file.", shown);
    if (::access(file.c_str(), X_OK) != 0) return fmt::format("is not executable: chmod +x {}", shown);
    return {};
  }

  const Document& document_;
  const std::string& where_;
  std::string pointer_;
  std::span<const Check* const> known_;
  ManifestKind manifest_;
  Fields fields_;
  Texts texts_;
  Severity severity_ = Severity::error;
};

}  // namespace

Result<std::vector<CustomCheck>> read_custom_checks(const Document& document, const std::string& where,
                                                    ManifestKind manifest, std::span<const Check* const> known) {
  std::vector<CustomCheck> checks;
  std::vector<const Check*> taken{known.begin(), known.end()};
  const Json* list = document.find("/custom_checks");
  for (std::size_t i = 0; list && i < list->size(); ++i) {
    auto check = EntryReader{document, where, join_pointer("/custom_checks", i), taken, manifest}.read();
    if (!check) return *check.problem();
    taken.push_back(check->check.get());
    checks.push_back(std::move(*check));
  }
  return checks;
}

}  // namespace plugvet
