#include "checks/logo_kinds.h"

namespace plugvet::checks {
namespace {

Judgement svg_content(const Logo& logo) {
  if (!is_vector(logo)) return Judgement::not_applicable("The logo is no SVG.");
  if (!is_active(logo)) return Judgement::pass();
  const std::string actual = !logo.has_external_references ? "script"
                             : !logo.has_script            ? "references to other documents"
                                                           : "script and references to other documents";
  return Judgement::fail({image(), "The SVG contains " + actual + ".", "shapes only", actual, {}});
}

}  // namespace

extern constinit const Check logo_svg_content = define_check<svg_content>({
    .id = "logo/svg-content",
    .title = "An SVG logo has neither script nor references to other documents",
    .requirement =
        "An SVG has no script elements, event attributes or javascript: links, and loads nothing from elsewhere.",
    .rationale =
        "Opened by itself it runs as a page of your domain; included elsewhere its references tell third parties who "
        "looks at the plugin.",
    .remedy = "Save the logo as PNG, or export a plain SVG with paths and embedded images only.",
    .source = "W3C, SVG Integration: secure static mode; plugvet, own judgement",
    .passing = R"x(<svg …><path d="…"/></svg>)x",
    .failing = R"(<svg …><script>…</script></svg>)",
});

}  // namespace plugvet::checks
