#include "checks/arguments.h"
#include "checks/openapi.h"
#include "checks/phrases.h"
#include "harness/support/words.h"

namespace plugvet::checks {
namespace {

/// "cardNumber", "card_number": "card number".
std::string as_words(std::string_view name) {
  std::string out;
  for (const std::string& word : words_of(name)) out += (out.empty() ? "" : " ") + word;
  return out;
}

/// "include_password" is a switch, and "passport_number" with an enum of two values no number.
bool takes_text(const Argument& argument) {
  const std::string* type = argument.schema ? text_of(*argument.schema, "type") : nullptr;
  return (!type || *type == "string" || *type == "integer") &&
         !(argument.schema && (member_of(*argument.schema, "enum") || member_of(*argument.schema, "const")));
}

Judgement sensitive_arguments(const ApiDescription& api) {
  const Phrases& sensitive = Phrases::named("sensitive-arguments");
  const Phrases& secret = Phrases::named("secret-arguments");
  return judge_arguments(api, [&](const Argument& argument) -> std::optional<ArgumentDefect> {
    if (argument.in == "header" || argument.in == "cookie" || !takes_text(argument)) return {};
    const std::string name = as_words(argument.name);
    auto found = sensitive.find(name);
    if (!found && argument.in == "body") found = secret.find(name);
    if (!found) return {};
    return ArgumentDefect{found->what + ", which the model has to ask the user for", "what the task needs",
                          in_quotes(argument.name)};
  });
}

}  // namespace

extern constinit const Check security_sensitive_arguments = define_check<of_openapi_3<sensitive_arguments>>({
    .id = "security/sensitive-arguments",
    .title = "Operations do not ask for card numbers, documents or passwords",
    .requirement =
        "No parameter and no member of a body takes a card or bank account number, the number of a government document, and "
        "no member of a body a password, key or token. In a URL those are api/secret-parameters'.",
    .rationale =
        "Arguments are filled by the model from the conversation: the user would have to type the secret there, where it is "
        "kept and can be read back.",
    .remedy =
        "Let the platform send credentials: declare the authentication in the manifest. Send the user to a page of your own "
        "for payments.",
    .source = "OpenAI, Usage policies: shared GPTs; Iqbal, Kohno and Roesner, arXiv 2309.10254",
    .passing = "card_name: {description: The name that the user gave the card.}",
    .failing = "ssh_private_key: {description: The key to log in with.}",
});

}  // namespace plugvet::checks
