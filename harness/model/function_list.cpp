#include "harness/model/function_list.h"

#include "harness/support/utf8.h"

namespace plugvet {
namespace {

enum class Sign : unsigned char { lower, upper, digit, space, line, mark, beyond };

Sign sign_of(char32_t c) {
  if (c >= 'a' && c <= 'z') return Sign::lower;
  if (c >= 'A' && c <= 'Z') return Sign::upper;
  if (c >= '0' && c <= '9') return Sign::digit;
  if (c == '\n' || c == '\r') return Sign::line;
  if (c == ' ' || c == '\t') return Sign::space;
  return c < 0x80 ? Sign::mark : Sign::beyond;
}

/// A run of signs of one kind, and what it costs when it ends. Words are cut where an identifier's words begin.
class TokenCounter {
 public:
  void add(char32_t c) {
    const Sign sign = sign_of(c);
    const bool goes_on = sign == run_ || (run_ == Sign::upper && sign == Sign::lower && size_ == 1);
    if (!goes_on) {
      end_run();
      size_ = 0;
      before_ = run_;
    }
    run_ = sign;
    ++size_;
  }

  std::size_t total() {
    end_run();
    size_ = 0;
    return tokens_;
  }

 private:
  void end_run() {
    if (size_ == 0) return;
    const auto pieces = [&](std::size_t of) { return (size_ + of - 1) / of; };
    switch (run_) {
      case Sign::lower:
        tokens_ += pieces(11);  // most English words are one token
        break;
      case Sign::upper:
      case Sign::digit:
        tokens_ += pieces(3);
        break;
      case Sign::mark:
        tokens_ += pieces(3);
        break;
      case Sign::line:  // goes with the sign before it: ",\n" is one
        tokens_ += before_ == Sign::mark ? 0 : 1;
        break;
      case Sign::space:  // goes with the word that follows
        tokens_ += size_ > 1 ? 1 : 0;
        break;
      case Sign::beyond:
        tokens_ += size_;
        break;
    }
  }

  Sign run_ = Sign::space, before_ = Sign::space;
  std::size_t size_ = 0;
  std::size_t tokens_ = 0;
};

}  // namespace

TextCost& TextCost::operator+=(const TextCost& more) {
  characters += more.characters;
  tokens += more.tokens;
  return *this;
}

TextCost cost_of(std::string_view text) {
  TextCost cost;
  TokenCounter counter;
  for (std::size_t i = 0; i < text.size(); ++cost.characters) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const DecodedCodePoint point = byte < 0x80 ? DecodedCodePoint{byte, 1, true} : decode_utf8(text, i);
    counter.add(point.value);
    i += point.size;
  }
  cost.tokens = counter.total();
  return cost;
}

std::string FunctionList::text() const {
  std::string all = head;
  for (const ModelFunction& function : functions) all += function.text;
  return all + foot;
}

}  // namespace plugvet
