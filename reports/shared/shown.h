#pragma once
#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/check.h"
#include "harness/model/review.h"
#include "harness/support/json.h"

namespace plugvet::reports {

/// What a report shows: the review documents as plain values. Every text in here has been through printable() and is
/// one line of bounded length, so that no format can forget it. Nothing is missing: what a document lacks reads as
/// empty.

struct ShownLine {
  int number = 0;
  std::string text;
  bool marked = false;         ///< the line of the finding
  std::size_t mark_begin = 0;  ///< bytes of `text` that the finding is about; only in the marked line
  std::size_t mark_size = 0;   ///< 0: the place within the line is not known
};

struct ShownFinding {
  std::string artefact, location, pointer, message, expected, actual, reproduction, fingerprint;
  std::string file;  ///< of another than the main document of the artefact: its path; else empty
  int line = 0;
  int column = 0;
  std::optional<std::size_t> exchange;
  std::optional<std::string> waiver;
  std::vector<ShownLine> excerpt;
};

struct ShownMeasure {
  std::string name, artefact, pointer, unit;
  double value = 0;
  double limit = 0;
};

struct ShownParameter {
  std::string name, value;
};

struct ShownCheck {
  std::string id, group, title, reason, requirement, rationale, remedy, source, since;
  Severity severity = Severity::error;
  Outcome outcome = Outcome::passed;
  bool for_reviewer = false;
  bool waived = false;
  double took_ms = 0;
  std::vector<ShownParameter> parameters;
  std::vector<ShownFinding> findings;
  std::size_t findings_left_out = 0;  ///< of the hundred thousand that a hostile document may have
  std::vector<ShownMeasure> measures;
};

struct ShownArtefact {
  std::string artefact, location, media_type, sha256, problem;
  std::optional<std::size_t> bytes;
};

struct ShownIdleWaiver {
  std::string check, pointer, why;
  int line = 0;
};

struct ShownLogo {
  std::string format;
  int width = 0;
  int height = 0;
  int frames = 0;
  std::size_t bytes = 0;
  bool transparent = false;
  std::string preview;  ///< a data: URI of a PNG, checked character by character; else empty
};

struct ShownCertificate {
  std::string subject, issuer, not_before, not_after, key, signature;
  std::vector<std::string> names;
  std::size_t name_count = 0;
};

struct ShownTls {
  std::string version, cipher, message;
  bool verified = false;
  bool host_matches = false;
  std::vector<ShownCertificate> chain;  ///< leaf first
  friend bool operator==(const ShownTls& a, const ShownTls& b);
};

struct ShownExchange {
  std::string artefact, method, url, version, media_type, address, proxy, problem;
  std::optional<std::string> redirect;
  std::optional<int> status;
  int hop = 0;
  std::size_t bytes = 0;
  std::optional<std::chrono::milliseconds> started_at;
  std::array<std::chrono::milliseconds, 5> reached{};  ///< since the start: name, connect, tls, first byte, all
  std::optional<ShownTls> tls;
};

/// Something that is not as it was when the plugin was reviewed before.
struct ShownChange {
  std::string artefact, pointer, what, before, after;
  std::string weight;  ///< "Breaks callers"; empty: it neither breaks anything nor takes protection away
};
struct ShownBaseline {
  std::string location, started_at;
  std::vector<ShownChange> changes;  ///< what weighs most first
  std::size_t left_out = 0;
};

struct ShownFunction {
  std::string name, method, path;
  std::size_t characters = 0, tokens = 0;
};

/// What the model is shown of the API description.
struct ShownFunctions {
  std::string name;
  std::string text;  ///< several lines
  std::size_t characters = 0, tokens = 0, head_tokens = 0;
  std::vector<ShownFunction> list;
  std::size_t left_out = 0;  ///< functions that are not in `list`
};

/// A passage that a check found, for the person who reviews.
struct ShownQuote {
  std::string name, text, location;
};

/// What was read of the legal page, or of one on privacy beside it.
struct ShownPage {
  std::string location, problem, kind, title, language;
  int language_percent = 0;
  std::size_t words = 0;
};

struct ShownLegalPage {
  ShownPage page;
  std::vector<ShownPage> privacy;
  std::vector<std::string> privacy_elsewhere;
};

/// A parameter or member that was sent or received; a secret as dots.
struct ShownField {
  std::string name, value;
  bool is_secret = false;
};

/// One arrow of the sequence diagram of a sign-in and the answer to it.
struct ShownStep {
  std::string kind, from, to, note;
  std::string method, url;
  std::string answer;  ///< "200, application/json, 312 B"; empty: there is none to see
  std::vector<ShownField> sent, received;
};

/// How something that was tried went.
enum class Trial : unsigned char { as_expected, otherwise, untold, not_made };

struct ShownAttempt {
  std::string tried, expected, actual;
  Trial trial = Trial::not_made;
};

struct ShownCall {
  std::string pass, actual, status;  ///< status: "401", "no answer"; empty: not made
  Trial trial = Trial::not_made;
};

struct ShownGuarded {
  std::string name;  ///< "GET /todos (listTodos)"
  std::string not_called_because;
  std::vector<ShownCall> calls;
};

/// How plugvet signed in, and what it tried.
struct ShownAuthorization {
  std::string kind, redirect_uri, broken, no_token_because;
  std::vector<ShownStep> steps;
  std::vector<ShownAttempt> attempts;
  std::vector<ShownGuarded> operations;
  std::size_t left_out = 0;  ///< operations that are not in `operations`

  /// "46 attempts: 44 as expected, 1 otherwise, 1 not made"; empty: there were none
  std::string attempts_counted() const;
  /// "5 guarded operations: 2 called, 1 let somebody in or refused wrongly"
  std::string operations_counted() const;
};

/// Findings that count by severity, and checks by outcome, as the document says.
struct ShownCounts {
  int error = 0, warning = 0, note = 0, waived = 0, for_reviewer = 0;
  int passed = 0, failed = 0, not_applicable = 0, blocked = 0, crashed = 0, skipped = 0;

  int checks() const { return passed + failed + not_applicable + blocked + crashed + skipped; }
};

struct ShownReview {
  std::string tool_version, started_at, source, kind, name, profile, profile_title, profile_about;
  std::chrono::milliseconds took{};
  std::string seed;
  Severity fail_on = Severity::error;
  Verdict verdict = Verdict::incomplete;
  ShownCounts counts;
  std::vector<ShownArtefact> artefacts;
  std::vector<ShownCheck> checks;  ///< by id
  std::vector<ShownIdleWaiver> idle_waivers;
  std::optional<ShownLogo> logo;
  std::optional<ShownLegalPage> legal_page;
  std::vector<ShownQuote> quotes;  ///< of all checks, in their order
  std::optional<ShownFunctions> functions;
  std::optional<ShownBaseline> baseline;
  std::optional<ShownAuthorization> authorization;
  std::vector<ShownExchange> exchanges;
  std::size_t exchanges_left_out = 0;
};

/// `documents`: an array of review documents, or one.
std::span<const Json> review_documents(const Json& documents);
enum class Shown : unsigned char { everything, what_failed };
/// `what_failed` leaves out the checks that found nothing, for a report that shows no others.
ShownReview shown(const Json& document, Shown which = Shown::everything);
/// For reports that need all of them at once.
std::vector<ShownReview> all_shown(const Json& documents);

/// What tells each of several reviews from the others: its submission and its profile, as far as they differ among them,
/// and a number where the same was reviewed twice. Of a single review it is empty.
std::vector<std::string> keys_of(const Json& documents);
/// A key as one word of letters, digits and `_`.
std::string key_word(std::string_view key);

using Checks = std::vector<const ShownCheck*>;

/// Checks with findings that count, the gravest first, then by group and id.
Checks to_fix(const ShownReview& review);
/// Checks that only a person can judge and that found something to look at.
Checks for_reviewer(const ShownReview& review);
/// Checks with at least one finding that a waiver accepts.
Checks with_waived(const ShownReview& review);
Checks with_outcome(const ShownReview& review, Outcome outcome);

/// The proxies that something was fetched through, each once.
std::vector<std::string> proxies_of(const ShownReview& review);

/// Checks of one outcome that have their reason in common.
struct Cause {
  std::string reason;
  Checks checks;
};
/// The cause that concerns most checks comes first.
std::vector<Cause> causes(const ShownReview& review, Outcome outcome);

/// Whether the check can reject this submission: at or above `fail_on`, and not for the reviewer.
bool decides(const ShownReview& review, const ShownCheck& check);
std::size_t counting(const ShownCheck& check);  ///< its findings that no waiver accepts

}  // namespace plugvet::reports
