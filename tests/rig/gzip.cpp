#include "tests/rig/gzip.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace plugvet::rig {
namespace {

const std::string header{"\x1f\x8b\x08\0\0\0\0\0\0\xff", 10};

const std::array<std::uint32_t, 256>& table() {
  static const auto made = [] {
    std::array<std::uint32_t, 256> entries{};
    for (std::uint32_t i = 0; i < 256; ++i) {
      std::uint32_t value = i;
      for (int bit = 0; bit < 8; ++bit) value = (value & 1) ? value >> 1 ^ 0xedb88320u : value >> 1;
      entries[i] = value;
    }
    return entries;
  }();
  return made;
}

class Crc {
 public:
  void add(unsigned char byte) { value_ = table()[(value_ ^ byte) & 0xff] ^ value_ >> 8; }
  std::uint32_t value() const { return ~value_; }

 private:
  std::uint32_t value_ = ~0u;
};

// Deflate fills bytes from the lowest bit up.
class Bits {
 public:
  void add(unsigned value, unsigned count) {
    for (unsigned i = 0; i < count; ++i) {
      if (used_ == 0) bytes_ += '\0';
      if (value >> i & 1) bytes_.back() = static_cast<char>(static_cast<unsigned char>(bytes_.back()) | 1u << used_);
      used_ = (used_ + 1) % 8;
    }
  }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
  unsigned used_ = 0;
};

std::string little_endian(std::uint32_t value, int size) {
  std::string bytes;
  for (int i = 0; i < size; ++i) bytes += static_cast<char>(value >> 8 * i & 0xff);
  return bytes;
}

}  // namespace

std::string gzip(std::string_view bytes) {
  std::string out = header;
  Crc crc;
  for (const char c : bytes) crc.add(static_cast<unsigned char>(c));
  const auto size = static_cast<std::uint32_t>(bytes.size());
  do {
    const auto block = static_cast<std::uint32_t>(std::min<std::size_t>(bytes.size(), 0xffff));
    out += block == bytes.size() ? '\1' : '\0';
    out += little_endian(block, 2) + little_endian(~block & 0xffffu, 2);
    out += bytes.substr(0, block);
    bytes.remove_prefix(block);
  } while (!bytes.empty());
  return out + little_endian(crc.value(), 4) + little_endian(size, 4);
}

// One block with a Huffman code made for the purpose: "258 bytes more of the same" takes two bits.
std::string gzip_bomb(std::size_t size) {
  Bits bits;
  bits.add(1, 1);   // the last block
  bits.add(2, 2);   // with its own codes
  bits.add(29, 5);  // 286 literal and length codes
  bits.add(0, 5);   // 1 distance code
  bits.add(14, 4);  // 18 lengths of the codes for the lengths follow, in this order:
  //                 16 17 18 0 8 7 9 6 10 5 11 4 12 3 13 2 14 1
  for (const int symbol : {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1})
    bits.add(symbol == 18 ? 1 : symbol == 1 || symbol == 2 ? 2 : 0, 3);
  // The canonical codes, written highest bit first: 18 is 0, 1 is 10, 2 is 11.
  const auto one = [&] { bits.add(0b01, 2); };
  const auto two = [&] { bits.add(0b11, 2); };
  const auto zeros = [&](unsigned count) {
    bits.add(0, 1);
    bits.add(count - 11, 7);
  };
  two();  // literal 0 has two bits
  zeros(138);
  zeros(117);
  two();  // so has the end of the block (256)
  zeros(28);
  one();  // length 258 (285) has one
  one();  // and so has distance 1
  // 285 is 0, literal 0 is 10, the end is 11; distance 1 is 0.
  Crc crc;
  bits.add(0b01, 2);
  crc.add(0);
  std::size_t made = 1;
  for (; made < size; made += 258) {
    bits.add(0, 2);
    for (int i = 0; i < 258; ++i) crc.add(0);
  }
  bits.add(0b11, 2);
  return header + bits.take() + little_endian(crc.value(), 4) + little_endian(static_cast<std::uint32_t>(made), 4);
}

}  // namespace plugvet::rig
