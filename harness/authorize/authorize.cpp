#include "harness/authorize/authorize.h"

#include "harness/authorize/declaration.h"

namespace plugvet {
namespace {

constexpr const char* needs_live = "it calls the plugin's API; add --live to run this check";
constexpr const char* needs_sign_in =
    "it signs in at the plugin; add --live and --credentials FILE (`plugvet init` writes one to fill in) to run this "
    "check";

bool asks_callers(const AuthDeclaration& declaration) {
  return declaration.kind != AuthKind::none;
}

/// Says so where nothing is to be called, so that every check knows why it is skipped.
void explain_absence(Evidence& evidence, const AuthorizeOptions& options) {
  const bool is_out_of_reach = evidence.submission.is_on_disk() || !evidence.not_collected_because.empty();
  evidence.not_called_because = is_out_of_reach ? evidence.not_collected_because : needs_live;
  evidence.not_signed_in_because = is_out_of_reach ? evidence.not_collected_because : needs_sign_in;
  if (options.credentials) evidence.secrets = options.credentials->secrets();
}

}  // namespace

void authorize(Evidence& evidence, Needs needs, std::span<const OperationCall> calls,
               const std::shared_ptr<Transport>& transport, const AuthorizeOptions& options) {
  explain_absence(evidence, options);
  if (!needs.contains(Needs::sign_in) && !needs.contains(Needs::enforcement)) return;
  const auto declaration = auth_declaration(evidence);
  static_cast<void>(calls);
  static_cast<void>(transport);
  if (!declaration) {
    if (needs.contains(Needs::sign_in)) evidence.sign_in = Result<SignIn>{*declaration.problem()};
    if (needs.contains(Needs::enforcement)) evidence.enforcement = Result<Enforcement>{*declaration.problem()};
    return;
  }
  if (needs.contains(Needs::sign_in) && declaration->kind != AuthKind::oauth) {
    SignIn none;
    none.declaration = *declaration;
    evidence.sign_in = Result<SignIn>{std::move(none)};
  }
  if (needs.contains(Needs::enforcement) && !asks_callers(*declaration)) {
    Enforcement none;
    none.declaration = *declaration;
    evidence.enforcement = Result<Enforcement>{std::move(none)};
  }
}

}  // namespace plugvet
