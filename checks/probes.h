#pragma once
#include <string>

#include "harness/model/check.h"
#include "harness/openapi/contract.h"

namespace plugvet::checks {

// What checks of probed operations have in common.

/// The status of the answer; 0 where none came.
int status_of(const Probe& probe);
/// "500 with 31 bytes of text/html"
std::string answer_of(const Probe& probe);
/// "POST /todos (addTodo) answers 500 with 31 bytes of text/html. The request: text is 17, expected a string."
Finding probe_finding(const Probe& probe, Location where, const std::string& why, std::string expected,
                      std::string actual);
/// What is promised for the status that was answered, and for its media type. Null: nothing is.
const openapi::Contract::Answer* promised_answer(const Probe& probe);
const openapi::Contract::Content* promised_content(const Probe& probe);

}  // namespace plugvet::checks
