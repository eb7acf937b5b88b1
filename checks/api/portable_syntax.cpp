#include <utility>

#include "checks/findings.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement portable_syntax(const ApiDescription& api) {
  Judgement judgement;
  for (const SyntaxFault& fault : api.document.faults()) {
    if (fault.id.ends_with("duplicate_key")) continue;  // api/duplicate-members
    judgement.findings.push_back({{Artefact::api, fault.pointer, fault.position},
                                  printable(fault.message),
                                  "text that every reader understands alike",
                                  "text that some readers take otherwise",
                                  {}});
  }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check api_portable_syntax = define_check<portable_syntax>({
    .id = "api/portable-syntax",
    .title = "Every reader understands the OpenAPI document's text alike",
    .requirement =
        "The text of the OpenAPI document has no byte order mark, YAML tag, merge key, or value that YAML 1.1 and "
        "1.2 read differently; what looks like JSON is JSON.",
    .rationale =
        "Readers differ here: an unquoted no or 1:30 is a string to one and a Boolean or a number to another, and the "
        "model then sees something else than the author.",
    .remedy =
        "Put such values in quotes, write merged members out, and save the file as UTF-8 without a byte order mark.",
    .source = "YAML 1.2.2, section 10.3; RFC 8259, section 8.1",
    .passing = R"(enum: ["yes", "no"])",
    .failing = "enum: [yes, no]",
    .severity = Severity::note,
});

}  // namespace plugvet::checks
