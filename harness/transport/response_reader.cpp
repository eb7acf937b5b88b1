#include "harness/transport/response_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "harness/support/characters.h"
#include "harness/support/text.h"

namespace plugvet {
namespace {

constexpr std::size_t most_codings = 2;
constexpr std::size_t ratio_matters_from = 1u << 20;  // decoded bytes
constexpr std::size_t most_ratio = 200;
constexpr std::size_t read_ahead = 16u << 10;  // bytes that were read but are not counted yet

// RFC 9110 §5.6.2
bool is_token(std::string_view text) {
  constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || marks.find(c) != std::string_view::npos;
  });
}

std::string_view without_blanks(std::string_view text) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::vector<std::string> members(std::string_view list) {
  std::vector<std::string> all;
  for (;;) {
    const std::size_t comma = list.find(',');
    if (const auto one = without_blanks(list.substr(0, comma)); !one.empty()) all.push_back(to_lower_ascii(one));
    if (comma == std::string_view::npos) return all;
    list.remove_prefix(comma + 1);
  }
}

std::optional<std::size_t> number(std::string_view text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return {};
  return value;
}

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

}  // namespace

std::string shown(std::string_view bytes) {
  const bool cut = bytes.size() > 64;
  return fmt::format("“{}{}”", printable(bytes.substr(0, 64)), cut ? "…" : "");
}

ResponseReader::ResponseReader(const FetchLimits& limits, std::string method, std::string url)
    : limits_{limits}, method_{std::move(method)}, url_{std::move(url)} {}

bool ResponseReader::stop(std::string id, std::string what) {
  if (!problem_)
    problem_ = Problem{
        .rung = Rung::http, .id = std::move(id), .what = std::move(what), .where = url_, .position = {}, .blame = {}};
  return false;
}

bool ResponseReader::take_line(std::string_view line) {
  if (problem_) return false;
  block_bytes_ += line.size();
  if (block_bytes_ > limits_.header_block)
    return stop("http.headers_too_large",
                fmt::format("The response headers exceed {}.", bytes_text(limits_.header_block)));
  if (head_is_complete_) return true;  // a trailer: counted, never used

  if (!line.ends_with("\r\n"))
    return stop("http.malformed_header",
                fmt::format("The header line {} ends in a bare line feed instead of CR LF.", shown(trimmed(line))));
  line.remove_suffix(2);
  if (const auto bad = line.find_first_of(std::string_view{"\0\r\n", 3}); bad != std::string_view::npos)
    return stop("http.malformed_header", fmt::format("The header line {} contains a {} character.", shown(line),
                                                     line[bad] == '\0' ? "NUL" : "control"));
  if (response_.version.empty()) return take_status_line(line);
  return line.empty() ? end_head() : take_header(line);
}

bool ResponseReader::take_status_line(std::string_view line) {
  has_begun_ = true;
  const bool known = line.starts_with("HTTP/1.1 ") || line.starts_with("HTTP/1.0 ");
  const std::string_view code = line.substr(std::min<std::size_t>(9, line.size()), 3);
  const bool ends = line.size() == 12 || (line.size() > 12 && line[12] == ' ');
  if (!known || code.size() != 3 || !is_digits(code) || code[0] == '0' || !ends)
    return stop("http.malformed_status_line", fmt::format("The status line {} is not valid HTTP/1.1.", shown(line)));
  response_.version = line.substr(0, 8);
  response_.status = (code[0] - '0') * 100 + (code[1] - '0') * 10 + (code[2] - '0');
  return true;
}

bool ResponseReader::take_header(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon)))
    return stop("http.malformed_header", fmt::format("The header line {} is malformed: {}.", shown(line),
                                                     colon == std::string_view::npos ? "it has no colon"
                                                     : line.front() == ' ' || line.front() == '\t'
                                                         ? "it continues the line before, which HTTP/1.1 forbids"
                                                         : "what stands before its colon is not a header name"));
  if (response_.headers.size() >= limits_.header_count)
    return stop("http.too_many_headers", fmt::format("The response has more than {} headers.", limits_.header_count));
  response_.headers.push_back(
      {std::string{line.substr(0, colon)}, std::string{without_blanks(line.substr(colon + 1))}});
  return true;
}

bool ResponseReader::end_head() {
  if (response_.status == 101)
    return stop("http.switching_protocols", "The server switched to another protocol, which nobody asked for (101).");
  if (response_.status < 200) {
    if (++interim_ > limits_.interim_responses)
      return stop("http.too_many_interim",
                  fmt::format("The server sent more than {} before the response itself.",
                              counted(limits_.interim_responses, "interim response (1xx)", "interim responses (1xx)")));
    response_ = {};
    block_bytes_ = 0;
    return true;
  }
  head_is_complete_ = true;
  return judge_length() && judge_codings();
}

std::vector<std::string> ResponseReader::values_of(std::string_view name) const {
  std::vector<std::string> values;
  for (const Header& header : response_.headers)
    if (equal_ignoring_case_ascii(header.name, name)) values.push_back(header.value);
  return values;
}

bool ResponseReader::judge_length() {
  const auto codings = values_of("Transfer-Encoding");
  const auto lengths = values_of("Content-Length");
  if (codings.size() > 1 || (!codings.empty() && !equal_ignoring_case_ascii(codings[0], "chunked")))
    return stop(
        "http.transfer_coding",
        fmt::format("The Transfer-Encoding {} was not asked for; only “chunked” is understood.", shown(codings[0])));
  if (!codings.empty() && !lengths.empty())
    return stop("http.ambiguous_length",
                "The response has both Content-Length and Transfer-Encoding, so readers disagree where it ends.");
  for (const std::string& length : lengths) {
    if (length != lengths[0])
      return stop("http.content_length",
                  fmt::format("The response has two Content-Length headers that differ: {} and {}.", shown(lengths[0]),
                              shown(length)));
    if (!is_digits(length))
      return stop("http.content_length", fmt::format("The Content-Length {} is not a number.", shown(length)));
  }
  if (lengths.empty() || !may_have_body()) return true;
  announced_length_ = number(lengths[0]);
  if (!announced_length_ || *announced_length_ > limits_.body)
    return stop("http.body_too_large", fmt::format("The server announces a body of {} bytes; at most {} are accepted.",
                                                   lengths[0], limits_.body));
  return true;
}

bool ResponseReader::may_have_body() const {
  return method_ != "HEAD" && response_.status != 204 && response_.status != 304;
}

bool ResponseReader::ends_with_connection() const {
  return may_have_body() && !announced_length_ && !find_header(response_.headers, "Transfer-Encoding");
}

bool ResponseReader::judge_codings() {
  std::size_t count = 0;
  for (const std::string& value : values_of("Content-Encoding"))
    for (const std::string& coding : members(value)) {
      if (coding == "identity") continue;
      if (coding != "gzip" && coding != "x-gzip" && coding != "deflate" && coding != "br")
        return stop("http.content_coding",
                    fmt::format("The Content-Encoding {} was not asked for; gzip, deflate and br are.", shown(coding)));
      if (++count > most_codings)
        return stop("http.content_coding",
                    fmt::format("The body is compressed more than {} times over.", most_codings));
    }
  return true;
}

bool ResponseReader::take_body(std::string_view piece, std::size_t wire) {
  if (problem_) return false;
  if (!head_is_complete_) {
    has_begun_ = true;
    return stop("http.malformed_status_line",
                fmt::format("The server answered with something that is not HTTP: {}.", shown(piece)));
  }
  const std::size_t size = response_.body.size() + piece.size();
  if (size > limits_.body || wire > limits_.body)
    return stop(
        "http.body_too_large",
        fmt::format("The body exceeds {}{}.", bytes_text(limits_.body),
                    size > limits_.body && wire < size
                        ? fmt::format(" ({} on the wire became more than that when it was decoded)", bytes_text(wire))
                        : ""));
  if (size > ratio_matters_from && size / most_ratio > wire + read_ahead)
    return stop(
        "http.compression_ratio",
        fmt::format("{} on the wire became {} when they were decoded; a ratio of more than {} is taken for an attack.",
                    bytes_text(wire), bytes_text(size), most_ratio));
  response_.body.append(piece);
  response_.wire_bytes = wire;
  return true;
}

}  // namespace plugvet
