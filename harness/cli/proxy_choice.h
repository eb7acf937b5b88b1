#pragma once
#include "harness/cli/arguments.h"
#include "harness/transport/proxy.h"

namespace plugvet::cli {

/// What --proxy and --no-proxy say, typed or in plugvet.yaml; empty: nothing. The problem (Blame::user) is a URL that
/// is none of a proxy, or both options in one place.
Result<std::optional<ProxyRules>> asked_proxies(const Arguments& arguments);

/// What the environment says, with curl's names: https_proxy, HTTPS_PROXY, http_proxy (HTTP_PROXY is what a web server
/// makes of a header), all_proxy, ALL_PROXY, no_proxy, NO_PROXY.
Result<ProxyRules> proxies_of_environment();

}  // namespace plugvet::cli
