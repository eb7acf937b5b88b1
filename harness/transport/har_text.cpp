#include <nlohmann/json.hpp>

#include "harness/support/text.h"
#include "harness/transport/har.h"

namespace plugvet {
namespace {

std::string beside(const char* name) {
  return std::string{"_"} + name + "_base64";
}

int digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

}  // namespace

void put_text(Json& object, const char* name, const std::string& text) {
  const bool valid = is_valid_utf8(text);
  object[name] = valid ? text : printable(text);
  if (!valid) object[beside(name)] = base64(text);
}

std::string get_text(const Json& object, const char* name) {
  const std::string hidden = beside(name);
  if (object.contains(hidden)) return from_base64(object.at(hidden).get<std::string>());
  return object.at(name).get<std::string>();
}

std::string from_base64(std::string_view text) {
  std::string bytes;
  unsigned buffer = 0;
  int bits = 0;
  for (const char c : text) {
    const int value = digit(c);
    if (value < 0) continue;
    buffer = buffer << 6 | static_cast<unsigned>(value);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(buffer >> bits & 0xff);
  }
  return bytes;
}

}  // namespace plugvet
