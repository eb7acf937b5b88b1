#include <fmt/format.h>

#include <algorithm>

#include "harness/support/http_status.h"
#include "harness/support/text.h"
#include "reports/html/parts.h"
#include "reports/shared/dates.h"
#include "reports/shared/words.h"

namespace plugvet::reports::html_parts {
namespace {

using std::chrono::milliseconds;

/// For showing only: what stands between "//" and the path.
std::string_view host(std::string_view url) {
  const std::size_t slashes = url.find("//");
  if (slashes == std::string_view::npos) return {};
  url.remove_prefix(slashes + 2);
  return url.substr(0, url.find_first_of("/?#"));
}

std::string status(const ShownExchange& exchange) {
  return exchange.status ? status_text(*exchange.status) : "no answer";
}

std::string_view state(const ShownExchange& exchange) {
  if (!exchange.status || *exchange.status >= 400) return "bad";
  return *exchange.status >= 300 ? "moved" : "good";
}

/// What changed from one hop to the next, where that matters to whoever trusts the first address.
std::string change(std::string_view from, std::string_view to) {
  std::vector<std::string> changes;
  if (from.starts_with("https://") && to.starts_with("http://")) changes.push_back("falls back to http");
  if (from.starts_with("http://") && to.starts_with("https://")) changes.push_back("moves to https");
  if (!host(to).empty() && host(from) != host(to)) changes.push_back("leaves the host");
  return listed(changes);
}

/// Exchanges that follow one another by redirects, first to last.
using Journey = std::vector<const ShownExchange*>;

std::vector<Journey> journeys(const ShownReview& review) {
  std::vector<Journey> journeys;
  for (const ShownExchange& exchange : review.exchanges) {
    const bool goes_on = exchange.hop > 0 && !journeys.empty() && journeys.back().back()->hop + 1 == exchange.hop &&
                         journeys.back().back()->artefact == exchange.artefact;
    if (!goes_on) journeys.emplace_back();
    journeys.back().push_back(&exchange);
  }
  std::erase_if(journeys, [](const Journey& j) { return j.size() == 1 && !j.front()->redirect; });
  return journeys;
}

void fill_journey(Fill& fill, const Journey& journey) {
  const bool ends_open = journey.back()->redirect.has_value();
  const std::size_t redirects = journey.size() - (ends_open ? 0 : 1);
  fill.set("ARTEFACT", artefact_word(journey.front()->artefact)).set("REDIRECTS", counted(redirects, "redirect"));
  for (std::size_t i = 0; i < journey.size(); ++i) {
    const ShownExchange& hop = *journey[i];
    fill.add("HOP")
        .set("STATE", state(hop))
        .set("STATUS", status(hop))
        .set("URL", hop.url)
        .optional("CHANGE", i == 0 ? "" : change(journey[i - 1]->url, hop.url));
  }
  if (!ends_open) return;
  fill.add("HOP")
      .set("STATE", "bad")
      .set("STATUS", "not followed")
      .set("URL", *journey.back()->redirect)
      .optional("CHANGE", change(journey.back()->url, *journey.back()->redirect));
}

/// One handshake, and the hosts that showed the very same.
struct Session {
  const ShownTls* tls;
  std::vector<std::string> hosts;
};

std::vector<Session> sessions(const ShownReview& review) {
  std::vector<Session> sessions;
  for (const ShownExchange& exchange : review.exchanges) {
    if (!exchange.tls) continue;
    const std::string name{host(exchange.url)};
    const auto known =
        std::find_if(sessions.begin(), sessions.end(), [&](const Session& s) { return *s.tls == *exchange.tls; });
    if (known == sessions.end()) {
      sessions.push_back({&*exchange.tls, {name}});
    } else if (std::find(known->hosts.begin(), known->hosts.end(), name) == known->hosts.end() &&
               known->hosts.size() < 20) {
      known->hosts.push_back(name);
    }
  }
  std::stable_partition(sessions.begin(), sessions.end(), [](const Session& s) { return !s.tls->verified; });
  constexpr std::size_t most = 20;
  if (sessions.size() > most) sessions.resize(most);
  return sessions;
}

struct Validity {
  std::string state, words;
};

Validity validity(const ShownCertificate& certificate, std::string_view now) {
  const auto begun = days_between(certificate.not_before, now), left = days_between(now, certificate.not_after);
  const auto days = [](long count) { return counted(static_cast<std::size_t>(std::abs(count)), "day"); };
  if (begun && *begun < 0) return {"invalid", "not valid for another " + days(*begun)};
  if (!left) return {"unknown", ""};
  if (*milliseconds_since_epoch(certificate.not_after) < *milliseconds_since_epoch(now)) {
    return {"invalid", *left == 0 ? "expired today" : "expired " + days(*left) + " ago"};
  }
  return {*left < 14 ? "soon" : "valid", days(*left) + " left"};
}

void fill_names(Fill& fill, const ShownCertificate& certificate) {
  if (certificate.names.empty()) return;
  Fill& names = fill.add("HAS_NAMES");
  for (const std::string& name : certificate.names) names.add("ONE_NAME").set("NAME", name);
  const std::size_t others = certificate.name_count - std::min(certificate.names.size(), certificate.name_count);
  names.optional("MORE_NAMES", others > 0 ? fmt::format("and {} more", others) : "");
}

void fill_certificate(Fill& fill, const ShownCertificate& certificate, std::string_view role, std::string_view now) {
  const Validity valid = validity(certificate, now);
  fill.set("VALIDITY", valid.state)
      .set("ROLE", role)
      .set("SUBJECT", certificate.subject.empty() ? "(no subject)" : certificate.subject);
  fill.optional("REMAINING", valid.words);
  fill_names(fill, certificate);
  const std::string from = date(certificate.not_before), to = date(certificate.not_after);
  fill.optional("DATES", from.empty() && to.empty() ? "" : from + " – " + to);
  std::vector<std::string> key;
  if (!certificate.key.empty()) key.push_back(certificate.key);
  if (!certificate.signature.empty()) key.push_back(certificate.signature);
  fill.optional("KEY", fmt::format("{}", fmt::join(key, ", ")));
}

void fill_chain(Fill& session, const ShownTls& tls, std::string_view now) {
  for (std::size_t i = 0; i < tls.chain.size(); ++i) {
    const ShownCertificate& certificate = tls.chain[i];
    const bool is_root = certificate.subject == certificate.issuer;
    fill_certificate(session.add("CERTIFICATE"), certificate, i == 0 ? "Leaf" : is_root ? "Root" : "Intermediate", now);
  }
  if (tls.chain.empty() || tls.chain.back().subject == tls.chain.back().issuer) return;
  // A server need not send the root; the trust store has it, or not.
  ShownCertificate anchor;
  anchor.subject = tls.chain.back().issuer;
  fill_certificate(session.add("CERTIFICATE"), anchor, tls.verified ? "Root, in the trust store" : "Issuer, not sent",
                   now);
}

void fill_session(Fill& fill, const Session& session, std::string_view now) {
  const ShownTls& tls = *session.tls;
  fill.set("HOST", listed(session.hosts)).set("TRUST", tls.verified ? "trusted" : "untrusted");
  fill.set("TRUST_ICON", tls.verified ? "approved" : "rejected")
      .set("TRUST_WORD", tls.verified ? "Verified." : "Not verified:");
  std::string reason = tls.verified ? "The chain, its dates and the host name hold." : tls.message;
  if (!tls.verified && !tls.host_matches)
    reason += reason.empty() ? "the host name does not match" : "; the host name does not match";
  fill.set("TRUST_REASON", reason)
      .set("SESSION_FACTS", fmt::format("{}{}{}", tls.version, tls.cipher.empty() ? "" : ", ", tls.cipher));
  fill_chain(fill, tls, now);
}

/// From the first request to the last byte; the width of the waterfall.
struct Span {
  milliseconds begin{}, length{1};
};

Span span_of(const std::vector<ShownExchange>& exchanges) {
  std::optional<milliseconds> begin, end;
  for (const ShownExchange& exchange : exchanges) {
    const milliseconds start = exchange.started_at.value_or(milliseconds{0});
    const milliseconds stop = start + std::max(exchange.reached.back(), milliseconds{0});
    begin = std::min(begin.value_or(start), start);
    end = std::max(end.value_or(stop), stop);
  }
  return begin ? Span{*begin, std::max(*end - *begin, milliseconds{1})} : Span{};
}

double percent(milliseconds part, milliseconds whole) {
  return 100.0 * static_cast<double>(part.count()) / static_cast<double>(whole.count());
}

/// Draws the phases and says them in words.
std::string fill_phases(Fill& row, const ShownExchange& exchange, const Span& span) {
  static constexpr std::string_view kinds[] = {"name", "connect", "tls", "wait", "receive"};
  static constexpr std::string_view words[] = {"name", "connect", "TLS", "first byte", "receive"};
  const milliseconds start = exchange.started_at.value_or(span.begin) - span.begin;
  milliseconds reached{0};
  std::string text;
  for (std::size_t i = 0; i < exchange.reached.size(); ++i) {
    const milliseconds until = exchange.reached[i];
    if (until <= reached) continue;  // a rung that was not reached, or a connection that was there already
    row.add("PHASE")
        .set("KIND", kinds[i])
        .set("X", percent(start + reached, span.length))
        .set("WIDTH", std::max(percent(until - reached, span.length), 0.15));
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", words[i], duration(until - reached));
    reached = until;
  }
  return text.empty() ? "no time was measured" : text;
}

std::string answer(const ShownExchange& exchange) {
  if (!exchange.problem.empty()) return exchange.problem;
  std::vector<std::string> parts;
  if (!exchange.media_type.empty()) parts.push_back(exchange.media_type);
  if (exchange.bytes > 0) parts.push_back(bytes_text(exchange.bytes));
  if (!exchange.version.empty()) parts.push_back(exchange.version);
  return fmt::format("{}", fmt::join(parts, ", "));
}

void fill_exchange(Fill& row, const Page& page, std::size_t index, const Span& span) {
  const ShownExchange& exchange = page.review.exchanges[index];
  row.set("EXCHANGE_ANCHOR", page.exchange_anchor(index))
      .set("NUMBER", static_cast<double>(index + 1))
      .set("METHOD", exchange.method)
      .set("URL", exchange.url);
  row.set("ARTEFACT",
          artefact_word(exchange.artefact) + (exchange.hop > 0 ? fmt::format(", redirect {}", exchange.hop) : ""));
  row.optional("ADDRESS", exchange.address);
  row.set("STATE", state(exchange)).set("STATUS", status(exchange)).set("ANSWER", answer(exchange));
  row.set("TIMES", fill_phases(row, exchange, span)).set("TOOK", duration(exchange.reached.back()));
}

}  // namespace

void fill_transport(Fill& fill, const Page& page) {
  fill.set("ANCHOR", page.anchor)
      .set("TOTAL", static_cast<double>(page.review.exchanges.size() + page.review.exchanges_left_out));
  for (const Journey& journey : journeys(page.review)) fill_journey(fill.add("JOURNEY"), journey);
  for (const Session& session : sessions(page.review))
    fill_session(fill.add("SESSION"), session, page.review.started_at);
  const Span span = span_of(page.review.exchanges);
  for (std::size_t i = 0; i < page.review.exchanges.size(); ++i) fill_exchange(fill.add("EXCHANGE"), page, i, span);
  if (page.review.exchanges_left_out > 0)
    fill.add("MORE").set("MORE_TEXT",
                         counted(page.review.exchanges_left_out, "more exchange") + " in the JSON document.");
}

}  // namespace plugvet::reports::html_parts
