#include "harness/model/snapshot.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
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
  std::vector<Change> take() {
    for (const auto& [change, more] : more_)
      if (change < changes_.size()) changes_[change].what += ", and so in " + counted(more, "other place");
    return std::move(changes_);
  }

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
    compare_protection(name, at, before, after);
    compare_words(before, after, "servers", at, name + " has other servers");
    if (is_true(before, "deprecated") != is_true(after, "deprecated"))
      add({Change::Kind::differs, Artefact::api, at,
           name + (is_true(after, "deprecated") ? " is deprecated now" : " is no longer deprecated"), "", ""});
    compare_statuses(name, at, part(before, "statuses"), part(after, "statuses"));
    compare_inputs(name, at, part(before, "inputs"), part(after, "inputs"));
    compare_answers(name, at, with_status_of(part(before, "answers"), before, after), part(after, "answers"));
    // Beyond what snapshots spell out.
    if (count == changes_.size() && text_in(before, "digest") != text_in(after, "digest"))
      add({Change::Kind::differs, Artefact::api, at, name + " is described otherwise", "", ""});
  }

  /// Whether the user is asked, as the platform decides without a flag, and whether everybody may come in.
  void compare_protection(const std::string& name, const std::string& at, const Json& before, const Json& after) {
    const auto is_confirmed = [&](const Json& operation) {
      const Json* flag = member_of(operation, "confirmed");
      return flag && flag->is_boolean() ? flag->get<bool>() : !name.starts_with("GET ");
    };
    if (is_confirmed(before) && !is_confirmed(after))
      add({Change::Kind::protection, Artefact::api, at, name + " no longer has to be confirmed each time",
           "x-openai-isConsequential: true", "x-openai-isConsequential: false"});
    else if (!is_confirmed(before) && is_confirmed(after))
      add({Change::Kind::differs, Artefact::api, at, name + " has to be confirmed each time now", "", ""});
    const Words was = words_in(before, "security"), is = words_in(after, "security");
    const auto is_open = [](const Words& ways) { return ways.empty() || ways.contains("none"); };
    if (!is_open(was) && is_open(is))
      add({Change::Kind::protection, Artefact::api, at, name + " asks for no credentials any more", shown(was), shown(is)});
    else if (was != is)
      add({Change::Kind::breaks, Artefact::api, at, name + " asks for other credentials", shown(was), shown(is)});
  }

  void compare_statuses(const std::string& name, const std::string& at, const Json& before, const Json& after) {
    const Words was = successes(before), is = successes(after);
    if (!was.empty() && !is.empty() && without(was, is) == was)
      add({Change::Kind::breaks, Artefact::api, at,
           fmt::format("{} answers with status {} in place of {}", name, shown(is), shown(was)), shown(was), shown(is)});
    for (const auto& [status, said] : before.items())
      if (const Json* present = member_of(after, status); !present && !status.starts_with('2'))
        add({Change::Kind::differs, Artefact::api, at, fmt::format("{} no longer has an answer of status {}", name, status),
             as_text(said), ""});
      else if (present && as_text(said) != as_text(*present))
        add({Change::Kind::text, Artefact::api, at + "/responses/" + status,
             fmt::format("{} says something else of its answer of status {}", name, status), as_text(said),
             as_text(*present)});
    for (const auto& [status, said] : after.items())
      if (!before.contains(status) && !status.starts_with('2'))
        add({Change::Kind::differs, Artefact::api, at + "/responses/" + status,
             fmt::format("{} has an answer of status {}", name, status), "", as_text(said)});
  }

  static Words successes(const Json& statuses) {
    Words words;
    for (const auto& [status, said] : statuses.items())
      if (status.starts_with('2')) words.insert(status);
    return words;
  }

  /// Where one success takes another's place, its members are compared with those of the other.
  static Json with_status_of(const Json& answers, const Json& before, const Json& after) {
    const Words was = successes(part(before, "statuses")), is = successes(part(after, "statuses"));
    if (was.size() != 1 || is.size() != 1 || was == is) return answers;
    Json renamed = Json::object();
    for (const auto& [name, field] : answers.items())
      renamed[name.starts_with(*was.begin()) ? *is.begin() + name.substr(was.begin()->size()) : name] = field;
    return renamed;
  }

  /// What is said of an argument or a member of an answer: `"query q" is required now`.
  struct Subject {
    std::string operation, name;  ///< "GET /todos", "\"query status\""
    std::string at;               ///< where the operation is now
    const Json* before = nullptr;
    const Json* after = nullptr;
  };

  /// A schema that many operations share has changed once.
  void tell(const Subject& subject, Change::Kind kind, const std::string& verb, std::string was, std::string is) {
    const std::string present = subject.after ? text_in(*subject.after, "at") : "";
    const std::string place = present.empty() && subject.before ? text_in(*subject.before, "at") : present;
    if (place.starts_with("/components/")) {
      const auto [first, is_new] = shared_.try_emplace(fmt::format("{}\n{}\n{}\n{}", place, verb, was, is), changes_.size());
      if (!is_new) {
        ++more_[first->second];
        return;
      }
    }
    add({kind, Artefact::api, present.empty() ? subject.at : present,
         fmt::format("{}: {} {}", subject.operation, subject.name, verb), std::move(was), std::move(is)});
  }

  void compare_inputs(const std::string& operation, const std::string& at, const Json& before, const Json& after) {
    for (const auto& [name, old] : before.items()) {
      const Subject subject{operation, in_quotes(name), at, &old, member_of(after, name)};
      if (subject.after) compare_input(subject);
      else tell(subject, Change::Kind::breaks, "is no longer taken", name, "");
    }
    for (const auto& [name, present] : after.items())
      if (!before.contains(name))
        tell({operation, in_quotes(name), at, nullptr, &present},
             is_true(present, "required") ? Change::Kind::breaks : Change::Kind::differs,
             is_true(present, "required") ? "is new and required" : "is new", "", name);
  }

  void compare_input(const Subject& subject) {
    const Json &before = *subject.before, &after = *subject.after;
    if (!is_true(before, "required") && is_true(after, "required"))
      tell(subject, Change::Kind::breaks, "is required now", "optional", "required");
    if (const Words was = words_in(before, "types"), is = words_in(after, "types"); was != is)
      tell(subject, !was.empty() && takes_all_of(is, was) ? Change::Kind::differs : Change::Kind::breaks, "is of another type",
           shown(was), shown(is));
    compare_enums(subject);
    compare_limits(subject, part(before, "limits"), part(after, "limits"));
    if (const std::string was = text_in(before, "default"), is = text_in(after, "default"); was != is)
      tell(subject, Change::Kind::text, "has another default", was, is);
    if (const std::string was = text_in(before, "text"), is = text_in(after, "text"); was != is)
      tell(subject, Change::Kind::text, "has another description", was, is);
  }

  static bool is_true(const Json& value, std::string_view name) {
    const Json* flag = member_of(value, name);
    return flag && flag->is_boolean() && flag->get<bool>();
  }

  void compare_enums(const Subject& subject) {
    const Words was = words_in(*subject.before, "enum"), is = words_in(*subject.after, "enum");
    if (was == is) return;
    const Words gone = without(was, is);
    if (was.empty())
      tell(subject, Change::Kind::breaks, "takes a few values only", "any", shown(is));
    else if (!gone.empty() && !is.empty())
      tell(subject, Change::Kind::breaks, "no longer takes " + shown(gone), shown(was), shown(is));
    else
      tell(subject, Change::Kind::differs, "takes more values", shown(was), shown(is));
  }

  void compare_limits(const Subject& subject, const Json& before, const Json& after) {
    for (const auto& [limit, is] : after.items()) {
      const Json* was = member_of(before, limit);
      if (was && *was == is) continue;
      const bool is_number = was && was->is_number() && is.is_number();
      const bool is_wider = is_number && (limit.starts_with("max") ? is > *was : is < *was);
      // Which of two patterns takes more cannot be told.
      const bool is_other = was && !is_number;
      tell(subject, is_wider || (is_other && limit == "pattern") ? Change::Kind::differs : Change::Kind::breaks,
           fmt::format("{} {}", is_wider ? "has a wider" : is_other ? "has another" : "is narrowed by", limit),
           was ? shortened(was->dump(), 100) : "none", shortened(is.dump(), 100));
    }
  }

  void compare_answers(const std::string& operation, const std::string& at, const Json& before, const Json& after) {
    const auto type = [](const Json& field) { return shown(words_in(field, "types")); };
    for (const auto& [name, old] : before.items()) {
      const Subject subject{operation, "the answer's " + in_quotes(name), at, &old, member_of(after, name)};
      if (!subject.after) {
        tell(subject, Change::Kind::breaks, "is gone", type(old), "");
        continue;
      }
      if (words_in(old, "types") != words_in(*subject.after, "types"))
        tell(subject, Change::Kind::breaks, "is of another type", type(old), type(*subject.after));
      if (is_true(old, "required") && !is_true(*subject.after, "required"))
        tell(subject, Change::Kind::breaks, "may be missing now", "required", "optional");
    }
    for (const auto& [name, present] : after.items())
      if (!before.contains(name))
        tell({operation, "the answer's " + in_quotes(name), at, nullptr, &present}, Change::Kind::differs, "is new", "",
             type(present));
  }

  std::map<std::string, std::size_t> shared_;        ///< the change that was told of a shared schema first
  std::map<std::size_t, std::size_t> more_;          ///< by change: how many places of it were not told
  std::vector<Change> changes_;
};

}  // namespace

std::string_view name_of(Change::Kind kind) {
  switch (kind) {
    case Change::Kind::protection:
      return "protection";
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
