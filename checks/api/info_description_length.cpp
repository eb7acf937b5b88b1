#include "checks/length.h"
#include "checks/openapi.h"
#include "checks/values.h"

namespace plugvet::checks {
namespace {

Judgement info_description_length(const ApiDescription& api, const Parameters& limits) {
  const openapi::Node info = member(api.description->root, "info");
  const std::string* text = info ? text_of(*info.value, "description") : nullptr;
  if (!text) return Judgement::not_applicable("There is no info.description.");
  const std::size_t length = code_points(*text), maximum = limits.count("maximum");
  const Location where = api.at("/info/description");
  Judgement judgement;
  judgement.measures.push_back(
      {where, "info.description", static_cast<double>(length), static_cast<double>(maximum), "characters"});
  if (length > maximum)
    judgement.findings.push_back({where,
                                  "info.description is " + in_quotes(*text) + ", which is not brief.",
                                  "at most " + counted(maximum, "character"),
                                  length_text(*text),
                                  {}});
  return judgement;
}

}  // namespace

extern constinit const Check api_info_description_length = define_check<of_openapi_3<info_description_length>>({
    .id = "api/info-description-length",
    .title = "The OpenAPI document's own description is brief",
    .requirement = "info.description has at most so many characters as the profile says.",
    .rationale =
        "What a model reads costs context that the conversation then lacks; how to use the plugin belongs into "
        "description_for_model, how to call an operation into that operation.",
    .remedy = "Keep what the API does, and move the rest to the operations or to a page for people.",
    .source = "OpenAI, Getting started (spring 2023): a brief description; plugvet, own number",
    .passing = "description: Keeps a list of todos for one conversation.",
    .failing = "description: the whole manual in 2,000 characters",
    .severity = Severity::note,
});

}  // namespace plugvet::checks
