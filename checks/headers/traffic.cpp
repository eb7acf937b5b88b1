#include "checks/header_calls.h"

namespace plugvet::checks {
namespace {

Judgement judge_traffic(const Enforcement& enforcement) {
  return judge_header_calls(enforcement, {"header/plugin-traffic", "header/gpt-traffic"});
}

}  // namespace

extern constinit const Check headers_traffic = define_check<judge_traffic>({
    .id = "headers/traffic",
    .title = "The platform's calls are not taken for robots",
    .requirement =
        "A call is answered with the headers of recorded ChatGPT calls: their user agents (Python aiohttp, ChatGPT-User), "
        "Accept: */*, and headers that trace a call (traceparent, tracestate, x-datadog-*).",
    .rationale = "A wall against robots that stops the platform looks like an outage to every user.",
    .remedy = "Let calls with a valid token through whatever their user agent is, and ignore headers that you do not know.",
    .source = "Recorded requests of ChatGPT plugins (2023) and GPT Actions (2024)",
    .passing = "200 for User-Agent: … ChatGPT-User/1.0; +https://openai.com/bot",
    .failing = "403 with a page that asks to prove that one is no robot",
});

}  // namespace plugvet::checks
