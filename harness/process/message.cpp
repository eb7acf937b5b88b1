#include "harness/process/message.h"

#include <cstring>

namespace plugvet {

MessageWriter& MessageWriter::number(std::uint64_t number) {
  bytes_.append(reinterpret_cast<const char*>(&number), sizeof number);
  return *this;
}

MessageWriter& MessageWriter::text(std::string_view text) {
  number(text.size());
  bytes_ += text;
  return *this;
}

std::uint64_t MessageReader::number() {
  std::uint64_t number = 0;
  is_good_ = is_good_ && left_.size() >= sizeof number;
  if (!is_good_) return 0;
  std::memcpy(&number, left_.data(), sizeof number);
  left_.remove_prefix(sizeof number);
  return number;
}

std::uint64_t MessageReader::number_up_to(std::uint64_t most) {
  const std::uint64_t read = number();
  is_good_ = is_good_ && read <= most;
  return is_good_ ? read : 0;
}

std::string MessageReader::text() {
  const std::uint64_t size = number_up_to(left_.size());
  is_good_ = is_good_ && size <= left_.size();
  if (!is_good_) return {};
  std::string text{left_.substr(0, static_cast<std::size_t>(size))};
  left_.remove_prefix(static_cast<std::size_t>(size));
  return text;
}

}  // namespace plugvet
