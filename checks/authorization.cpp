#include "checks/authorization.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "checks/findings.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

constexpr std::size_t most_named = 4;        // attempts in a message; the report has a table of all
constexpr std::size_t longest_refusal = 16u << 10;  // bytes of an answer that says no; a longer one holds data

std::string clean(std::string_view text, std::size_t most = 300) {
  return printable(shortened(text, most));
}

/// Nothing can be said: what was missing concerns the plugin (a refresh token), the user, or the time.
Judgement not_tried(const SignIn& sign_in, const Attempt& attempt) {
  if (sign_in.broken) return Judgement::blocked(sign_in.broken->what);
  const bool is_obstacle = attempt.seen == Reaction::unanswered || attempt.actual.starts_with("the time was up") ||
                           attempt.actual.starts_with("no code was to be had");
  const std::string why = fmt::format("It was not tried ({}): {}.", attempt.tried, clean(attempt.actual));
  return is_obstacle ? Judgement::blocked(why) : Judgement::not_applicable(why);
}

std::string spoken_operation(const GuardedOperation& operation) {
  const std::string name = operation.method + " " + clean(operation.path, 80);
  return operation.id.empty() ? name : fmt::format("{} ({})", name, clean(operation.id, 60));
}

std::string names_of(const std::vector<Pass>& passes) {
  std::vector<std::string> names;
  for (const Pass pass : passes) names.emplace_back(name_of(pass));
  return listed(names, "or");
}

/// Operations that went wrong with the same passes.
struct Group {
  const GuardedOperation* first = nullptr;
  const AccessAttempt* attempt = nullptr;  ///< the first one that went wrong
  std::size_t operations = 0;
};

Finding finding_of(const std::vector<Pass>& passes, const Group& group, const CallRule& rule) {
  std::string who = spoken_operation(*group.first);
  if (group.operations > 1) who += " and " + counted(group.operations - 1, "more operation");
  std::string message = fmt::format("Called with {}, {} {} {}.", names_of(passes), who,
                                    group.operations > 1 ? "answer" : "answers", clean(group.attempt->actual));
  if (!rule.consequence.empty()) message.append(" ").append(rule.consequence);
  return {group.first->where, std::move(message), std::string(rule.expected), clean(group.attempt->actual),
          group.attempt->exchange.request.url};
}

Judgement nothing_called(const Enforcement& enforcement) {
  const AuthDeclaration& declaration = enforcement.declaration;
  if (declaration.kind == AuthKind::none) return Judgement::not_applicable("The plugin asks for no authentication.");
  if (declaration.kind == AuthKind::vault)
    return Judgement::not_applicable("The platform keeps the credentials; nothing can be tried from here.");
  if (declaration.kind == AuthKind::unknown)
    return Judgement::not_applicable("The plugin declares no authentication that could be tried.");
  for (const GuardedOperation& operation : enforcement.operations)
    if (!operation.not_called_because.empty())
      return Judgement::not_applicable(fmt::format("No operation was called. {}: {}.", spoken_operation(operation),
                                                   clean(operation.not_called_because)));
  return Judgement::not_applicable("No operation declares authentication.");
}

void add_codes(const SignIn& sign_in, std::vector<SecretFacts>& all) {
  if (sign_in.callback && sign_in.callback->code) all.push_back(*sign_in.callback->code);
  for (const Attempt& attempt : sign_in.attempts)
    if (attempt.callback && attempt.callback->code) all.push_back(*attempt.callback->code);
}

void add_tokens(const SignIn& sign_in, std::string_view name, std::vector<SecretFacts>& all) {
  const auto add = [&](const std::optional<TokenAnswer>& answer) {
    if (!answer) return;
    const auto& facts = name == "access_token" ? answer->access_token : answer->refresh_token;
    if (facts) all.push_back(*facts);
  };
  add(sign_in.token);
  add(sign_in.refreshed);
  for (const Attempt& attempt : sign_in.attempts) add(attempt.answer);
}

/// What an attacker who has seen others would have to guess: the part that no other value begins with.
double unpredictable_bits(const SecretFacts& facts) {
  if (facts.length == 0) return 0;
  const double own = static_cast<double>(facts.length - std::min(facts.shared_prefix, facts.length));
  return facts.entropy * own / static_cast<double>(facts.length);
}

}  // namespace

namespace detail {

Judgement why_not_oauth(const SignIn& sign_in, bool needs_token) {
  if (!sign_in.is_oauth()) return Judgement::not_applicable("The plugin does not sign users in by OAuth.");
  if (needs_token && sign_in.broken) return Judgement::blocked(sign_in.broken->what);
  return Judgement::pass();
}

}  // namespace detail

Finding sign_in_finding(const SignIn& sign_in, std::string message, std::string expected, std::string actual,
                        const Exchange* exchange) {
  return {sign_in.declaration.where, std::move(message), std::move(expected), std::move(actual),
          exchange ? exchange->request.url : std::string{}};
}

Attempts attempts_of(const SignIn& sign_in, std::initializer_list<std::string_view> ids) {
  Attempts found;
  for (const Attempt& attempt : sign_in.attempts)
    if (std::ranges::any_of(ids, [&](std::string_view id) {
          return id.ends_with('/') ? attempt.id.starts_with(id) : attempt.id == id;
        }))
      found.push_back(&attempt);
  return found;
}

bool is_granted(const Attempt& attempt) {
  return attempt.seen == Reaction::granted;
}

bool is_refused(const Attempt& attempt) {
  return attempt.seen == Reaction::refused;
}

std::string tried_text(const Attempts& attempts) {
  std::string text;
  for (std::size_t i = 0; i < std::min(attempts.size(), most_named); ++i)
    text.append(i == 0 ? "" : "; ").append(clean(attempts[i]->tried));
  if (attempts.size() > most_named) text += fmt::format("; and {} more", attempts.size() - most_named);
  return text;
}

Judgement judge_attempts(const SignIn& sign_in, const Attempts& attempts, const AttemptRule& rule) {
  Attempts wrong;
  const Attempt* untried = nullptr;
  bool is_tried = false;
  for (const Attempt* attempt : attempts) {
    const bool is_answered = attempt->seen != Reaction::not_made && attempt->seen != Reaction::unanswered;
    is_tried |= is_answered;
    if (!is_answered)
      untried = attempt;
    else if (rule.is_wrong(*attempt))
      wrong.push_back(attempt);
  }
  if (wrong.empty()) {
    if (is_tried) return Judgement::pass();
    return untried ? not_tried(sign_in, *untried) : Judgement::not_applicable("It was not tried.");
  }
  const Attempt& first = *wrong.front();
  return Judgement::fail(sign_in_finding(sign_in, fmt::format("{}: {}.", rule.says, tried_text(wrong)),
                                         std::string(rule.expected), clean(first.actual),
                                         first.exchanges.empty() ? nullptr : &first.exchanges.back()));
}

std::vector<SecretFacts> handed_out(const SignIn& sign_in, std::string_view name) {
  std::vector<SecretFacts> all;
  if (name == "code")
    add_codes(sign_in, all);
  else
    add_tokens(sign_in, name, all);
  return all;
}

Judgement judge_strength(const SignIn& sign_in, std::string_view name, double minimum_bits) {
  const std::vector<SecretFacts> all = handed_out(sign_in, name);
  if (all.empty()) return Judgement::not_applicable(fmt::format("No {} was handed out.", name));
  for (const SecretFacts& facts : all) {
    if (facts.derived_from.empty() || facts.derived_from.ends_with(" itself")) continue;
    return Judgement::fail(sign_in_finding(
        sign_in, fmt::format("The {} holds {}: who knows the account can work it out.", name, facts.derived_from),
        "a random value", facts.derived_from));
  }
  const auto weakest = std::ranges::min_element(all, {}, unpredictable_bits);
  const double bits = unpredictable_bits(*weakest);
  if (bits >= minimum_bits) return Judgement::pass();
  std::string message = fmt::format("A {} of {} can be guessed: about {:.0f} bits of it are unpredictable", name,
                                    counted(weakest->length, "character"), bits);
  if (weakest->shared_prefix > 0)
    message += fmt::format("; it begins like an earlier one for {}", counted(weakest->shared_prefix, "character"));
  return Judgement::fail(sign_in_finding(sign_in, message + ".", fmt::format("at least {:.0f} bits", minimum_bits),
                                         fmt::format("about {:.0f} bits", bits)));
}

Judgement judge_calls(const Enforcement& enforcement, const CallRule& rule) {
  std::map<std::vector<Pass>, Group> groups;
  std::vector<const std::vector<Pass>*> order;
  bool is_tried = false;
  std::string obstacle;
  for (const GuardedOperation& operation : enforcement.operations) {
    std::vector<Pass> wrong;
    const AccessAttempt* first = nullptr;
    for (const AccessAttempt& attempt : operation.attempts) {
      if (std::ranges::find(rule.passes, attempt.pass) == rule.passes.end()) continue;
      if (attempt.seen == Reaction::not_made || attempt.seen == Reaction::unanswered) {
        obstacle = attempt.actual;
        continue;
      }
      is_tried = true;
      if (!rule.is_wrong(operation, attempt)) continue;
      wrong.push_back(attempt.pass);
      if (!first) first = &attempt;
    }
    if (wrong.empty()) continue;
    // Tried at one operation only; where any token is taken it says nothing more.
    if (std::ranges::find(wrong, Pass::wrong) != wrong.end()) std::erase(wrong, Pass::altered);
    const auto [group, is_new] = groups.try_emplace(std::move(wrong), Group{&operation, first, 0});
    if (is_new) order.push_back(&group->first);
    ++group->second.operations;
  }
  Judgement judgement;
  for (const std::vector<Pass>* passes : order)
    judgement.findings.push_back(finding_of(*passes, groups.at(*passes), rule));
  if (!judgement.findings.empty()) return summarised(std::move(judgement));
  if (is_tried) return Judgement::pass();
  if (obstacle.starts_with("no answer")) return Judgement::blocked(clean(obstacle));
  if (!obstacle.empty()) return Judgement::not_applicable("It was not tried: " + clean(obstacle) + ".");
  const bool was_called = std::ranges::any_of(enforcement.operations, [](const auto& one) { return !one.url.empty(); });
  if (!was_called) return nothing_called(enforcement);
  return Judgement::not_applicable(enforcement.no_token_because.empty()
                                       ? "There was no such call to make."
                                       : "It needs a valid token: " + clean(enforcement.no_token_because));
}

bool was(const GuardedOperation& operation, Pass pass, Reaction reaction) {
  const AccessAttempt* attempt = operation.attempt(pass);
  return attempt && attempt->seen == reaction;
}

bool valid_was(const GuardedOperation& operation, Reaction reaction) {
  return was(operation, Pass::valid, reaction);
}

bool says_refusal(const AccessAttempt& attempt) {
  static constexpr std::array<std::string_view, 17> words{
      "unauthorized",  "unauthorised",  "unauthenticated", "not authenticated", "not authorized", "not logged in",
      "authentication", "forbidden",    "access denied",   "invalid token",     "missing token",  "invalid_token",
      "\"error\"",     "\"errors\"",    "sign in",         "log in",            "type=\"password\""};
  if (!attempt.exchange.response || attempt.exchange.response->body.size() > longest_refusal) return false;
  const std::string body = to_lower_ascii(attempt.exchange.response->body);
  return std::ranges::any_of(words, [&](std::string_view word) { return body.find(word) != std::string::npos; });
}

bool is_let_in(const GuardedOperation&, const AccessAttempt& attempt) {
  return attempt.seen == Reaction::granted && (attempt.same_as_valid || !says_refusal(attempt));
}

bool is_open(const GuardedOperation& operation) {
  const AccessAttempt* none = operation.attempt(Pass::none);
  return none && is_let_in(operation, *none);
}

}  // namespace plugvet::checks
