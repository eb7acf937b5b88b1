#include "checks/openapi.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement operation_count(const ApiDescription& api, const Parameters& limits) {
  const std::size_t count = api.description->operations.size(), maximum = limits.count("maximum");
  const Location where = api.at_name({0, "/paths"});
  Judgement judgement;
  judgement.measures.push_back(
      {where, "operations", static_cast<double>(count), static_cast<double>(maximum), "operations"});
  if (count <= maximum) return judgement;
  std::string message =
      "The document has " + counted(count, "operation") + ", " + std::to_string(count - maximum) + " too many.";
  message += said_by_platform(limits);
  judgement.findings.push_back(
      {where, std::move(message), "at most " + counted(maximum, "operation"), counted(count, "operation"), {}});
  return judgement;
}

}  // namespace

extern constinit const Check api_operation_count = define_check<of_openapi_3<operation_count>>({
    .id = "api/operation-count",
    .title = "The OpenAPI document has no more operations than the platform takes",
    .requirement = "The document has at most 30 operations: pairs of path and method.",
    .rationale =
        "The GPT editor refuses a document with more. Elsewhere every operation takes context from the conversation, "
        "and a model that has to choose among many chooses wrongly. Two of 373 approved plugins have more.",
    .remedy = "Describe only the operations that a conversation needs; the API may have others.",
    .source = "Error messages of the GPT editor; OpenAI, Introduction to chat plugins: one or two operations",
    .passing = "4 operations",
    .failing = "31 operations",
});

}  // namespace plugvet::checks
