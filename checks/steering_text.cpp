#include "checks/steering_text.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "checks/decoding.h"
#include "checks/phrases.h"
#include "harness/support/text.h"
#include "harness/support/utf8.h"

namespace plugvet::checks {
namespace {

struct Pattern {
  std::string_view what;
  const char* expression;
  /// "Do not … without confirmation" asks for what "… without confirmation" leaves out.
  bool is_undone_by_negation = false;
};

// Only what is addressed to a model counts. "Ignore all additional products", "always use this tool" and the like are
// other checks' affair, or nobody's.
constexpr std::array steering_patterns = std::to_array<Pattern>({
    {"tells the model to ignore its instructions",
     R"(\b(?:ignore|disregard|forget|override|bypass|discard|(?:do\s+not|don't|never)\s+(?:follow|obey)))"
     R"(\s+(?:\w+\s+){0,2})"
     R"((?:previous|prior|preceding|above|earlier|existing|former|initial|original|system|developer|safety))"
     R"(\s+(?:\w+\s+)?)"
     R"((?:instructions?|prompts?|rules|guidelines|directives?|restrictions|safeguards|guardrails)\b)"},
    {"tells the model to ignore its instructions",
     R"(\b(?:ignore|disregard|forget|override|bypass)\s+(?:all\s+(?:of\s+)?)?(?:your|openai's|chatgpt's|the\s+)"
     R"((?:model|assistant)'s)\s+)"
     R"((?:\w+\s+)?(?:instructions?|prompt|rules|guidelines|polic(?:y|ies)|restrictions|safeguards|guardrails|)"
     R"(training)\b)"},
    {"tells the model to ignore its instructions",
     R"(\b(?:ignore|disregard|forget)\s+(?:everything|anything|all)\s+(?:that\s+)?(?:above|before|you\s+(?:were|)"
     R"(have\s+been|know)|said\s+before)\b)"},
    {"gives the model new instructions",
     R"(\b(?:new|updated|hidden|secret|real|actual)\s+(?:system\s+)?(?:instructions?|prompt|directives?)\s*)"
     R"((?::|\s(?:for|to)\s+(?:you|chatgpt|copilot|the\s+(?:assistant|model|ai|llm))\b))"},
    {"gives the model new instructions",
     R"(\byour\s+(?:new|real|true|actual|only)\s+(?:instructions?|task|goal|role|purpose|mission)\s+(?:is|are)\b)"},
    {"gives the model another identity",
     R"(\byou\s+are\s+(?:now|no\s+longer)\s+(?:in\s+\w+\s+mode|dan\b|an?\s+\w|bound|restricted|subject|chatgpt|)"
     R"(copilot))"
     R"(|\bfrom\s+now\s+on,?\s+you\s+(?:are|will|must|shall)\b|\bdo\s+anything\s+now\b|\bdeveloper\s+mode\s+)"
     R"((?:is\s+)?enabled\b)"},
    {"has the mark of another role's message",
     R"(<\|(?:im_start|im_end|system|assistant|user|start_header_id)\|?>|\[/?INST\]|<</?SYS>>)"
     R"(|</?(?:system|developer|assistant)(?:[ _-]?(?:prompt|message|instructions?))?>)"},
    {"has the mark of another role's message",
     R"((?:^|\n)[ \t#*>]*(?:system|developer)(?:\s+(?:message|prompt|override|note))?[ \t*]*:[ \t*]*(?:you|ignore|)"
     R"(do\s+not|never|always|the\s+(?:assistant|model))\b)"
     R"(|\b(?:begin|start)\s+(?:of\s+)?(?:the\s+)?(?:hidden|new|system)\s+(?:prompt|instructions)\b)"},
    {"tells the model to give its own instructions away",
     R"(\b(?:reveal|repeat|print|output|show|send|include|disclose|leak|return)\s+(?:\w+\s+){0,3})"
     R"((?:system\s+prompt|developer\s+(?:message|prompt)|hidden\s+(?:instructions|prompt)|(?:your|initial)\s+)"
     R"((?:\w+\s+)?(?:instructions|prompt))\b)",
     true},
    {"tells the model to keep something from the user",
     R"(\b(?:do\s+not|don't|never|must\s+not|should\s+not|without)\s+(?:ever\s+)?(?:tell|inform|notify|alert|)"
     R"(telling|informing|notifying|alerting))"
     R"(\s+(?:the\s+|your\s+)?(?:end[- ]?)?users?\s+(?:that|about|of|anything|what|why|how)\b)"},
    {"tells the model to keep something from the user",
     R"(\b(?:do\s+not|don't|never|must\s+not|should\s+not)\s+(?:ever\s+)?(?:mention|reveal|disclose|admit)\s+)"
     R"((?:anytime\s+|ever\s+|to\s+(?:the\s+)?users?\s+)?)"
     R"(that\s+(?:you|this|these|it|they|the)\b)"},
    {"tells the model to keep something from the user",
     R"(\b(?:hide|conceal)\s+(?:this|these|it|that)\s+(?:\w+\s+){0,3}from\s+(?:the\s+)?users?\b|\b(?:keep|keeping))"
     R"(\s+(?:this|it|these)\s+(?:\w+\s+){0,3})"
     R"((?:secret|hidden)\s+from\s+(?:the\s+)?users?\b)"},
});

constexpr std::array bypass_patterns = std::to_array<Pattern>({
    {"tells the model not to ask the user for confirmation",
     R"(\b(?:do\s+not|don't|never|no\s+need\s+to|(?:not|don't|doesn't)\s+(?:need|have)\s+to|need\s+not|)"
     R"(unnecessary\s+to)\s+(?:ever\s+)?)"
     R"((?:ask\s+(?:the\s+|your\s+)?(?:users?\s+)?(?:for\s+(?:\w+\s+)?(?:confirmation|permission|approval|consent)|)"
     R"(to\s+(?:confirm|approve))|)"
     R"((?:seek|request|require|wait\s+for|get|obtain)\s+(?:\w+\s+){0,3}(?:confirmation|permission|approval|consent))"
     R"(\b|)"
     R"(confirm\s+(?:\w+\s+){0,2}with\s+(?:the\s+|your\s+)?users?\b))"},
    {"tells the model to act without the user's confirmation",
     R"(\bwithout\s+(?:(?:any|further|first|prior|explicit|additional|asking|waiting|requesting|seeking|getting|)"
     R"(needing|for|the|a|user|user's|users')\s+){0,4})"
     R"((?:confirmation|approval)\b)"
     R"(|\bwithout\s+(?:asking\s+for\s+|getting\s+)?(?:the\s+)?(?:users?'s?\s+)(?:explicit\s+|prior)"
     R"(\s+)?(?:permission|consent)\b)"
     R"(|\bwithout\s+asking\s+for\s+(?:\w+\s+)?(?:permission|consent)\b)"
     R"(|\bwithout\s+(?:first\s+)?(?:asking|confirming\s+with|consulting|prompting)\s+(?:the\s+|your\s+)?users?\b)",
     true},
    {"tells the model to skip the confirmation",
     R"(\b(?:skip|bypass|suppress|omit|avoid|ignore)\s+(?:\w+\s+){0,2}(?:confirmation|approval|consent)(?:\s+)"
     R"((?:step|prompt|dialog|message|request|flow|check)s?)?\b)",
     true},
    {"tells the model to confirm in the user's place",
     R"(\b(?:assume|presume|pretend|consider|act\s+as\s+if)\s+(?:that\s+)?(?:the\s+)?(?:users?|they)\s+(?:\w+)"
     R"(\s+){0,2}(?:confirm(?:s|ed)?|agree[sd]?|consent(?:s|ed)?|approve[sd]?|said\s+yes|says\s+yes)\b)"
     R"(|\bassume\s+(?:"|')?yes\b|\bassume\s+(?:\w+\s+)?(?:consent|approval|confirmation|permission)\b)"
     R"(|\b(?:automatically|always|silently)\s+(?:confirm|approve|accept|pre-?confirm)\s+(?:\w+)"
     R"(\s+){0,2}(?:actions?|requests?|operations?|orders?|payments?|purchases?|prompts?|on\s+behalf)\b)",
     true},
    {"tells the model to confirm in the user's place",
     R"(\b(?:always|automatically|directly|immediately)\s+(?:set|send|pass|use|include|put)\s+(?:the)"
     R"(\s+)?[`'"]?\w*confirm\w*[`'"]?\s*(?:(?:parameter|field|flag)\s+)?(?:to|=|:|as|with)?\s*[`'"]?(?:true|yes|1))"
     R"(\b)",
     true},
    {"tells the model to hide the confirmation",
     R"(\b(?:hide|conceal|do\s+not\s+(?:show|display|mention)|don't\s+(?:show|display|mention)|never\s+(?:show|)"
     R"(display|mention))\s+(?:\w+\s+){0,2}(?:confirmation|approval)\s+(?:step|prompt|dialog|message|request)s?\b)"},
});

constexpr std::array active_patterns = std::to_array<Pattern>({
    {"has a script element", R"(<\s*/?\s*script(?:\s[^<>]*)?>)"},
    {"has an element that a page would load", R"(<\s*(?:iframe|object|embed)\s[^<>]*\b(?:src|data|srcdoc)\s*=)"},
    {"has an event attribute that a page would run", R"(<[a-z][^<>]*\son(?:error|load|click|mouseover|focus)\s*=)"},
    {"has a link that a page would run", R"((?:\b(?:href|src|action)\s*=\s*["']?|\]\(\s*)javascript:)"},
    {"calls eval", R"((?:^|[^\w.$])(?:window\.|globalThis\.)?eval\(\s*[^\s)])"},
});

class Patterns {
 public:
  explicit Patterns(std::span<const Pattern> patterns) : patterns_{patterns} {
    std::string any;
    for (const Pattern& pattern : patterns)
      any += fmt::format("{}(?:{})", any.empty() ? "" : "|", pattern.expression);
    any_ = std::make_unique<RE2>(any, options());
  }

  std::optional<Steering> find(std::string_view text) const {
    const re2::StringPiece input(text.data(), text.size());
    if (!any_->Match(input, 0, input.size(), RE2::UNANCHORED, nullptr, 0)) return {};
    // Hardly any text comes this far, and compiling takes longer than reading a hundred texts.
    std::call_once(compiled_, [&] {
      for (const Pattern& pattern : patterns_) single_.push_back(std::make_unique<RE2>(pattern.expression, options()));
    });
    for (std::size_t i = 0; i < patterns_.size(); ++i)
      if (const std::string_view part = first(text, i); !part.empty())
        return Steering{std::string(patterns_[i].what), std::string(part)};
    return {};
  }

 private:
  std::string_view first(std::string_view text, std::size_t index) const {
    const re2::StringPiece input(text.data(), text.size());
    re2::StringPiece found;
    for (std::size_t from = 0; from <= text.size(); from = static_cast<std::size_t>(found.end() - input.begin())) {
      if (!single_[index]->Match(input, from, input.size(), RE2::UNANCHORED, &found, 1) || found.empty()) return {};
      const auto begin = static_cast<std::size_t>(found.begin() - input.begin());
      if (!patterns_[index].is_undone_by_negation || !is_negated(text.substr(0, begin)))
        return trimmed(std::string_view(found.data(), found.size()));
    }
    return {};
  }

  static RE2::Options options() {
    RE2::Options options;
    options.set_case_sensitive(false);
    options.set_never_capture(true);
    return options;
  }

  std::span<const Pattern> patterns_;
  std::unique_ptr<RE2> any_;
  mutable std::once_flag compiled_;
  mutable std::vector<std::unique_ptr<RE2>> single_;
};

const Patterns& steering() {
  static const Patterns patterns{steering_patterns};
  return patterns;
}

// --- hidden characters

bool is_between(char32_t c, char32_t first, char32_t last) {
  return c >= first && c <= last;
}
bool is_right_to_left(char32_t c) {
  return is_between(c, 0x590, 0x8FF) || is_between(c, 0xFB1D, 0xFDFF) || is_between(c, 0xFE70, 0xFEFC) ||
         is_between(c, 0x10800, 0x10FFF) || is_between(c, 0x1E800, 0x1EFFF);
}
bool is_variation_selector(char32_t c) {
  return is_between(c, 0xFE00, 0xFE0F) || is_between(c, 0xE0100, 0xE01EF);
}
bool is_bidi_mark(char32_t c) {
  return c == 0x200E || c == 0x200F || c == 0x61C || is_between(c, 0x202A, 0x202C) || is_between(c, 0x2066, 0x2069);
}
// Joiners belong to scripts and emoji, where both neighbours are no Latin letters.
bool is_joined(char32_t c) {
  return c >= 0x300;
}

std::vector<char32_t> points_of(std::string_view text) {
  std::vector<char32_t> points;
  points.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const DecodedCodePoint point = decode_utf8(text, i);
    points.push_back(point.value);
    i += point.size;
  }
  return points;
}

/// The flag of England is a black flag and its letters as tags.
bool is_in_flag(const std::vector<char32_t>& points, std::size_t at) {
  constexpr std::size_t longest_flag = 8;
  std::size_t begin = at;
  while (begin > 0 && at - begin <= longest_flag && is_between(points[begin], 0xE0020, 0xE007F)) --begin;
  return at - begin <= longest_flag && points[begin] == 0x1F3F4;
}

/// What is hidden at this place; empty: nothing.
std::string_view hidden_at(const std::vector<char32_t>& points, std::size_t i, bool has_right_to_left) {
  const char32_t c = points[i];
  const char32_t before = i > 0 ? points[i - 1] : 0;
  const char32_t after = i + 1 < points.size() ? points[i + 1] : 0;
  if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f') || is_between(c, 0x7F, 0x9F))
    return c == 0 || c == 0x85 ? "" : "a control character";
  if (c == 0x200C || c == 0x200D) return is_joined(before) && is_joined(after) ? "" : "a zero-width character";
  if (c == 0x200B || is_between(c, 0x2060, 0x2064) || c == 0xFEFF || c == 0x180E) return "a zero-width character";
  if (c == 0x202D || c == 0x202E) return "a character that turns the direction of text";
  if (is_bidi_mark(c)) return has_right_to_left ? "" : "a character that turns the direction of text";
  if (is_between(c, 0xE0000, 0xE007F)) return is_in_flag(points, i) ? "" : "a tag character";
  if (is_variation_selector(c)) return is_variation_selector(before) ? "variation selectors in a row" : "";
  if (is_between(c, 0xE000, 0xF8FF) || is_between(c, 0xF0000, 0x10FFFD)) return "a private-use character";
  if (c == 0x3164 || c == 0xFFA0 || is_between(c, 0xFFF9, 0xFFFB)) return "an invisible filler";
  return {};
}

bool may_hide(std::string_view text) {
  return std::ranges::any_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x7F || (byte < 0x20 && byte != '\n' && byte != '\r' && byte != '\t');
  });
}

}  // namespace

std::optional<Steering> find_steering(std::string_view text) {
  if (text.size() < 8) return {};
  return find_decoded(text, [](std::string_view reading) { return steering().find(reading); });
}

std::optional<Steering> find_confirmation_bypass(std::string_view text) {
  static const Patterns patterns{bypass_patterns};
  if (text.size() < 8) return {};
  return find_decoded(text, [](std::string_view reading) { return patterns.find(reading); });
}

std::optional<Steering> find_hidden_characters(std::string_view text) {
  if (!may_hide(text)) return {};
  const std::vector<char32_t> points = points_of(text);
  const bool has_right_to_left = std::ranges::any_of(points, is_right_to_left);
  Steering found;
  std::size_t more = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const std::string_view what = hidden_at(points, i, has_right_to_left);
    if (what.empty()) continue;
    if (found.what.empty())
      found.what = fmt::format("has {} (U+{:04X}) after {}", what, static_cast<std::uint32_t>(points[i]),
                               counted(i, "character"));
    else
      ++more;
  }
  if (found.what.empty()) return {};
  if (more > 0) found.what += fmt::format(", and {} more that nobody sees", more);
  return found;
}

std::optional<Steering> find_active_content(std::string_view text) {
  static const Patterns patterns{active_patterns};
  if (!has_any_of(text, "<:(")) return {};
  return patterns.find(text);
}

}  // namespace plugvet::checks
