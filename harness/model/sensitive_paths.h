#pragma once
#include <array>
#include <string_view>

namespace plugvet {

/// Paths that are found open on servers by mistake. They are asked for once each, on the submission's own host, by
/// anonymous GET: what anybody's browser may do. Whether an answer is what it seems to be, the check that reads it knows
/// by its content.
inline constexpr std::array<std::string_view, 9> sensitive_paths{
    "/.env",         "/.git/HEAD",    "/.git/config",  "/.aws/credentials", "/.well-known/",
    "/actuator/env", "/debug/pprof/", "/server-status", "/docker-compose.yml"};

}  // namespace plugvet
