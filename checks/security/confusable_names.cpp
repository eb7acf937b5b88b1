#include <fmt/format.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uspoof.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>

#include "checks/decoding.h"
#include "checks/values.h"
#include "checks/wordings.h"
#include "harness/model/check.h"
#include "harness/openapi/description.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

struct CloseSpoofChecker {
  void operator()(USpoofChecker* checker) const { uspoof_close(checker); }
};

icu::UnicodeString from_utf8(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

std::string to_utf8(const icu::UnicodeString& text) {
  std::string out;
  return text.toUTF8String(out);
}

/// Compares names by how they look. ICU's data are part of every installation; without them it would be our bug.
class Looks {
 public:
  Looks() {
    UErrorCode failed = U_ZERO_ERROR;
    checker_.reset(uspoof_open(&failed));
    uspoof_setRestrictionLevel(checker_.get(), USPOOF_HIGHLY_RESTRICTIVE);
    uspoof_setChecks(checker_.get(), USPOOF_RESTRICTION_LEVEL, &failed);
    if (U_FAILURE(failed)) throw std::runtime_error(std::string("ICU's spoof checker: ") + u_errorName(failed));
  }

  /// Letters of scripts that are not written together within one word: Latin and Cyrillic.
  bool mixes_scripts(const icu::UnicodeString& word) const {
    UErrorCode failed = U_ZERO_ERROR;
    return uspoof_check(checker_.get(), word.getBuffer(), word.length(), nullptr, &failed) != 0 && U_SUCCESS(failed);
  }

  /// What a text looks like: equal for texts that a person cannot tell apart. Case, spaces and marks do not count.
  icu::UnicodeString skeleton(const icu::UnicodeString& text) const {
    icu::UnicodeString letters, folded = text;
    folded.foldCase();
    for (std::int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1))
      if (u_isalnum(folded.char32At(i))) letters.append(folded.char32At(i));
    UErrorCode failed = U_ZERO_ERROR;
    UChar buffer[512];
    const std::int32_t size =
        uspoof_getSkeleton(checker_.get(), 0, letters.getBuffer(), letters.length(), buffer, std::size(buffer), &failed);
    return U_FAILURE(failed) ? letters : icu::UnicodeString(buffer, size);
  }

 private:
  std::unique_ptr<USpoofChecker, CloseSpoofChecker> checker_;
};

std::vector<icu::UnicodeString> words_in(const icu::UnicodeString& text) {
  std::vector<icu::UnicodeString> words(1);
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 c = text.char32At(i);
    if (u_isUWhiteSpace(c)) {
      if (!words.back().isEmpty()) words.emplace_back();
    } else {
      words.back().append(c);
    }
  }
  return words;
}

bool is_ascii_letters(const icu::UnicodeString& text) {
  for (std::int32_t i = 0; i < text.length(); ++i)
    if (text[i] >= 0x80) return false;
  return !text.isEmpty();
}

/// "𝐏ay", full-width letters: symbols that are a letter in another shape.
bool has_letter_symbols(const icu::UnicodeString& word) {
  UErrorCode failed = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFKCInstance(failed);
  if (U_FAILURE(failed)) return false;
  for (std::int32_t i = 0; i < word.length(); i = word.moveIndex32(i, 1)) {
    const UChar32 c = word.char32At(i);
    const bool is_shape = (c >= 0x1D400 && c <= 0x1D7FF) || (c >= 0xFF21 && c <= 0xFF5A) || (c >= 0x24B6 && c <= 0x24E9) ||
                          (c >= 0x1F130 && c <= 0x1F189);
    if (is_shape && u_isalpha(normalizer->normalize(icu::UnicodeString(c), failed).char32At(0))) return true;
  }
  return false;
}

/// Why the name may be taken for another; empty: it may not.
std::string confusion_in(std::string_view name, const std::vector<std::string>& known) {
  if (is_ascii(name) && known.empty()) return {};
  static const Looks looks;
  const icu::UnicodeString text = from_utf8(name);
  const std::vector<icu::UnicodeString> words = words_in(text);
  bool has_latin = false;
  for (const icu::UnicodeString& word : words) has_latin |= is_ascii_letters(word);
  for (const icu::UnicodeString& word : words) {
    const std::string shown = in_quotes(to_utf8(word));
    if (has_letter_symbols(word)) return fmt::format("has letters in the shape of symbols in {}", shown);
    if (is_ascii_letters(word)) continue;
    if (looks.mixes_scripts(word)) return fmt::format("mixes letters of several scripts in {}", shown);
    // "Раура" beside Latin words; a name that is Russian as a whole is not meant to deceive.
    const bool is_other_script = u_hasBinaryProperty(word.char32At(0), UCHAR_ALPHABETIC) && word.char32At(0) > 0x24F;
    const icu::UnicodeString look = looks.skeleton(word);
    if (has_latin && is_other_script && word.countChar32() > 1 && is_ascii_letters(look))
      return fmt::format("has the word {}, which looks like \"{}\" and is not", shown, to_utf8(look));
  }
  for (const std::string& other : known)
    if (name != other && looks.skeleton(text) == looks.skeleton(from_utf8(other)))
      return fmt::format("looks like {}", in_quotes(other));
  return {};
}

/// Letters of scripts that have look-alikes of Latin letters. Small Greek letters stand in formulas ("αs", "μm"), so only
/// those count that nobody writes there.
bool is_cyrillic(char32_t c) {
  return c >= 0x400 && c <= 0x52F;
}
bool is_latin(char32_t c) {
  return c < 0x250 || (c >= 0x1E00 && c <= 0x1EFF);
}
bool is_deceptive(char32_t c) {
  const bool is_greek = (c >= 0x391 && c <= 0x3A7) || c == 0x3BF;
  return (is_greek || is_cyrillic(c)) && latin_lookalike(c) != 0;
}

/// The first byte, in UTF-8, of every such letter.
bool may_begin_deceptive(char c) {
  return static_cast<unsigned char>(c) >= 0xCE && static_cast<unsigned char>(c) <= 0xD4;
}

/// "аll": a word that mixes Latin letters with such, in a text that has nothing else of their script.
std::optional<Steering> find_mixed_word(std::string_view text) {
  constexpr std::size_t shortest = 3;
  if (std::ranges::none_of(text, may_begin_deceptive)) return {};
  const icu::UnicodeString points = from_utf8(text);
  icu::UnicodeString word, mixed;
  std::size_t latin = 0, deceptive = 0;
  for (std::int32_t i = 0; i <= points.length(); i = i < points.length() ? points.moveIndex32(i, 1) : i + 1) {
    const UChar32 c = i < points.length() ? points.char32At(i) : ' ';
    const auto letter = static_cast<char32_t>(c);
    if (is_cyrillic(letter) && !is_deceptive(letter)) return {};
    if (u_isalpha(c)) {
      word.append(c);
      latin += is_latin(letter);
      deceptive += is_deceptive(letter);
      continue;
    }
    const auto length = static_cast<std::size_t>(word.countChar32());
    if (mixed.isEmpty() && length >= shortest && latin > 0 && deceptive > 0 && latin + deceptive == length) mixed = word;
    word.remove();
    latin = deceptive = 0;
  }
  if (mixed.isEmpty()) return {};
  return Steering{"mixes letters of several scripts in a word", to_utf8(mixed)};
}

/// What the names' own judgement has not been asked about.
void judge_texts_beside(Judgement& judgement, const Collected<Manifest>& manifest, const Collected<ApiDescription>& api) {
  const std::string* name = manifest && *manifest ? (*manifest)->text("/name_for_human") : nullptr;
  Judgement texts = judge_wordings(
      manifest, api,
      [&](const Wording& wording) {
        return name && wording.text.data() == name->data() ? std::nullopt : find_mixed_word(wording.text);
      },
      "letters of one script");
  std::ranges::move(texts.findings, std::back_inserter(judgement.findings));
}

Judgement confusable_names(const Collected<Manifest>& manifest, const Collected<ApiDescription>& api,
                           const Parameters& limits) {
  const std::vector<std::string> known = limits.list("known_names");
  Judgement judgement;
  const auto judge = [&](const std::string* name, const char* what, const auto& place) {
    const std::string confusion = name ? confusion_in(*name, known) : "";
    if (confusion.empty()) return;
    judgement.findings.push_back({place(),
                                  fmt::format("{} {} {}.", what, in_quotes(*name), confusion),
                                  "a name that cannot be taken for another",
                                  in_quotes(*name),
                                  {}});
  };
  if (manifest && *manifest)
    for (const char* member : {"/name_for_human", "/name_for_model"})
      judge((*manifest)->text(member), member + 1, [&] { return (*manifest)->at(member); });
  // Where there is no manifest, the title is the name.
  if (!manifest && api && *api && (*api)->description->root) {
    const Json* info = member_of(*(*api)->description->root.value, "info");
    judge(info ? text_of(*info, "title") : nullptr, "info.title", [&] { return (*api)->at("/info/title"); });
  }
  judge_texts_beside(judgement, manifest, api);
  return blocked_unless_found(std::move(judgement), manifest, api);
}

}  // namespace

extern constinit const Check security_confusable_names = define_check<confusable_names>({
    .id = "security/confusable-names",
    .title = "No name and no word is written in letters that look like others",
    .requirement =
        "The plugin's name does not mix scripts within a word, has no word in letters of another script that looks Latin "
        "beside Latin words, and no letters in the shape of symbols. Where the profile names known plugins (known_names), it "
        "does not look like one of them without being it. No word of a description mixes Latin letters with Cyrillic or Greek "
        "ones that look Latin.",
    .rationale =
        "Users and models choose a plugin by its name. One that looks like a known brand is given the trust, and the data, "
        "that are meant for the brand. In a description such a letter serves to get past those who look for words.",
    .remedy = "Write each name and each word in the letters of one script.",
    .source = "Iqbal, Kohno and Roesner, arXiv 2309.10254; Unicode Technical Standard 39",
    .passing = R"("name_for_human": "Pocket Notes")",
    .failing = R"("name_for_human": "Pоcket Notes" (with a Cyrillic о))",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
