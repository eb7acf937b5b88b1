#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "checks/arguments.h"
#include "checks/findings.h"
#include "checks/openapi.h"
#include "checks/wordings.h"
#include "harness/support/words.h"

namespace plugvet::checks {
namespace {

bool takes_words(const openapi::Description& description, const openapi::Operation& operation) {
  bool takes = false;
  for_each_argument(description, operation, [&](const Argument& argument) {
    const std::vector<std::string> words = words_of(argument.name);
    takes |= !words.empty() && (words.back() == "message" || words.back() == "body" || words.back() == "text");
  });
  return takes;
}

/// "sendEmail", "postTweet", "contactLawyer" with a message: words that other people will read are sent in the user's name.
bool sends_words(const openapi::Description& description, const openapi::Operation& operation) {
  if (operation.method == "get") return false;
  std::vector<std::string> words = words_of(operation.id.empty() ? operation.summary : operation.id);
  if (!words.empty() && words.front() == operation.method) words.erase(words.begin());  // post_contacts_post
  constexpr std::string_view verbs[] = {"send", "post", "publish", "reply", "tweet"};
  constexpr std::string_view things[] = {"email", "mail", "message", "sms", "tweet", "post", "comment", "letter", "article",
                                         "review", "dm", "newsletter", "blog"};
  const auto is_in = [](const auto& list, const std::string& word) {
    return std::ranges::find(list, std::string_view{word}) != std::end(list);
  };
  if (!words.empty() && words.front() == "contact") return takes_words(description, operation);
  const auto verb = std::ranges::find_if(words, [&](const std::string& word) { return is_in(verbs, word); });
  return verb != words.end() && std::any_of(verb + 1, words.end(), [&](const std::string& word) { return is_in(things, word); });
}

bool discloses(std::string_view text) {
  static const RE2 disclosure(
      R"((?i)\b(?:ai|chatgpt|gpt)[- ](?:generated|written|assisted|created)\b|\b(?:generated|written|created|composed|sent|drafted)\s+(?:\w+\s+)?(?:by|with|using|via)\s+(?:an?\s+)?(?:ai|chatgpt|artificial)\b)");
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), disclosure);
}

Judgement ai_disclosure(const Collected<Manifest>& manifest, const ApiDescription& api) {
  FindingList findings{3};
  const auto& operations = api.description->operations;
  const auto sends = [&](const openapi::Operation& operation) { return sends_words(*api.description, operation); };
  if (std::ranges::none_of(operations, sends)) return Judgement::pass();
  bool is_disclosed = false;
  for_each_wording(manifest, Result<ApiDescription>{api}, [&](const Wording& wording) { is_disclosed |= discloses(wording.text); });
  if (is_disclosed) return Judgement::pass();
  for (const openapi::Operation& operation : operations)
    if (sends(operation))
      findings.add([&] {
        return Finding{api.at_name(operation.node.place),
                       fmt::format("{} sends words to other people, and no description says that they are marked as written "
                                   "by a machine.",
                                   spoken(operation)),
                       "words that are marked as made by AI",
                       "nothing is said about it",
                       {}};
      });
  return std::move(findings).judgement();
}

}  // namespace

extern constinit const Check text_ai_disclosure = define_check<of_openapi_3<ai_disclosure>>({
    .id = "text/ai-disclosure",
    .title = "What is sent in the user's name is marked as made by AI",
    .requirement =
        "A plugin that sends mail or messages, or publishes posts, marks them as made by AI. A description that says so is "
        "enough here; whether they are marked only a person can judge.",
    .rationale = "Whoever reads a message has a right to know who wrote it. OpenAI's policies ask for it.",
    .remedy = "Mark what is sent, and say so in the description of the operation.",
    .source = "OpenAI, Plugin policies: personal communications",
    .passing = "sendEmail: Sends the mail, with a line that it was written with AI.",
    .failing = "sendEmail: Sends the mail.",
    .severity = Severity::warning,
    .for_reviewer = true,
});

}  // namespace plugvet::checks
