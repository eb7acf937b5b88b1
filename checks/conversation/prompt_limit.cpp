#include "checks/footprint.h"

namespace plugvet::checks {
namespace {

Judgement prompt_limit(const ApiDescription& api, const Evidence& evidence, const Parameters& limits) {
  if (!evidence.functions) return Judgement::not_applicable(std::string{no_functions});
  const std::size_t maximum = limits.count("maximum");
  if (evidence.functions->cost.tokens <= maximum) return Judgement::pass();
  return Judgement::fail(footprint_finding(api, *evidence.functions, maximum));
}

}  // namespace

extern constinit const Check conversation_prompt_limit = define_check<prompt_limit>({
    .id = "conversation/prompt-limit",
    .title = "What the model is shown fits into a conversation at all",
    .requirement = "Name, description for the model, and the names, comments and parameter types of all operations "
                   "together "
                   "take at most about 8,000 tokens: the whole context of the models that plugins were made for.",
    .rationale = "A plugin that fills the context by itself cannot answer anything, and crowds out every other plugin.",
    .remedy = "Submit a smaller OpenAPI document with the few operations that a conversation needs, apart from the "
              "one for "
              "developers.",
    .source = "OpenAI, Chat Plugins Beta introduction: the description, API requests and API responses are all "
              "inserted into "
              "the conversation; the number is the context length of GPT-4 (8,192 tokens)",
    .passing = "ten operations with a sentence each: some 1,500 tokens",
    .failing = "the whole API of a code hosting service: some 200,000 tokens",
    .severity = Severity::error,
});

}  // namespace plugvet::checks
