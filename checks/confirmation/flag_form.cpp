#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "checks/effect.h"
#include "checks/findings.h"
#include "checks/openapi.h"
#include "checks/values.h"

namespace plugvet::checks {
namespace {

class FlagForm {
 public:
  FlagForm(const ApiDescription& api, const Parameters& limits) : api_{api}, names_{limits.list("names")} {}

  Judgement judge() {
    judge_misplaced(api_.description->root, "the document");
    judge_misplaced(openapi::member(api_.description->root, "info"), "info");
    const Json* path_item = nullptr;
    for (const openapi::Operation& operation : api_.description->operations) {
      // The operations of a path follow each other.
      if (operation.path_item && operation.path_item.value != path_item)
        judge_misplaced(operation.path_item, fmt::format("the path {}", in_quotes(operation.path)));
      path_item = operation.path_item.value;
      judge_operation(operation);
    }
    return summarised(std::move(judgement_));
  }

 private:
  bool is_exact(std::string_view name) const { return std::ranges::find(names_, name) != names_.end(); }

  void judge_misplaced(const openapi::Node& node, const std::string& owner) {
    if (!node || !node.value->is_object()) return;
    for (const auto& [name, value] : node.value->get_ref<const Json::object_t&>())
      if (is_flag_meant(name))
        complain(node, name, fmt::format("{} stands at {}, where nobody reads it.", in_quotes(name), owner),
                 "the flag at each operation", "the flag beside the operations");
  }

  void judge_operation(const openapi::Operation& operation) {
    if (!operation.node || !operation.node.value->is_object()) return;
    for (const auto& [name, value] : operation.node.value->get_ref<const Json::object_t&>()) {
      if (!is_flag_meant(name)) continue;
      if (!is_exact(name))
        complain(operation.node, name,
                 fmt::format("{}: {} is not {}, so it is ignored.", spoken(operation), in_quotes(name), names_.front()),
                 names_.front(), in_quotes(name));
      else if (!value.is_boolean())
        complain(operation.node, name,
                 fmt::format("{}: {} is {}{}, so it is ignored.", spoken(operation), name, kind_of(value),
                             value.is_string() ? ", " + in_quotes(value.get_ref<const std::string&>()) : ""),
                 "true or false, without quotes", std::string(kind_of(value)));
    }
  }

  void complain(const openapi::Node& owner, std::string_view name, std::string message, std::string expected,
                std::string actual) {
    const ApiPlace place{owner.place.file, join_pointer(owner.place.pointer, name)};
    judgement_.findings.push_back(
        {api_.at_name(place), std::move(message), std::move(expected), std::move(actual), {}});
  }

  const ApiDescription& api_;
  const std::vector<std::string> names_;
  Judgement judgement_;
};

Judgement flag_form(const ApiDescription& api, const Parameters& limits) {
  return FlagForm{api, limits}.judge();
}

}  // namespace

extern constinit const Check confirmation_flag_form = define_check<of_openapi_3<flag_form>>({
    .id = "confirmation/flag-form",
    .title = "x-openai-isConsequential is written so that it has an effect",
    .requirement =
        "The flag is a member of an operation, is called x-openai-isConsequential letter by letter, and is true or false "
        "without quotes.",
    .rationale =
        "A flag that is misspelled, a text or beside the operations is ignored without a word: whether the user is asked "
        "then depends on the method, not on what the author wrote.",
    .remedy = "Write x-openai-isConsequential: true (or false) at each operation that it is meant for.",
    .source = "OpenAI, GPT Actions in production: consequential flag; Microsoft, Confirmation prompts for API plugins",
    .passing = "post: {operationId: addTodo, x-openai-isConsequential: true}",
    .failing = R"(post: {operationId: addTodo, x-openai-isConsequential: "true"})",
});

}  // namespace plugvet::checks
