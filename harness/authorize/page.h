#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "harness/support/percent.h"
#include "harness/support/url.h"

namespace plugvet {

/// An element that a form sends.
struct FormField {
  std::string name, value;
  std::string type;     ///< "text", "password", "hidden", "checkbox", "radio", "select", "textarea", …
  bool is_set = true;   ///< checkbox, radio: it is sent as it stands
  bool is_for_people() const { return type != "hidden"; }
};

struct FormButton {
  std::string name, value;  ///< sent when it is pressed and has a name
  std::string text;         ///< as people read it
  std::string action;       ///< in place of the form's; empty: none
};

struct Form {
  std::string method = "GET";
  std::string action;  ///< absolute, or what could not be resolved
  bool is_multipart = false;
  std::vector<FormField> fields;
  std::vector<FormButton> buttons;

  bool has_password() const;
  const FormField* field(std::string_view name) const;
};

/// What a browser without scripts makes of an HTML page.
struct Page {
  std::string title;
  std::string text;  ///< the beginning of what people read
  std::vector<Form> forms;
  std::vector<Form> links;  ///< as forms with one button and nothing to fill in
  bool has_script = false;
  std::string refresh;  ///< where <meta http-equiv="refresh"> leads at once; empty: nowhere
};

/// Whatever the bytes are, it comes back: nothing is fetched, and the depth is bounded.
Page read_page(std::string_view html, const Url& url);

}  // namespace plugvet
