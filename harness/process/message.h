#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace plugvet {

// What a child in the sandbox hands over: numbers and texts, one after the other. It was made from hostile bytes by code
// that may have been taken over, so reading never trusts it.

class MessageWriter {
 public:
  MessageWriter& number(std::uint64_t number);
  MessageWriter& text(std::string_view text);
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

class MessageReader {
 public:
  explicit MessageReader(std::string_view bytes) : left_{bytes} {}
  std::uint64_t number();
  /// At most `most`; more makes the message unreadable.
  std::uint64_t number_up_to(std::uint64_t most);
  std::string text();
  bool flag() { return number_up_to(1) == 1; }
  /// Everything was read, and there was no less than was asked for.
  bool is_whole() const { return is_good_ && left_.empty(); }
  bool is_good() const { return is_good_; }

 private:
  std::string_view left_;
  bool is_good_ = true;
};

}  // namespace plugvet
