#include "harness/engine/assertion.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "harness/schema/schema.h"
#include "harness/support/text.h"
#include "harness/support/word_search.h"

namespace plugvet {

namespace {

constexpr std::size_t most_findings = 20;        // of one check: one document must not fill a report
constexpr std::size_t longest_shown = 100;       // code points
constexpr std::size_t most_compared = 64u << 20;  // bytes of all values that have to be unique

// --- words ---

std::string place_text(std::string_view pointer) {
  return pointer.empty() ? "the document" : std::string{pointer};
}

/// A value as people read it: in full only when it is short.
std::string shown(const Json& value) {
  if (value.is_object()) return "a mapping of " + counted(value.size(), "member");
  if (value.is_array()) return "a list of " + counted(value.size(), "item");
  if (!value.is_string()) return value.dump();
  return '"' + shortened(value.get_ref<const std::string&>(), longest_shown) + '"';
}

/// "text", "list", "mapping", "number", "truth value", "null"
std::string_view kind_of(const Json& value) {
  if (value.is_string()) return "text";
  if (value.is_array()) return "list";
  if (value.is_object()) return "mapping";
  if (value.is_number()) return "number";
  return value.is_boolean() ? "truth value" : "null";
}

/// What a finding says.
struct Deviation {
  std::string message, expected, actual;
};

/// Collects findings; of too many it keeps the first and the number of the others.
class Findings {
 public:
  explicit Findings(const Found& found) : found_{found} {}

  /// `describe` gives the Deviation; it is asked only when there is room.
  template <class Describe>
  void add(const std::string& pointer, Describe describe) {
    if (findings_.size() == most_findings) {
      ++more_;
      return;
    }
    Deviation deviation = describe();
    if (!found_.message.empty()) deviation.message = found_.message;
    Location where{found_.artefact, pointer, found_.document.position(pointer)};
    findings_.push_back({std::move(where), std::move(deviation.message), std::move(deviation.expected),
                         std::move(deviation.actual), {}});
  }

  Judgement judgement() {
    if (more_ > 0) findings_.back().message += " The same is true in " + counted(more_, "more place") + '.';
    Judgement judgement;
    judgement.findings = std::move(findings_);
    return judgement;
  }

 private:
  const Found& found_;
  std::vector<Finding> findings_;
  std::size_t more_ = 0;
};

/// An assertion about each value alone. `deviates(value)` says whether, `describe(value, pointer)` how.
template <class Deviates, class Describe>
Assertion of_each(Deviates deviates, Describe describe) {
  return [deviates, describe](const Found& found) {
    Findings findings{found};
    for (const JsonMatch& match : found.matches)
      if (deviates(*match.value))
        findings.add(match.pointer, [&] { return describe(*match.value, place_text(match.pointer)); });
    return findings.judgement();
  };
}

bool is_whole_float(const Json& value) {
  constexpr double largest = 1LL << 53;
  if (!value.is_number_float()) return false;
  const auto number = value.get<double>();
  return std::abs(number) <= largest && std::trunc(number) == number;
}

/// The same text for the same value, whatever the order of its members and the form of its numbers.
void append_canonical(std::string& text, const Json& value) {
  if (value.is_array()) {
    text += '[';
    for (const Json& item : value) {
      append_canonical(text, item);
      text += ',';
    }
    text += ']';
  } else if (value.is_object()) {
    std::map<std::string_view, const Json*> members;
    for (const auto& [name, member] : value.items()) members[name] = &member;
    text += '{';
    for (const auto& [name, member] : members) {
      text += Json(name).dump(-1, ' ', false, Json::error_handler_t::replace) + ':';
      append_canonical(text, *member);
      text += ',';
    }
    text += '}';
  } else if (is_whole_float(value)) {
    text += std::to_string(static_cast<std::int64_t>(value.get<double>()));
  } else {
    text += value.dump(-1, ' ', false, Json::error_handler_t::replace);
  }
}

std::string canonical(const Json& value) {
  std::string text;
  append_canonical(text, value);
  return text;
}

// --- the assertions ---

/// One assertion as it is written.
struct Written {
  const Document& document;
  std::string where, pointer, name;
  const Json& value;

  Problem wrong(std::string_view what) const { return within(pointer, name, what); }

  /// About a member deeper inside.
  Problem within(const std::string& mapping, std::string_view member, std::string_view what) const {
    Fields fields{document, where, mapping};
    fields.complain(member, what);
    return *fields.finish();
  }
};

Assertion must_be_there() {
  return [](const Found& found) {
    Findings findings{found};
    if (found.matches.empty())
      findings.add(found.path.nearest(found.document.root()), [&] {
        const std::string path = shortened(printable(found.path.text()), longest_shown);
        return Deviation{fmt::format("There is nothing at {}.", path), "a value at " + path, "none"};
      });
    return findings.judgement();
  };
}

Result<Assertion> read_defined(const Written& written) {
  if (!written.value.is_boolean()) return written.wrong("is neither true nor false.");
  if (written.value.get<bool>()) return must_be_there();
  return of_each([](const Json&) { return true; },
                 [](const Json& value, const std::string& place) {
                   return Deviation{fmt::format("There is a value at {}.", place), "none", shown(value)};
                 });
}

Result<Assertion> read_pattern(const Written& written) {
  if (!written.value.is_string()) return written.wrong("is not a text; write it in quotes.");
  const auto& pattern = written.value.get_ref<const std::string&>();
  const auto regex = std::make_shared<const RE2>(pattern, RE2::Quiet);
  if (!regex->ok())
    return written.wrong(fmt::format("is no regular expression (RE2): {}.", printable(regex->error())));
  return of_each(
      [regex](const Json& value) {
        const auto* text = value.get_ptr<const std::string*>();
        return !text || !RE2::PartialMatch(*text, *regex);
      },
      [pattern](const Json& value, const std::string& place) {
        const std::string expected = "a text that matches " + shortened(pattern, longest_shown);
        if (value.is_string())
          return Deviation{fmt::format("The text at {} does not match the pattern.", place), expected, shown(value)};
        return Deviation{fmt::format("The value at {} is a {}, not a text.", place, kind_of(value)), expected,
                         shown(value)};
      });
}

struct Range {
  std::optional<std::size_t> minimum, maximum;

  bool contains(std::size_t size) const {
    return (!minimum || size >= *minimum) && (!maximum || size <= *maximum);
  }
  std::string text(std::string_view unit) const {
    if (!maximum) return fmt::format("at least {}", counted(*minimum, unit));
    if (!minimum) return fmt::format("at most {}", counted(*maximum, unit));
    if (*minimum == *maximum) return fmt::format("exactly {}", counted(*maximum, unit));
    return fmt::format("from {} to {}", *minimum, counted(*maximum, unit));
  }
};

/// Empty: what has no length.
std::optional<std::size_t> length_of(const Json& value) {
  if (value.is_structured()) return value.size();
  const auto* text = value.get_ptr<const std::string*>();
  return text ? std::optional{code_points(*text)} : std::nullopt;
}

std::string_view unit_of(const Json& value) {
  return value.is_string() ? "character" : value.is_array() ? "item" : "member";
}

Result<Range> read_range(const Written& written) {
  Fields fields{written.document, written.where, join_pointer(written.pointer, written.name)};
  Range range;
  for (const auto& [name, bound] : {std::pair{"minimum", &range.minimum}, std::pair{"maximum", &range.maximum}}) {
    const auto number = fields.whole_number(name);
    if (number && *number < 0) fields.complain(name, "is negative.");
    if (number) *bound = static_cast<std::size_t>(*number);
  }
  if (range.minimum && range.maximum && *range.minimum > *range.maximum)
    fields.complain("minimum", "is larger than maximum.");
  if (auto problem = fields.finish()) return *problem;
  if (!range.minimum && !range.maximum) return written.wrong("has neither minimum nor maximum.");
  return range;
}

Result<Assertion> read_length(const Written& written) {
  const auto range = read_range(written);
  if (!range) return *range.problem();
  return of_each(
      [range = *range](const Json& value) {
        const auto length = length_of(value);
        return !length || !range.contains(*length);
      },
      [range = *range](const Json& value, const std::string& place) {
        const auto length = length_of(value);
        if (!length)
          return Deviation{fmt::format("The value at {} has no length: it is a {}.", place, kind_of(value)),
                           "a text, a list or a mapping", shown(value)};
        const std::string actual = counted(*length, unit_of(value));
        return Deviation{fmt::format("The {} at {} has {}.", kind_of(value), place, actual), range.text(unit_of(value)),
                         actual};
      });
}

Result<Assertion> read_one_of(const Written& written) {
  if (!written.value.is_array() || written.value.empty()) return written.wrong("is not a list of values.");
  std::set<std::string> allowed;
  std::vector<std::string> names;
  for (const Json& value : written.value) {
    allowed.insert(canonical(value));
    names.push_back(shown(value));
  }
  return of_each([allowed](const Json& value) { return !allowed.contains(canonical(value)); },
                 [expected = listed(names, "or")](const Json& value, const std::string& place) {
                   return Deviation{fmt::format("The value at {} is not among those that are accepted.", place),
                                    expected, shown(value)};
                 });
}

Result<Assertion> read_forbidden_words(const Written& written) {
  Fields fields{written.document, written.where, written.pointer};
  std::vector<std::string> words = fields.texts(written.name);
  if (words.empty()) return written.wrong("is not a list of words.");
  if (std::ranges::any_of(words, [](const std::string& word) { return is_blank(word); }))
    return written.wrong("has an empty word.");
  const std::string expected = "none of the words " + listed(words, "or");
  const auto search = std::make_shared<const WordSearch>(std::move(words));
  const auto words_in = [search](const Json& value) {
    const auto* text = value.get_ptr<const std::string*>();
    return text ? search->words_in(*text) : std::vector<std::string>{};
  };
  return of_each([words_in](const Json& value) { return !words_in(value).empty(); },
                 [words_in, expected](const Json& value, const std::string& place) {
                   const std::string words_found = listed(words_in(value));
                   return Deviation{fmt::format("The text at {} says {}.", place, words_found), expected, words_found};
                 });
}

Judgement judge_unique(const Found& found) {
  Findings findings{found};
  std::map<std::string, std::string> first_pointers;
  std::size_t compared = 0;
  for (const JsonMatch& match : found.matches) {
    std::string value = canonical(*match.value);
    compared += value.size();
    if (compared > most_compared) return Judgement::blocked("The values to be compared take more than 64 MiB.");
    const auto [first, is_new] = first_pointers.try_emplace(std::move(value), match.pointer);
    // A path may find one value twice.
    if (!is_new && first->second != match.pointer)
      findings.add(match.pointer, [&] {
        return Deviation{fmt::format("The value at {} is the same as at {}.", place_text(match.pointer),
                                     place_text(first->second)),
                         "a value that stands nowhere else", shown(*match.value)};
      });
  }
  return findings.judgement();
}

Result<Assertion> read_unique(const Written& written) {
  if (written.value != Json(true)) return written.wrong("is `true`, or left out.");
  return Assertion{judge_unique};
}

// Of all values together; the schema room counts.
constexpr std::uint64_t schema_steps = 20'000'000, least_schema_steps = 2'000;
constexpr std::size_t most_validated = 100'000;

std::string sentence(std::string text) {
  if (text.starts_with("the value at ") || text.starts_with("the document ")) text.front() = 'T';
  return text.ends_with('.') ? text : text + '.';
}

Judgement judge_by_schema(const schema::Schema& schema, const Found& found) {
  if (found.matches.size() > most_validated)
    return Judgement::blocked(fmt::format("The path finds {} values; at most {} are validated.", found.matches.size(),
                                          most_validated));
  Findings findings{found};
  std::string undecided;
  for (const JsonMatch& match : found.matches) {
    const std::string subject = match.pointer.empty() ? "the document" : "the value at " + match.pointer;
    schema::ValidationOptions options;
    options.subject = subject;
    options.errors = most_findings;
    options.steps = std::max(schema_steps / found.matches.size(), least_schema_steps);
    const schema::ValidationResult result = schema.validate(*match.value, options);
    for (const schema::ValidationError& error : result.errors)
      findings.add(match.pointer + error.instance,
                   [&] { return Deviation{sentence(error.message), error.expected, error.actual}; });
    if (undecided.empty() && !result.not_evaluated.empty()) {
      const schema::NotEvaluated& open = result.not_evaluated.front();
      undecided = fmt::format("{} cannot be validated: {}", place_text(match.pointer + open.instance), open.reason);
    }
  }
  Judgement judgement = findings.judgement();
  // What was not looked at is no pass; what was found to be wrong is.
  return judgement.findings.empty() && !undecided.empty() ? Judgement::blocked(undecided) : judgement;
}

Result<Assertion> read_schema(const Written& written) {
  // The set refers to the document, and what is compiled to the set.
  const auto document = std::make_shared<const Json>(written.value);
  const auto set = std::make_shared<schema::SchemaSet>(*document);
  const auto compiled = set->at("");
  if (!compiled) return written.wrong("is no JSON Schema; that is a mapping, `true` or `false`.");
  if (const auto defects = compiled->defects(); !defects.empty()) {
    const schema::SchemaDefect& defect = defects.front();
    const std::string pointer = join_pointer(written.pointer, written.name) + defect.place.pointer;
    const std::size_t slash = pointer.rfind('/');
    return written.within(pointer.substr(0, slash), defect.keyword, "in the schema cannot be used: " + defect.message);
  }
  return Assertion{[document, set, schema = *compiled](const Found& found) { return judge_by_schema(schema, found); }};
}

struct Kind {
  std::string_view name;
  Result<Assertion> (*read)(const Written&);
};
constexpr Kind kinds[] = {
    {"defined", read_defined}, {"pattern", read_pattern},
    {"length", read_length},   {"one_of", read_one_of},
    {"unique", read_unique},   {"forbidden_words", read_forbidden_words},
    {"schema", read_schema},
};

}  // namespace

AssertionReader::AssertionReader(const Document& document, std::string where, std::string pointer)
    : document_{document}, where_{std::move(where)}, pointer_{std::move(pointer)} {}

void AssertionReader::ask(Fields& fields) {
  for (const Kind& kind : kinds) fields.value(kind.name);
}

Result<Assertion> AssertionReader::take() const {
  std::vector<std::string> names, present;
  const Kind* chosen = nullptr;
  for (const Kind& kind : kinds) {
    names.emplace_back(kind.name);
    if (!document_.find(join_pointer(pointer_, kind.name))) continue;
    present.emplace_back(kind.name);
    chosen = &kind;
  }
  if (present.size() == 1) {
    const std::string name{chosen->name};
    return chosen->read({document_, where_, pointer_, name, *document_.find(join_pointer(pointer_, name))});
  }
  Fields fields{document_, where_, pointer_};
  if (present.empty())
    fields.complain("path", fmt::format("demands nothing; add one of {}.", listed(names, "or")));
  else
    fields.complain(present.back(), fmt::format("is one assertion too many: this check has {}. Write a check for each.",
                                                listed(present)));
  return *fields.finish();
}

}  // namespace plugvet
