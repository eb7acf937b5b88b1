#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>

#include "harness/support/characters.h"
#include "harness/support/json_path_query.h"
#include "harness/support/number.h"
#include "harness/support/text.h"
#include "harness/support/utf8.h"

namespace plugvet::json_path {

namespace {

constexpr std::size_t longest_query = 4096, longest_pattern = 4096;
constexpr unsigned deepest_nesting = 20;
constexpr std::int64_t largest_index = (std::int64_t{1} << 53) - 1;  // I-JSON
constexpr std::int64_t pattern_memory = 4 << 20;

bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool begins_name(char c) {
  return is_lower(c) || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

enum class Type : unsigned char { value, nodes, condition };

struct Signature {
  std::string_view name;
  Function function;
  Type result;
  std::array<Type, 2> parameters;
  std::size_t count;
};
constexpr Signature signatures[] = {
    {"length", Function::length, Type::value, {Type::value}, 1},
    {"count", Function::count, Type::value, {Type::nodes}, 1},
    {"match", Function::match, Type::condition, {Type::value, Type::value}, 2},
    {"search", Function::search, Type::condition, {Type::value, Type::value}, 2},
    {"value", Function::value, Type::value, {Type::nodes}, 1},
};

const Signature& signature_of(Function function) {
  return *std::ranges::find(signatures, function, &Signature::function);
}

/// Reads a query from left to right and keeps the first mistake; after it nothing is read.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_{text} {}

  Result<Query> parse() {
    if (text_.size() > longest_query) fail(0, fmt::format("it is longer than {} bytes", longest_query));
    if (const std::size_t bad = find_invalid_utf8(text_); bad != std::string_view::npos) fail(bad, "it is not UTF-8");
    if (!eat("$")) fail(at_, "a path begins with `$`, the whole document");
    Query query;
    read_segments(query);
    if (at_ < text_.size()) fail(at_, unexpected("the end, or a segment: `.name`, `[…]`, `..name`"));
    if (problem_) return *problem_;
    return query;
  }

 private:
  // --- characters ---

  char peek() const { return problem_ || at_ == text_.size() ? '\0' : text_[at_]; }

  bool eat(std::string_view token) {
    if (problem_ || !text_.substr(at_).starts_with(token)) return false;
    at_ += token.size();
    return true;
  }

  void skip_space() {
    while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') ++at_;
  }

  std::string_view digits() {
    const std::size_t begin = at_;
    while (is_digit(peek())) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  std::string unexpected(std::string_view expected) const {
    if (at_ == text_.size()) return fmt::format("it ends where {} is expected", expected);
    const std::string seen = printable(first_code_points(text_.substr(at_), 1));
    return fmt::format("`{}` stands where {} is expected", seen, expected);
  }

  void fail(std::size_t at, std::string_view what) {
    if (problem_) return;
    Problem problem;
    problem.rung = Rung::syntax;
    problem.id = "json_path.syntax";
    problem.position = {1, static_cast<std::uint32_t>(code_points(text_.substr(0, at)) + 1)};
    const std::string shown = shortened(printable(text_), 200);
    problem.what = fmt::format("column {} of `{}`: {}.", problem.position.column, shown, what);
    problem.where = text_.substr(0, longest_query);
    problem.blame = Blame::user;
    problem_ = std::move(problem);
  }

  /// Everything that can contain itself enters here.
  class Nesting {
   public:
    explicit Nesting(Parser& parser) : parser_{parser} {
      if (++parser_.depth_ > deepest_nesting)
        parser_.fail(parser_.at_, fmt::format("it is nested more than {} deep", deepest_nesting));
    }
    ~Nesting() { --parser_.depth_; }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;

   private:
    Parser& parser_;
  };

  // --- segments and selectors ---

  void read_segments(Query& query) {
    while (!problem_) {
      const std::size_t before = at_;
      skip_space();
      Segment segment;
      segment.is_descendant = eat("..");
      if (eat("["))
        read_brackets(segment);
      else if (segment.is_descendant || eat("."))
        segment.selectors.push_back(shorthand());
      else {
        at_ = before;
        return;
      }
      query.segments.push_back(std::move(segment));
    }
  }

  Selector shorthand() {
    if (eat("*")) return Wildcard{};
    const std::size_t begin = at_;
    if (!begins_name(peek())) fail(at_, unexpected("a name or `*`; other names are written `['…']`"));
    while (begins_name(peek()) || is_digit(peek())) ++at_;
    return std::string{text_.substr(begin, at_ - begin)};
  }

  void read_brackets(Segment& segment) {
    do {
      skip_space();
      segment.selectors.push_back(selector());
      skip_space();
    } while (eat(","));
    if (!eat("]")) fail(at_, unexpected("`,` or `]`"));
  }

  Selector selector() {
    if (peek() == '"' || peek() == '\'') return quoted();
    if (eat("*")) return Wildcard{};
    if (eat("?")) {
      skip_space();
      return std::make_unique<Filter>(any());
    }
    if (begins_integer() || peek() == ':') return index_or_slice();
    fail(at_, unexpected("a name in quotes, an index, a slice, `*` or a filter `?`"));
    return Wildcard{};
  }

  bool begins_integer() const { return is_digit(peek()) || peek() == '-'; }

  Selector index_or_slice() {
    std::optional<std::int64_t> first;
    if (begins_integer()) first = integer();
    const std::size_t before = at_;
    skip_space();
    if (!eat(":")) {
      at_ = before;
      return first.value_or(0);
    }
    Slice slice{first, {}, 1};
    skip_space();
    if (begins_integer()) slice.end = integer();
    skip_space();
    if (eat(":")) {
      skip_space();
      if (begins_integer()) slice.step = integer();
    }
    return slice;
  }

  std::int64_t integer() {
    const std::size_t begin = at_;
    const bool is_negative = eat("-");
    const std::string_view number = whole_digits();
    std::int64_t value = 0;
    for (const char digit : number.substr(0, 17)) value = value * 10 + (digit - '0');
    if (is_negative && number == "0") fail(begin, "-0 is no index");
    if (number.size() > 16 || value > largest_index) fail(begin, "the number is larger than 2^53 - 1");
    return is_negative ? -value : value;
  }

  std::string_view whole_digits() {
    const std::size_t begin = at_;
    const std::string_view number = digits();
    if (number.empty()) fail(at_, unexpected("a digit"));
    if (number.size() > 1 && number.starts_with('0')) fail(begin, "a number has no leading zero");
    return number;
  }

  // --- literals ---

  std::string quoted() {
    const char quote = text_[at_++];
    std::string content;
    while (!problem_) {
      const std::size_t begin = at_;
      if (at_ == text_.size()) {
        fail(at_, fmt::format("the text in quotes does not end; expected {}", quote));
      } else if (const char c = text_[at_++]; c == quote) {
        break;
      } else if (c == '\\') {
        read_escape(quote, begin, content);
      } else if (static_cast<unsigned char>(c) < 0x20) {
        fail(begin, "a control character in quotes is written as an escape: \\n, \\t, \\u001b");
      } else {
        content += c;
      }
    }
    return content;
  }

  void read_escape(char quote, std::size_t begin, std::string& content) {
    static constexpr std::string_view letters = "bfnrt/\\", meanings = "\b\f\n\r\t/\\";
    const char letter = peek();
    ++at_;
    if (letter == 'u') return read_code_point(begin, content);
    if (letter == quote && quote != '\0') {
      content += quote;
    } else if (const std::size_t found = letters.find(letter); found != std::string_view::npos) {
      content += meanings[found];
    } else {
      at_ = begin;
      fail(begin, "there is no such escape; a backslash is written \\\\");
    }
  }

  void read_code_point(std::size_t begin, std::string& content) {
    char32_t value = hex_digits(begin);
    const bool is_high = value >= 0xD800 && value <= 0xDBFF;
    if (is_high && eat("\\u")) {
      const char32_t low = hex_digits(begin);
      if (low < 0xDC00 || low > 0xDFFF) return fail(begin, "a high surrogate is followed by a low one");
      value = 0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00);
    } else if (value >= 0xD800 && value <= 0xDFFF) {
      return fail(begin, "half of a surrogate pair is no character");
    }
    if (!problem_) append_utf8(content, value);
  }

  char32_t hex_digits(std::size_t begin) {
    char32_t value = 0;
    for (int i = 0; i < 4; ++i) {
      const char c = peek();
      const char lower = static_cast<char>(c | 0x20);
      if (!is_digit(c) && !(lower >= 'a' && lower <= 'f')) {
        fail(begin, "\\u is followed by four hexadecimal digits");
        return 0;
      }
      value = value * 16 + static_cast<char32_t>(is_digit(c) ? c - '0' : lower - 'a' + 10);
      ++at_;
    }
    return value;
  }

  Json number() {
    const std::size_t begin = at_;
    eat("-");
    whole_digits();
    if (eat(".") && digits().empty()) fail(at_, unexpected("a digit"));
    if (eat("e") || eat("E")) {
      if (!eat("-")) eat("+");
      if (digits().empty()) fail(at_, unexpected("a digit"));
    }
    return problem_ ? Json{} : number_of(text_.substr(begin, at_ - begin)).value;
  }

  // --- filters ---

  Filter any() { return chain(Filter::Kind::any, "||", &Parser::all); }
  Filter all() { return chain(Filter::Kind::all, "&&", &Parser::condition); }

  Filter chain(Filter::Kind kind, std::string_view separator, Filter (Parser::*part)()) {
    Filter first = (this->*part)();
    std::size_t before = at_;
    skip_space();
    if (!eat(separator)) {
      at_ = before;
      return first;
    }
    Filter chained{kind, {}, {}, {}};
    chained.parts.push_back(std::move(first));
    do {
      skip_space();
      chained.parts.push_back((this->*part)());
      before = at_;
      skip_space();
    } while (eat(separator));
    at_ = before;
    return chained;
  }

  Filter condition() {
    const Nesting nesting{*this};
    if (eat("(")) return group();
    if (eat("!")) {
      skip_space();
      Filter negated{Filter::Kind::none, {}, {}, {}};
      negated.parts.push_back(eat("(") ? group() : test(at_, operand()));
      return negated;
    }
    const std::size_t begin = at_;
    Operand left = operand();
    const std::size_t before = at_;
    skip_space();
    if (const auto comparison = comparison_operator()) return compare(begin, std::move(left), *comparison);
    at_ = before;
    return test(begin, std::move(left));
  }

  Filter group() {
    skip_space();
    Filter inner = any();
    skip_space();
    if (!eat(")")) fail(at_, unexpected("`&&`, `||` or `)`"));
    return inner;
  }

  std::optional<Comparison> comparison_operator() {
    if (eat("==")) return Comparison::equal;
    if (eat("!=")) return Comparison::not_equal;
    if (eat("<=")) return Comparison::less_or_equal;
    if (eat(">=")) return Comparison::greater_or_equal;
    if (eat("<")) return Comparison::less;
    if (eat(">")) return Comparison::greater;
    if (peek() == '=') fail(at_, "a comparison is written `==`");
    return std::nullopt;
  }

  Filter compare(std::size_t begin, Operand left, Comparison comparison) {
    must_be(Type::value, left, begin);
    skip_space();
    const std::size_t right_begin = at_;
    Operand right = operand();
    must_be(Type::value, right, right_begin);
    Filter filter{Filter::Kind::comparison, {}, {}, comparison};
    filter.operands.push_back(std::move(left));
    filter.operands.push_back(std::move(right));
    return filter;
  }

  Filter test(std::size_t begin, Operand operand) {
    if (std::holds_alternative<Json>(operand))
      fail(begin, "a literal alone is no condition; compare it with something");
    if (const auto* call = std::get_if<std::unique_ptr<Call>>(&operand); call && *call) {
      const Signature& signature = signature_of((*call)->function);
      if (signature.result != Type::condition)
        fail(begin, fmt::format("{}() alone is no condition; compare it with something", signature.name));
    }
    Filter filter{Filter::Kind::test, {}, {}, {}};
    filter.operands.push_back(std::move(operand));
    return filter;
  }

  Operand operand() {
    const char c = peek();
    if (c == '"' || c == '\'') return Json(quoted());
    if (begins_integer()) return number();
    if (c == '@' || c == '$') {
      ++at_;
      Query query;
      query.is_absolute = c == '$';
      read_segments(query);
      return query;
    }
    if (is_lower(c)) return word();
    fail(at_, unexpected("`@`, `$`, a literal or a function"));
    return Json{};
  }

  Operand word() {
    const std::size_t begin = at_;
    while (is_lower(peek()) || is_digit(peek()) || peek() == '_') ++at_;
    const std::string_view name = text_.substr(begin, at_ - begin);
    if (peek() != '(') {
      if (name == "true" || name == "false") return Json(name == "true");
      if (name == "null") return Json{};
    }
    const auto* signature = std::ranges::find(signatures, name, &Signature::name);
    if (signature == std::end(signatures)) {
      fail(begin, fmt::format("{} is neither true, false, null nor a function (length, count, match, search, value)",
                              printable(name)));
      return Json{};
    }
    if (!eat("(")) fail(at_, unexpected("`(`"));
    return call(*signature, begin);
  }

  std::unique_ptr<Call> call(const Signature& signature, std::size_t begin) {
    const Nesting nesting{*this};
    auto call = std::make_unique<Call>();
    call->function = signature.function;
    skip_space();
    while (!problem_ && peek() != ')') {
      if (!call->arguments.empty() && !eat(",")) fail(at_, unexpected("`,` or `)`"));
      skip_space();
      const std::size_t argument_begin = at_;
      call->arguments.push_back(operand());
      if (call->arguments.size() <= signature.count)
        must_be(signature.parameters[call->arguments.size() - 1], call->arguments.back(), argument_begin);
      skip_space();
    }
    eat(")");
    if (call->arguments.size() != signature.count)
      fail(begin, fmt::format("{}() takes {}", signature.name, counted(signature.count, "argument")));
    if (signature.result == Type::condition) compile_literal(*call, begin);
    return call;
  }

  void compile_literal(Call& call, std::size_t begin) {
    const Json* pattern = problem_ ? nullptr : std::get_if<Json>(&call.arguments.back());
    if (!pattern || !pattern->is_string()) return;
    call.regex = compile_pattern(pattern->get_ref<const std::string&>());
    if (!call.regex) fail(begin, "its second argument is no regular expression (I-Regexp, RE2)");
  }

  void must_be(Type type, const Operand& operand, std::size_t begin) {
    if (problem_) return;
    const Query* query = std::get_if<Query>(&operand);
    const auto* call = std::get_if<std::unique_ptr<Call>>(&operand);
    if (type == Type::nodes) {
      if (!query) fail(begin, "a query (`@…` or `$…`) is expected here");
    } else if (query) {
      if (!query->is_singular())
        fail(begin, "only a query of names and indexes stands for one value; count() and value() take any");
    } else if (call && signature_of((*call)->function).result != Type::value) {
      fail(begin, fmt::format("{}() is a condition, not a value", signature_of((*call)->function).name));
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  unsigned depth_ = 0;
  std::optional<Problem> problem_;
};

/// I-Regexp's dot leaves out CR, RE2's does not.
std::string with_dots_of_i_regexp(std::string_view pattern) {
  std::string translated;
  bool in_class = false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\\' && i + 1 < pattern.size()) {
      translated.append(pattern.substr(i++, 2));
      continue;
    }
    if (c == '[') in_class = true;
    if (c == ']') in_class = false;
    if (c == '.' && !in_class)
      translated += "[^\\n\\r]";
    else
      translated += c;
  }
  return translated;
}

}  // namespace

bool Query::is_singular() const {
  return std::ranges::all_of(segments, [](const Segment& segment) {
    return !segment.is_descendant && segment.selectors.size() == 1 &&
           (std::holds_alternative<std::string>(segment.selectors.front()) ||
            std::holds_alternative<std::int64_t>(segment.selectors.front()));
  });
}

Result<Query> parse(std::string_view text) {
  return Parser{text}.parse();
}

std::shared_ptr<const re2::RE2> compile_pattern(std::string_view pattern) {
  if (pattern.size() > longest_pattern) return nullptr;
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(pattern_memory);
  auto regex = std::make_shared<const RE2>(with_dots_of_i_regexp(pattern), options);
  return regex->ok() ? regex : nullptr;
}

}  // namespace plugvet::json_path
