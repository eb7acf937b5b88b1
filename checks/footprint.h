#pragma once
#include "harness/model/check.h"

namespace plugvet::checks {

/// Why there is nothing to measure: the document is not one of OpenAPI 3, which is api/version's to say.
inline constexpr std::string_view no_functions = "There is no OpenAPI 3 document to make functions of.";

/// "conversation" measures: tokens of the whole function list against `limit`.
Measure footprint_measure(const ApiDescription& api, const FunctionList& functions, std::size_t limit);
/// What the model is shown costs too much: says how much, and what costs most.
Finding footprint_finding(const ApiDescription& api, const FunctionList& functions, std::size_t limit);

}  // namespace plugvet::checks
