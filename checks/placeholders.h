#pragma once
#include <string>
#include <string_view>

namespace plugvet::checks {

// What templates and samples leave behind, told apart by where it stands: "example.com" is a placeholder in a URL and a
// good example in a text for the model; TODO is a placeholder in an address and the name of a to-do plugin.

enum class TextRole : unsigned char {
  name,         ///< short, shown to people or the model
  description,  ///< a sentence for people
  prompt,       ///< text for the model, which may well contain patterns and examples
  address,      ///< a URL or an e-mail address
  token,        ///< an identifier that another party gave out
};

/// The part of the text that was left over; empty when there is none.
std::string placeholder_in(std::string_view text, TextRole role);

/// The text has a variable that a build step should have replaced: `${{NAME}}`, `{{name}}`, `<%= name %>`.
bool has_template_variable(std::string_view text);

/// The host is one of the names that are reserved for documentation: example.com, *.example, *.invalid, …
bool is_example_host(std::string_view host);

/// No scheme: "/openapi.yaml", "api.acme.com/openapi.yaml", "localhost:5003/logo.png", blank.
bool is_relative_reference(std::string_view text);
/// Of these, what can be resolved against another URL (RFC 3986, section 4.2): not blank, no colon in the first
/// segment.
bool is_resolvable_reference(std::string_view text);

}  // namespace plugvet::checks
