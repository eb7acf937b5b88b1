#include "checks/texts.h"

namespace plugvet::checks {
namespace {

Judgement hidden_characters(const Collected<Manifest>& manifest, const Collected<ApiDescription>& api) {
  return judge_texts(manifest, api, Sought::hidden_characters, "characters that a person sees");
}

}  // namespace

extern constinit const Check security_hidden_characters = define_check<hidden_characters>({
    .id = "security/hidden-characters",
    .title = "Texts have no characters that only the model sees",
    .requirement =
        "No text or name of the manifest or of the OpenAPI document has zero-width characters, controls of the writing "
        "direction, tag or private-use characters, variation selectors in a row, control characters, or soft hyphens in "
        "short words or many of them; except where a script or an emoji needs them.",
    .rationale =
        "They are invisible to the person who reviews the text, and letters to the model: whole instructions can be "
        "written in them, and a name can be made to look like another.",
    .remedy =
        "Type the text anew, or remove the characters by an editor that shows them. They often come from copied web pages.",
    .source = "Microsoft, High-quality message extensions; Unicode Technical Report 36; Iqbal, Kohno and Roesner, arXiv "
              "2309.10254",
    .passing = "\"Todo List\"",
    .failing = "\"Todo\\u200bList\"",
});

}  // namespace plugvet::checks
