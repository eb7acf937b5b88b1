#pragma once
#include <memory>
#include <string>

#include "fixtures/server.h"
#include "harness/authorize/authorize.h"
#include "harness/collect/calls.h"
#include "harness/collect/collect.h"
#include "harness/transport/live.h"

namespace plugvet::tests {

/// A connection that reaches `origin` on this machine.
inline std::shared_ptr<Transport> connection_to(const std::string& origin) {
  LiveOptions live;
  live.loopback_origins = {origin};
  live.per_host_at_once = 6;
  return *make_live_transport(live);
}

inline std::shared_ptr<const Credentials> credentials_in(const std::string& yaml) {
  auto credentials = read_credentials(yaml, "credentials");
  if (!credentials) throw std::runtime_error(credentials.problem()->what);
  return std::make_shared<const Credentials>(*credentials);
}

/// What is found out about the plugin at `origin`.
inline Evidence authorized(const std::string& origin, const std::shared_ptr<Transport>& transport,
                           const AuthorizeOptions& options) {
  const Needs needs = Needs{Needs::sign_in} | Needs::enforcement;
  Evidence evidence = collect(*identify_submission(origin), needs, ManifestKind::ai_plugin, transport, {});
  authorize(evidence, needs, operation_calls(evidence), transport, options);
  return evidence;
}

/// The fixture plugin todo-oauth, deviating as it is told, and what signing in at it brings.
struct TodoOauth {
  explicit TodoOauth(fixtures::Behaviours behaviours = {}) {
    fixtures::ServerOptions served;
    served.plugin = "todo-oauth";
    served.behaviours = std::move(behaviours);
    server = std::make_unique<fixtures::Server>(served);
    options.live = true;
    options.credentials = credentials_in(fixtures::credentials_of("todo-oauth", served.behaviours));
    transport = connection_to(server->origin());
  }

  Evidence sign_in() const { return authorized(server->origin(), transport, options); }

  std::unique_ptr<fixtures::Server> server;
  std::shared_ptr<Transport> transport;
  AuthorizeOptions options;
};

}  // namespace plugvet::tests
