#include <unicode/uchar.h>

#include "checks/expression.h"
#include "checks/wordings.h"
#include "harness/support/text.h"
#include "harness/support/utf8.h"

namespace plugvet::checks {
namespace {

/// A picture of its own, not a sign such as © that text has too.
std::string emoji_in(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const DecodedCodePoint point = decode_utf8(text, i);
    if (point.value > 0xFF && u_hasBinaryProperty(static_cast<UChar32>(point.value), UCHAR_EMOJI_PRESENTATION))
      return std::string(text.substr(i, point.size));
    i += point.size;
  }
  return {};
}

/// The one look that most texts cost: a slash after a colon, a byte beyond ASCII, or a digit.
bool may_be_no_words(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte == ':' && text.substr(i + 1).starts_with("//"))) return true;
  }
  return false;
}

std::optional<Steering> find_no_words(std::string_view text) {
  if (!may_be_no_words(text)) return {};
  static const Expression url{R"(\bhttps?://[^\s"'<>()`]*[^\s"'<>()`.,;:!?])", Expression::Case::ignored};
  // Digits and letters both: a long number is a number, a long word a word.
  static const Expression run{R"(\b(?:0x)?[0-9A-Fa-f]{16,}\b)"};
  static const Expression bits{R"(\b[01]{16,}\b)"};
  if (text.find("://") != std::string_view::npos)
    if (const auto part = url.find(text)) return Steering{"has a URL", std::string(*part)};
  if (std::string part = emoji_in(text); !part.empty()) return Steering{"has an emoji", std::move(part)};
  if (const auto part = bits.find(text)) return Steering{"has binary digits", std::string(*part)};
  if (const auto part = run.find(text); part && part->find_first_of("abcdefABCDEF") != std::string_view::npos &&
                                        part->find_first_of("0123456789") != std::string_view::npos)
    return Steering{"has hexadecimal digits", std::string(*part)};
  return {};
}

Judgement plain_words(const Collected<Manifest>& manifest, const Collected<ApiDescription>& api) {
  return judge_wordings(
      manifest, api,
      [](const Wording& wording) {
        return wording.reader == Wording::Reader::model ? find_no_words(wording.text) : std::nullopt;
      },
      "words that say the same");
}

}  // namespace

extern constinit const Check text_plain_words = define_check<plain_words>({
    .id = "text/plain-words",
    .title = "Descriptions for the model are plain words",
    .requirement =
        "What the model reads of the plugin, its operations and their parameters has no URLs, emoji, and no long runs of "
        "hexadecimal or binary digits. Members of bodies and answers, and examples, may have them.",
    .rationale =
        "The model repeats URLs as if they had come from the user's own question, and cannot read digits of a machine. "
        "Microsoft's validation refuses them in descriptions.",
    .remedy = "Say it in words. Have addresses in the answers, where they belong to a result.",
    .source = "Microsoft, High-quality message extensions",
    .passing = "Returns the todos of this conversation.",
    .failing = "Returns the todos. See https://acme.com/docs for more 🎉",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
