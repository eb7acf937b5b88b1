#pragma once
#include <optional>
#include <string>
#include <vector>

#include "harness/authorize/credentials.h"
#include "harness/authorize/page.h"
#include "harness/transport/transport.h"

namespace plugvet {

/// A form as a person would send it.
struct FilledForm {
  const Form* form = nullptr;
  Pairs values;
  std::string action;
  std::vector<std::string> filled;  ///< names of the fields that the account's values went into; empty: only agreed
};

/// The form of the page that is to be sent next: the one that asks for what the account has, otherwise one that only
/// wants agreement. Empty: there is none, or it asks for something else (see asked_fields).
std::optional<FilledForm> fill_form(const Page& page, const Login& login);

/// What says no to a page that wants agreement: a form with its button, or a link. Empty: there is none.
std::optional<FilledForm> refuse_form(const Page& page);

/// Names of the fields that people would have to fill in on this page.
std::vector<std::string> asked_fields(const Page& page);

Request request_of(const FilledForm& form);

}  // namespace plugvet
