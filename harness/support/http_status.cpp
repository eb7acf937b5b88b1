#include "harness/support/http_status.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

namespace plugvet {

std::string status_text(int status) {
  static constexpr std::pair<int, std::string_view> phrases[] = {{200, "OK"},
                                                                 {201, "Created"},
                                                                 {202, "Accepted"},
                                                                 {204, "No Content"},
                                                                 {206, "Partial Content"},
                                                                 {300, "Multiple Choices"},
                                                                 {301, "Moved Permanently"},
                                                                 {302, "Found"},
                                                                 {303, "See Other"},
                                                                 {304, "Not Modified"},
                                                                 {307, "Temporary Redirect"},
                                                                 {308, "Permanent Redirect"},
                                                                 {400, "Bad Request"},
                                                                 {401, "Unauthorized"},
                                                                 {402, "Payment Required"},
                                                                 {403, "Forbidden"},
                                                                 {404, "Not Found"},
                                                                 {405, "Method Not Allowed"},
                                                                 {406, "Not Acceptable"},
                                                                 {407, "Proxy Authentication Required"},
                                                                 {410, "Gone"},
                                                                 {415, "Unsupported Media Type"},
                                                                 {418, "I'm a teapot"},
                                                                 {421, "Misdirected Request"},
                                                                 {422, "Unprocessable Content"},
                                                                 {429, "Too Many Requests"},
                                                                 {451, "Unavailable For Legal Reasons"},
                                                                 {500, "Internal Server Error"},
                                                                 {501, "Not Implemented"},
                                                                 {502, "Bad Gateway"},
                                                                 {503, "Service Unavailable"},
                                                                 {504, "Gateway Timeout"}};
  const auto found = std::ranges::find(phrases, status, &std::pair<int, std::string_view>::first);
  std::string text = std::to_string(status);
  if (found != std::end(phrases)) text.append(" ").append(found->second);
  return text;
}

}  // namespace plugvet
