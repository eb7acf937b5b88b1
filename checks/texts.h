#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "checks/phrases.h"
#include "checks/steering_text.h"
#include "harness/model/check.h"

namespace plugvet::checks {

// A payload works wherever it stands: in an example as well as in a description. Checks of what texts must not contain read
// every text of the submission.

/// A text of a document, or the name of a member. Its place is only worked out when there is something to say about it.
struct Text {
  std::string_view value;
  bool is_name = false;
  std::string_view member;  ///< the member that the text is the value of; of an array, its member. Empty: none

  using Step = std::pair<const std::string*, std::size_t>;  ///< a name, or null and an index
  const std::vector<Step>& path;
  std::string pointer() const;
  /// It stands within an example, a default or a list of values: data, which nobody shows as a text.
  bool is_data() const;
};

/// Visits every text and every name, in the order of the document.
void for_each_text(const Json& root, const std::function<void(const Text&)>& visit);

enum class Data : unsigned char { judged, left_out };

/// What is sought in texts: find_steering, find_confirmation_bypass, find_active_content and find_hidden_characters say what
/// that is (checks/steering_text.h), and find_key (checks/keys.h).
enum class Sought : unsigned char { steering, confirmation_bypass, active_content, keys, hidden_characters };

/// The phrase of a list that is built in which a text of the document has, where the text is a name, a summary or a
/// description; null: none. `text` is in the document, not a copy.
const Steering* phrase_in(const Document& document, std::string_view text, const Phrases& list);

/// One finding for each text and name of the manifest and of the API description, whichever of them was collected, in which
/// there is what is sought. A document that could not be read blocks, unless something is found in the other.
Judgement judge_texts(const Collected<Manifest>& manifest, const Collected<ApiDescription>& api, Sought sought,
                      std::string_view expected, Data data = Data::judged);

}  // namespace plugvet::checks
