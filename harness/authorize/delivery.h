#pragma once
#include <string>
#include <string_view>

#include "harness/authorize/journey.h"
#include "harness/model/secret_book.h"

namespace plugvet {

/// What stands in the address that the browser is sent back to.
struct Delivery {
  Callback callback;
  std::string code;  ///< empty: none
};

/// Codes and tokens in it are secrets from now on.
Delivery read_delivery(const std::string& url, const JourneyPlan& plan, SecretBook& secrets);

/// "redirected to https://… with a code"
std::string delivery_text(const Callback& callback);

/// An address without query and fragment …
std::string_view bare_address(std::string_view url);
std::string_view query_of(std::string_view url);
/// … and as messages name it.
std::string shown_address(std::string_view url);

}  // namespace plugvet
