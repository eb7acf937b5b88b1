#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace plugvet::checks {

// What texts must not contain when a model reads them: manifest, API description and answers alike. Everything in them is
// put into the conversation, mostly unseen by the user. The patterns are narrow on purpose: none of them fires on a text
// that only says what the plugin does, or how its answers are to be read.

/// A part of a text that does something it must not.
struct Steering {
  std::string what;  ///< what it does, after the text's place: "tells the model to ignore its instructions"
  std::string part;  ///< the words that do it, decoded where they were encoded; empty: there are none to show
  std::string seen = {};  ///< where there are no words, what there is: "a zero-width character (U+200B)"
};

/// What a finding shows of a part without words.
inline const std::string& seen_in(const Steering& steering) {
  return steering.seen.empty() ? steering.what : steering.seen;
}

/// Takes the place of the model's instructions, pretends to be another role's message, or has things kept from the user.
/// Encodings (Base64, escapes, letters of other shapes) are looked through.
std::optional<Steering> find_steering(std::string_view text);

/// Tells the model to leave the user's confirmation out, to give it itself or to hide it.
std::optional<Steering> find_confirmation_bypass(std::string_view text);

/// Characters that a person does not see and a model reads: zero-width, bidirectional controls, tags, variation selectors in
/// a row, private use, control characters, soft hyphens where no line would be broken. Not where a script or an emoji needs them.
std::optional<Steering> find_hidden_characters(std::string_view text);

/// What a page that shows the text would run: script and frame elements, event attributes, javascript: links, eval( ).
std::optional<Steering> find_active_content(std::string_view text);

}  // namespace plugvet::checks
