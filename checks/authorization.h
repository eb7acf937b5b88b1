#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "harness/model/check.h"

namespace plugvet::checks {

// What checks of signing in and of guarded operations have in common. One broken thing is one finding: an attempt that
// went through is evidence of it, and several are told together. A sign-in that broke is the finding of auth/sign-in or
// auth/token-exchange; what needs a token is blocked by it.

namespace detail {

/// Why a check of OAuth does not concern the plugin, or cannot be made; passed: neither.
Judgement why_not_oauth(const SignIn& sign_in, bool needs_token);

template <auto Function>
struct OfOauth;
template <class... T, Judgement (*Function)(const T&...)>
struct OfOauth<Function> {
  template <bool needs_token>
  static Judgement judge(const T&... evidence) {
    Judgement why_not = why_not_oauth(std::get<const SignIn&>(std::tie(evidence...)), needs_token);
    const bool is_possible = why_not.not_applicable_because.empty() && why_not.blocked_because.empty();
    return is_possible ? Function(evidence...) : why_not;
  }
};

}  // namespace detail

/// The check concerns plugins that sign in by OAuth.
template <auto Function>
inline constexpr auto of_oauth = &detail::OfOauth<Function>::template judge<false>;
/// And it needs a sign-in that came to its end; otherwise it is blocked.
template <auto Function>
inline constexpr auto of_signed_in = &detail::OfOauth<Function>::template judge<true>;

/// A finding about the declaration of OAuth, with the exchange that shows it.
Finding sign_in_finding(const SignIn& sign_in, std::string message, std::string expected, std::string actual,
                        const Exchange* exchange = nullptr);

using Attempts = std::vector<const Attempt*>;
/// The attempts of these ids, in their order; "redirect-uri/" stands for all that begin so.
Attempts attempts_of(const SignIn& sign_in, std::initializer_list<std::string_view> ids);

bool is_granted(const Attempt& attempt);
bool is_refused(const Attempt& attempt);

/// What a check says about a group of attempts.
struct AttemptRule {
  bool (*is_wrong)(const Attempt&);
  std::string_view says;      ///< before what was tried: "The token endpoint takes what it must refuse"
  std::string_view expected;  ///< "an error"
};
/// One finding that names every attempt that went wrong. None could be made: why not.
Judgement judge_attempts(const SignIn& sign_in, const Attempts& attempts, const AttemptRule& rule);

/// "a code a second time; an empty code; and 3 more"
std::string tried_text(const Attempts& attempts);

/// Every secret of that name that was handed out in the sign-in and the attempts: "code", "access_token".
std::vector<SecretFacts> handed_out(const SignIn& sign_in, std::string_view name);
/// Findings about secrets of that name that can be guessed: fewer bits than `minimum_bits`, or made of the account.
Judgement judge_strength(const SignIn& sign_in, std::string_view name, double minimum_bits);

// --- Guarded operations ---

/// What a check says about calls.
struct CallRule {
  std::initializer_list<Pass> passes;
  bool (*is_wrong)(const GuardedOperation&, const AccessAttempt&);
  std::string_view consequence;  ///< a sentence after what was seen; may be empty
  std::string_view expected;     ///< "status 401"
};
/// One finding for all operations that went wrong with the same passes. No operation was called: why not.
Judgement judge_calls(const Enforcement& enforcement, const CallRule& rule);

/// The attempt with the valid token was answered in this way.
bool valid_was(const GuardedOperation& operation, Reaction reaction);
bool was(const GuardedOperation& operation, Pass pass, Reaction reaction);
/// The answer of status 200 says that the caller is not let in, or asks to sign in.
bool says_refusal(const AccessAttempt& attempt);
/// The call was answered as if the caller were let in.
bool is_let_in(const GuardedOperation& operation, const AccessAttempt& attempt);
/// It is, without any token: what it does with a wrong one says nothing more.
bool is_open(const GuardedOperation& operation);

}  // namespace plugvet::checks
