#include "checks/texts.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "checks/decoding.h"
#include "checks/findings.h"
#include "checks/keys.h"
#include "checks/phrases.h"
#include "checks/values.h"
#include "harness/openapi/description.h"

namespace plugvet::checks {
namespace {

/// Recursion is bounded by the depth of documents.
class TextWalk {
 public:
  explicit TextWalk(const std::function<void(const Text&)>& visit) : visit_{visit} {}

  void walk(const Json& value, std::string_view member) {
    if (const auto* text = value.get_ptr<const std::string*>()) return visit_({*text, false, member, path_});
    if (const auto* members = value.get_ptr<const Json::object_t*>()) {
      for (const auto& [name, child] : *members) {
        path_.emplace_back(&name, 0);
        visit_({name, true, name, path_});
        walk(child, name);
        path_.pop_back();
      }
    } else if (const auto* items = value.get_ptr<const Json::array_t*>()) {
      for (std::size_t i = 0; i < items->size(); ++i) {
        path_.emplace_back(nullptr, i);
        walk((*items)[i], member);
        path_.pop_back();
      }
    }
  }

 private:
  const std::function<void(const Text&)>& visit_;
  std::vector<Text::Step> path_;
};

/// "paths./todos.post.description": of an API description the end of it tells enough.
std::string spoken_place(const std::string& pointer) {
  constexpr std::size_t most = 60;
  const std::string place = spoken(pointer);
  if (place.empty()) return "The document";
  const std::size_t cut = place.size() <= most ? 0 : place.find_first_of(".[", place.size() - most);
  return cut == 0 || cut == std::string::npos ? place : "…" + place.substr(cut);
}

/// What no model reads as a text: where a reference leads, and regular expressions, which may name hidden characters.
bool is_prose(const Text& text) {
  return text.member != "$ref" && text.member != "pattern";
}

/// The lists of phrases that are looked for in every text, and those for what is read as a sentence.
struct PhraseLists {
  const Phrases* const steering = &Phrases::named("steering-text");
  const Phrases* const bypass = &Phrases::named("bypass-text");
  const std::vector<const Phrases*> everywhere{steering, bypass};
  const std::vector<const Phrases*> in_wordings{steering,
                                                bypass,
                                                &Phrases::named("forced-use"),
                                                &Phrases::named("other-plugins"),
                                                &Phrases::named("data-harvesting"),
                                                &Phrases::named("response-control"),
                                                &Phrases::named("secret-solicitation")};

  const std::vector<const Phrases*>& of(const Text& text) const {
    constexpr std::string_view wordings[] = {"description", "summary", "description_for_model", "description_for_human",
                                             "name_for_human", "instructions"};
    return std::ranges::find(wordings, text.member) == std::end(wordings) ? everywhere : in_wordings;
  }
};

/// What was found in the texts of a document, which is read once for all that is sought.
struct FoundInTexts {
  struct Found {
    std::size_t number;  ///< of the text, in the order of the document
    Steering steering;
  };
  std::map<Sought, std::vector<Found>> by_sought;
  std::map<std::pair<const char*, const Phrases*>, Steering> phrases;
};

FoundInTexts search_texts(const Json& root) {
  constexpr std::size_t shortest_sentence = 8;
  static const PhraseLists lists;
  FoundInTexts all;
  std::size_t number = 0;
  for_each_text(root, [&](const Text& text) {
    ++number;
    if (!is_prose(text)) return;
    const auto note = [&](Sought sought, std::optional<Steering> found) {
      if (found) all.by_sought[sought].push_back({number, std::move(*found)});
    };
    if (text.value.size() >= shortest_sentence)
      for (FoundPhrase& found : find_phrases(text.value, lists.of(text))) {
        if (found.list == lists.steering) note(Sought::steering, std::move(found.steering));
        else if (found.list == lists.bypass) note(Sought::confirmation_bypass, std::move(found.steering));
        else all.phrases.try_emplace({text.value.data(), found.list}, std::move(found.steering));
      }
    note(Sought::active_content, find_active_content(text.value));
    note(Sought::keys, find_key(text.value));
    note(Sought::hidden_characters, find_hidden_characters(text.value));
  });
  return all;
}

const FoundInTexts& found_in(const Document& document) {
  return document.memo().of<FoundInTexts>([&] { return search_texts(document.root()); });
}

class TextJudge {
 public:
  TextJudge(Sought sought, std::string_view expected, Data data) : sought_{sought}, expected_{expected}, data_{data} {}

  /// `place_of` gives the place of a text's name or value.
  void judge(const Document& document, const std::function<Location(const Text&)>& place_of) {
    const auto& all = found_in(document).by_sought;
    const auto sought = all.find(sought_);
    if (sought == all.end()) return;
    auto next = sought->second.begin();
    std::size_t number = 0;
    for_each_text(document.root(), [&](const Text& text) {
      if (++number; next == sought->second.end() || next->number != number) return;
      const Steering& found = (next++)->steering;
      if (data_ == Data::left_out && text.is_data()) return;
      const std::string part = found.part.empty() ? "" : in_quotes(found.part, 160);
      judgement.findings.push_back({place_of(text),
                                    fmt::format("{}{} {}{}{}.", text.is_name ? "The name of " : "",
                                                spoken_place(text.pointer()), found.what, part.empty() ? "" : ": ", part),
                                    std::string(expected_),
                                    part.empty() ? seen_in(found) : part,
                                    {}});
    });
  }

  Judgement judgement;

 private:
  Sought sought_;
  std::string_view expected_;
  Data data_;
};

}  // namespace

std::string Text::pointer() const {
  std::string pointer;
  for (const auto& [name, index] : path) pointer = name ? join_pointer(pointer, *name) : join_pointer(pointer, index);
  return pointer;
}

bool Text::is_data() const {
  constexpr std::string_view data[] = {"example", "examples", "default", "enum", "const"};
  return std::ranges::any_of(path, [&](const Step& step) {
    return step.first && std::ranges::find(data, *step.first) != std::end(data);
  });
}

void for_each_text(const Json& root, const std::function<void(const Text&)>& visit) {
  TextWalk{visit}.walk(root, {});
}

const Steering* phrase_in(const Document& document, std::string_view text, const Phrases& list) {
  const auto& phrases = found_in(document).phrases;
  const auto found = phrases.find({text.data(), &list});
  return found == phrases.end() ? nullptr : &found->second;
}

Judgement judge_texts(const Collected<Manifest>& manifest, const Collected<ApiDescription>& api,
                      Sought sought, std::string_view expected, Data data) {
  TextJudge judge{sought, expected, data};
  if (manifest && *manifest) {
    const Manifest& read = **manifest;
    judge.judge(read.document, [&](const Text& text) {
      Location place = read.at(text.pointer());
      if (text.is_name) place.position = read.document.key_position(place.pointer);
      return place;
    });
  }
  if (api && *api) {
    const auto& documents = (*api)->description->documents;
    for (std::uint32_t file = 0; file < documents.size(); ++file)
      judge.judge(documents[file], [&](const Text& text) {
        const ApiPlace place{file, text.pointer()};
        return text.is_name ? (*api)->at_name(place) : (*api)->at(place);
      });
  }
  if (!judge.judgement.findings.empty()) return summarised(std::move(judge.judgement));
  for (const Problem* problem : {manifest ? manifest->problem() : nullptr, api ? api->problem() : nullptr})
    if (problem) return Judgement::blocked(problem->what);
  return Judgement::pass();
}

}  // namespace plugvet::checks
