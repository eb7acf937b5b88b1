#include "harness/support/word_lists.h"

#include <fmt/format.h>
#include <unicode/brkiter.h>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "harness/support/document.h"
#include "harness/support/fields.h"
#include "harness/support/text.h"
#include "harness/support/utf8.h"
#include "harness/support/words.h"

namespace plugvet {

namespace {

constexpr std::string_view words_format = "plugvet-words/1";
constexpr DocumentLimits word_limits{.bytes = 1u << 20, .depth = 8};

void throw_on_failure(UErrorCode error) {
  if (U_FAILURE(error)) throw std::runtime_error{std::string{"ICU: "} + u_errorName(error)};
}

bool is_word_letter(char32_t c) {
  return c < 0x80 ? (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') : u_isalnum(static_cast<UChar32>(c));
}

char32_t last_of(std::string_view text) {
  std::size_t at = text.size() - 1;
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  return decode_utf8(text, at).value;
}

/// No word goes on over the place between the two texts.
bool is_boundary(std::string_view before, std::string_view after) {
  if (before.empty() || after.empty()) return true;
  const char32_t left = last_of(before), right = decode_utf8(after, 0).value;
  return !is_word_letter(left) || !is_word_letter(right) || is_written_without_spaces(left) ||
         is_written_without_spaces(right);
}

bool is_end(std::string_view behind) {
  return behind.empty() || behind == "." || behind == ":" || behind == "。";
}

bool is_at(std::string_view text, std::size_t at, const WordLists::Word& word) {
  const std::string_view from = text.substr(at), behind = from.substr(word.text.size());
  return (word.open_begin || is_boundary(text.substr(0, at), from)) &&
         (word.open_end || is_boundary(text.substr(0, at + word.text.size()), behind)) && (!word.is_first || at == 0) &&
         (!word.is_last || is_end(behind));
}

bool has_word(std::string_view text, const WordLists::Word& word) {
  for (std::size_t at = text.find(word.text); at != std::string_view::npos; at = text.find(word.text, at + 1))
    if (is_at(text, at, word)) return true;
  return false;
}

bool has_term(std::string_view text, const WordLists::Term& term) {
  const bool is_there =
      std::ranges::any_of(term.words, [&](const WordLists::Word& word) { return has_word(text, word); });
  return is_there != term.is_absent;
}

bool has_entry(std::string_view text, const WordLists::Entry& entry) {
  return std::ranges::all_of(entry, [&](const WordLists::Term& term) { return has_term(text, term); });
}

/// "zh" of "zh-Hant".
std::string_view main_language(std::string_view language) {
  return language.substr(0, language.find('-'));
}

/// Reads one file. The first mistake is kept.
class WordListReader {
 public:
  WordListReader(const Document& document, std::string_view where) : document_{document}, where_{where} {}

  std::vector<WordLists::Subject> read() {
    Fields fields{document_, where_};
    if (fields.required_text("format") != words_format) fields.complain("format", fmt::format("is not {}.", words_format));
    std::vector<WordLists::Subject> subjects;
    if (const Json* list = fields.mapping("subjects"))
      for (const auto& [name, ignored] : list->items()) subjects.push_back(subject(name));
    if (subjects.empty()) fields.complain("subjects", "is empty.");
    keep(fields.finish());
    return subjects;
  }

  const std::optional<Problem>& problem() const { return problem_; }

 private:
  WordLists::Subject subject(const std::string& name) {
    const std::string pointer = join_pointer("/subjects", name);
    Fields fields{document_, where_, pointer};
    WordLists::Subject subject;
    subject.name = name;
    subject.means = fields.required_text("means");
    if (fields.mapping("words")) subject.entries = languages(join_pointer(pointer, "words"));
    if (subject.entries.empty()) fields.complain("words", "has no language.");
    keep(fields.finish());
    return subject;
  }

  decltype(WordLists::Subject::entries) languages(const std::string& pointer) {
    Fields fields{document_, where_, pointer};
    decltype(WordLists::Subject::entries) entries;
    for (const auto& [language, ignored] : document_.find(pointer)->items()) {
      std::vector<WordLists::Entry> list;
      for (const std::string& text : fields.texts(language)) list.push_back(entry(text, language, fields));
      if (list.empty()) fields.complain(language, "has no words.");
      entries.emplace(language, std::move(list));
    }
    keep(fields.finish());
    return entries;
  }

  static WordLists::Entry entry(std::string_view text, const std::string& language, Fields& fields) {
    WordLists::Entry entry;
    for (std::string_view part : parts_of(text, " + ")) {
      WordLists::Term term;
      term.is_absent = part.starts_with('!');
      if (term.is_absent) part.remove_prefix(1);
      for (const std::string_view written : parts_of(part, "|")) term.words.push_back(word(trimmed(written), language, fields));
      entry.push_back(std::move(term));
    }
    if (std::ranges::all_of(entry, &WordLists::Term::is_absent))
      fields.complain(language, fmt::format("has {}, which says only what is absent.", in_quotes(text)));
    return entry;
  }

  static WordLists::Word word(std::string_view written, const std::string& language, Fields& fields) {
    WordLists::Word word;
    std::string_view text = written;
    if ((word.is_first = text.starts_with('^'))) text.remove_prefix(1);
    if ((word.is_last = text.ends_with('$'))) text.remove_suffix(1);
    if ((word.open_begin = text.starts_with('*'))) text.remove_prefix(1);
    if ((word.open_end = text.ends_with('*'))) text.remove_suffix(1);
    word.text = text;
    if (text.empty() || text.find_first_of("*+|!^$") != std::string_view::npos || folded(text) != text)
      fields.complain(language, fmt::format("has {}, which is no term: words in lower case, single spaces, * at the "
                                            "beginning or the end.",
                                            in_quotes(written)));
    return word;
  }

  static std::vector<std::string_view> parts_of(std::string_view text, std::string_view separator) {
    std::vector<std::string_view> parts;
    for (std::size_t end = text.find(separator); end != std::string_view::npos; end = text.find(separator)) {
      parts.push_back(text.substr(0, end));
      text.remove_prefix(end + separator.size());
    }
    parts.push_back(text);
    return parts;
  }

  void keep(std::optional<Problem> problem) {
    if (!problem_) problem_ = std::move(problem);
  }

  const Document& document_;
  std::string where_;
  std::optional<Problem> problem_;
};

struct CloseText {
  void operator()(UText* text) const { utext_close(text); }
};

}  // namespace

std::string folded(std::string_view utf8) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* fold = icu::Normalizer2::getNFKCCasefoldInstance(error);
  throw_on_failure(error);
  std::string text;
  icu::StringByteSink<std::string> sink{&text, static_cast<std::int32_t>(utf8.size())};
  fold->normalizeUTF8(0, {utf8.data(), static_cast<std::int32_t>(utf8.size())}, sink, nullptr, error);
  throw_on_failure(error);
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const DecodedCodePoint point = decode_utf8(text, i);
    const bool is_space =
        point.value < 0x80 ? point.value <= ' ' : point.valid && u_isUWhiteSpace(static_cast<UChar32>(point.value));
    if (is_space) {
      if (!plain.empty() && plain.back() != ' ') plain += ' ';
    } else if (point.value == 0x2019) {
      plain += '\'';
    } else {
      plain.append(text, i, point.size);
    }
    i += point.size;
  }
  while (plain.ends_with(' ')) plain.pop_back();
  return plain;
}

std::vector<std::string_view> sentences_of(std::string_view paragraph) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> breaks{
      icu::BreakIterator::createSentenceInstance(icu::Locale::getRoot(), error)};
  const std::unique_ptr<UText, CloseText> text{
      utext_openUTF8(nullptr, paragraph.data(), static_cast<std::int64_t>(paragraph.size()), &error)};
  throw_on_failure(error);
  breaks->setText(text.get(), error);
  throw_on_failure(error);
  std::vector<std::string_view> sentences;
  for (std::int32_t begin = breaks->first(), end = breaks->next(); end != icu::BreakIterator::DONE;
       begin = end, end = breaks->next()) {
    const std::string_view sentence =
        trimmed(paragraph.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin)));
    if (!sentence.empty()) sentences.push_back(sentence);
  }
  return sentences;
}

std::size_t WordLists::Subject::count_in(std::string_view folded_text, std::string_view language) const {
  const auto list = entries.find(main_language(language));
  if (list == entries.end()) return 0;
  const auto is_there = [&](const Entry& entry) { return has_entry(folded_text, entry); };
  return static_cast<std::size_t>(std::ranges::count_if(list->second, is_there));
}

bool WordLists::Subject::is_in(std::string_view folded_text) const {
  return std::ranges::any_of(entries, [&](const auto& list) {
    return std::ranges::any_of(list.second, [&](const Entry& entry) { return has_entry(folded_text, entry); });
  });
}

bool WordLists::Subject::has_language(std::string_view language) const {
  return entries.contains(main_language(language));
}

Result<WordLists> WordLists::parse(std::string text, std::string_view where) {
  const auto document = parse_json_or_yaml(std::move(text), where, word_limits);
  if (!document) return *document.problem();
  if (const auto& faults = document->faults(); !faults.empty()) {
    Problem problem;
    problem.rung = Rung::syntax;
    problem.id = faults.front().id;
    problem.what = faults.front().message;
    problem.where = where;
    problem.position = faults.front().position;
    return problem;
  }
  WordListReader reader{*document, where};
  WordLists lists;
  lists.subjects_ = reader.read();
  if (reader.problem()) return *reader.problem();
  return lists;
}

const WordLists::Subject& WordLists::subject(std::string_view name) const {
  const auto found = std::ranges::find(subjects_, name, &Subject::name);
  if (found == subjects_.end()) throw std::out_of_range{fmt::format("there is no word list for {}", name)};
  return *found;
}

WordLists built_in_word_lists(std::string_view text, std::string_view where) {
  auto lists = WordLists::parse(std::string{text}, where);
  if (lists) return std::move(*lists);
  const Problem& problem = *lists.problem();
  const bool names_its_place = problem.what.starts_with(where);
  throw std::runtime_error{names_its_place ? problem.what
                                           : fmt::format("{}:{}: {}", where, problem.position.line, problem.what)};
}

}  // namespace plugvet
