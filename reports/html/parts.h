#pragma once
#include <string>
#include <string_view>

#include "reports/shared/shown.h"
#include "reports/shared/template.h"

/// The parts of the HTML report; reports/html.cpp puts them together.
namespace plugvet::reports::html_parts {

/// The review that a part belongs to, and what its anchors start with.
struct Page {
  const ShownReview& review;
  std::string anchor;  ///< "review-1"
  bool alone = true;   ///< the only review of the page: its checks keep their ids as anchors

  std::string check_anchor(std::string_view id) const;
  std::string exchange_anchor(std::size_t index) const;
};

/// A failed check with the findings that count (check.html).
void fill_check(Fill& fill, const Page& page, const ShownCheck& check);
void fill_measures(Fill& review, const Page& page);
void fill_logo(Fill& review, const Page& page);
/// What was read of the legal page, with the passages that checks quote.
void fill_legal_page(Fill& review, const Page& page);
/// What the model is shown.
void fill_functions(Fill& review, const Page& page);
/// The sign-in, what was tried, and the calls of guarded operations (authorization.html). The review has one.
void fill_authorization(Fill& fill, const Page& page);
void fill_waived(Fill& review, const Page& page);
/// What changed since an earlier review.
void fill_changes(Fill& review, const Page& page);
/// Redirects, TLS sessions and exchanges (transport.html).
void fill_transport(Fill& fill, const Page& page);

/// Only http and https become links; anything else is text.
bool is_web_address(std::string_view text);
/// `class` and icon names.
std::string_view name(Severity severity);

}  // namespace plugvet::reports::html_parts
