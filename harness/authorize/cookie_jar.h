#pragma once
#include <chrono>
#include <string>
#include <vector>

#include "harness/model/exchange.h"
#include "harness/support/url.h"

namespace plugvet {

/// The cookies of one browser (RFC 6265), as many as a browser keeps.
class CookieJar {
 public:
  /// `now` decides what has expired.
  void take(const Url& from, const Headers& headers, std::chrono::system_clock::time_point now);
  /// One that a browser has already, for a host alone.
  void put(const Url& url, const std::string& name, const std::string& value);
  /// The value of the header Cookie for a request; empty: none.
  std::string cookies_for(const Url& url) const;
  /// All values, for redaction.
  std::vector<std::string> values() const;

 private:
  struct Cookie {
    std::string name, value, domain, path;
    bool host_only = true, secure = false;
  };
  void keep(Cookie cookie);

  std::vector<Cookie> cookies_;
};

}  // namespace plugvet
