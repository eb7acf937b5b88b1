#include "checks/footprint.h"

namespace plugvet::checks {
namespace {

Judgement prompt_footprint(const ApiDescription& api, const Evidence& evidence, const Parameters& limits) {
  if (!evidence.functions) return Judgement::not_applicable(std::string{no_functions});
  const std::size_t maximum = limits.count("maximum"), limit = limits.count("refused_above");
  Judgement judgement;
  judgement.measures.push_back(footprint_measure(api, *evidence.functions, maximum));
  const std::size_t tokens = evidence.functions->cost.tokens;
  // What is far too much is conversation/prompt-limit's.
  if (tokens > maximum && tokens <= limit)
    judgement.findings.push_back(footprint_finding(api, *evidence.functions, maximum));
  return judgement;
}

}  // namespace

extern constinit const Check conversation_prompt_footprint = define_check<prompt_footprint>({
    .id = "conversation/prompt-footprint",
    .title = "What the model is shown leaves room for the conversation",
    .requirement = "Name, description for the model, and the names, comments and parameter types of all operations "
                   "together "
                   "take at most about 2,000 tokens. Tokens are estimated; `plugvet describe` prints the text.",
    .rationale = "The platform inserts this text, the requests and the answers into the conversation. What it takes is "
                 "missing for the user's own words, costs money in every turn, and blurs which operation is meant.",
    .remedy = "Expose only the operations that the model needs, and say things once: short summaries, short parameter "
              "descriptions, no nested objects where a few parameters do.",
    .source = "OpenAI, Chat Plugins Beta introduction: the description, API requests and API responses are all "
              "inserted into "
              "the conversation; the number is our own",
    .passing = "three operations with a sentence each: some 400 tokens",
    .failing = "forty operations with a paragraph each: some 6,000 tokens",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
