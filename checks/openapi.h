#pragma once
#include <string>
#include <tuple>

#include "harness/model/check.h"
#include "harness/openapi/description.h"

namespace plugvet::checks {

// A document that is not OpenAPI 3 is one broken thing: api/version says so, and no other check of the description
// concerns it. The check states it where it is defined:
//
//   define_check<of_openapi_3<operation_id>>({ … })

/// Why a check of OpenAPI 3 does not concern this document; empty when it does.
std::string why_not_openapi_3(const ApiDescription& api);

namespace detail {

template <auto Function>
struct OfOpenapi3;
template <class... T, Judgement (*Function)(const T&...)>
struct OfOpenapi3<Function> {
  static Judgement judge(const T&... evidence) {
    std::string why = why_not_openapi_3(std::get<const ApiDescription&>(std::tie(evidence...)));
    return why.empty() ? Function(evidence...) : Judgement::not_applicable(std::move(why));
  }
};

}  // namespace detail

/// The check concerns descriptions of OpenAPI 3 only.
template <auto Function>
inline constexpr auto of_openapi_3 = &detail::OfOpenapi3<Function>::judge;

/// A fault of the structure as a finding, at its place.
Finding finding_of(const ApiDescription& api, const openapi::StructureFault& fault);

/// " The platform says \"…\"." with the profile's `platform_message`; empty when it has none.
std::string said_by_platform(const Parameters& limits);

/// One of the operation's responses says what a wrong call is answered: 4xx or default.
bool describes_refusal(const openapi::Operation& operation);

/// An operation as messages name it: "GET /todos (listTodos)".
std::string spoken(const openapi::Operation& operation);

}  // namespace plugvet::checks
