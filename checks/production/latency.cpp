#include <fmt/format.h>

#include <algorithm>

#include "harness/model/check.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

struct Percentile {
  unsigned percent;
  const char* limit;
};
constexpr Percentile percentiles[] = {{50, "p50_ms"}, {75, "p75_ms"}, {99, "p99_ms"}};

/// The nearest rank, of times in order.
std::size_t milliseconds_at(const std::vector<std::chrono::milliseconds>& times, unsigned percent) {
  const std::size_t rank = (times.size() * percent + 99) / 100;
  return static_cast<std::size_t>(times[std::max<std::size_t>(rank, 1) - 1].count());
}

Judgement judge_latency(const Probing& probing, const Parameters& limits) {
  Judgement judgement;
  std::size_t measured = 0;
  for (const ProbedOperation& operation : probing.operations) {
    if (operation.times.size() < limits.count("samples")) continue;
    ++measured;
    auto times = operation.times;
    std::ranges::sort(times);
    for (const auto& [percent, name] : percentiles) {
      const std::size_t took = milliseconds_at(times, percent), most = limits.count(name);
      judgement.measures.push_back({operation.where, fmt::format("{}, p{}", operation.name, percent),
                                    static_cast<double>(took), static_cast<double>(most), "ms"});
      if (took <= most) continue;
      judgement.findings.push_back(
          {operation.where,
           fmt::format("{} answers {} % of {} within {} ms.", operation.name, percent, counted(times.size(), "call"), took),
           fmt::format("at most {} ms", most), fmt::format("{} ms", took), {}, {}});
      break;
    }
  }
  if (measured != 0) return judgement;
  return Judgement::not_applicable(fmt::format("No operation was called {} times.", limits.count("samples")));
}

}  // namespace

extern constinit const Check production_latency = define_check<judge_latency>({
    .id = "production/latency",
    .title = "Answers come in time for a conversation",
    .requirement = "Of the calls of an operation half are answered within 2 s, 75 % within 5 s, and 99 % within 9 s.",
    .rationale = "The user waits for the slowest call of a turn. Platforms give up after 10 to 45 seconds.",
    .remedy = "Answer with what is there, keep connections and caches warm, and do what takes long afterwards.",
    .source = "Microsoft, High-quality message extensions; OpenAI, Plugins in production (2023-09)",
    .passing = "p50 180 ms, p75 240 ms, p99 900 ms",
    .failing = "p50 2,600 ms",
    .severity = Severity::note,
});

}  // namespace plugvet::checks
