#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "checks/steering_text.h"
#include "harness/model/check.h"
#include "harness/openapi/description.h"

namespace plugvet::checks {

// What describes a plugin and its parts, as people and the model read it. Payloads hide anywhere (checks/texts.h); how
// something is said matters where it is read as a sentence.

/// A name or description. Its place is only worked out when there is something to say about it.
struct Wording {
  enum class Reader : unsigned char { people, model };
  std::string_view text;
  Reader reader = Reader::model;
  const std::function<Location()>& where;
  const std::function<std::string()>& name;  ///< "description_for_model", "The description of GET /todos (listTodos)"
};

/// Visits what is read before a plugin is used: names and descriptions of the manifest, of an OpenAPI 3 description its own,
/// those of operations and their parameters. Not what the members of bodies and answers say.
void for_each_wording(const Collected<Manifest>& manifest, const Collected<ApiDescription>& api,
                      const std::function<void(const Wording&)>& visit);

/// One finding for each wording in which `find` finds something; a document that could not be read blocks, unless something
/// is found in the other.
Judgement judge_wordings(const Collected<Manifest>& manifest, const Collected<ApiDescription>& api,
                         const std::function<std::optional<Steering>(const Wording&)>& find, std::string_view expected);
/// The same with a list of phrases, which are looked for in the text itself and as it reads in plain letters.
Judgement judge_phrases(const Collected<Manifest>& manifest, const Collected<ApiDescription>& api, std::string_view list,
                        std::string_view expected);

/// Blocked where an artefact that was asked for could not be had and nothing was found in the other.
Judgement blocked_unless_found(Judgement judgement, const Collected<Manifest>& manifest,
                               const Collected<ApiDescription>& api);

}  // namespace plugvet::checks
