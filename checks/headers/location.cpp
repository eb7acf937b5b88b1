#include "checks/header_calls.h"

namespace plugvet::checks {
namespace {

Judgement judge_location(const Enforcement& enforcement) {
  return judge_header_calls(enforcement, {"header/none", "header/location", "header/other-location",
                                          "header/unknown-location"});
}

}  // namespace

extern constinit const Check headers_location = define_check<judge_location>({
    .id = "headers/location",
    .title = "Calls work wherever the user is",
    .requirement =
        "A call is answered with openai-subdivision-1-iso-code: US-CA, with GB-ENG, with a code that nobody knows, and "
        "without the header. That the legal text says what the location is used for, only a person can judge.",
    .rationale =
        "The platform sends the header as it sees fit: it is missing where the user did not agree, and new codes come up.",
    .remedy = "Take an unknown or missing location for no location.",
    .source = "OpenAI, Plugins in production (2023-09): user location; ISO 3166-2",
    .passing = "200 with openai-subdivision-1-iso-code: XX-ZZZ",
    .failing = "500 with openai-subdivision-1-iso-code: XX-ZZZ",
});

}  // namespace plugvet::checks
