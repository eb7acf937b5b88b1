#include <re2/re2.h>

#include <algorithm>

#include "checks/arguments.h"
#include "checks/openapi.h"
#include "harness/support/words.h"

namespace plugvet::checks {
namespace {

/// "chat_history", "conversationContext", "rawPrompt": the conversation itself, by name.
bool names_the_conversation(std::string_view name) {
  const std::vector<std::string> words = words_of(name);
  const auto has = [&](std::initializer_list<std::string_view> wanted) {
    return std::ranges::any_of(words, [&](const std::string& w) { return std::ranges::find(wanted, w) != wanted.end(); });
  };
  if (words.size() < 2) return !words.empty() && has({"chathistory", "chatlog", "conversationhistory"});
  if (has({"id", "ids", "title", "name", "type", "count", "limit", "url"})) return false;
  if (has({"chat", "conversation", "message", "messages", "dialog", "dialogue"}))
    return has({"history", "context", "log", "transcript"});
  return has({"prompt"}) && has({"raw", "full", "entire", "original", "complete", "verbatim"});
}

/// "The whole conversation so far": the conversation of user and model, as a description says it.
bool describes_the_conversation(std::string_view text) {
  static const RE2 pattern(
      R"((?i)\b(?:entire|whole|full|complete)\s+(?:chat|conversation|dialogue?|message|prompt)(?:\s+(?:history|context|log|so\s+far|with\s+the\s+user|between|of\s+the\s+user|up\s+to))\b)"
      R"(|\b(?:chat|conversation)\s+history\s+(?:so\s+far|with|between|up\s+to|of\s+(?:the|this)\s+(?:user|chat|conversation))\b)"
      R"(|\ball\s+(?:the\s+)?(?:previous|prior|earlier)\s+(?:messages|prompts|questions)\b)");
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), pattern);
}

Judgement data_minimisation(const ApiDescription& api) {
  return judge_arguments(api, [](const Argument& argument) -> std::optional<ArgumentDefect> {
    if (argument.in == "header" || argument.in == "cookie") return {};
    if (!names_the_conversation(argument.name) && !describes_the_conversation(argument.description)) return {};
    const std::string description = argument.description.empty() ? "" : ": " + in_quotes(argument.description, 80);
    return ArgumentDefect{"asks for the conversation itself" + description, "what the task needs",
                          in_quotes(argument.name)};
  });
}

}  // namespace

extern constinit const Check security_data_minimisation = define_check<of_openapi_3<data_minimisation>>({
    .id = "security/data-minimisation",
    .title = "Operations ask for what the task needs, not for the conversation",
    .requirement =
        "No parameter and no member of a body asks for the chat, its history or context, or the user's words in full.",
    .rationale =
        "People tell a chat more than they would tell a plugin. What is asked for is sent without anybody noticing, and the "
        "plugin keeps it.",
    .remedy = "Ask for the facts that the operation needs, each in an argument of its own.",
    .source = "OpenAI, Plugin terms; Iqbal, Kohno and Roesner, arXiv 2309.10254",
    .passing = "city: {description: The city to search in.}",
    .failing = "chat_history: {description: The whole conversation so far.}",
});

}  // namespace plugvet::checks
