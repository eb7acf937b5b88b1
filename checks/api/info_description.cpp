#include <nlohmann/json.hpp>

#include "checks/openapi.h"
#include "checks/values.h"

namespace plugvet::checks {
namespace {

Judgement info_description(const ApiDescription& api) {
  const openapi::Node info = member(api.description->root, "info");
  if (!info || !info.value->is_object()) return Judgement::not_applicable("There is no info (see api/structure).");
  const openapi::Node description = member(info, "description");
  const std::string* text = text_of(*info.value, "description");
  if (description && (!text || !is_blank(*text))) return Judgement::pass();
  return Judgement::fail({api.at("/info/description"),
                          text ? "info.description is blank." : "info.description is missing.",
                          "a brief statement of what the API does",
                          text ? "a blank text" : "none",
                          {}});
}

}  // namespace

extern constinit const Check api_info_description = define_check<of_openapi_3<info_description>>({
    .id = "api/info-description",
    .title = "The OpenAPI document says what the API does",
    .requirement = "info.description is there and not blank.",
    .rationale =
        "It is part of what a model and a reviewer read first. Microsoft's tools copy it into the manifest that they "
        "make.",
    .remedy = "Write one or two sentences into info.description: what the API does, and for whom.",
    .source = "OpenAI, Getting started (spring 2023); Microsoft, OpenAPI document guidance; Spectral, info-description",
    .passing = "info: {title: Todo List, description: Keeps a list of todos for one conversation.}",
    .failing = "info: {title: Todo List}",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
