#include "checks/effect.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <span>

#include "checks/arguments.h"
#include "checks/findings.h"
#include "checks/openapi.h"
#include "harness/support/members.h"
#include "harness/support/text.h"
#include "harness/support/words.h"

namespace plugvet::checks {
namespace {

using openapi::Description;
using openapi::Operation;

struct Verb {
  std::string_view word;
  Effect effect;
  /// "book", "order", "email" are nouns as often: they count where the method says that something is done.
  bool is_noun_too = false;
};

using enum Effect;
constexpr std::array verbs = std::to_array<Verb>({
    {"get", reads},         {"list", reads},       {"search", reads},     {"find", reads},       {"fetch", reads},
    {"retrieve", reads},    {"read", reads},       {"query", reads},      {"show", reads},       {"view", reads},
    {"check", reads},       {"lookup", reads},     {"look", reads},       {"browse", reads},     {"describe", reads},
    {"count", reads},       {"calculate", reads},  {"compute", reads},    {"convert", reads},    {"translate", reads},
    {"summarize", reads},   {"summarise", reads},  {"analyze", reads},    {"analyse", reads},    {"explain", reads},
    {"compare", reads},     {"validate", reads},   {"verify", reads},     {"estimate", reads},   {"recommend", reads},
    {"suggest", reads},     {"ask", reads},        {"answer", reads},     {"match", reads},      {"filter", reads},
    {"resolve", reads},     {"explore", reads},    {"discover", reads},   {"return", reads},     {"display", reads},
    {"detect", reads},      {"identify", reads},   {"extract", reads},    {"parse", reads},      {"preview", reads},
    {"predict", reads},     {"forecast", reads},   {"provide", reads},    {"is", reads},         {"has", reads},
    {"download", reads},    {"scrape", reads},     {"visit", reads},      {"whois", reads},      {"select", reads},
    {"create", changes},    {"add", changes},      {"update", changes},   {"edit", changes},     {"modify", changes},
    {"change", changes},    {"set", changes},      {"save", changes},     {"insert", changes},   {"upload", changes},
    {"patch", changes},     {"replace", changes},  {"rename", changes},   {"move", changes},     {"register", changes},
    {"subscribe", changes}, {"enable", changes},   {"disable", changes},  {"reset", changes},    {"approve", changes},
    {"reject", changes},    {"archive", changes},  {"import", changes},   {"append", changes},   {"assign", changes},
    {"toggle", changes},    {"submit", changes},   {"execute", changes},  {"deploy", changes},   {"schedule", changes, true},
    {"write", changes},     {"overwrite", changes}, {"unsubscribe", changes}, {"merge", changes}, {"put", changes},
    {"delete", grave},      {"remove", grave},     {"destroy", grave},    {"erase", grave},      {"purge", grave},
    {"wipe", grave},        {"pay", grave},        {"purchase", grave},   {"buy", grave},        {"refund", grave},
    {"withdraw", grave},    {"send", grave},       {"publish", grave},    {"cancel", grave},     {"grant", grave},
    {"revoke", grave},      {"invite", grave},     {"terminate", grave},  {"reserve", grave},    {"checkout", grave},
    {"book", grave, true},  {"order", grave, true}, {"email", grave, true}, {"transfer", grave, true},
    {"share", grave, true}, {"charge", grave, true}, {"tweet", grave, true}, {"contact", grave, true},
});

const Verb* verb_of(std::string_view word) {
  const auto named = [](std::string_view name) { return std::ranges::find(verbs, name, &Verb::word); };
  auto found = named(word);
  // Summaries are written in the third person: "Deletes", "Searches".
  if (found == verbs.end() && word.ends_with("s")) found = named(word.substr(0, word.size() - 1));
  if (found == verbs.end() && word.ends_with("es")) found = named(word.substr(0, word.size() - 2));
  return found == verbs.end() ? nullptr : &*found;
}

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
/// "get_DeleteBusiness", "post-StartGame": generators put the method before the name.
std::string_view without_method(std::string_view id, std::string_view method) {
  if (id.size() <= method.size() + 1 || !equal_ignoring_case_ascii(id.substr(0, method.size()), method)) return id;
  std::string_view rest = id.substr(method.size());
  if (rest.front() != '_' && rest.front() != '-') return id;
  rest.remove_prefix(1);
  return is_upper(rest.front()) ? rest : id;
}

using Words = std::vector<std::string>;

bool has_any(const Words& words, std::span<const std::string_view> wanted) {
  return std::ranges::any_of(words,
                             [&](const std::string& word) { return std::ranges::find(wanted, word) != wanted.end(); });
}

/// "orderStatus" is about an order, it does not order.
bool is_about(const Words& words) {
  static constexpr std::array<std::string_view, 12> nouns{"list", "status", "history", "details", "info",      "search",
                                                          "id",   "count",  "state",   "data",    "marketing", "template"};
  return words.size() > 1 && std::ranges::find(nouns, words[1]) != nouns.end();
}

/// POST /create-pdf hands something out; it leaves nothing behind.
bool makes_an_answer(const Words& words) {
  static constexpr std::array<std::string_view, 39> answers{
      "link",    "url",     "qr",    "qrcode",  "image",   "images",  "chart",  "graph", "pdf",   "description",
      "text",    "csv",     "summary", "map",   "plot",    "report",  "picture", "prompt", "outline", "diagram",
      "json",    "suggestions", "preview", "table", "answer", "resume", "letter", "meme", "quiz", "wordcloud",
      "video",   "audio",   "crossword", "puzzle", "game", "newgame", "pdfs",   "recipe", "poem"};
  return has_any(words, answers);
}

/// What is sent to somebody; everything else is sent to the API itself.
bool is_sent_to_people(const Words& words) {
  static constexpr std::array<std::string_view, 19> sent{
      "email", "emails", "mail",    "message", "messages", "sms",  "invite", "invites",    "invitation", "notification",
      "money", "payment", "invoice", "letter",  "gift",     "reply", "tweet",  "invitations", "newsletter"};
  return has_any(words, sent);
}

/// What the verb means together with the words around it.
Effect effect_of_phrase(const Verb& verb, const Words& words) {
  if (verb.word == "create" && makes_an_answer(words)) return unknown;
  if (verb.word == "send" && !is_sent_to_people(words)) return unknown;
  return verb.effect;
}

/// The first word that is a verb and nothing else; a noun that may be a verb counts where it leads and stands alone.
const Verb* verb_among(const Words& words) {
  for (const std::string& word : words) {
    const auto found = std::ranges::find(verbs, word, &Verb::word);
    if (found != verbs.end() && !found->is_noun_too) return &*found;
  }
  const Verb* leading = words.empty() || is_about(words) ? nullptr : verb_of(words.front());
  return leading && leading->word == words.front() ? leading : nullptr;
}

Words words_of_id(const Operation& operation) {
  return words_of(without_method(operation.id, operation.method));
}

/// The verb of the last part of the path that is no parameter.
const Verb* verb_of_path(const Operation& operation) {
  std::string_view path = operation.path;
  while (!path.empty()) {
    const std::size_t slash = path.rfind('/');
    const std::string_view segment = slash == std::string_view::npos ? path : path.substr(slash + 1);
    path = path.substr(0, slash == std::string_view::npos ? 0 : slash);
    if (segment.empty() || segment.starts_with('{')) continue;
    const std::vector<std::string> words = words_of(segment);
    const Verb* verb = words.empty() ? nullptr : verb_of(words.front());
    return verb && verb->word == words.front() && !verb->is_noun_too ? verb : nullptr;
  }
  return nullptr;
}

/// Verbs that leave no doubt, even where the method says otherwise.
bool is_plain_change(const Verb& verb, const Words& words) {
  const Effect effect = effect_of_phrase(verb, words);
  if (effect != changes && effect != grave) return false;
  if (verb.is_noun_too || verb.word == "execute" || verb.word == "checkout") return false;
  return verb.word != "set" || words.size() > 1;
}

/// The name is asked first, then the texts, then the path.
Effect effect_by_words(const Operation& operation) {
  const Words id = words_of_id(operation);
  if (const Verb* verb = verb_among(id)) return effect_of_phrase(*verb, id);
  for (const std::string_view text : {operation.summary, operation.description}) {
    const Words words = words_of(first_code_points(text, 60));
    const Verb* verb = words.empty() ? nullptr : verb_of(words.front());
    if (!verb || verb->is_noun_too) continue;
    // "Sends a message to the assistant": in a sentence it mostly says what goes to the API.
    return verb->word == "send" ? unknown : effect_of_phrase(*verb, words);
  }
  const Verb* verb = verb_of_path(operation);
  return verb ? verb->effect : unknown;
}

/// "orderBusiness: Create an order": the verb by which the text makes what the name may only be about. Empty: there is none.
std::string verb_of_making(const Operation& operation, std::string_view noun) {
  for (const std::string_view text : {operation.summary, operation.description}) {
    const Words words = words_of(first_code_points(text, 60));
    const Verb* verb = words.empty() ? nullptr : verb_of(words.front());
    if (!verb || verb->is_noun_too || (verb->effect != changes && verb->effect != grave)) continue;
    if (std::ranges::find(words, noun) != words.end()) return std::string{verb->word};
  }
  return {};
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

/// "confirm", "user_confirmation", "confirmationToken", "dryRun"; not "confirmationEmail".
bool is_confirmation_name(std::string_view name) {
  const std::vector<std::string> words = words_of(name);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool is_last = i + 1 == words.size();
    if (words[i] == "dryrun" || (words[i] == "dry" && !is_last && words[i + 1] == "run")) return true;
    if (!is_one_of(words[i], {"confirm", "confirmed", "confirmation", "consent", "approved", "approval", "preview"})) continue;
    if (is_last || is_one_of(words[i + 1], {"token", "code", "id", "key", "step"})) return true;
  }
  return false;
}

bool speaks_of_preview(std::string_view text) {
  const std::string lower = to_lower_ascii(text);
  return lower.find("preview") != std::string::npos || lower.find("confirm") != std::string::npos;
}

bool is_preview_answer(const Description& description, const openapi::Response& response) {
  if (response.status != "202") return false;
  if (speaks_of_preview(response.description)) return true;
  for (const openapi::MediaType& type : response.content) {
    const openapi::Node schema = type.schema ? description.resolved(type.schema) : type.schema;
    const Json* properties = schema ? member_of(*schema.value, "properties") : nullptr;
    if (!properties || !properties->is_object()) continue;
    for (const auto& [name, value] : properties->get_ref<const Json::object_t&>())
      if (is_confirmation_name(name)) return true;
  }
  return false;
}

/// previewOrder and createOrder: the one shows what the other does.
const Operation* partner_of(const Description& description, const Operation& operation) {
  const std::vector<std::string> own = words_of(operation.id);
  if (own.size() < 2) return nullptr;
  for (const Operation& other : description.operations) {
    if (&other == &operation || other.id.empty()) continue;
    const std::vector<std::string> words = words_of(other.id);
    if (words.size() < 2 || !is_one_of(words.front(), {"preview", "confirm", "prepare", "draft", "quote", "simulate"}))
      continue;
    if (std::ranges::find(words.begin() + 1, words.end(), own.back()) != words.end()) return &other;
  }
  return nullptr;
}

/// The name by which the operation has the flag; empty: it has none.
std::string consequential_flag_name(const Operation& operation, const Parameters& limits) {
  for (const std::string& name : limits.list("names"))
    if (operation.node && member_of(*operation.node.value, name)) return name;
  return {};
}

}  // namespace

Effect effect_of(const Operation& operation) {
  if (operation.method == "delete") return grave;
  if (!is_one_of(operation.method, {"post", "put", "patch"})) return reads;
  const Effect effect = effect_by_words(operation);
  return operation.method == "post" || effect == grave ? effect : changes;
}

std::string changing_verb_of_get(const Operation& operation) {
  if (operation.method != "get") return {};
  const Words id = words_of_id(operation);
  if (const Verb* verb = verb_among(id)) {
    if (verb->is_noun_too) return verb_of_making(operation, verb->word);
    const bool leads = verb->word == id.front();
    return leads && is_plain_change(*verb, id) ? std::string(verb->word) : std::string();
  }
  const Verb* verb = verb_of_path(operation);
  return verb && is_plain_change(*verb, words_of(operation.path)) ? std::string(verb->word) : std::string();
}

std::string confirmation_shown(const Description& description, const Operation& operation) {
  std::string shown;
  for_each_argument(description, operation, [&](const Argument& argument) {
    if (shown.empty() && argument.in != "header" && is_confirmation_name(argument.name))
      shown = fmt::format("it takes {}", in_quotes(argument.name));
  });
  if (!shown.empty()) return shown;
  for (const openapi::Response& response : operation.responses)
    if (is_preview_answer(description, response)) return "it answers 202 with a preview";
  if (const Operation* partner = partner_of(description, operation))
    return fmt::format("there is {} beside it", printable(shortened(partner->id, 60)));
  return {};
}

bool is_flag_meant(std::string_view name) {
  constexpr std::string_view flag = "isconsequential";
  if (name.size() < flag.size() || name.size() > 40) return false;
  std::string plain = to_lower_ascii(name);
  std::erase_if(plain, [](char c) { return c == '-' || c == '_' || c == ' '; });
  return plain.ends_with(flag) || plain == "xopenaiconsequential";
}

const Json* consequential_flag(const Operation& operation, const Parameters& limits) {
  const std::string name = consequential_flag_name(operation, limits);
  return name.empty() ? nullptr : member_of(*operation.node.value, name);
}

bool is_consequential(const Operation& operation, const Parameters& limits) {
  const Json* flag = consequential_flag(operation, limits);
  return flag && flag->is_boolean() ? flag->get<bool>() : operation.method != "get";
}

Judgement judge_false_flags(const ApiDescription& api, const Parameters& limits, std::string_view what,
                            bool (*is_meant)(Effect)) {
  Judgement judgement;
  for (const Operation& operation : api.description->operations) {
    const std::string name = consequential_flag_name(operation, limits);
    if (name.empty() || *member_of(*operation.node.value, name) != false || operation.method == "get") continue;
    if (!is_meant(effect_of(operation))) continue;
    judgement.findings.push_back(
        {api.at(operation.node.place, name),
         fmt::format("{} {}, and {} is false: the user may allow it for good and is not asked again.", spoken(operation),
                     what, name),
         name + ": true",
         "false",
         {}});
  }
  return summarised(std::move(judgement));
}

}  // namespace plugvet::checks
