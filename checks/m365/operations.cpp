#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "checks/findings.h"
#include "checks/format.h"
#include "checks/functions.h"
#include "checks/values.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

std::set<std::string> operation_ids(const Document& api) {
  std::set<std::string> ids;
  const Json* paths = api.find("/paths");
  if (!paths || !paths->is_object()) return ids;
  for (const auto& [path, item] : paths->items())
    for (const char* method : {"get", "put", "post", "delete", "options", "head", "patch", "trace"})
      if (const Json* operation = member_of(item, method))
        if (const std::string* id = text_of(*operation, "operationId")) ids.insert(*id);
  return ids;
}

std::string nearest_id(const std::string& name, const std::set<std::string>& ids) {
  const std::vector<std::string_view> candidates(ids.begin(), ids.end());
  return nearest(name, candidates);
}

Judgement operations(const Manifest& manifest, const ApiDescription& api) {
  const Json* functions = manifest.document.find("/functions");
  if (!functions || !functions->is_array() || functions->empty())
    return Judgement::not_applicable("The manifest declares no functions; they are taken from the OpenAPI document.");
  if (!is_served_by_one_api(manifest))
    return Judgement::not_applicable("The functions are not all served by one OpenAPI document.");
  const auto ids = operation_ids(api.document);
  Judgement judgement;
  for (std::size_t i = 0; i < functions->size(); ++i) {
    const std::string* name = text_of((*functions)[i], "name");
    if (!name || ids.contains(*name)) continue;
    const std::string near = nearest_id(*name, ids);
    judgement.findings.push_back({manifest.at(join_pointer("/functions", i) + "/name"),
                                  "The OpenAPI document has no operation " + in_quotes(*name) +
                                      (near.empty() ? "." : "; there is " + in_quotes(near) + "."),
                                  "an operationId of the OpenAPI document",
                                  in_quotes(*name),
                                  {}});
  }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check m365_operations = define_check<of_m365<operations>>({
    .id = "m365/operations",
    .title = "Each function is an operation of the OpenAPI document",
    .requirement =
        "The name of a function that an OpenApi runtime serves equals an operationId of its OpenAPI document, letter "
        "by letter.",
    .rationale =
        "The name is the only link between what the model knows and what is called. A function without operation "
        "fails when it is needed.",
    .remedy = "Rename the function or the operationId, so that both are the same.",
    .source = "Microsoft, Plugin manifest schema 2.4 for Microsoft 365 Copilot: function name",
    .passing = R"("name": "listTodos" and operationId: listTodos)",
    .failing = R"("name": "getTodos" and operationId: listTodos)",
});

}  // namespace plugvet::checks
