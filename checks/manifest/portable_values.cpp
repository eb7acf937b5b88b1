#include "checks/findings.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

// Byte order marks and repeated members have checks of their own.
bool has_own_check(const SyntaxFault& fault) {
  return fault.id == "json.duplicate_key" || fault.id == "json.byte_order_mark";
}

Judgement portable_values(const Manifest& manifest) {
  Judgement judgement;
  for (const SyntaxFault& fault : manifest.document.faults())
    if (!has_own_check(fault))
      judgement.findings.push_back({{Artefact::manifest, fault.pointer, fault.position},
                                    printable(fault.message),
                                    "a value that every JSON parser reads alike",
                                    "a value that parsers read differently",
                                    {}});
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check manifest_portable_values = define_check<portable_values>({
    .id = "manifest/portable-values",
    .title = "Every value of the manifest means the same to every parser",
    .requirement = "Texts have no half of a surrogate pair, and numbers lie within the range of a double.",
    .rationale =
        "The grammar of JSON allows them, but parsers replace, round or refuse them. What people see then depends on "
        "the reader.",
    .remedy = "Write the character itself in place of the escape, and numbers that can be represented.",
    .source = "RFC 8259, sections 6 and 8.2",
    .passing = R"("name_for_human": "To-do \ud83d\udcdd")",
    .failing = R"("name_for_human": "To-do \ud83d")",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
