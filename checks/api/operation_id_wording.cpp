#include <algorithm>
#include <array>
#include <unordered_set>

#include "checks/findings.h"
#include "checks/openapi.h"
#include "checks/values.h"
#include "harness/support/words.h"

namespace plugvet::checks {
namespace {

using Ids = std::unordered_set<std::string_view>;

// Verbs that fit any operation, in front. "search" is none of them: of what there is one of, it says enough. And in
// createList or getQuery they are nouns.
constexpr auto generic_verbs = std::to_array<std::string_view>(
    {"call",    "create", "delete", "do",    "execute", "fetch",   "get", "handle", "invoke", "list",  "patch",
     "perform", "post",   "put",    "query", "read",    "request", "run", "send",   "test",   "update"});
constexpr auto generic_nouns =
    std::to_array<std::string_view>({"api", "data", "default", "endpoint", "func", "function", "handler", "index",
                                     "main", "method", "op", "operation", "root", "the"});

bool is_version(std::string_view word) {
  if (word.starts_with('v')) word.remove_prefix(1);
  return !word.empty() && std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

std::string_view without_number(std::string_view word) {
  while (!word.empty() && word.back() >= '0' && word.back() <= '9') word.remove_suffix(1);
  return word;
}

bool are_generic(const std::vector<std::string>& words) {
  const auto is_noun = [](std::string_view word) {
    return is_version(word) || std::ranges::find(generic_nouns, without_number(word)) != generic_nouns.end();
  };
  const bool has_verb = std::ranges::find(generic_verbs, without_number(words.front())) != generic_verbs.end();
  return std::all_of(words.begin() + (has_verb ? 1 : 0), words.end(), is_noun);
}

std::string squeezed(std::string_view text) {
  std::string out;
  std::ranges::copy_if(text, std::back_inserter(out), is_ascii_alphanumeric);
  return to_lower_ascii(out);
}

/// FastAPI: the function's name, then path and method with underscores for what is no letter or digit.
bool is_of_fastapi(const openapi::Operation& operation) {
  std::string tail{operation.path};
  std::ranges::replace_if(
      tail, [](char c) { return !is_ascii_alphanumeric(c); }, '_');
  tail += '_' + std::string(operation.method);
  return operation.id.size() > tail.size() && operation.id.ends_with(tail);
}

bool is_of_path_and_method(const openapi::Operation& operation, const std::vector<std::string>& words) {
  const std::string id = squeezed(operation.id), path = squeezed(operation.path);
  if (path.empty() || operation.id.find('/') != std::string_view::npos)
    return false;  // emojis/get: as GitHub names them
  if (id == path + std::string(operation.method)) return true;
  // getTodos is GET /todos and good; getApiV1Todos is no name that a person would choose.
  const bool has_noise = std::ranges::any_of(words, [](const auto& word) { return word == "api" || is_version(word); });
  return has_noise && id == std::string(operation.method) + path;
}

/// Spring: listTodosUsingGET_1; NestJS: TodosController_list.
bool is_of_framework(std::string_view id) {
  id = without_number(id);
  if (id.ends_with('_')) id.remove_suffix(1);
  for (const std::string_view method : {"GET", "POST", "PUT", "PATCH", "DELETE"})
    if (id.ends_with("Using" + std::string(method))) return true;
  return id.find("Controller_") != std::string_view::npos;
}

/// The name that differs from this one in a number only, which is its own plus or minus one.
std::string numbered_neighbour(std::string_view id, const Ids& ids) {
  const std::string_view base = without_number(id);
  const std::string_view digits = id.substr(base.size());
  if (base.empty() || digits.empty() || digits.size() > 4) return {};
  const int number = std::stoi(std::string(digits));
  for (const int other : {number - 1, number + 1}) {
    std::string name = std::string(base) + std::to_string(other);
    if (ids.contains(name)) return name;
  }
  return {};
}

/// What is wrong with a name: the end of a sentence; empty when nothing is.
std::string weakness_of(const openapi::Operation& operation, const Ids& ids) {
  const std::vector<std::string> words = words_of(operation.id);
  if (words.empty()) return {};
  if (is_of_fastapi(operation) || is_of_path_and_method(operation, words))
    return "is made of path and method, as a generator does it";
  if (are_generic(words)) return "would fit any operation";
  if (is_of_framework(operation.id)) return "is that of the code behind, as a generator writes it";
  const std::string neighbour = numbered_neighbour(operation.id, ids);
  return neighbour.empty() ? "" : "differs from " + in_quotes(neighbour, 100) + " in a number only";
}

Judgement operation_id_wording(const ApiDescription& api) {
  const auto& operations = api.description->operations;
  Ids ids;
  for (const openapi::Operation& operation : operations) ids.insert(operation.id);
  Judgement judgement;
  for (const openapi::Operation& operation : operations) {
    const std::string weakness = weakness_of(operation, ids);
    if (weakness.empty()) continue;
    judgement.findings.push_back({api.at(operation.node.place, "operationId"),
                                  "The name " + in_quotes(operation.id, 100) + " " + weakness + ".",
                                  "a name of verb and noun",
                                  in_quotes(operation.id, 100),
                                  {}});
  }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check api_operation_id_wording = define_check<of_openapi_3<operation_id_wording>>({
    .id = "api/operation-id-wording",
    .title = "The names of operations say what they do",
    .requirement =
        "operationId is a name that a person chose, best of verb and noun: not a verb that fits any operation, not "
        "path and method as a generator joins them, not one of several names that differ in a number.",
    .rationale =
        "The model reads the name first, and in every call. Descriptive operation names were among the criteria of the "
        "plugin store's review.",
    .remedy = "Set the operationId by hand where the framework allows it (FastAPI: operation_id=\"listTodos\").",
    .source = "OpenAI, Plugin review process: descriptive operation names; OpenAI, GPT Actions in production",
    .passing = "operationId: listTodos",
    .failing = "operationId: list_todos_api_v1_todos_get",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
