#include <cstdio>  // the library forgets it

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include "harness/collect/page.h"

namespace plugvet {

void tell_language(PageText& text) {
  std::string all;
  for (const PageText::Paragraph& paragraph : text.paragraphs) all.append(paragraph.text).append("\n");
  const CLD2::CLDHints hints{nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  CLD2::Language languages[3];
  int percents[3];
  double scores[3];
  int bytes = 0;
  bool is_reliable = false;
  int valid = 0;
  CLD2::ExtDetectLanguageSummaryCheckUTF8(all.data(), static_cast<int>(all.size()), true, &hints, 0, languages, percents,
                                          scores, nullptr, &bytes, &is_reliable, &valid);
  if (languages[0] == CLD2::UNKNOWN_LANGUAGE || percents[0] <= 0 || (!is_reliable && percents[0] < 60)) return;
  text.language = CLD2::LanguageCode(languages[0]);
  text.language_percent = static_cast<unsigned>(percents[0]);
  // "PORTUGUESE", "ChineseT"
  text.language_name = CLD2::LanguageName(languages[0]);
  for (std::size_t i = 1; i < text.language_name.size(); ++i) {
    char& c = text.language_name[i];
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  if (text.language == "zh" || text.language == "zh-Hant") text.language_name = "Chinese";
}

}  // namespace plugvet
