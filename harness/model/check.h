#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "harness/model/evidence.h"
#include "harness/model/parameters.h"

namespace plugvet {

/// MAY, SHOULD, MUST.
enum class Severity : unsigned char { note, warning, error };
enum class Outcome : unsigned char { passed, failed, not_applicable, blocked, crashed, skipped };
std::string_view name_of(Severity severity);
std::string_view name_of(Outcome outcome);
std::optional<Severity> severity_named(std::string_view name);

/// One violation seen. It has no id and no severity: those are the check's and the profile's.
struct Finding {
  Location where;
  std::string message;                      ///< what was seen, one or two sentences
  std::string expected;                     ///< a noun phrase: "at most 20 characters"
  std::string actual;                       ///< a noun phrase: "27 characters (27 UTF-16 units, 29 bytes)"
  std::optional<std::string> exchange_url;  ///< the request that shows it, when one does
  std::string reproduction;                 ///< a command for a shell that shows it again; empty: there is none
};

/// A number that a check measured against its limit, whether or not it failed. Reports draw it as a bar.
struct Measure {
  Location where;
  std::string name;  ///< "name_for_human"
  double value = 0;
  double limit = 0;
  std::string unit;  ///< "characters", "bytes", "pixels", "ms"
};

/// A passage that a check found, word by word, for the person who reviews: reports show it whether or not anything is
/// missing beside it.
struct Quote {
  std::string name;  ///< what it is about, a noun phrase: "how long data is kept"
  std::string text;
  std::string location;  ///< the URL of the page that it stands on
};

/// What a check says. No findings: the requirement holds.
struct Judgement {
  std::vector<Finding> findings;
  std::string not_applicable_because;  ///< non-empty: the requirement does not concern this submission
  std::string blocked_because;         ///< non-empty: a lower rung broke, so this could not be tested
  std::vector<Measure> measures;
  std::vector<Quote> quotes;

  static Judgement pass() { return {}; }
  static Judgement fail(Finding finding) { return {{std::move(finding)}, {}, {}, {}, {}}; }
  static Judgement not_applicable(std::string because) { return {{}, std::move(because), {}, {}, {}}; }
  static Judgement blocked(std::string because) { return {{}, {}, std::move(because), {}, {}}; }
};

/// What everybody may know about a check. All texts are for people; titles state the requirement in the present tense.
struct CheckInfo {
  std::string_view id;           ///< "manifest/name-length" = path = symbol = fault folder
  std::string_view title;        ///< "The name shown to people fits the plugin store"
  std::string_view requirement;  ///< what the platform asks, precisely
  std::string_view rationale;    ///< why it matters
  std::string_view remedy;       ///< how to pass it
  std::string_view source;       ///< which document rules it
  std::string_view passing;      ///< a short example that passes (JSON, a URL, a header)
  std::string_view failing;      ///< and one that fails
  std::string_view since = "0.1";  ///< empty: not plugvet's own
  Severity severity = Severity::error;
  bool for_reviewer = false;  ///< only a person can judge it: shown apart, never decides the verdict
};

/// Which artefacts a check reads.
class Needs {
 public:
  enum Item : unsigned {
    fetches, manifest, api, logo, legal_page, tls, cors, paths, mail, sign_in, enforcement, probing
  };
  constexpr Needs() = default;
  constexpr Needs(Item item) : bits_{1u << item} {}
  constexpr bool contains(Item item) const { return (bits_ >> item & 1u) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  friend constexpr Needs operator|(Needs a, Needs b) {
    Needs both;
    both.bits_ = a.bits_ | b.bits_;
    return both;
  }

 private:
  unsigned bits_ = 0;
};

struct Ruling {
  Outcome outcome = Outcome::passed;
  Judgement judgement;
  std::string reason;  ///< why it was not tested: not applicable, blocked, skipped, crashed
};

/// What follows from a judgement.
Ruling ruling_of(Judgement judgement);
/// What follows when an artefact that a check needs was not collected: skipped.
Ruling ruling_without_artefact(const std::string& because);

/// What a check does. `state` is for a check that is made at run time: what it was made of, owned by its maker.
struct Rule {
  Ruling (*function)(const void* state, const Evidence&, const Parameters&);
  const void* state = nullptr;
  Ruling operator()(const Evidence& evidence, const Parameters& parameters) const {
    return function(state, evidence, parameters);
  }
};

/// What a check says of one exchange of a probed operation.
using ProbeRule = Judgement (*)(const Probe&, const Evidence&, const Parameters&);

/// A check: a documented pure function over evidence.
struct Check {
  CheckInfo info;
  Needs needs;
  Rule rule;
  ProbeRule probe_rule = nullptr;  ///< of a check that judges each exchange of a probed operation
};

/// Runs a check on every exchange. What is found at the same place of the same operation again is one finding, with the
/// command that shows it. Blocked where the probing ended early and nothing was found so far.
Judgement judge_probes(ProbeRule rule, const Evidence& evidence, const Parameters& parameters);
/// What makes two findings of a check the same.
std::string finding_key(const Probe& probe, const Finding& finding);

namespace detail {

// Which member of the evidence an artefact type is, and which one says why it was not collected.
struct MemberOfSubmission {
  static constexpr auto absence = &Evidence::not_collected_because;
};
template <class T>
struct Member;
template <>
struct Member<Fetches> : MemberOfSubmission {
  static constexpr Needs::Item item = Needs::fetches;
  static constexpr auto pointer = &Evidence::fetches;
};
template <>
struct Member<Manifest> : MemberOfSubmission {
  static constexpr Needs::Item item = Needs::manifest;
  static constexpr auto pointer = &Evidence::manifest;
};
template <>
struct Member<ApiDescription> : MemberOfSubmission {
  static constexpr Needs::Item item = Needs::api;
  static constexpr auto pointer = &Evidence::api;
};
template <>
struct Member<Logo> : MemberOfSubmission {
  static constexpr Needs::Item item = Needs::logo;
  static constexpr auto pointer = &Evidence::logo;
};
template <>
struct Member<LegalPage> : MemberOfSubmission {
  static constexpr Needs::Item item = Needs::legal_page;
  static constexpr auto pointer = &Evidence::legal_page;
};
template <>
struct Member<TlsSurvey> : MemberOfSubmission {
  static constexpr Needs::Item item = Needs::tls;
  static constexpr auto pointer = &Evidence::tls;
};
template <>
struct Member<CorsProbes> : MemberOfSubmission {
  static constexpr Needs::Item item = Needs::cors;
  static constexpr auto pointer = &Evidence::cors;
};
template <>
struct Member<SignIn> {
  static constexpr Needs::Item item = Needs::sign_in;
  static constexpr auto pointer = &Evidence::sign_in;
  static constexpr auto absence = &Evidence::not_signed_in_because;
};
template <>
struct Member<Enforcement> {
  static constexpr Needs::Item item = Needs::enforcement;
  static constexpr auto pointer = &Evidence::enforcement;
  static constexpr auto absence = &Evidence::not_called_because;
};
template <>
struct Member<Probing> {
  static constexpr Needs::Item item = Needs::probing;
  static constexpr auto pointer = &Evidence::probing;
  static constexpr auto absence = &Evidence::not_probed_because;
};
template <>
struct Member<PathProbes> : MemberOfSubmission {
  static constexpr Needs::Item item = Needs::paths;
  static constexpr auto pointer = &Evidence::paths;
};
template <>
struct Member<MailRoute> : MemberOfSubmission {
  static constexpr Needs::Item item = Needs::mail;
  static constexpr auto pointer = &Evidence::mail;
};

// `const T&`: the content of an artefact. Without it the check is blocked.
template <class T>
struct Argument {
  static constexpr Needs needs() { return Needs{Member<T>::item}; }
  /// Why it was not collected; null when it was.
  static const std::string* absence(const Evidence& e) {
    return (e.*Member<T>::pointer).has_value() ? nullptr : &(e.*Member<T>::absence);
  }
  static const Problem* obstacle(const Evidence& e) { return (e.*Member<T>::pointer)->problem(); }
  static const T& get(const Evidence& e, const Parameters&) { return *(e.*Member<T>::pointer)->value(); }
};
// `const Result<T>&`: the attempt itself, successful or not.
template <class T>
struct Argument<Result<T>> : Argument<T> {
  static const Problem* obstacle(const Evidence&) { return nullptr; }
  static const Result<T>& get(const Evidence& e, const Parameters&) { return *(e.*Member<T>::pointer); }
};
// What is always there: the limits that the profile sets, what was handed in, and the evidence as a whole for a check
// that reads what may or may not have been collected.
struct Always {
  static constexpr Needs needs() { return {}; }
  static const std::string* absence(const Evidence&) { return nullptr; }
  static const Problem* obstacle(const Evidence&) { return nullptr; }
};
template <>
struct Argument<Parameters> : Always {
  static const Parameters& get(const Evidence&, const Parameters& parameters) { return parameters; }
};
template <>
struct Argument<Submission> : Always {
  static const Submission& get(const Evidence& e, const Parameters&) { return e.submission; }
};
// `const Collected<T>&`: takes it if it happens to be there; never skipped or blocked for want of it.
template <class T>
struct Argument<std::optional<Result<T>>> : Always {
  static constexpr Needs needs() { return Needs{Member<T>::item}; }
  static const Collected<T>& get(const Evidence& e, const Parameters&) { return e.*Member<T>::pointer; }
};
// `const Evidence&`: only for what has no artefact of its own (the moment of the review, options of the user).
template <>
struct Argument<Evidence> : Always {
  static const Evidence& get(const Evidence& e, const Parameters&) { return e; }
};

// `const Probe&`: one exchange of a probed operation; the check is run on each.
template <>
struct Argument<Probe> : Argument<Probing> {};

template <auto Function>
struct Bound;
template <class... T, Judgement (*Function)(const T&...)>
struct Bound<Function> {
  static constexpr Needs needs() { return (Needs{} | ... | Argument<T>::needs()); }
  static constexpr bool is_of_probes = (std::is_same_v<T, Probe> || ...);

  static Ruling rule(const void*, const Evidence& evidence, const Parameters& parameters) {
    const std::string* absence = nullptr;
    ((absence = absence ? absence : Argument<T>::absence(evidence)), ...);
    if (absence) return ruling_without_artefact(*absence);
    const Problem* obstacle = nullptr;
    ((obstacle = obstacle ? obstacle : Argument<T>::obstacle(evidence)), ...);
    if (obstacle) return {Outcome::blocked, {}, obstacle->what};
    if constexpr (is_of_probes)
      return ruling_of(judge_probes(&probe_rule, evidence, parameters));
    else
      return ruling_of(Function(Argument<T>::get(evidence, parameters)...));
  }

  static Judgement probe_rule(const Probe& probe, const Evidence& evidence, const Parameters& parameters) {
    return Function(of_one<T>(probe, evidence, parameters)...);
  }

 private:
  template <class One>
  static const One& of_one(const Probe& probe, const Evidence& evidence, const Parameters& parameters) {
    if constexpr (std::is_same_v<One, Probe>)
      return probe;
    else
      return Argument<One>::get(evidence, parameters);
  }
};

}  // namespace detail

/// The needs of a check are the parameters of its function; nothing else can be read. An empty text is a compile error.
template <auto Function>
consteval Check define_check(const CheckInfo& info) {
  if (info.id.empty() || info.title.empty()) throw "a check has an id and a title";
  if (info.requirement.empty()) throw "a check says what is required";
  if (info.rationale.empty()) throw "a check says why it matters";
  if (info.remedy.empty()) throw "a check says how to pass it";
  if (info.source.empty()) throw "a check says where the requirement comes from";
  using Bound = detail::Bound<Function>;
  Check check{info, Bound::needs(), {&Bound::rule}};
  if constexpr (Bound::is_of_probes) check.probe_rule = &Bound::probe_rule;
  return check;
}

}  // namespace plugvet
