#include "harness/schema/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <fmt/format.h>
#include <pcre2.h>
#include <re2/re2.h>

#include <array>

#include "harness/schema/ecma_pattern.h"

namespace plugvet::schema {
namespace {

template <auto free>
struct Free {
  template <class T>
  void operator()(T* value) const {
    free(value);
  }
};
using Code = std::unique_ptr<pcre2_code, Free<pcre2_code_free>>;
using MatchData = std::unique_ptr<pcre2_match_data, Free<pcre2_match_data_free>>;
using MatchContext = std::unique_ptr<pcre2_match_context, Free<pcre2_match_context_free>>;
using CompileContext = std::unique_ptr<pcre2_compile_context, Free<pcre2_compile_context_free>>;

constexpr std::uint32_t backtracking_heap = 8 * 1024;  // KiB
// Each attempt costs at most as much as its limit, so what was spent is known without asking PCRE2.
constexpr std::array<std::uint32_t, 3> backtracking_limits = {1'000, 30'000, 600'000};
constexpr std::array<std::int64_t, 3> automaton_sizes = {256 << 10, 2 << 20, 8 << 20};

}  // namespace

struct Pattern::Engines {
  std::unique_ptr<re2::RE2> automaton;
  Code backtracking;
};

Pattern::Pattern(std::string_view ecma_source, PatternBudget& budget) : engines_{std::make_unique<Engines>()} {
  const EcmaPattern pattern = translate_ecma_pattern(ecma_source);
  error_ = pattern.error;
  if (!error_.empty()) return;
  if (budget.patterns == 0 || budget.bytes <= 0) {
    error_ = "the patterns of this document take too much memory";
    return;
  }
  --budget.patterns;
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_never_capture(true);
  for (const std::int64_t size : automaton_sizes) {
    if (pattern.needs_backtracking || size > budget.bytes) break;
    options.set_max_mem(size);
    auto automaton = std::make_unique<re2::RE2>(pattern.text, options);
    if (automaton->ok()) {
      budget.bytes -= size;
      engines_->automaton = std::move(automaton);
      return;
    }
    if (automaton->error_code() != re2::RE2::ErrorPatternTooLarge) break;
  }
  budget.bytes -= automaton_sizes[0];
  compile_with_pcre2(pattern.text);
}

Pattern::~Pattern() = default;
Pattern::Pattern(Pattern&&) noexcept = default;

void Pattern::compile_with_pcre2(const std::string& text) {
  const CompileContext context{pcre2_compile_context_create(nullptr)};
  pcre2_set_parens_nest_limit(context.get(), 250);
  int error = 0;
  PCRE2_SIZE offset = 0;
  constexpr std::uint32_t options =
      PCRE2_UTF | PCRE2_DOLLAR_ENDONLY | PCRE2_MATCH_UNSET_BACKREF | PCRE2_NEVER_BACKSLASH_C;
  engines_->backtracking.reset(
      pcre2_compile(reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), options, &error, &offset, context.get()));
  if (engines_->backtracking) return;
  std::array<PCRE2_UCHAR, 120> message{};
  pcre2_get_error_message(error, message.data(), message.size());
  error_ = fmt::format("neither RE2 nor PCRE2 takes it ({})", reinterpret_cast<const char*>(message.data()));
}

Pattern::Match Pattern::match(std::string_view text, std::uint64_t& steps) const {
  if (!error_.empty()) return Match::unknown;
  if (engines_->automaton) {
    steps += text.size() / 64;
    const bool found =
        engines_->automaton->Match({text.data(), text.size()}, 0, text.size(), re2::RE2::UNANCHORED, nullptr, 0);
    return found ? Match::yes : Match::no;
  }
  const MatchData data{pcre2_match_data_create(1, nullptr)};
  const MatchContext context{pcre2_match_context_create(nullptr)};
  pcre2_set_heap_limit(context.get(), backtracking_heap);
  for (const std::uint32_t limit : backtracking_limits) {
    pcre2_set_match_limit(context.get(), limit);
    pcre2_set_depth_limit(context.get(), limit);
    const int result = pcre2_match(engines_->backtracking.get(), reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(),
                                   0, 0, data.get(), context.get());
    steps += text.size() / 64 + (limit == backtracking_limits[0] ? 10 : limit);
    if (result >= 0) return Match::yes;
    if (result == PCRE2_ERROR_NOMATCH) return Match::no;
    if (result != PCRE2_ERROR_MATCHLIMIT && result != PCRE2_ERROR_DEPTHLIMIT) return Match::unknown;
  }
  return Match::unknown;
}

}  // namespace plugvet::schema
