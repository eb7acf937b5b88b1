#include <algorithm>

#include "checks/cause.h"
#include "checks/logo_kinds.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

bool was_empty(const Collected<Fetches>& fetches) {
  const Fetch* fetch = fetches && *fetches ? (*fetches)->of(Artefact::logo) : nullptr;
  return fetch && fetch->response() && fetch->response()->body.empty();
}

Judgement judge_problem(const Problem& problem, const Collected<Fetches>& fetches, const std::string& expected) {
  // A manifest that cannot be read, or names no logo, is not the image's fault.
  const bool is_of_image = problem.id.starts_with("logo.") || problem.id.starts_with("file.");
  if (!is_of_image || problem.blame != Blame::submission || was_empty(fetches)) return Judgement::blocked(problem.what);
  return Judgement::fail({image(), message_of(problem), expected, std::string(cause_of(problem).seen), {}});
}

Judgement format(const Result<Logo>& logo, const Collected<Fetches>& fetches, const Parameters& limits) {
  const auto accepted = limits.list("accepted");
  const std::string expected = "an image in the format " + listed(accepted, "or");
  if (const Problem* problem = logo.problem()) return judge_problem(*problem, fetches, expected);
  const std::string seen{name_of(logo->format)};
  // GIF and SVG have checks of their own, because platforms say something particular about them.
  if (logo->format == ImageFormat::gif || is_vector(*logo)) return Judgement::pass();
  if (std::ranges::find(accepted, seen) != accepted.end()) return Judgement::pass();
  return Judgement::fail({image(), "The logo is an image in the format " + seen + ".", expected, seen, {}});
}

}  // namespace

extern constinit const Check logo_format = define_check<format>({
    .id = "logo/format",
    .title = "The logo is a PNG, JPEG or WebP image",
    .requirement =
        "The bytes at logo_url are an image in a format that every browser shows: PNG, JPEG or WebP. What the bytes "
        "are counts, not the name or the declared type. On disk it is a regular file and not a link.",
    .rationale =
        "The logo must be an image. An error page sent with status 200, or an icon file, shows as a broken picture.",
    .remedy = "Save the logo as PNG and serve that file.",
    .source = "OpenAI, Getting started (late 2023): logo_url; plugvet, own judgement (the list of formats)",
    .passing = "89 50 4E 47 … (PNG)",
    .failing = "<!doctype html>… at logo.png",
});

}  // namespace plugvet::checks
