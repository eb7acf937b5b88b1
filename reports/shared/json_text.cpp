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
  for (std::size_t i = 0; i < dumped.size();) {
    const char c = dumped[i];
    if (static_cast<unsigned char>(c) < 0x7F) {
      // nlohmann has escaped the C0 characters. "##" stands within strings only, so that it may be escaped as well.
      c == '#' && i > 0 && dumped[i - 1] == '#' ? append_escape(out, U'#') : out.push_back(c);
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
