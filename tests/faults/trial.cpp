#include "tests/faults/trial.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "harness/support/text.h"
#include "tests/faults/secrets.h"
#include "tests/reports/safety.h"

namespace plugvet::faults {
namespace {

namespace fs = std::filesystem;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif

constexpr std::string_view formats[] = {"json", "html", "junit", "sarif", "markdown"};
constexpr std::size_t longest_sentence = 2'048;

/// Every file of a folder, with its size and the time of its last change.
std::map<std::string, std::string> tree_of(const fs::path& folder) {
  std::map<std::string, std::string> tree;
  std::error_code error;
  for (fs::recursive_directory_iterator at{folder, fs::directory_options::skip_permission_denied, error}, end;
       at != end && !error; at.increment(error)) {
    const bool is_file = at->is_regular_file(error) && !at->is_symlink(error);
    tree[at->path().native()] =
        is_file ? fmt::format("{} {}", at->file_size(error), at->last_write_time(error).time_since_epoch().count())
            : "";
  }
  return tree;
}

/// Where the run may write: its reports, and its temporary files.
struct Desk {
  Folder out, temporary;
};

Ended run_once(const Folder& here, const Trial& trial, const Desk& desk) {
  std::vector<std::string> words = trial.under;
  words.insert(words.end(), {PLUGVET_BINARY_DIR "/plugvet", "review"});
  words.insert(words.end(), trial.words.begin(), trial.words.end());
  for (const std::string_view format : formats) {
    words.emplace_back("--report");
    words.push_back(fmt::format("{}={}", format, (desk.out / format).native()));
  }
  words.insert(words.end(), {"--report", "text"});
  cli_tests::Setting setting{.folder = here.path(), .environment = trial.environment};
  setting.environment["TMPDIR"] = desk.temporary.path().native();
  setting.limit = std::chrono::ceil<std::chrono::seconds>(trial.budget) + std::chrono::seconds{20};
  return cli_tests::run(std::move(words), setting);
}

/// Ids of all checks of a profile, as the program itself lists them.
const std::set<std::string>& checks_of(const std::string& profile) {
  static std::map<std::string, std::set<std::string>> known;
  auto& ids = known[profile];
  if (ids.empty())
    for (const Json& check : Json::parse(
             cli_tests::run_plugvet({"list", "--profile", profile, "--report", "json"}).out))
      ids.insert(check["id"].get<std::string>());
  return ids;
}

/// A sentence that is there and can be read.
void demand_sentence(const Json& owner, const char* member, const std::string& of) {
  const std::string text = owner.value(member, "");
  BOOST_TEST(!text.empty(), of << " has no " << member);
  BOOST_TEST(text.size() <= longest_sentence, of << ": a " << member << " of " << text.size() << " bytes");
}

void demand_whole(const Json& document, bool of_all_checks) {
  std::set<std::string> ids;
  bool untested = false;
  for (const Json& result : document["results"]) {
    const auto id = result["id"].get<std::string>(), outcome = result["outcome"].get<std::string>();
    BOOST_TEST(ids.insert(id).second, id << " stands twice");
    BOOST_TEST(outcome != "crashed", id << ": " << result.dump());
    if (outcome == "blocked" || outcome == "skipped" || outcome == "not_applicable")
      demand_sentence(result, "reason", id);
    const bool decides = result["severity"] == "error" && !result.value("for_reviewer", false);
    untested = untested || (outcome == "blocked" && decides);
    BOOST_TEST((outcome == "failed") == !result["findings"].empty(), id);
    for (const Json& finding : result["findings"]) demand_sentence(finding, "message", id);
  }
  for (const Json& artefact : document["submission"]["artefacts"])
    if (artefact["problem"].is_object()) demand_sentence(artefact["problem"], "what", artefact["artefact"].dump());
  BOOST_TEST(!(untested && document["verdict"] == "approved"), "approved, though checks are blocked");
  if (of_all_checks)
    BOOST_TEST((ids == checks_of(document["profile"].get<std::string>())), "checks are missing in the review");
}

int status_of(const Json& documents) {
  const auto any = [&](const char* verdict) {
    return std::ranges::any_of(documents, [&](const Json& one) { return one["verdict"] == verdict; });
  };
  return any("rejected") ? 1 : any("incomplete") ? 3 : 0;
}

/// Who asks nobody waits for nobody: what else runs on this machine is not its fault.
std::chrono::milliseconds time_of(const Ended& ended, const Trial& trial) {
  const auto is_url = [](const std::string& word) { return word.find("://") != std::string::npos; };
  return std::ranges::any_of(trial.words, is_url) ? ended.took : ended.computed;
}

void demand_end(const Ended& ended, const Trial& trial) {
  const auto most = trial.budget + std::chrono::seconds{1}, took = time_of(ended, trial);
  if (!sanitized) {
    BOOST_TEST(took.count() <= most.count(), "it took " << took.count() << " ms");
    BOOST_TEST(ended.peak_kib <= trial.memory_kib, "it needed " << ended.peak_kib << " KiB");
  }
  BOOST_TEST(std::ranges::count(trial.statuses, ended.status) == 1, "status " << ended.status << ": " << ended.err);
  for (const char* words : {"Sanitizer", "runtime error:", "terminate called", "Assertion"})
    BOOST_TEST(ended.err.find(words) == std::string::npos, ended.err);
}

void demand_harmless(const std::string& name, const std::string& text) {
  for (const std::string& secret : secrets_in(text)) BOOST_ERROR(name + " holds " + secret);
}

void demand_inert(const Reviewed& reviewed) {
  for (const auto& [format, report] : reviewed.reports) {
    BOOST_TEST(!report.empty(), "there is no report " << format);
    for (const std::string& breach : breaches(format, report)) BOOST_ERROR(format + ": " + printable(breach));
    demand_harmless(format, report);
  }
  BOOST_TEST((printable(reviewed.ended.err, false) == reviewed.ended.err), "standard error: "
      << printable(reviewed.ended.err));
  demand_harmless("standard error", reviewed.ended.err);
}

Json array_of(const std::string& text) {
  Json json = Json::parse(text, nullptr, false);
  BOOST_TEST(!json.is_discarded(), "the report is no JSON: " << text.substr(0, 200));
  return json.is_array() ? json : Json::array({std::move(json)});
}

bool is_reviewed_in_part(const Trial& trial) {
  return std::ranges::any_of(trial.words, [](const std::string& word) { return word == "--only" || word == "--skip"; });
}

}  // namespace

std::string Reviewed::outcome(std::string_view check, std::size_t i) const {
  for (const Json& result : documents[i]["results"])
    if (result["id"] == check) return result["outcome"].get<std::string>();
  return {};
}

bool Reviewed::says(std::string_view words, std::size_t i) const {
  const auto has = [&](const Json& owner, const char* member) {
    return owner.is_object() && owner.value(member, "").find(words) != std::string::npos;
  };
  for (const Json& result : documents[i]["results"]) {
    if (has(result, "reason")) return true;
    for (const Json& finding : result["findings"])
      if (has(finding, "message")) return true;
  }
  return std::ranges::any_of(documents[i]["submission"]["artefacts"],
                             [&](const Json& artefact) { return has(artefact["problem"], "what"); });
}

std::string Reviewed::problem(std::string_view name, std::size_t i) const {
  for (const Json& artefact : documents[i]["submission"]["artefacts"])
    if (artefact["artefact"] == name && artefact["problem"].is_object())
      return artefact["problem"].value("id", "a problem without id");
  return {};
}

void tell_figure(const std::string& line) {
  BOOST_TEST_MESSAGE(line);
  if (const char* path = std::getenv("PLUGVET_FIGURES")) std::ofstream{path, std::ios::app} << line + '\n';
}

std::vector<std::string> few_checks() {
  if (std::getenv("PLUGVET_ALL_FAULTS")) return {};
  std::vector<std::string> words;
  for (const char* few : {"transport/*", "manifest/name-length", "api/syntax", "logo/format", "legal/*"})
    words.insert(words.end(), {"--only", few});
  return words;
}

Json without_times(Json documents) {
  if (documents.is_object())
    for (const char* name : {"took_ms", "started_at", "timing"}) documents.erase(name);
  if (documents.is_structured())
    for (Json& child : documents) child = without_times(std::move(child));
  return documents;
}

Reviewed review(const Folder& here, const Trial& trial) {
  const Desk desk;
  const auto before = tree_of(here.path());
  Reviewed reviewed{.ended = run_once(here, trial, desk), .documents = Json::array(), .reports = {}};
  demand_end(reviewed.ended, trial);
  const long took = time_of(reviewed.ended, trial).count(), peak = reviewed.ended.peak_kib >> 10;
  tell_figure(fmt::format("run {} {} {}", took, (trial.budget + std::chrono::seconds{1}).count(), peak));
  for (const std::string_view format : formats) reviewed.reports[std::string{format}] = desk.out.read(format);
  reviewed.reports["text"] = reviewed.ended.out;
  demand_inert(reviewed);

  reviewed.documents = array_of(reviewed.reports["json"]);
  BOOST_REQUIRE(reviewed.documents[0].is_object());
  for (const Json& document : reviewed.documents) demand_whole(document, !is_reviewed_in_part(trial));
  BOOST_TEST(reviewed.ended.status == status_of(reviewed.documents), "the exit status and the verdicts do not agree");

  BOOST_TEST((tree_of(here.path()) == before), "files were changed that nobody asked for");
  BOOST_TEST(tree_of(desk.temporary.path()).empty(), "temporary files were left");
  BOOST_TEST(tree_of(desk.out.path()).size() == std::size(formats), "there are other files than the reports");
  for (rig::Canary* canary : trial.canaries)
    BOOST_TEST(canary->visits() == 0u, canary->address() << " was connected");

  if (trial.again) {
    const Desk other;
    run_once(here, trial, other);
    BOOST_TEST((without_times(array_of(other.out.read("json"))) == without_times(reviewed.documents)),
               "a second run found something else");
  }
  return reviewed;
}

}  // namespace plugvet::faults
