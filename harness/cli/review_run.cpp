#include "harness/cli/review_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <system_error>
#include <thread>

#include "harness/authorize/authorize.h"
#include "harness/cli/command_table.h"
#include "harness/cli/interruption.h"
#include "harness/cli/sign_in_prompt.h"
#include "harness/collect/calls.h"
#include "harness/collect/collect.h"
#include "harness/probe/probe.h"
#include "harness/support/text.h"

namespace plugvet::cli {
namespace {

using Clock = std::chrono::steady_clock;
using ShowProbing = std::function<void(const ProbeProgress&)>;

/// After Ctrl-C, what is being probed is judged as far as it came; so long is waited for it.
constexpr std::chrono::seconds time_to_finish{20};

std::chrono::milliseconds since(Clock::time_point begin) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin);
}

Exit exit_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::approved:
      return Exit::approved;
    case Verdict::rejected:
      return Exit::rejected;
    case Verdict::incomplete:
      break;
  }
  return Exit::incomplete;
}

/// The artefacts are fetched in two steps: the manifest, then what it names.
CollectOptions collect_options(const ReviewOptions& options, std::chrono::system_clock::time_point now) {
  CollectOptions collect;
  collect.offline = options.offline && !options.replay;
  collect.private_addresses_allowed = options.allow_private;
  collect.now = now;
  // Only the JSON report has the snapshot.
  collect.takes_snapshot = std::ranges::any_of(options.outputs, [](const Output& output) { return output.format->name == "json"; });
  for (FetchLimits* limits : {&collect.manifest, &collect.api, &collect.logo, &collect.page}) {
    limits->deadline = std::min(limits->deadline, options.deadline / 2);
    for (auto* step : {&limits->name, &limits->connect, &limits->tls}) *step = std::min(*step, limits->deadline);
  }
  return collect;
}

AuthorizeOptions authorize_options(const ReviewOptions& options) {
  AuthorizeOptions authorize;
  authorize.live = options.live;
  authorize.allow_writes = options.allow_writes;
  authorize.credentials = options.credentials;
  authorize.secrets = options.secrets;
  if (options.interactive) authorize.show_address = show_sign_in_address;
  if (options.replay) authorize.wait = [](std::chrono::milliseconds) {};
  authorize.seed = options.seed;
  authorize.deadline = options.deadline;
  return authorize;
}

/// The words that Ctrl-C is told with are the probing's: what was done until then is judged.
ProbeOptions probe_options(const ReviewOptions& options, const ShowProbing& show) {
  ProbeOptions probing;
  probing.authorize = authorize_options(options);
  probing.max_requests = options.max_requests;
  probing.is_interrupted = [] { return interruption() != 0; };
  probing.show = show;
  return probing;
}

/// Of one submission.
struct Reviewed {
  std::vector<Json> documents;
  Exit exit = Exit::approved;
  std::string bug;  ///< what was thrown
};

/// What one submission consists of, collected once for all profiles that read the same kind of manifest.
class Collection {
 public:
  struct Item {
    std::shared_ptr<const Evidence> evidence;
    std::chrono::milliseconds took{};
  };

  Collection(const Assignment& assignment, const ReviewOptions& options, std::shared_ptr<Transport> transport,
             std::chrono::system_clock::time_point now, const ShowProbing& show)
      : assignment_{assignment}, options_{collect_options(options, now)},
        authorize_options_{authorize_options(options)}, probe_options_{probe_options(options, show)},
        transport_{std::move(transport)} {
    options_.baseline = assignment.baseline;
  }

  const Item& for_plan(const Plan& plan) {
    const auto [found, is_new] = items_.try_emplace(plan.manifest);
    if (is_new) found->second = collected(plan.manifest);
    return found->second;
  }

  /// The process ends next: taking a large document apart would only take time.
  void keep() const { static_cast<void>(new std::map<ManifestKind, Item>{items_}); }

 private:
  Item collected(ManifestKind kind) const {
    Needs needs;
    for (const Plan& plan : *assignment_.plans)
      if (plan.manifest == kind) needs = needs | plan.needs;
    const auto begin = Clock::now();
    const auto& transport = assignment_.submission.is_on_disk() ? nullptr : transport_;
    auto evidence =
        std::make_shared<Evidence>(plugvet::collect(assignment_.submission, needs, kind, transport, options_));
    authorize(*evidence, needs, operation_calls(*evidence), transport, authorize_options_);
    ProbeOptions probing = probe_options_;
    probing.complaints = [&](const Evidence& seen, const Probe& one) { return complaints(kind, seen, one); };
    probe(*evidence, needs, transport, probing);
    return {std::move(evidence), since(begin)};
  }

  /// Of all profiles that are judged by this evidence.
  std::vector<std::string> complaints(ManifestKind kind, const Evidence& evidence, const Probe& one) const {
    std::vector<std::string> all;
    for (const Plan& plan : *assignment_.plans)
      if (plan.manifest == kind)
        for (std::string& complaint : complaints_of(plan, evidence, one))
          if (std::ranges::find(all, complaint) == all.end()) all.push_back(std::move(complaint));
    return all;
  }

  const Assignment& assignment_;
  CollectOptions options_;
  AuthorizeOptions authorize_options_;
  ProbeOptions probe_options_;
  std::shared_ptr<Transport> transport_;
  std::map<ManifestKind, Item> items_;
};

/// The same input gives the same bytes.
void forget_durations(Review& review) {
  review.took = {};
  for (CheckResult& result : review.results) result.took = {};
}

/// What the reports that were asked for show.
Told told_by(const ReviewOptions& options) {
  const auto is_brief = [&](const Output& output) { return output.format->name == "text" && options.quiet; };
  return std::ranges::all_of(options.outputs, is_brief) ? Told::in_brief : Told::everything;
}

Reviewed review_one(const Assignment& assignment, const ReviewOptions& options,
                    const std::shared_ptr<Transport>& transport, const Moment& moment, const ShowProbing& show) {
  Reviewed reviewed;
  const unsigned jobs = options.assignments.size() == 1 ? options.jobs : 1;
  JudgeOptions judging{options.fail_on, options.waivers, std::string{version}, moment.now(), options.seed, jobs};
  Collection collection{assignment, options, transport, judging.started_at, show};
  for (const Plan& plan : *assignment.plans) {
    const Collection::Item& item = collection.for_plan(plan);
    const auto begin = Clock::now();
    Review review = judge(plan, item.evidence, judging);
    review.took = item.took + since(begin);
    if (moment.is_fixed) forget_durations(review);
    reviewed.exit = worse(reviewed.exit, exit_of(review.verdict));
    reviewed.documents.push_back(review_document(review, told_by(options)));
  }
  if (options.assignments.size() == 1) collection.keep();
  return reviewed;
}

/// Shared by the workers and the thread that waits for them.
class Batch {
 public:
  Batch(const ReviewOptions& options, std::shared_ptr<Transport> transport, const Moment& moment)
      : options_{options}, transport_{std::move(transport)}, moment_{moment}, reviewed_(options.assignments.size()) {}

  /// Reviews until nothing is left, or until it is told to stop.
  void work() {
    while (const auto number = take()) {
      Reviewed reviewed;
      try {
        reviewed = review_one(options_.assignments[*number], options_, transport_, moment_,
                              [&](const ProbeProgress& progress) { note(*number, progress); });
      } catch (const std::exception& error) {
        reviewed = {{}, Exit::bug, error.what()};
      }
      const std::lock_guard lock{mutex_};
      reviewed_[*number] = std::move(reviewed);
      running_.erase(*number);
      probed_.erase(*number);
      if (++done_ == reviewed_.size() || stopped_) changed_.notify_one();
    }
  }

  /// Returns when everything is done or the user interrupts.
  void wait(Progress& progress) {
    std::unique_lock lock{mutex_};
    while (done_ < reviewed_.size() && !interruption()) {
      progress.show(doing(), done_, reviewed_.size());
      // A signal handler cannot notify, so it is asked now and then.
      changed_.wait_for(lock, std::chrono::milliseconds{50});
    }
    stopped_ = true;
    if (interruption() && !probed_.empty())
      changed_.wait_for(lock, time_to_finish, [&] { return running_.empty(); });
  }

  ReviewRun result() {
    const std::lock_guard lock{mutex_};
    ReviewRun run;
    Json documents = Json::array();
    for (std::size_t i = 0; i < reviewed_.size(); ++i) {
      if (!reviewed_[i]) continue;
      run.exit = worse(run.exit, reviewed_[i]->exit);
      if (reviewed_[i]->exit == Exit::bug) say_bug(i);
      for (Json& document : reviewed_[i]->documents) documents.push_back(std::move(document));
    }
    run.documents = std::make_shared<const Json>(std::move(documents));
    run.finished = done_;
    run.workers_are_busy = !running_.empty();
    return run;
  }

 private:
  std::optional<std::size_t> take() {
    const std::lock_guard lock{mutex_};
    if (stopped_ || next_ == reviewed_.size()) return std::nullopt;
    running_.insert(next_);
    return next_++;
  }

  void note(std::size_t number, const ProbeProgress& progress) {
    const std::lock_guard lock{mutex_};
    probed_[number] = progress;
  }

  std::string doing() const {
    const std::size_t number = running_.empty() ? std::min(next_, reviewed_.size() - 1) : *running_.begin();
    if (const auto probed = probed_.find(number); probed != probed_.end())
      return fmt::format("calling {}: request {} of at most {}, {}", probed->second.operation, probed->second.requests,
                         probed->second.budget, counted(probed->second.complaints, "finding"));
    return "collecting " + options_.assignments[number].submission.source;
  }

  void say_bug(std::size_t number) const {
    say(fmt::format("internal error while reviewing {}: {}; please report it",
                    options_.assignments[number].submission.source, reviewed_[number]->bug));
  }

  const ReviewOptions& options_;
  const std::shared_ptr<Transport> transport_;
  const Moment moment_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::optional<Reviewed>> reviewed_;
  std::set<std::size_t> running_;
  std::map<std::size_t, ProbeProgress> probed_;  ///< how far the calling of these is
  std::size_t next_ = 0, done_ = 0;
  bool stopped_ = false;
};

/// As many as the system grants; the calling thread does the work when it grants none.
std::vector<std::thread> start_workers(const std::shared_ptr<Batch>& batch, std::size_t count) {
  std::vector<std::thread> workers;
  try {
    while (workers.size() < count) workers.emplace_back([batch] { batch->work(); });
  } catch (const std::system_error&) {
    if (workers.empty()) batch->work();
  }
  return workers;
}

}  // namespace

Exit worse(Exit a, Exit b) {
  const auto badness = [](Exit exit) {
    switch (exit) {
      case Exit::approved:
        return 0;
      case Exit::incomplete:
        return 1;
      case Exit::rejected:
        return 2;
      case Exit::usage:
        return 3;
      case Exit::bug:
        return 4;
      case Exit::interrupted:
      case Exit::terminated:
        break;
    }
    return 5;
  };
  return badness(a) >= badness(b) ? a : b;
}

namespace {

/// Of what has to be waited for, many can be under way; what lies on disk keeps a processor busy.
unsigned side_by_side(const ReviewOptions& options) {
  const auto is_on_disk = [](const Assignment& assignment) { return assignment.submission.is_on_disk(); };
  const unsigned processors = std::max(1u, std::thread::hardware_concurrency());
  return std::ranges::all_of(options.assignments, is_on_disk) ? std::min(options.jobs, processors) : options.jobs;
}

}  // namespace

ReviewRun run_reviews(const ReviewOptions& options, const std::shared_ptr<Transport>& transport, const Moment& moment,
                      Progress& progress) {
  const auto batch = std::make_shared<Batch>(options, transport, moment);
  // A cassette answers equal requests in their order, which side by side would be another one each time.
  const unsigned jobs = moment.is_fixed && options.replay ? 1 : side_by_side(options);
  std::vector<std::thread> workers = start_workers(batch, std::min<std::size_t>(jobs, options.assignments.size()));
  batch->wait(progress);
  ReviewRun run = batch->result();
  for (std::thread& worker : workers) {
    // A worker that waits for a slow server is not waited for when the user wants to go.
    if (run.workers_are_busy)
      worker.detach();
    else
      worker.join();
  }
  progress.clear();
  return run;
}

}  // namespace plugvet::cli
