#include <fmt/format.h>

#include "checks/probes.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement judge_usable_answers(const Probe& probe) {
  const auto& problem = probe.exchange.problem;
  if (!problem || problem->blame != Blame::submission) return Judgement::pass();
  const std::string what = printable(shortened(problem->what, 300));
  return Judgement::fail({probe.where,
                          fmt::format("{} gives no answer that can be used. {} The request ({}): {}.", probe.operation,
                                      what,
                                      name_of(probe.kind), printable(shortened(probe.about, 300))),
                          "an answer", std::string{name_of(problem->rung)} + ": " + problem->id,
                              probe.exchange.request.url, {}});
}

}  // namespace

extern constinit const Check conformance_usable_answers = define_check<judge_usable_answers>({
    .id = "conformance/usable-answers",
    .title = "Every request is answered",
    .requirement =
        "Every request gets an HTTP answer that is whole: within 15 seconds and 1 MiB, with the length that it says, "
        "without a connection that breaks.",
    .rationale = "The platform shows the user an error where no answer comes, and the model cannot tell why.",
    .remedy = "Answer wrong requests with a status 4xx; do not let the process die of them, and page what is long.",
    .source = "OpenAI, Plugins in production (2023-09); RFC 9112",
    .passing = "400 in 5 ms",
    .failing = "a connection that is closed without a word",
});

}  // namespace plugvet::checks
