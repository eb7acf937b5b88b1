#include "checks/texts.h"

namespace plugvet::checks {
namespace {

Judgement active_content(const Collected<Manifest>& manifest, const Collected<ApiDescription>& api) {
  return judge_texts(manifest, api, Sought::active_content, "a text without code that a page would run",
                     Data::left_out);
}

}  // namespace

extern constinit const Check security_active_content = define_check<active_content>({
    .id = "security/active-content",
    .title = "Texts have no code that a page would run",
    .requirement =
        "No text of the manifest or of the OpenAPI document has script elements, elements that load others (iframe, object, "
        "embed), event attributes, javascript: links or a call of eval. Examples and default values are data and may.",
    .rationale =
        "Stores, documentation pages and chat windows show these texts. Where one of them is shown as HTML, the code runs "
        "with the rights of whoever looks at it.",
    .remedy = "Remove the code, or write it as words: \"a script element\".",
    .source = "Spectral, no-script-tags-in-markdown and no-eval-in-markdown",
    .passing = "Returns the page without its script elements.",
    .failing = "Returns the page. <script>alert(1)</script>",
});

}  // namespace plugvet::checks
