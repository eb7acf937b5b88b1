#include "reports/shared/json_text.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "harness/support/text.h"
#include "harness/support/utf8.h"

namespace plugvet::reports {
namespace {

void append_escape(std::string& out, char32_t code) {
  const auto unit = static_cast<unsigned>(code);
  if (unit < 0x10000) {
    out += fmt::format("\\u{:04x}", unit);
  } else {
    out += fmt::format("\\u{:04x}\\u{:04x}", 0xD800 + ((unit - 0x10000) >> 10), 0xDC00 + ((unit - 0x10000) & 0x3FF));
  }
}

}  // namespace

std::string json_text(const Json& value) {
  const std::string dumped = value.dump(2, ' ', false, Json::error_handler_t::replace);
  std::string out;
  out.reserve(dumped.size() + 1);
  // nlohmann has escaped the C0 characters. "##" stands within strings only, so that it may be escaped as well.
  const auto is_second_hash = [&](std::size_t i) { return dumped[i] == '#' && i > 0 && dumped[i - 1] == '#'; };
  const auto is_plain = [&](std::size_t i) {
    return static_cast<unsigned char>(dumped[i]) < 0x7F && !is_second_hash(i);
  };
  for (std::size_t i = 0; i < dumped.size();) {
    const std::size_t start = i;
    while (i < dumped.size() && is_plain(i)) ++i;
    out.append(dumped, start, i - start);
    if (i == dumped.size()) break;
    if (is_second_hash(i)) {
      append_escape(out, U'#');
      ++i;
      continue;
    }
    const DecodedCodePoint point = decode_utf8(dumped, i);
    const std::string_view bytes = std::string_view{dumped}.substr(i, point.size);
    printable(bytes) == bytes ? void(out.append(bytes)) : append_escape(out, point.value);
    i += point.size;
  }
  out += '\n';
  return out;
}

}  // namespace plugvet::reports
