#include "checks/expression.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <re2/re2.h>

#include <atomic>
#include <mutex>

#include "harness/support/text.h"
#include "harness/support/utf8.h"

namespace plugvet::checks {
namespace {

constexpr std::size_t longest_tried = 16 * 1024;  // bytes
constexpr std::uint32_t most_trials = 20'000;      // about a millisecond

/// What trying needs besides the pattern: a thread has one, for all patterns.
struct Trial {
  pcre2_match_data* const data = pcre2_match_data_create(1, nullptr);
  pcre2_match_context* const limits = pcre2_match_context_create(nullptr);
  Trial() {
    pcre2_set_match_limit(limits, most_trials);
    pcre2_set_depth_limit(limits, most_trials);
  }
  Trial(const Trial&) = delete;
  ~Trial() {
    pcre2_match_data_free(data);
    pcre2_match_context_free(limits);
  }
};

constexpr std::uint32_t options_of(Expression::Case letter_case) {
  return PCRE2_UTF | PCRE2_DOLLAR_ENDONLY | PCRE2_NO_AUTO_CAPTURE |
         (letter_case == Expression::Case::ignored ? PCRE2_CASELESS : 0);
}

}  // namespace

struct Expression::Engines {
  enum class Tries : unsigned char { unknown, no, yes };

  /// A pattern as PCRE2 tries it; compiled when it is first needed, to machine code when it is needed often.
  class Tried {
   public:
    explicit Tried(std::uint32_t options) : options_{options} {}

    /// Sets `found` to the match, if there is one. `unknown`: it took too many steps.
    Tries match(const std::string& pattern, std::string_view text, std::size_t from, std::string_view& found) const {
      const pcre2_code* code = is_needed_often(text.size() - from) ? machine_code_.get(pattern, options_, true)
                                                                   : code_.get(pattern, options_, false);
      if (!code) return Tries::unknown;
      thread_local const Trial trial;
      const int result = pcre2_match(code, reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), from,
                                     PCRE2_NO_UTF_CHECK, trial.data, trial.limits);
      if (result < 0) return result == PCRE2_ERROR_NOMATCH ? Tries::no : Tries::unknown;
      const PCRE2_SIZE* place = pcre2_get_ovector_pointer(trial.data);
      found = text.substr(place[0], place[1] - place[0]);
      return Tries::yes;
    }

   private:
    class Code {
     public:
      Code() = default;
      Code(const Code&) = delete;
      ~Code() { pcre2_code_free(code_); }

      const pcre2_code* get(const std::string& pattern, std::uint32_t options, bool is_machine_code) {
        std::call_once(once_, [&] {
          int error = 0;
          PCRE2_SIZE offset = 0;
          const auto source = reinterpret_cast<PCRE2_SPTR>(pattern.data());
          code_ = pcre2_compile(source, pattern.size(), options, &error, &offset, nullptr);
          if (code_ && is_machine_code) pcre2_jit_compile(code_, PCRE2_JIT_COMPLETE);
        });
        return code_;
      }

     private:
      std::once_flag once_;
      pcre2_code* code_ = nullptr;
    };

    /// Making machine code takes as long as trying it on so much.
    bool is_needed_often(std::size_t size) const {
      constexpr std::size_t often = 8 * 1024, least = 128;
      if (used_.load(std::memory_order_relaxed) >= often) return true;
      used_.fetch_add((options_ & PCRE2_ANCHORED) != 0 ? least : size, std::memory_order_relaxed);
      return false;
    }

    std::uint32_t options_;
    mutable std::atomic<std::size_t> used_ = 0;
    mutable Code code_, machine_code_;
  };

  Engines(std::string written, Case letter_case)
      : pattern{std::move(written)},
        letters{letter_case},
        anywhere{options_of(letter_case)},
        there{options_of(letter_case) | PCRE2_ANCHORED | PCRE2_NO_START_OPTIMIZE} {}

  const RE2& automaton() const {
    std::call_once(automaton_once, [this] {
      RE2::Options options;
      options.set_case_sensitive(letters == Case::matters);
      options.set_never_capture(true);
      options.set_log_errors(false);
      automaton_made = std::make_unique<RE2>(pattern, options);
    });
    return *automaton_made;
  }

  std::optional<std::string_view> match(const Tried& tried, RE2::Anchor anchor, const Subject& subject,
                                        std::size_t from) const {
    const std::string_view text = subject.text;
    const bool is_to_be_tried = subject.is_utf8 && text.size() - from <= longest_tried;
    std::string_view found;
    const Tries tries = is_to_be_tried ? tried.match(pattern, text, from, found) : Tries::unknown;
    if (tries != Tries::unknown) return tries == Tries::yes ? std::optional{found} : std::nullopt;
    re2::StringPiece piece;
    if (!automaton().Match({text.data(), text.size()}, from, text.size(), anchor, &piece, 1)) return {};
    return std::string_view{piece.data(), piece.size()};
  }

  std::string pattern;
  Case letters;
  Tried anywhere, there;
  mutable std::once_flag automaton_once;
  mutable std::unique_ptr<RE2> automaton_made;
};

Subject::Subject(std::string_view searched) : text{searched}, is_utf8{is_ascii(searched) || is_valid_utf8(searched)} {}

Expression::Expression(std::string pattern, Case letter_case)
    : engines_{std::make_unique<const Engines>(std::move(pattern), letter_case)} {}
Expression::~Expression() = default;

std::string Expression::error() const {
  return engines_->automaton().error();
}

std::optional<std::string_view> Expression::find(const Subject& subject, std::size_t from) const {
  return engines_->match(engines_->anywhere, RE2::UNANCHORED, subject, from);
}

std::optional<std::string_view> Expression::find_at(const Subject& subject, std::size_t at) const {
  return engines_->match(engines_->there, RE2::ANCHOR_START, subject, at);
}

}  // namespace plugvet::checks
