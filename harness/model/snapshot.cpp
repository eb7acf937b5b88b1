#include "harness/model/snapshot.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "harness/support/members.h"
#include "harness/support/text.h"

namespace plugvet {
namespace {

constexpr std::size_t longest_kept_text = 1000;  // code points
constexpr std::size_t most_values = 1000;   // of a manifest; real ones have 20
constexpr std::size_t most_changes = 500;

bool is_named_like_a_secret(std::string_view name) {
  const std::string lower = to_lower_ascii(name);
  constexpr std::string_view signs[] = {"secret", "token", "password", "api_key", "apikey", "credential", "private"};
  return std::ranges::any_of(signs, [&](std::string_view sign) { return lower.find(sign) != std::string::npos; });
}

/// The values of a manifest, each under its pointer. Recursion is bounded by the depth of documents.
class Leaves {
 public:
  Json take(const Json& root) {
    visit(root, "", false);
    return std::move(values_);
  }

 private:
  void visit(const Json& value, const std::string& pointer, bool is_secret) {
    if (values_.size() == most_values) return;
    if (const auto* members = value.get_ptr<const Json::object_t*>()) {
      for (const auto& [name, child] : *members)
        visit(child, join_pointer(pointer, name), is_secret || (is_named_like_a_secret(name) && !name.ends_with("_url")));
    } else if (value.is_array()) {
      for (std::size_t i = 0; i < value.size(); ++i) visit(value[i], join_pointer(pointer, i), is_secret);
    } else {
      const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
      values_[pointer] = is_secret ? "sha256:" + sha256(text).substr(0, 16) : snapshot_text(text);
    }
  }

  Json values_ = Json::object();
};

const Json& part(const Json& value, std::string_view name) {
  static const Json nothing = Json::object();
  const Json* found = member_of(value, name);
  return found && found->is_object() ? *found : nothing;
}

std::string text_in(const Json& value, std::string_view name) {
  const std::string* text = text_of(value, name);
  return text ? *text : std::string{};
}

using Words = std::set<std::string>;

Words words_in(const Json& value, std::string_view name) {
  Words words;
  if (const Json* list = member_of(value, name); list && list->is_array())
    for (const Json& item : *list)
      if (item.is_string()) words.insert(item.get<std::string>());
  return words;
}

std::string shown(const Words& words) {
  return shortened(listed(std::vector<std::string>{words.begin(), words.end()}), 200);
}

Words without(const Words& words, const Words& others) {
  Words left;
  std::ranges::set_difference(words, others, std::inserter(left, left.end()));
  return left;
}

/// Whatever was of one of these types still is: a whole number is a number.
bool takes_all_of(const Words& now, const Words& before) {
  return now.empty() || std::ranges::all_of(before, [&](const std::string& type) {
    return now.contains(type) || (type == "integer" && now.contains("number"));
  });
}

class Comparison {
 public:
  std::vector<Change> take() { return std::move(changes_); }

  void compare_manifests(const Json& before, const Json& after) {
    for (const auto& [pointer, value] : before.items())
      if (const std::string was = as_text(value), is = text_in(after, pointer); !after.contains(pointer))
        add({Change::Kind::differs, Artefact::manifest, pointer, pointer + " was removed", was, ""});
      else if (is != was)
        add({is_read(pointer) ? Change::Kind::text : Change::Kind::differs, Artefact::manifest, pointer,
             pointer + " is another", was, is});
    for (const auto& [pointer, value] : after.items())
      if (!before.contains(pointer))
        add({Change::Kind::differs, Artefact::manifest, pointer, pointer + " was added", "", as_text(value)});
  }

  void compare_apis(const Json& before, const Json& after) {
    compare_text(before, after, "/info/description", "info.description");
    compare_words(before, after, "servers", "/servers", "the servers are others");
    const Json &old_operations = part(before, "operations"), &operations = part(after, "operations");
    for (const auto& [name, old] : old_operations.items())
      if (const Json* present = member_of(operations, name); !present)
        add({Change::Kind::breaks, Artefact::api, text_in(old, "at"), name + " no longer exists", name, ""});
      else if (old != *present)
        compare_operations(name, old, *present);
    for (const auto& [name, present] : operations.items())
      if (!old_operations.contains(name))
        add({Change::Kind::differs, Artefact::api, text_in(present, "at"), name + " is new", "", name});
  }

 private:
  static std::string as_text(const Json& value) { return value.is_string() ? value.get<std::string>() : std::string{}; }
  static bool is_read(std::string_view pointer) {
    return pointer.find("description") != std::string_view::npos || pointer.find("name_for") != std::string_view::npos ||
           pointer.find("instructions") != std::string_view::npos;
  }

  void add(Change change) {
    if (changes_.size() < most_changes) changes_.push_back(std::move(change));
  }

  void compare_text(const Json& before, const Json& after, const std::string& pointer, const std::string& name) {
    const std::string was = text_in(before, "text"), is = text_in(after, "text");
    if (was != is) add({Change::Kind::text, Artefact::api, pointer, name + " says something else", was, is});
  }

  void compare_words(const Json& before, const Json& after, std::string_view member, const std::string& pointer,
                     const std::string& what) {
    const Words was = words_in(before, member), is = words_in(after, member);
    if (was != is) add({Change::Kind::breaks, Artefact::api, pointer, what, shown(was), shown(is)});
  }

  void compare_operations(const std::string& name, const Json& before, const Json& after) {
    const std::string at = text_in(after, "at");
    const std::size_t count = changes_.size();
    if (const std::string was = text_in(before, "id"), is = text_in(after, "id"); was != is)
      add({Change::Kind::breaks, Artefact::api, at + "/operationId", name + " has another operationId", was, is});
    compare_text(before, after, at, name);
    compare_words(before, after, "security", at, name + " asks for other credentials");
    compare_words(before, after, "servers", at, name + " has other servers");
    compare_inputs(name, at, part(before, "inputs"), part(after, "inputs"));
    compare_answers(name, at, part(before, "answers"), part(after, "answers"));
    // Beyond what snapshots spell out.
    if (count == changes_.size() && text_in(before, "digest") != text_in(after, "digest"))
      add({Change::Kind::differs, Artefact::api, at, name + " is described otherwise", "", ""});
  }

  void compare_inputs(const std::string& operation, const std::string& at, const Json& before, const Json& after) {
    const auto differ = [&](Change::Kind kind, const std::string& what, std::string was, std::string is) {
      add({kind, Artefact::api, at, fmt::format("{}: {}", operation, what), std::move(was), std::move(is)});
    };
    for (const auto& [name, old] : before.items()) {
      const Json* present = member_of(after, name);
      if (!present) {
        differ(Change::Kind::breaks, in_quotes(name) + " is no longer taken", name, "");
        continue;
      }
      if (!is_required(old) && is_required(*present))
        differ(Change::Kind::breaks, in_quotes(name) + " is required now", "optional", "required");
      if (const Words was = words_in(old, "types"), is = words_in(*present, "types"); was != is)
        differ(!was.empty() && takes_all_of(is, was) ? Change::Kind::differs : Change::Kind::breaks,
               in_quotes(name) + " is of another type", shown(was), shown(is));
      compare_enums(name, old, *present, differ);
      compare_limits(name, part(old, "limits"), part(*present, "limits"), differ);
      if (const std::string was = text_in(old, "text"), is = text_in(*present, "text"); was != is)
        differ(Change::Kind::text, fmt::format("the description of {} says something else", in_quotes(name)), was, is);
    }
    for (const auto& [name, present] : after.items())
      if (!before.contains(name))
        differ(is_required(present) ? Change::Kind::breaks : Change::Kind::differs,
               in_quotes(name) + (is_required(present) ? " is new and required" : " is new"), "", name);
  }

  static bool is_required(const Json& input) {
    const Json* required = member_of(input, "required");
    return required && required->is_boolean() && required->get<bool>();
  }

  template <class Differ>
  static void compare_enums(const std::string& name, const Json& before, const Json& after, const Differ& differ) {
    const Words was = words_in(before, "enum"), is = words_in(after, "enum");
    if (was == is) return;
    const Words gone = without(was, is);
    if (was.empty())
      differ(Change::Kind::breaks, in_quotes(name) + " takes a few values only", "any", shown(is));
    else if (!gone.empty() && !is.empty())
      differ(Change::Kind::breaks, fmt::format("{} no longer takes {}", in_quotes(name), shown(gone)), shown(was), shown(is));
    else
      differ(Change::Kind::differs, in_quotes(name) + " takes more values", shown(was), shown(is));
  }

  template <class Differ>
  static void compare_limits(const std::string& name, const Json& before, const Json& after, const Differ& differ) {
    for (const auto& [limit, is] : after.items()) {
      const Json* was = member_of(before, limit);
      if (was && *was == is) continue;
      const bool is_number = was && was->is_number() && is.is_number();
      const bool is_wider = is_number && (limit.starts_with("max") ? is > *was : is < *was);
      differ(is_wider ? Change::Kind::differs : Change::Kind::breaks,
             fmt::format("{} {} {}", in_quotes(name), is_wider ? "has a wider" : "is narrowed by", limit),
             was ? shortened(was->dump(), 100) : "none", shortened(is.dump(), 100));
    }
  }

  void compare_answers(const std::string& operation, const std::string& at, const Json& before, const Json& after) {
    for (const auto& [name, old] : before.items()) {
      const Json* present = member_of(after, name);
      const auto say = [&](const std::string& what, std::string is) {
        add({Change::Kind::breaks, Artefact::api, at, fmt::format("{}: the answer's {} {}", operation, in_quotes(name), what),
             as_text(old), std::move(is)});
      };
      if (!present)
        say("is gone", "");
      else if (old != *present)
        say("is of another type", as_text(*present));
    }
    for (const auto& [name, present] : after.items())
      if (!before.contains(name))
        add({Change::Kind::differs, Artefact::api, at, fmt::format("{}: the answer has {}", operation, in_quotes(name)), "",
             as_text(present)});
  }

  std::vector<Change> changes_;
};

}  // namespace

std::string_view name_of(Change::Kind kind) {
  switch (kind) {
    case Change::Kind::breaks:
      return "breaks";
    case Change::Kind::text:
      return "text";
    case Change::Kind::differs:
      break;
  }
  return "differs";
}

std::string snapshot_text(std::string_view text) {
  const std::string_view beginning = first_code_points(text, longest_kept_text);
  if (beginning.size() == text.size()) return std::string{text};
  return fmt::format("{}… (sha256:{})", beginning, sha256(text).substr(0, 16));
}

Json manifest_snapshot(const Manifest& manifest) {
  return Leaves{}.take(manifest.document.root());
}

std::vector<Change> changes_between(const Json& before, const Json& after) {
  Comparison comparison;
  const auto compare = [&](std::string_view name, void (Comparison::*method)(const Json&, const Json&)) {
    const Json *old = member_of(before, name), *present = member_of(after, name);
    if (old && present && old->is_object() && present->is_object()) (comparison.*method)(*old, *present);
  };
  compare("manifest", &Comparison::compare_manifests);
  compare("api", &Comparison::compare_apis);
  return comparison.take();
}

std::vector<Change> changes_in(const Evidence& evidence) {
  if (!evidence.snapshot || !evidence.baseline) return {};
  return changes_between(*evidence.baseline->snapshot, *evidence.snapshot);
}

}  // namespace plugvet
