#include <algorithm>

#include "checks/findings.h"
#include "checks/openapi.h"
#include "checks/values.h"

namespace plugvet::checks {
namespace {

Judgement operation_id_characters(const ApiDescription& api) {
  Judgement judgement;
  for (const openapi::Operation& operation : api.description->operations) {
    if (is_blank(operation.id)) continue;  // api/operation-id
    const auto odd =
        std::ranges::find_if_not(operation.id, [](char c) { return is_ascii_alphanumeric(c) || c == '_'; });
    if (odd == operation.id.end()) continue;
    const std::string_view rest{odd, operation.id.end()};
    judgement.findings.push_back({api.at(operation.node.place, "operationId"),
                                  "The name " + in_quotes(operation.id) + " has the character " +
                                      in_quotes(first_code_points(rest, 1)) + ", which names of functions do not have.",
                                  "letters a to z, digits and underscores",
                                  in_quotes(operation.id),
                                  {}});
  }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check api_operation_id_characters = define_check<of_openapi_3<operation_id_characters>>({
    .id = "api/operation-id-characters",
    .title = "The names of operations can be names of functions",
    .requirement = "operationId matches ^[A-Za-z0-9_]+$.",
    .rationale =
        "The operationId becomes the name of a function. Microsoft 365 Copilot allows no other characters; other "
        "platforms replace them, or leave the operation out. 13 of 373 approved plugins have a hyphen, dot or space.",
    .remedy = "Write the name with capitals or underscores: getUserInfo or get_user_info for get-user-info.",
    .source = "Microsoft, Plugin manifest schema 2.4: function name, ^[A-Za-z0-9_]+$; Teams Toolkit, spec-parser",
    .passing = "operationId: getUserInfo",
    .failing = "operationId: get-user-info",
});

}  // namespace plugvet::checks
