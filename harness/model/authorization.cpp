#include "harness/model/authorization.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace plugvet {
namespace {

template <class List, class Is>
auto* first(const List& list, Is is) {
  const auto found = std::find_if(list.begin(), list.end(), is);
  return found == list.end() ? nullptr : &*found;
}

}  // namespace

std::string_view name_of(AuthKind kind) {
  switch (kind) {
    case AuthKind::none:
      return "none";
    case AuthKind::service_http:
      return "service_http";
    case AuthKind::user_http:
      return "user_http";
    case AuthKind::oauth:
      return "oauth";
    case AuthKind::api_key:
      return "api_key";
    case AuthKind::vault:
      return "vault";
    case AuthKind::unknown:
      break;
  }
  return "unknown";
}

std::string_view name_of(Party party) {
  switch (party) {
    case Party::browser:
      return "browser";
    case Party::platform:
      return "platform";
    case Party::authorization_server:
      return "authorization server";
    case Party::token_endpoint:
      return "token endpoint";
    case Party::api:
      break;
  }
  return "API";
}

std::string_view name_of(StepKind kind) {
  switch (kind) {
    case StepKind::authorization_request:
      return "authorization request";
    case StepKind::redirect:
      return "redirect";
    case StepKind::form:
      return "form";
    case StepKind::callback:
      return "callback";
    case StepKind::token_request:
      return "token request";
    case StepKind::refresh_request:
      return "refresh request";
    case StepKind::call:
      break;
  }
  return "call";
}

std::string_view name_of(Reaction reaction) {
  switch (reaction) {
    case Reaction::granted:
      return "granted";
    case Reaction::refused:
      return "refused";
    case Reaction::asked:
      return "asked";
    case Reaction::redirected:
      return "redirected";
    case Reaction::other:
      return "other";
    case Reaction::failed:
      return "failed";
    case Reaction::unanswered:
      return "unanswered";
    case Reaction::not_made:
      break;
  }
  return "not_made";
}

std::string_view name_of(Pass pass) {
  switch (pass) {
    case Pass::valid:
      return "the valid token";
    case Pass::none:
      return "no token";
    case Pass::empty:
      return "an empty token";
    case Pass::undefined:
      return "the token \"undefined\"";
    case Pass::wrong:
      return "a wrong token";
    case Pass::altered:
      return "the token with one character changed";
    case Pass::other_scheme:
      return "the token under another scheme";
    case Pass::expired:
      return "an expired token";
    case Pass::in_query:
      return "the token in the query";
    case Pass::lower_case:
      return "the scheme in lower case";
    case Pass::forged_headers:
      return "the platform's headers alone";
    case Pass::other_account:
      break;
  }
  return "another account's token";
}

std::string TokenAnswer::error() const {
  const Json* member = document ? document->find("/error") : nullptr;
  const auto* text = member ? member->get_ptr<const std::string*>() : nullptr;
  return text ? *text : std::string{};
}

const Attempt* SignIn::attempt(std::string_view id) const {
  return first(attempts, [&](const Attempt& attempt) { return attempt.id == id; });
}

const SignInStep* SignIn::step(StepKind kind) const {
  return first(steps, [&](const SignInStep& step) { return step.kind == kind; });
}

const AccessAttempt* GuardedOperation::attempt(Pass pass) const {
  return first(attempts, [&](const AccessAttempt& attempt) { return attempt.pass == pass; });
}

}  // namespace plugvet
