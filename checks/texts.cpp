#include "checks/texts.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "checks/decoding.h"
#include "checks/findings.h"
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

/// The texts that something may be found in. Starting a search takes longer than reading most texts, so they are read many
/// at a time, each between lines of its own that no pattern reaches across.
class Suspects {
 public:
  Suspects(const Json& root, FindInText find) : find_{find} {
    for_each_text(root, [&](const Text& text) {
      // Letters that have to be folded first would cost their neighbours the same.
      const bool is_apart = !is_ascii(text.value) || has_emphasis(text.value);
      are_suspect_.push_back(is_apart);
      any_ |= is_apart;
      if (is_apart || !is_prose(text)) return;
      lines_.append(text.value) += "\n\x1F\n";
      if (lines_.size() >= enough) search();
    });
    search();
  }

  bool any() const { return any_; }
  bool has(std::size_t number) const { return are_suspect_[number]; }

 private:
  static constexpr std::size_t enough = std::size_t{64} << 10;

  void search() {
    if (find_(lines_)) {
      std::fill(are_suspect_.begin() + searched_, are_suspect_.end(), true);
      any_ = true;
    }
    searched_ = static_cast<std::ptrdiff_t>(are_suspect_.size());
    lines_.clear();
  }

  FindInText find_;
  std::string lines_;
  std::vector<bool> are_suspect_;
  std::ptrdiff_t searched_ = 0;
  bool any_ = false;
};

class TextJudge {
 public:
  TextJudge(FindInText find, std::string_view expected, Data data, Reading reading)
      : find_{find}, expected_{expected}, data_{data}, reading_{reading} {}

  /// `place_of` gives the place of a text's name or value.
  void judge(const Json& root, const std::function<Location(const Text&)>& place_of) {
    std::optional<Suspects> suspects;
    if (reading_ == Reading::together && !suspects.emplace(root, find_).any()) return;
    std::size_t number = 0;
    for_each_text(root, [&](const Text& text) {
      if ((suspects && !suspects->has(number++)) || !is_prose(text)) return;
      const auto found = find_(text.value);
      if (!found || (data_ == Data::left_out && text.is_data())) return;
      const std::string part = found->part.empty() ? "" : in_quotes(found->part, 160);
      judgement.findings.push_back({place_of(text),
                                    fmt::format("{}{} {}{}{}.", text.is_name ? "The name of " : "",
                                                spoken_place(text.pointer()), found->what, part.empty() ? "" : ": ", part),
                                    std::string(expected_),
                                    part.empty() ? seen_in(*found) : part,
                                    {}});
    });
  }

  Judgement judgement;

 private:
  FindInText find_;
  std::string_view expected_;
  Data data_;
  Reading reading_;
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

Judgement judge_texts(const Collected<Manifest>& manifest, const Collected<ApiDescription>& api,
                      FindInText find, std::string_view expected, Data data, Reading reading) {
  TextJudge judge{find, expected, data, reading};
  if (manifest && *manifest) {
    const Manifest& read = **manifest;
    judge.judge(read.document.root(), [&](const Text& text) {
      Location place = read.at(text.pointer());
      if (text.is_name) place.position = read.document.key_position(place.pointer);
      return place;
    });
  }
  if (api && *api) {
    const auto& documents = (*api)->description->documents;
    for (std::uint32_t file = 0; file < documents.size(); ++file)
      judge.judge(documents[file].root(), [&](const Text& text) {
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
