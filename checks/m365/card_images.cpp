#include <nlohmann/json.hpp>

#include "checks/cards.h"
#include "checks/findings.h"
#include "checks/format.h"
#include "checks/values.h"

namespace plugvet::checks {
namespace {

Judgement card_images(const Manifest& manifest) {
  FindingList findings;
  for_each_card(manifest, [&](const Card& card) {
    for_each_element(card, [&](const Json& element, const std::string& pointer) {
      const std::string* type = text_of(element, "type");
      const std::string* text = text_of(element, "altText");
      if (!type || *type != "Image" || (text && !is_blank(*text))) return;
      findings.add([&]() -> Finding {
        return {manifest.at(pointer),
                spoken(card.function) + ": an image of its card has no altText.",
                "a member altText",
                text ? "a blank text" : "no such member",
                {}};
      });
    });
  });
  return std::move(findings).judgement();
}

}  // namespace

extern constinit const Check m365_card_images = define_check<of_m365<card_images>>({
    .id = "m365/card-images",
    .title = "Images of cards are described for those who cannot see them",
    .requirement = "Every Image in the static_template of a function has an altText that is not blank.",
    .rationale = "A screen reader reads the altText, and it is shown where the image cannot be loaded.",
    .remedy = "Write what the image shows, with the data: \"altText\": \"Photo of ${name}\".",
    .source = "Microsoft, High-quality message extensions: Adaptive Cards; Adaptive Cards schema 1.5, Image",
    .passing = R"({"type": "Image", "url": "${photo}", "altText": "Photo of ${name}"})",
    .failing = R"({"type": "Image", "url": "${photo}"})",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
