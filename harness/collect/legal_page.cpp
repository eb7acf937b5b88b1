#include <algorithm>

#include "harness/collect/artefacts.h"
#include "harness/collect/page.h"
#include "harness/support/text.h"

namespace plugvet {

namespace {

constexpr std::size_t most_followed = 3;
// Of two answers of one template, names and dates may differ.
constexpr double same = 0.9;

/// The charset parameter of a Content-Type.
std::string charset_of(const Response& response) {
  const std::string* type = find_header(response.headers, "Content-Type");
  if (!type) return {};
  const std::string lower = to_lower_ascii(*type);
  const std::size_t at = lower.find("charset=");
  if (at == std::string::npos) return {};
  const std::size_t begin = lower.find_first_not_of("\"' ", at + 8);
  if (begin == std::string::npos) return {};
  return lower.substr(begin, lower.find_first_of("\"'; ", begin) - begin);
}

PageSource source_of(const Fetch& fetch) {
  const Response& response = *fetch.response();
  return {response.body, response.media_type(), charset_of(response), fetch.requested_url(), fetch.final_url()};
}

/// Several pages in one child; what could not be fetched has its problem.
std::vector<Result<PageText>> texts_of(const std::vector<const Fetch*>& fetches) {
  std::vector<PageSource> sources;
  std::vector<Result<PageText>> texts;
  for (const Fetch* fetch : fetches) {
    const auto body = body_of(*fetch);
    if (body) sources.push_back(source_of(*fetch));
    texts.emplace_back(body ? Result<PageText>{PageText{}} : Result<PageText>{*body.problem()});
  }
  if (sources.empty()) return texts;
  auto read = read_pages(sources);
  auto next = read.begin();
  for (Result<PageText>& text : texts)
    if (text) text = std::move(*next++);
  return texts;
}

/// The site answers 200 with the same page for what is not there.
bool resembles_nowhere(const LegalPage& page, const Fetch& nowhere, const Result<PageText>& answer) {
  const bool was_sent_here = nowhere.final_url() == page.location;
  return answer && page.text->kind == PageKind::content && !was_sent_here && likeness(*page.text, *answer) >= same;
}

bool is_on_same_site(const Url& a, const Url& b) {
  const std::string site = registrable_domain(a.host());
  return a.host() == b.host() || (!site.empty() && site == registrable_domain(b.host()));
}

}  // namespace

std::string nowhere_url(const Url& page) {
  return page.origin() + "/plugvet-" + sha256(page.text()).substr(0, 24);
}

Result<LegalPage> read_legal_page(const Fetch& fetch, const Fetch* nowhere, const std::vector<PrivacyFetch>& named) {
  auto body = body_of(fetch);
  if (!body) return *body.problem();
  LegalPage page;
  page.location = fetch.final_url();
  if (auto url = Url::parse(page.location)) page.url = *url;
  page.media_type = fetch.response()->media_type();
  page.sha256 = sha256(*body);
  page.body = std::move(*body);

  std::vector<const Fetch*> fetches{&fetch};
  for (const PrivacyFetch& one : named) fetches.push_back(&one.fetch);
  if (nowhere) fetches.push_back(nowhere);
  auto texts = texts_of(fetches);
  page.text = std::move(texts.front());
  if (nowhere && page.text && resembles_nowhere(page, *nowhere, texts.back())) page.text->kind = PageKind::soft_404;
  for (std::size_t i = 0; i < named.size(); ++i)
    page.privacy.push_back({named[i].named_by, named[i].fetch.requested_url(), std::move(texts[i + 1])});
  if (!page.text || !page.url) return page;
  for (const PageText::Link& link : page.text->privacy_links)
    if (const auto url = Url::parse(link.url); url && !is_on_same_site(*page.url, *url))
      page.privacy_elsewhere.push_back(url->text());
  return page;
}

std::vector<std::string> privacy_pages_to_follow(const LegalPage& page) {
  std::vector<std::string> urls;
  const bool has_one = std::ranges::any_of(page.privacy, [](const PrivacyPage& one) { return bool{one.text}; });
  if (!page.text || !page.url || page.text->kind != PageKind::content || page.text->is_on_privacy || has_one) return urls;
  for (const PageText::Link& link : page.text->privacy_links)
    if (const auto url = Url::parse(link.url); url && urls.size() < most_followed && is_on_same_site(*page.url, *url))
      urls.push_back(url->text());
  return urls;
}

void add_privacy_pages(const std::vector<PrivacyFetch>& fetches, LegalPage& page) {
  std::vector<const Fetch*> all;
  for (const PrivacyFetch& one : fetches) all.push_back(&one.fetch);
  auto texts = texts_of(all);
  for (std::size_t i = 0; i < fetches.size(); ++i)
    page.privacy.push_back({fetches[i].named_by, fetches[i].fetch.requested_url(), std::move(texts[i])});
}

}  // namespace plugvet
