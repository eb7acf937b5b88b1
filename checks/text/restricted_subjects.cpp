#include <fmt/format.h>

#include <set>

#include "checks/phrases.h"
#include "checks/wordings.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement restricted_subjects(const Collected<Manifest>& manifest, const Collected<ApiDescription>& api) {
  const Phrases& subjects = Phrases::named("restricted-subjects");
  std::set<std::string> named;  // a plugin for bets speaks of them in every operation
  Judgement judgement;
  for_each_wording(manifest, api, [&](const Wording& wording) {
    // What comes first says what the plugin is; farther on stand examples and exceptions.
    constexpr std::size_t beginning = 200;
    const auto found = subjects.find(first_code_points(wording.text, beginning));
    if (!found || !named.insert(found->what).second) return;
    judgement.findings.push_back({wording.where(),
                                  fmt::format("{} speaks of {}: {}.", wording.name(), found->what, in_quotes(found->part)),
                                  "a subject that the usage policies leave free",
                                  found->what,
                                  {}});
  });
  return blocked_unless_found(std::move(judgement), manifest, api);
}

}  // namespace

extern constinit const Check text_restricted_subjects = define_check<restricted_subjects>({
    .id = "text/restricted-subjects",
    .title = "What the usage policies restrict is looked at by a person",
    .requirement =
        "Gambling, political campaigning, tailored legal, medical or financial advice, sexual content, surveillance, "
        "services for children under 13 and the making of pictures are restricted. A description that speaks of them is "
        "quoted; whether the plugin does it, and may, only a person can judge.",
    .rationale = "The policies decide by what is done, not by which words are used: a plugin about gambling laws may well be allowed.",
    .remedy = "Nothing, if the plugin keeps to the policy; the reviewer may ask how.",
    .source = "OpenAI, Usage policies; OpenAI, Plugin review process",
    .passing = "Plans meals for a week.",
    .failing = "Places bets on football matches.",
    .severity = Severity::warning,
    .for_reviewer = true,
});

}  // namespace plugvet::checks
