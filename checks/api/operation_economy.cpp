#include "checks/openapi.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement operation_economy(const ApiDescription& api, const Parameters& limits) {
  const std::size_t count = api.description->operations.size(), advised = limits.count("advised");
  if (count <= advised || count > limits.count("ceiling")) return Judgement::pass();
  return Judgement::fail({api.at_name({0, "/paths"}),
                          "The document has " + counted(count, "operation") + "; one or two are advised to begin with.",
                          "at most " + counted(advised, "operation"),
                          counted(count, "operation"),
                          {}});
}

}  // namespace

extern constinit const Check api_operation_economy = define_check<of_openapi_3<operation_economy>>({
    .id = "api/operation-economy",
    .title = "The plugin manages with few operations",
    .requirement = "The document has few operations. What is beyond the platform's limit is api/operation-count's.",
    .rationale =
        "OpenAI and GPT Pro advise one or two operations to begin with: all of them are shown to the model in every "
        "conversation. Half of the approved plugins have one, five in six have at most five.",
    .remedy = "Ask of each operation which conversation needs it, and leave the others out of the document.",
    .source = "OpenAI, Introduction to chat plugins; Witivio, GPT Pro introduction",
    .passing = "2 operations",
    .failing = "12 operations",
    .severity = Severity::note,
});

}  // namespace plugvet::checks
