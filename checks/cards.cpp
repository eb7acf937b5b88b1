#include "checks/cards.h"

#include <nlohmann/json.hpp>

#include "checks/response_semantics.h"
#include "checks/values.h"

namespace plugvet::checks {
namespace {

void visit_objects(const Json& value, const std::string& pointer,
                   const std::function<void(const Json&, const std::string&)>& visit) {
  if (value.is_object()) {
    visit(value, pointer);
    for (const auto& [name, member] : value.get_ref<const Json::object_t&>())
      if (member.is_structured()) visit_objects(member, join_pointer(pointer, name), visit);
  } else if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i)
      if (value[i].is_structured()) visit_objects(value[i], join_pointer(pointer, i), visit);
  }
}

}  // namespace

void for_each_card(const Manifest& manifest, const std::function<void(const Card&)>& visit) {
  for_each_response_semantics(functions_of(manifest), [&](const ResponseSemantics& semantics) {
    const Json* card = member_of(*semantics.value, "static_template");
    const std::string* type = card ? text_of(*card, "type") : nullptr;
    if (type && *type == "AdaptiveCard") visit({semantics.function, *card, semantics.pointer + "/static_template"});
  });
}

void for_each_element(const Card& card, const std::function<void(const Json&, const std::string& pointer)>& visit) {
  visit_objects(card.value, card.pointer, visit);
}

}  // namespace plugvet::checks
