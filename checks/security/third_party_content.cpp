#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "checks/arguments.h"
#include "checks/effect.h"
#include "checks/findings.h"
#include "checks/openapi.h"
#include "harness/support/words.h"

namespace plugvet::checks {
namespace {

bool has_any_word(const std::vector<std::string>& words, std::span<const std::string_view> wanted) {
  return std::ranges::any_of(words,
                             [&](const std::string& word) { return std::ranges::find(wanted, word) != wanted.end(); });
}

/// "searchEmails", "getMessage"; not "getContactByEmail".
bool reads_mail(const std::vector<std::string>& words) {
  static constexpr std::array<std::string_view, 8> mail{"email",   "emails",   "inbox", "mailbox",
                                                        "message", "messages", "mail",  "mails"};
  static constexpr std::array<std::string_view, 4> other{"by", "for", "status", "error"};
  return words.size() > 1 && std::ranges::find(mail, words.back()) != mail.end() && !has_any_word(words, other);
}

/// The operation reads what strangers wrote: it opens a web address that it is given, or somebody's mail.
bool brings_in_content(const openapi::Description& description, const openapi::Operation& operation) {
  static constexpr std::array<std::string_view, 19> opening{
      "browse", "scrape", "crawl", "fetch", "visit",     "read",     "extract", "summary", "summarize", "summarise",
      "content", "page",  "web",   "parse", "transcribe", "download", "website", "inspect", "html"};
  static constexpr std::array<std::string_view, 3> address{"url", "urls", "link"};
  const std::vector<std::string> words = words_of(operation.id.empty() ? operation.path : operation.id);
  if (reads_mail(words) && effect_of(operation) == Effect::reads) return true;
  if (!has_any_word(words, opening)) return false;
  bool takes_address = false;
  for_each_argument(description, operation,
                    [&](const Argument& argument) { takes_address |= has_any_word(words_of(argument.name), address); });
  return takes_address;
}

const openapi::Operation* unconfirmed_change(const openapi::Description& description, const Parameters& limits) {
  for (const openapi::Operation& operation : description.operations) {
    const Effect effect = effect_of(operation);
    if (effect != Effect::changes && effect != Effect::grave) continue;
    const bool is_asked = limits.flag("platform_asks") && is_consequential(operation, limits);
    if (!is_asked && confirmation_shown(description, operation).empty()) return &operation;
  }
  return nullptr;
}

Judgement third_party_content(const ApiDescription& api, const Parameters& limits) {
  const openapi::Description& description = *api.description;
  const openapi::Operation* change = unconfirmed_change(description, limits);
  if (!change) return Judgement::pass();
  Judgement judgement;
  for (const openapi::Operation& operation : description.operations) {
    if (&operation == change || !brings_in_content(description, operation)) continue;
    judgement.findings.push_back(
        {api.at_name(operation.node.place),
         fmt::format("{} brings in what strangers wrote, and {} makes a change without a visible confirmation: a text "
                     "that is read may cause it.",
                     spoken(operation), spoken(*change)),
         "a confirmation before every change",
         "reading and changing in one plugin",
         {}});
  }
  return summarised(std::move(judgement), 3);
}

}  // namespace

extern constinit const Check security_third_party_content = define_check<of_openapi_3<third_party_content>>({
    .id = "security/third-party-content",
    .title = "What strangers wrote cannot cause a change",
    .requirement =
        "A plugin that reads web pages or mail has no operation that changes something without the user's confirmation. "
        "What it reads is marked as data in its answers, which only a person can judge.",
    .rationale =
        "A web page that a model reads may hold instructions. One made a plugin change the user's repositories, because "
        "the same plugin could read and write and nobody was asked.",
    .remedy = "Confirm every change by the user, or move reading and changing into plugins of their own.",
    .source = "Embrace The Red, Chat with Code (2023-06); OWASP LLM07 Insecure Plugin Design",
    .passing = "readPage, and addNote with a confirmation",
    .failing = "readPage, and addNote that changes at once",
    .severity = Severity::warning,
    .for_reviewer = true,
});

}  // namespace plugvet::checks
