#include "checks/findings.h"
#include "checks/inputs.h"
#include "checks/length.h"
#include "checks/openapi.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement parameter_description_length(const ApiDescription& api, const Parameters& limits) {
  const std::size_t maximum = limits.count("maximum");
  FindingList findings;
  Measure longest;
  for_each_parameter(*api.description, [&](const openapi::Operation& operation, const openapi::Parameter& parameter) {
    const std::size_t length = code_points(parameter.description);
    if (static_cast<double>(length) > longest.value)
      longest = {api.at(parameter.node.place, "description"), spoken(operation, parameter),
                 static_cast<double>(length), static_cast<double>(maximum), "characters"};
    if (length <= maximum) return;
    findings.add([&]() -> Finding {
      return {api.at(parameter.node.place, "description"),
              spoken(operation, parameter) + " has a description that is " +
                  counted(length - maximum, "character") + " too long.",
              "at most " + counted(maximum, "character"),
              length_text(parameter.description),
              {}};
    });
  });
  Judgement judgement = std::move(findings).judgement();
  if (longest.value > 0) judgement.measures.push_back(std::move(longest));
  return judgement;
}

}  // namespace

extern constinit const Check api_parameter_description_length =
    define_check<of_openapi_3<parameter_description_length>>({
    .id = "api/parameter-description-length",
    .title = "The descriptions of parameters are not too long",
    .requirement =
        "The description of every parameter in path and query has at most the platform's number of characters; "
        "characters are Unicode code points.",
    .rationale =
        "Every description stands in the model's context in every conversation. GPT Actions refuse longer ones; the "
        "Teams Toolkit cuts them, and the model reads half a sentence.",
    .remedy =
        "Keep what the model needs to fill the parameter in. List allowed values as an enum, and put what concerns "
        "the whole call into the description of the operation.",
    .source =
        "OpenAI, Plugins: getting started (spring 2023): 200; OpenAI, GPT Actions in production: 700; Microsoft, "
        "Teams Toolkit, spec-parser: 128",
    .passing = "description: The day by which it is to be done, as YYYY-MM-DD.",
    .failing = "a description of 201 characters",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
