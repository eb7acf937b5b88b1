// Which checks of a review belong together; every format asks the same questions.
#include <algorithm>
#include <tuple>

#include "reports/shared/shown.h"

namespace plugvet::reports {
namespace {

template <class Predicate>
Checks select(const ShownReview& review, Predicate wanted) {
  Checks selected;
  for (const ShownCheck& check : review.checks) {
    if (wanted(check)) selected.push_back(&check);
  }
  return selected;
}

auto parts(const ShownCertificate& c) {
  return std::tie(c.subject, c.issuer, c.not_before, c.not_after, c.key, c.signature, c.names, c.name_count);
}

}  // namespace

bool operator==(const ShownTls& a, const ShownTls& b) {
  return std::tie(a.version, a.cipher, a.message, a.verified, a.host_matches) ==
             std::tie(b.version, b.cipher, b.message, b.verified, b.host_matches) &&
         std::equal(a.chain.begin(), a.chain.end(), b.chain.begin(), b.chain.end(),
                    [](const auto& x, const auto& y) { return parts(x) == parts(y); });
}

std::size_t counting(const ShownCheck& check) {
  const auto waived =
      std::count_if(check.findings.begin(), check.findings.end(), [](const auto& f) { return f.waiver.has_value(); });
  return check.findings.size() + check.findings_left_out - static_cast<std::size_t>(waived);
}

std::vector<std::string> proxies_of(const ShownReview& review) {
  std::vector<std::string> proxies;
  for (const ShownExchange& exchange : review.exchanges)
    if (!exchange.proxy.empty() && std::find(proxies.begin(), proxies.end(), exchange.proxy) == proxies.end())
      proxies.push_back(exchange.proxy);
  return proxies;
}

bool decides(const ShownReview& review, const ShownCheck& check) {
  return !check.for_reviewer && check.severity >= review.fail_on;
}

Checks to_fix(const ShownReview& review) {
  Checks checks = select(
      review, [](const ShownCheck& c) { return c.outcome == Outcome::failed && !c.for_reviewer && counting(c) > 0; });
  std::stable_sort(checks.begin(), checks.end(),
                   [](const auto* a, const auto* b) { return a->severity > b->severity; });
  return checks;
}

Checks for_reviewer(const ShownReview& review) {
  return select(review, [](const ShownCheck& c) { return c.for_reviewer && counting(c) > 0; });
}

Checks with_waived(const ShownReview& review) {
  return select(review, [](const ShownCheck& c) {
    return std::any_of(c.findings.begin(), c.findings.end(), [](const auto& f) { return f.waiver.has_value(); });
  });
}

Checks with_outcome(const ShownReview& review, Outcome outcome) {
  return select(review, [=](const ShownCheck& c) { return c.outcome == outcome; });
}

std::vector<Cause> causes(const ShownReview& review, Outcome outcome) {
  std::vector<Cause> causes;
  for (const ShownCheck* check : with_outcome(review, outcome)) {
    const auto known =
        std::find_if(causes.begin(), causes.end(), [&](const Cause& c) { return c.reason == check->reason; });
    if (known == causes.end()) {
      causes.push_back({check->reason, {check}});
    } else {
      known->checks.push_back(check);
    }
  }
  std::stable_sort(causes.begin(), causes.end(),
                   [](const Cause& a, const Cause& b) { return a.checks.size() > b.checks.size(); });
  return causes;
}

}  // namespace plugvet::reports
