#include "checks/wordings.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <unordered_set>
#include <vector>

#include "checks/decoding.h"
#include "checks/findings.h"
#include "checks/openapi.h"
#include "checks/phrases.h"
#include "checks/texts.h"
#include "checks/values.h"

namespace plugvet::checks {
namespace {

using VisitWording = std::function<void(const Wording&)>;

void visit_manifest_text(const Manifest& manifest, const std::string& pointer, Wording::Reader reader, const VisitWording& visit) {
  const std::string* text = manifest.text(pointer);
  if (!text || text->empty()) return;
  const std::function<Location()> where = [&] { return manifest.at(pointer); };
  const std::function<std::string()> name = [&] { return spoken(pointer); };
  visit({*text, reader, where, name});
}

std::size_t items_of(const Manifest& manifest, std::string_view pointer) {
  const Json* list = manifest.document.find(pointer);
  return list && list->is_array() ? list->size() : 0;
}

void visit_manifest(const Manifest& manifest, const VisitWording& visit) {
  using enum Wording::Reader;
  visit_manifest_text(manifest, "/name_for_human", people, visit);
  visit_manifest_text(manifest, "/description_for_human", people, visit);
  visit_manifest_text(manifest, "/description_for_model", model, visit);
  if (manifest.format() != ManifestFormat::m365) return;
  for (std::size_t i = 0; i < items_of(manifest, "/functions"); ++i) {
    const std::string function = join_pointer("/functions", i);
    visit_manifest_text(manifest, function + "/description", model, visit);
    for (const char* state : {"/states/reasoning", "/states/responding"})
      for (const char* member : {"/description", "/instructions"})
        visit_manifest_text(manifest, function + state + member, model, visit);
  }
}

class ApiWordings {
 public:
  ApiWordings(const ApiDescription& api, const VisitWording& visit) : api_{api}, visit_{visit} {}

  void visit() const {
    const openapi::Description& description = *api_.description;
    if (const openapi::Node info = member(description.root, "info"); info && info.value->is_object())
      if (const std::string* text = text_of(*info.value, "description"))
        visit_member(*text, info, "description", [] { return std::string{"info.description"}; });
    for (const openapi::Operation& operation : description.operations) {
      visit_member(operation.summary, operation.node, "summary", [&] { return "The summary of " + spoken(operation); });
      visit_member(operation.description, operation.node, "description",
                   [&] { return "The description of " + spoken(operation); });
      for (const openapi::Parameter& parameter : operation.parameters)
        visit_member(parameter.description, parameter.node, "description", [&] {
          return fmt::format("The description of {} in {}", in_quotes(parameter.name), spoken(operation));
        });
    }
  }

 private:
  void visit_member(std::string_view text, const openapi::Node& holder, std::string_view member,
                    const std::function<std::string()>& name) const {
    if (text.empty()) return;
    const std::function<Location()> where = [&] { return api_.at(holder.place, member); };
    visit_({text, Wording::Reader::model, where, name});
  }

  const ApiDescription& api_;
  const VisitWording& visit_;
};

}  // namespace

void for_each_wording(const Collected<Manifest>& manifest, const Collected<ApiDescription>& api, const VisitWording& visit) {
  if (manifest && *manifest) visit_manifest(**manifest, visit);
  if (api && *api && (*api)->description->is_openapi_3()) ApiWordings{**api, visit}.visit();
}

Judgement judge_wordings(const Collected<Manifest>& manifest, const Collected<ApiDescription>& api,
                         const std::function<std::optional<Steering>(const Wording&)>& find, std::string_view expected) {
  Judgement judgement;
  std::unordered_set<const char*> judged;  // a parameter of many operations is one text
  for_each_wording(manifest, api, [&](const Wording& wording) {
    const auto found = find(wording);
    if (!found || !judged.insert(wording.text.data()).second) return;
    const std::string part = found->part.empty() ? "" : in_quotes(found->part, 160);
    judgement.findings.push_back(
        {wording.where(),
         fmt::format("{} {}{}{}.", wording.name(), found->what, part.empty() ? "" : ": ", part),
         std::string(expected),
         part.empty() ? seen_in(*found) : part,
         {}});
  });
  return blocked_unless_found(summarised(std::move(judgement)), manifest, api);
}

Judgement judge_phrases(const Collected<Manifest>& manifest, const Collected<ApiDescription>& api, std::string_view list,
                        std::string_view expected) {
  const Phrases& phrases = Phrases::named(list);
  std::vector<const Document*> documents;
  if (manifest && *manifest) documents.push_back(&(*manifest)->document);
  if (api && *api)
    for (const Document& document : (*api)->description->documents) documents.push_back(&document);
  return judge_wordings(
      manifest, api,
      [&](const Wording& wording) -> std::optional<Steering> {
        for (const Document* document : documents)
          if (const Steering* found = phrase_in(*document, wording.text, phrases)) return *found;
        return {};
      },
      expected);
}

Judgement blocked_unless_found(Judgement judgement, const Collected<Manifest>& manifest,
                               const Collected<ApiDescription>& api) {
  if (!judgement.findings.empty()) return judgement;
  for (const Problem* problem : {manifest ? manifest->problem() : nullptr, api ? api->problem() : nullptr})
    if (problem) return Judgement::blocked(problem->what);
  return judgement;
}

}  // namespace plugvet::checks
