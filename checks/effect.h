#pragma once
#include <string>
#include <string_view>

#include "harness/model/check.h"
#include "harness/openapi/description.h"

namespace plugvet::checks {

// What an operation does to the world, as far as its description tells. Half of all POST operations of real plugins only
// read (POST /search): the method alone says little, so the verbs of name and summary are asked first.

enum class Effect : unsigned char {
  reads,    ///< it looks something up, or works something out
  unknown,  ///< POST /chat: the description does not tell
  changes,  ///< it adds or changes something
  grave,    ///< it deletes, pays, sends, books, publishes or grants: it cannot be taken back, or concerns others
};
Effect effect_of(const openapi::Operation& operation);

/// The verb of a GET operation that does not read: "delete" for deleteTodo or /todos/delete. Empty: none is seen.
std::string changing_verb_of_get(const openapi::Operation& operation);

/// How the user is asked before a change, where the description shows it: "it takes the parameter "confirmation"". Empty:
/// it shows nothing.
std::string confirmation_shown(const openapi::Description& description, const openapi::Operation& operation);

/// "x-openai-isconsequential", "isConsequential": the flag is meant, rightly written or not.
bool is_flag_meant(std::string_view name);
/// The flag x-openai-isConsequential by one of the names that the profile's limit `names` accepts. Null: it is not there.
const Json* consequential_flag(const openapi::Operation& operation, const Parameters& limits);
/// What the platforms take: the flag where it is a Boolean, else false for GET and true for every other method.
bool is_consequential(const openapi::Operation& operation, const Parameters& limits);

/// A finding for each operation whose flag is false although its effect is one of those that `is_meant` names; `what` says
/// so after the operation.
Judgement judge_false_flags(const ApiDescription& api, const Parameters& limits, std::string_view what,
                            bool (*is_meant)(Effect));

}  // namespace plugvet::checks
