#pragma once
#include <optional>
#include <variant>
#include <vector>

#include "harness/model/fetch.h"
#include "harness/support/url.h"
#include "harness/transport/transport.h"

namespace plugvet {

/// 301, 302, 303, 307 or 308 with a Location.
bool is_redirect(const Response& response);

/// Where the last hop leads: nothing (its response is the answer), the next request, or why there is none.
/// Redirects are followed by hand, so that every hop's URL is parsed, judged and recorded like the first one.
///   - Credentials never cross an origin: there, only headers that say nothing about the sender stay.
///   - A method that changes something, or a body, is never sent on to another origin, nor from https to http.
///   - At most `limits.redirects`; the same request twice is a circle.
using NextHop = std::variant<std::monostate, Request, Problem>;
NextHop next_hop(const std::vector<Exchange>& hops, const FetchLimits& limits);

}  // namespace plugvet
