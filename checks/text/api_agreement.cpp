#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <unordered_set>

#include "checks/format.h"
#include "checks/openapi.h"
#include "checks/values.h"
#include "harness/support/words.h"

namespace plugvet::checks {
namespace {

using Stems = std::unordered_set<std::string>;

// What every operation is called: they tell nothing about its subject.
const Stems& empty_stems() {
  static const Stems stems = [] {
    Stems all;
    for (const char* word :
         {"get",    "list",   "post",  "put",    "create", "update",  "delete", "add",     "remove", "set",   "fetch", "find",
          "search", "read",   "the",   "a",      "an",     "of",      "for",    "by",      "to",     "in",    "and",   "or",
          "with",   "from",   "all",   "api",    "v1",     "v2",      "v3",     "id",      "ids",    "query", "new",   "one",
          "data",   "info",   "information",     "details", "result",  "results", "return", "returns", "request", "response",
          "operation", "endpoint", "service", "plugin", "user", "users", "this", "that", "on", "your", "is", "it", "handle",
          "run", "do", "make", "show", "view", "using", "use", "based", "given", "specific", "retrieve", "provide", "it"})
      all.insert(stem_of(word));
    return all;
  }();
  return stems;
}

void add_stems(Stems& stems, std::string_view text) {
  for (const std::string& word : words_of(text)) {
    const std::string stem = stem_of(word);
    if (stem.size() > 1 && !empty_stems().contains(stem)) stems.insert(stem);
  }
}

/// The description speaks of something that the operation is about: one word in common, or a part of one ("todo", "todos").
/// "POST /query" alone tells too little to say that it does not.
bool is_covered(const openapi::Operation& operation, const Stems& described) {
  Stems stems;
  for (const std::string_view text : {operation.id, operation.summary, operation.path, operation.description})
    add_stems(stems, text);
  constexpr std::size_t too_few = 3;
  if (stems.size() < too_few) return true;
  return std::ranges::any_of(stems, [&](const std::string& stem) { return described.contains(stem); });
}

Judgement api_agreement(const Manifest& manifest, const ApiDescription& api) {
  Stems described;
  bool is_latin = false;
  for (const char* pointer : {"/name_for_human", "/description_for_human", "/description_for_model"})
    if (const std::string* text = manifest.text(pointer)) {
      add_stems(described, *text);
      is_latin |= std::ranges::count_if(*text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; }) * 4 <
                  static_cast<std::ptrdiff_t>(text->size());
    }
  const auto& operations = api.description->operations;
  if (described.empty() || operations.empty()) return Judgement::pass();
  if (!is_latin) return Judgement::not_applicable("The descriptions are written in a script whose words are not compared.");
  std::vector<std::string> strange;
  std::size_t count = 0;
  const openapi::Operation* first = nullptr;
  for (const openapi::Operation& operation : operations) {
    if (is_covered(operation, described)) continue;
    if (!first) first = &operation;
    ++count;
    if (strange.size() < 5) strange.push_back(spoken(operation));
  }
  if (count * 4 <= operations.size() * 3) return Judgement::pass();
  return Judgement::fail({api.at_name(first->node.place),
                          fmt::format("The manifest's descriptions have no word in common with {}{}.",
                                      listed(strange), count > strange.size() ? " and more" : ""),
                          "descriptions that speak of every operation",
                          fmt::format("{} of {} that no description speaks of", count, counted(operations.size(), "operation")),
                          {}});
}

}  // namespace

extern constinit const Check text_api_agreement = define_check<of_openapi_3<api_agreement>>({
    .id = "text/api-agreement",
    .title = "The descriptions fit what the operations do",
    .requirement =
        "The manifest's descriptions speak of what the operations do, and the operations do what they speak of. Where "
        "over three quarters of the operations have no word in common with the descriptions, they are shown; whether they "
        "fit only a person can judge.",
    .rationale =
        "The policies ask for a description that matches the API: users see the description, and the model calls the "
        "operations.",
    .remedy = "Mention what the operation is for in the description, or remove the operation.",
    .source = "OpenAI, Plugin policies; OpenAI, Plugin review process: functions as described",
    .passing = "\"description_for_model\": \"Keeps a list of todos.\", addTodo",
    .failing = "\"description_for_model\": \"Keeps a list of todos.\", transferMoney",
    .severity = Severity::warning,
    .for_reviewer = true,
});

}  // namespace plugvet::checks
