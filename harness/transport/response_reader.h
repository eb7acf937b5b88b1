#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/exchange.h"
#include "harness/transport/transport.h"

namespace plugvet {

/// Puts a response together from header lines and decoded pieces of the body, and stops at the first thing that is
/// malformed or exceeds a limit. It is stricter than the library that reads the socket: where two readers could
/// understand two different responses (repeated Content-Length, bare line feeds), there is no response.
class ResponseReader {
 public:
  ResponseReader(const FetchLimits& limits, std::string method, std::string url);

  /// One line with its end, as it came; also of interim responses and trailers. False: stop reading.
  bool take_line(std::string_view line);
  /// A piece of the body, content codings removed; `wire` bytes were needed for all so far. False: stop reading.
  bool take_body(std::string_view piece, std::size_t wire);

  const std::optional<Problem>& problem() const { return problem_; }
  bool has_begun() const { return has_begun_; }  ///< at least a status line came
  bool head_is_complete() const { return head_is_complete_; }
  std::optional<std::size_t> announced_length() const { return announced_length_; }
  /// The body has no length of its own: it is whole only if the connection was closed on purpose.
  bool ends_with_connection() const;
  const Response& response() const { return response_; }
  Response take_response() { return std::move(response_); }

 private:
  bool stop(std::string id, std::string what);
  bool take_status_line(std::string_view line);
  bool take_header(std::string_view line);
  bool end_head();
  bool judge_length();
  bool judge_codings();
  bool may_have_body() const;
  std::vector<std::string> values_of(std::string_view name) const;

  const FetchLimits limits_;
  const std::string method_;
  const std::string url_;
  Response response_;
  std::optional<Problem> problem_;
  std::size_t block_bytes_ = 0;
  unsigned interim_ = 0;
  bool has_begun_ = false, head_is_complete_ = false;
  std::optional<std::size_t> announced_length_;
};

/// At most 64 bytes of what came, safe to show.
std::string shown(std::string_view bytes);

}  // namespace plugvet
