#include "harness/authorize/authorize.h"

#include <fmt/format.h>

#include "harness/authorize/attempts.h"
#include "harness/authorize/authorization_code.h"
#include "harness/authorize/declaration.h"
#include "harness/authorize/enforcement.h"
#include "harness/authorize/header_calls.h"
#include "harness/authorize/server_metadata.h"

namespace plugvet {
namespace {

using Session = AuthorizationCode::Session;

constexpr const char* needs_live = "it calls the plugin's API; add --live to run this check";
constexpr const char* needs_live_sign_in =
    "it signs in at the plugin; add --live and --credentials FILE (`plugvet init` writes one to fill in) to run this "
    "check";
constexpr const char* needs_credentials =
    "it signs in at the plugin; add --credentials FILE (`plugvet init` writes one to fill in) to run this check";
constexpr const char* no_credentials = "no credentials were given: --credentials FILE";
constexpr std::chrono::seconds longest_token_life{10};

/// One submission's authorization, from the declaration to the last attempt.
class Authorization {
 public:
  Authorization(Evidence& evidence, Needs needs, std::span<const OperationCall> calls, Transport& transport,
                const AuthorizeOptions& options, const AuthDeclaration& declaration)
      : evidence_{evidence},
        needs_{needs},
        calls_{calls},
        options_{options},
        client_{transport, options.limits, options.deadline, *options.secrets, options.seed} {
    sign_in_.declaration = enforcement_.declaration = declaration;
  }

  void run() {
    if (sign_in_.is_oauth())
      run_oauth();
    else if (sign_in_.declaration.kind == AuthKind::none)
      call_with_headers(client_, calls_, {}, enforcement_);
    else
      run_with_given_tokens();
    if (needs_.contains(Needs::sign_in) && sign_in_.is_oauth() && credentials())
      evidence_.sign_in = Result<SignIn>{std::move(sign_in_)};
    if (needs_.contains(Needs::enforcement)) evidence_.enforcement = Result<Enforcement>{std::move(enforcement_)};
  }

 private:
  const Credentials* credentials() const { return options_.credentials.get(); }

  void run_with_given_tokens() {
    Passes passes;
    if (credentials()) {
      passes.valid = credentials()->token;
      passes.other_account = credentials()->other_token;
    }
    passes.no_token_because = credentials() ? "the credentials have no token" : no_credentials;
    call_with(passes);
  }

  void call_with(const Passes& passes) {
    knock(client_, calls_, passes, options_.allow_writes, enforcement_);
    if (!passes.valid.empty()) call_with_headers(client_, calls_, passes.valid, enforcement_);
  }

  void run_oauth() {
    if (!credentials()) {
      call_with({.no_token_because = no_credentials});
      return;
    }
    auto person = person_to_ask();
    if (!person) return leave_unsigned(*person.problem());
    auto flow = AuthorizationCode::make(client_, sign_in_.declaration, *credentials(), std::move(*person));
    if (flow)
      run_flow(*flow);
    else
      leave_unsigned(*flow.problem());
  }

  Result<std::optional<Person>> person_to_ask() {
    if (!options_.show_address) return std::optional<Person>{};
    auto callback = LoopbackCallback::open(credentials()->redirect_uri);
    if (!callback) return *callback.problem();
    Person person;
    person.redirect_uri = (*callback)->redirect_uri();
    person.travel = [this, callback = *callback](const JourneyPlan& plan) {
      return callback->wait(plan, client_.secrets(), client_.time_left(), options_.show_address);
    };
    return std::optional{std::move(person)};
  }

  void leave_unsigned(const Problem& problem) {
    sign_in_.broken = problem;
    call_with({.no_token_because = problem.what});
  }

  void run_flow(AuthorizationCode& flow) {
    Session first;
    first.by_hand = flow.is_by_hand();
    first.name = "the first account";
    if (!first.by_hand) first.login = &*credentials()->login;
    sign_in_.metadata = server_metadata(client_, flow.authorization_endpoint());
    flow.sign_in(first, sign_in_);

    Passes passes;
    passes.valid = first.access_token;
    if (sign_in_.broken) passes.no_token_because = "the sign-in did not succeed: " + sign_in_.broken->what;
    if (!sign_in_.broken) passes.other_account = token_of_other_account(flow);
    call_with(passes);
    add_call_step();

    const std::string first_refresh_token = first.refresh_token;
    if (!sign_in_.broken) flow.refresh(first, sign_in_);
    if (sign_in_.refreshed && sign_in_.refreshed->is_token())
      sign_in_.renewed_call = call_again(client_, calls_, first.access_token, enforcement_);
    try_expired(flow, first);
    if (!needs_.contains(Needs::sign_in)) return;
    const AttemptPlan plan{
        .flow = flow,
        .session = first,
        .sign_in = sign_in_,
        .replaced_refresh_token = first.refresh_token == first_refresh_token ? "" : first_refresh_token,
        .other_token = passes.other_account,
        .call = [this](const std::string& token) { return call_again(client_, calls_, token, enforcement_); },
        .wait = options_.wait,
        .why_not = sign_in_.broken ? "the sign-in did not succeed" : ""};
    sign_in_.attempts = make_attempts(plan);
  }

  std::string token_of_other_account(AuthorizationCode& flow) {
    if (!credentials()->other_login || flow.is_by_hand()) return {};
    Session other = Session::of(*credentials()->other_login, "the other account");
    SignIn unseen;
    flow.sign_in(other, unseen);
    return other.access_token;
  }

  void add_call_step() {
    for (const GuardedOperation& operation : enforcement_.operations)
      if (const AccessAttempt* valid = operation.attempt(Pass::valid)) {
        SignInStep step;
        step.kind = StepKind::call;
        step.from = Party::platform;
        step.to = Party::api;
        step.note = operation.id;
        step.exchange = valid->exchange;
        sign_in_.steps.push_back(std::move(step));
        return;
      }
  }

  void try_expired(AuthorizationCode& flow, Session& session) {
    if (sign_in_.broken) return;
    std::string why_not;
    if (!session.expires_in)
      why_not = "the token endpoint does not say when a token expires";
    else if (*session.expires_in > longest_token_life || *session.expires_in + longest_token_life > client_.time_left())
      why_not = fmt::format("a token lives for {} s", session.expires_in->count());
    if (!why_not.empty()) return add_expired({}, why_not, enforcement_);
    options_.wait(*session.expires_in + std::chrono::milliseconds{500});
    add_expired(call_again(client_, calls_, session.access_token, enforcement_), {}, enforcement_);
    renew(flow, session);
  }

  /// What follows goes on with a token that is valid.
  static void renew(AuthorizationCode& flow, Session& session) {
    SignIn unseen;
    flow.sign_in(session, unseen);
  }

  Evidence& evidence_;
  const Needs needs_;
  std::span<const OperationCall> calls_;
  const AuthorizeOptions& options_;
  Client client_;
  SignIn sign_in_;
  Enforcement enforcement_;
};

/// Says why not where nothing is called, so that every check knows why it is skipped.
void explain_absence(Evidence& evidence, const AuthorizeOptions& options) {
  const std::string& out_of_reach = evidence.not_collected_because;
  evidence.not_called_because = out_of_reach.empty() ? needs_live : out_of_reach;
  evidence.not_signed_in_because = !out_of_reach.empty() ? out_of_reach
                                   : options.live        ? needs_credentials
                                                         : needs_live_sign_in;
}

/// Of a plugin whose callers need not prove anything, or not in a way that could be tried: the declaration alone.
void keep_declaration(Evidence& evidence, Needs needs, const AuthDeclaration& declaration) {
  const bool asks_nothing = declaration.kind == AuthKind::none || declaration.kind == AuthKind::vault ||
                            declaration.kind == AuthKind::unknown;
  if (needs.contains(Needs::sign_in) && declaration.kind != AuthKind::oauth) {
    SignIn none;
    none.declaration = declaration;
    evidence.sign_in = Result<SignIn>{std::move(none)};
  }
  if (needs.contains(Needs::enforcement) && asks_nothing) {
    Enforcement none;
    none.declaration = declaration;
    evidence.enforcement = Result<Enforcement>{std::move(none)};
  }
}

bool is_complete(const Evidence& evidence, Needs needs) {
  return (!needs.contains(Needs::sign_in) || evidence.sign_in) &&
         (!needs.contains(Needs::enforcement) || evidence.enforcement);
}

}  // namespace

void authorize(Evidence& evidence, Needs needs, std::span<const OperationCall> calls,
               const std::shared_ptr<Transport>& transport, const AuthorizeOptions& options) {
  explain_absence(evidence, options);
  if (options.credentials) options.secrets->give(options.credentials->secrets());
  if (needs.contains(Needs::sign_in) || needs.contains(Needs::enforcement)) {
    const auto declaration = auth_declaration(evidence);
    if (declaration) {
      keep_declaration(evidence, needs, *declaration);
      const bool is_reachable = transport && evidence.not_collected_because.empty();
      const bool is_open = declaration->kind == AuthKind::none && needs.contains(Needs::enforcement);
      if (options.live && is_reachable && (is_open || !is_complete(evidence, needs)))
        Authorization{evidence, needs, calls, *transport, options, *declaration}.run();
    } else {
      if (needs.contains(Needs::sign_in)) evidence.sign_in = Result<SignIn>{*declaration.problem()};
      if (needs.contains(Needs::enforcement)) evidence.enforcement = Result<Enforcement>{*declaration.problem()};
    }
  }
  evidence.secrets = options.secrets->all();
}

}  // namespace plugvet
