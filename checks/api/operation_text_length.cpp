#include <fmt/format.h>

#include "checks/findings.h"
#include "checks/length.h"
#include "checks/openapi.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement operation_text_length(const ApiDescription& api, const Parameters& limits) {
  const std::size_t maximum = limits.count("maximum");
  const bool is_refused = limits.flag("document_refused");
  Judgement judgement;
  const auto judge = [&](const openapi::Operation& operation, std::string_view name, std::string_view text) {
    if (text.size() <= maximum) return;  // bytes are at least as many
    const std::size_t length = code_points(text);
    if (length <= maximum) return;
    std::string message = fmt::format("The {} of {} is {}, {} too long.", name, spoken(operation), in_quotes(text),
                                      counted(length - maximum, "character"));
    if (is_refused)
      message += fmt::format(" The platform says \"{}.{} has length {} exceeding limit of {}\" and takes nothing.",
                             printable(shortened(operation.id, 60)), name, length, maximum);
    judgement.findings.push_back({api.at(operation.node.place, name),
                                  std::move(message),
                                  "at most " + counted(maximum, "character"),
                                  length_text(text),
                                  {}});
  };
  for (const openapi::Operation& operation : api.description->operations) {
    judge(operation, "summary", operation.summary);
    judge(operation, "description", operation.description);
  }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check api_operation_text_length = define_check<of_openapi_3<operation_text_length>>({
    .id = "api/operation-text-length",
    .title = "The texts of an operation are no longer than the platform reads",
    .requirement =
        "summary and description of an operation have, each, at most so many characters: 200 for ChatGPT plugins, 300 "
        "for GPT Actions, 100 for Microsoft 365; characters are Unicode code points.",
    .rationale =
        "The GPT editor refuses the whole document for one text of more than 300 characters, other platforms cut it. "
        "The plugin store documented 200 and took 300: 75 of 373 approved plugins have more than 200, one more than "
        "300.",
    .remedy = "Say what the operation does and when to use it, and move details to the parameters.",
    .source = "OpenAI, Getting started (spring 2023): 200; OpenAI, GPT Actions in production: 300; Microsoft, Teams "
              "Toolkit, spec-parser: 100",
    .passing = "description: Returns the todos of this conversation in the order in which they were added.",
    .failing = "description: a text of 301 characters",
});

}  // namespace plugvet::checks
