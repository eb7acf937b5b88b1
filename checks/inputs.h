#pragma once
#include <functional>
#include <string>
#include <vector>

#include "harness/openapi/description.h"

namespace plugvet::checks {

// What the model fills in: what platforms make a function of. They take the methods get, put, post, patch and delete,
// and of their parameters those in path and query; headers and cookies are not sent (api/header-parameters).

bool is_exposed(const openapi::Operation& operation);
bool is_passed(const openapi::Parameter& parameter);

/// Every parameter that is passed, once, however many operations share it. Broken ones are left out.
void for_each_parameter(const openapi::Description& description,
                        const std::function<void(const openapi::Operation&, const openapi::Parameter&)>& visit);
/// Every body of put, post, patch and delete, once.
void for_each_body(const openapi::Description& description,
                   const std::function<void(const openapi::Operation&, const openapi::RequestBody&)>& visit);

/// Every parameter in header or cookie, once, without those that the platform sends by itself: `sent`, in lower case.
void for_each_unsent(const openapi::Description& description, const std::vector<std::string>& sent,
                     const std::function<void(const openapi::Operation&, const openapi::Parameter&)>& visit);
/// Accept, Content-Type or Authorization as a header parameter, which OpenAPI says is ignored: other parts of the
/// description say what they are.
bool is_ignored_header(const openapi::Parameter& parameter);

/// "application/json", perhaps with parameters, or a range that includes it.
bool is_json(const openapi::MediaType& type);

/// "GET /todos (listTodos): the parameter "status""
std::string spoken(const openapi::Operation& operation, const openapi::Parameter& parameter);

}  // namespace plugvet::checks
