#include "harness/model/check.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement byte_order_mark(const Manifest& manifest) {
  for (const SyntaxFault& fault : manifest.document.faults())
    if (fault.id == "json.byte_order_mark")
      return Judgement::fail({{Artefact::manifest, "", fault.position},
                              printable(fault.message),
                              "text that begins with {",
                              "text that begins with the bytes EF BB BF",
                              {}});
  return Judgement::pass();
}

}  // namespace

extern constinit const Check manifest_byte_order_mark = define_check<byte_order_mark>({
    .id = "manifest/byte-order-mark",
    .title = "The manifest begins without a byte order mark",
    .requirement = "The manifest's text begins with its opening brace, not with a byte order mark.",
    .rationale =
        "JSON allows none. Browsers ignore it, other parsers refuse the whole document, so the plugin works in one "
        "place and not in another.",
    .remedy = "Save the file as \"UTF-8\" instead of \"UTF-8 with BOM\".",
    .source = "RFC 8259, section 8.1",
    .passing = "{ as the first byte",
    .failing = "EF BB BF before the first {",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
