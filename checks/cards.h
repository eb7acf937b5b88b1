#pragma once
#include <functional>
#include <string>

#include "checks/functions.h"

namespace plugvet::checks {

/// An Adaptive Card that stands in a Microsoft 365 manifest: the static_template of a function. One that is named by
/// its file is no part of the manifest.
struct Card {
  const Function& function;
  const Json& value;
  std::string pointer;
};
void for_each_card(const Manifest& manifest, const std::function<void(const Card&)>& visit);

/// Every object of a card: elements, actions, columns, facts. Recursion is bounded by the depth of documents.
void for_each_element(const Card& card, const std::function<void(const Json&, const std::string& pointer)>& visit);

}  // namespace plugvet::checks
