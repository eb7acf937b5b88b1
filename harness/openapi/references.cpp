#include "harness/openapi/references.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "harness/openapi/file_names.h"
#include "harness/openapi/reader.h"
#include "harness/support/text.h"

namespace plugvet::openapi {
namespace {

constexpr std::size_t most_references = 1000;  // that are written down with a defect
constexpr std::size_t most_documents = 50;
constexpr std::size_t most_bytes_of_files = 10u << 20;  // of all other files together
constexpr std::size_t longest_chain = 100;     // of references that lead to references only
constexpr std::size_t most_pointer_bytes = std::size_t{64} << 20;  // of all targets, and of all references written down
constexpr std::size_t most_followed = 1'000'000;  // references in all
constexpr std::size_t most_compared = 50'000;     // names, to find one that is near
constexpr std::size_t longest_compared = 64;      // the cost grows with the square

/// The type that the grammar gives to what a pointer from `type` leads to; `any` when it gives none.
Type type_at(Type type, Version version, std::string_view pointer) {
  Form form = Form::one;
  while (!pointer.empty() && type != Type::any) {
    const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
    const std::string_view name = pointer.substr(1, end - 1);
    pointer.remove_prefix(end);
    if (form != Form::one) {
      form = Form::one;
      continue;
    }
    const TypeGrammar& grammar = grammar_of(type);
    const Field* field = find_field(type, version, name);
    const bool is_named = grammar.names == Names::paths ? name.starts_with("~1")
                          : grammar.names != Names::none ? !name.starts_with("x-")
                                                         : false;
    if (!field && is_named) field = &grammar.named;
    type = field ? field->type : Type::any;
    form = field ? field->form : Form::one;
    if (type == Type::schema_or_boolean) type = Type::schema;
  }
  // A list or map of something is never what is meant.
  return form == Form::one || type == Type::any ? type : Type::text;
}

/// What a reference leads to, or why it leads nowhere.
struct Resolution {
  Target target = no_target;
  ReferenceState state = ReferenceState::unresolved;
  std::string reason;
};

class Follower {
 public:
  Follower(Description& description, std::string_view name, const ReadFile& read_file, std::vector<ApiFile>* files)
      : description_{description}, read_file_{read_file}, files_{files}, reader_{description} {
    names_.emplace_back(name);
    file_numbers_.emplace(name, 0);
  }

  void run() {
    reader_.read_document();
    // What is found grows while it is read.
    for (std::size_t i = 0; i < reader_.references().size(); ++i) {
      const FoundReference found = reader_.references()[i];
      if (i == most_followed) {
        report(found, {no_target, ReferenceState::unread,
                       fmt::format("It is one too many: at most {} references are followed.", most_followed)});
        break;
      }
      follow(found);
    }
    follow_to_the_ends();
    find_cycles();
    for (const Node& target : description_.targets) description_.referred_to.push_back(target.value);
    std::ranges::sort(description_.referred_to, std::less<>{});
  }

 private:
  void follow(const FoundReference& found) {
    if (!found.text)
      return report(found, {no_target, ReferenceState::not_a_text, "The value of $ref is not a text."});
    const Resolution& resolution = resolve(found);
    if (resolution.target == no_target) return report(found, resolution);
    const Target target = resolution.target;
    if (!found.is_mapping) {
      description_.links.emplace(reader_.kept()[found.holder].value, target);
      uses_.push_back({found.holder, target});
    }
    const Type actual = types_[target];
    if (actual == Type::any) {
      types_[target] = found.expected;
      reader_.read_as(found.expected, Node{description_.targets[target]});
    }
    if (actual != Type::any && actual != found.expected && is_given_[target]) {
      report(found, {target, ReferenceState::wrong_target,
                     fmt::format("It leads to {} in place of {}.",
                                 actual == Type::text ? "something else" : with_article(grammar_of(actual).noun),
                                 with_article(grammar_of(found.expected).noun))});
      return;
    }
    const std::uint32_t file = description_.targets[target].place.file;
    if (file != reader_.file_of(found.holder))
      report(found,
             {target, ReferenceState::other_file, fmt::format("It leads to the file {}.", printable(names_[file]))});
  }

  void report(const FoundReference& found, const Resolution& resolution) {
    if (description_.references.size() >= most_references || pointer_bytes_ > most_pointer_bytes) return;
    ApiPlace place = reader_.place_of(found.holder);
    pointer_bytes_ += place.pointer.size();
    if (!found.is_mapping) place.pointer += "/$ref";
    const std::string_view text = found.text ? std::string_view{*found.text} : std::string_view{};
    description_.references.push_back({std::move(place), text, resolution.state, resolution.reason, found.is_mapping});
  }

  /// The same text means the same in the same file; in 3.1, in the same resource.
  const Resolution& resolve(const FoundReference& found) {
    const std::uint32_t file = reader_.file_of(found.holder);
    auto& known = resolutions_[{file, found.resource}];
    const std::string_view key = *found.text;
    auto& of_kind = found.is_mapping ? known.mappings : known.references;
    if (const auto at = of_kind.find(key); at != of_kind.end()) return at->second;
    Resolution made = found.is_mapping ? resolve_mapping(found, file) : resolve_anew(found, file, key);
    return of_kind.emplace(key, std::move(made)).first->second;
  }

  Resolution resolve_mapping(const FoundReference& found, std::uint32_t file) {
    const std::string& text = *found.text;
    std::string pointer = join_pointer("/components/schemas", text);
    if (const Json* schema = description_.documents[file].find(pointer))
      return to({schema, {file, std::move(pointer)}});
    const bool is_reference = text.find_first_of("#/.") != std::string::npos;
    if (is_reference) return resolve_anew(found, file, text);
    return {no_target, ReferenceState::unresolved,
            fmt::format("There is no schema {} under components.", in_quotes(text))};
  }

  Resolution resolve_anew(const FoundReference& found, std::uint32_t file, std::string_view text) {
    const auto& names = reader_.names();
    if (const auto named = names.find(std::string{text}); named != names.end()) return to(named->second);
    ReferenceParts parts = parts_of(text);
    Node base{&description_.documents[file].root(), {file, {}}};
    if (!parts.file.empty()) {
      if (const auto named = names.find(parts.file); named != names.end()) {
        base = named->second;
      } else {
        const Resolution other = find_file(parts.file, file);
        if (other.target == no_target) return other;
        base = {&description_.documents[other.target].root(), {other.target, {}}};
      }
    } else if (found.resource != Kept::none) {
      base = {reader_.kept()[found.resource].value, reader_.place_of(found.resource)};
    }
    return resolve_fragment(base, parts.fragment);
  }

  Resolution resolve_fragment(const Node& base, const std::string& fragment) {
    if (!fragment.empty() && fragment.front() != '/') {
      const auto named = reader_.names().find(fmt::format("{}#{}", base.place.file, fragment));
      if (named != reader_.names().end()) return to(named->second);
      return {no_target, ReferenceState::unresolved, fmt::format("Nothing has the $anchor {}.", in_quotes(fragment))};
    }
    const Document& document = description_.documents[base.place.file];
    if (pointer_bytes_ > most_pointer_bytes)
      return {no_target, ReferenceState::unread, "The references of this document are too long to be followed."};
    std::string pointer = base.place.pointer + fragment;
    pointer_bytes_ += pointer.size();
    if (const Json* value = document.find(pointer)) return to({value, {base.place.file, std::move(pointer)}});
    return {no_target, ReferenceState::unresolved, why_missing(document, pointer)};
  }

  /// Names the step that the pointer breaks at, and a name that may be meant.
  std::string why_missing(const Document& document, std::string_view pointer) {
    const Json* parent = &document.root();
    std::size_t end = 0, next = 0;
    // Documents are not deep, so the step that breaks comes soon.
    for (;; end = next) {
      next = std::min(pointer.find('/', end + 1), pointer.size());
      const Json* child = document.find(pointer.substr(0, next));
      if (!child || next == pointer.size()) break;
      parent = child;
    }
    const std::string_view missing = pointer.substr(end + 1, next - end - 1);
    const std::string parent_text = fmt::format("#{}", pointer.substr(0, end));
    const std::string where = end == 0 ? "at the root" : "at " + in_quotes(parent_text, 120);
    const std::string near = near_member(*parent, missing);
    return fmt::format("There is no {} {}{}", in_quotes(missing), where,
                       near.empty() ? "." : fmt::format("; there is {}.", in_quotes(near)));
  }

  std::string near_member(const Json& parent, std::string_view name) {
    const auto* members = parent.get_ptr<const Json::object_t*>();
    if (!members || name.size() > longest_compared || compared_ + members->size() > most_compared) return {};
    compared_ += members->size();
    std::vector<std::string_view> candidates;
    for (const auto& member : *members)
      if (member.first.size() <= longest_compared) candidates.emplace_back(member.first);
    return nearest(name, candidates);
  }

  /// The number of another file in place of a target.
  Resolution find_file(const std::string& written, std::uint32_t from) {
    if (has_scheme_or_host(written))
      return {no_target, ReferenceState::remote, "It leads to another place than the submission and is not followed."};
    if (!read_file_)
      return {no_target, ReferenceState::unread,
              "It leads to another document, which is not followed: only the submitted one is read."};
    const std::string name = name_beside(names_[from], written);
    if (name.empty())
      return {no_target, ReferenceState::outside, "It leads out of the submitted folder and is not followed."};
    if (const auto known = file_numbers_.find(name); known != file_numbers_.end()) return {known->second, {}, {}};
    if (const auto known = unreadable_.find(name); known != unreadable_.end()) return known->second;
    Resolution read = read_file(name);
    if (read.target == no_target) unreadable_.emplace(name, read);
    return read;
  }

  Resolution read_file(const std::string& name) {
    if (names_.size() >= most_documents)
      return {no_target, ReferenceState::unread,
              fmt::format("It leads to one more file; at most {} are read.", most_documents)};
    auto text = read_file_(name);
    if (!text) return unreadable(*text.problem());
    bytes_ += text->size();
    if (bytes_ > most_bytes_of_files)
      return {no_target, ReferenceState::unread,
              fmt::format("The files referred to have more than {} together.", bytes_text(most_bytes_of_files))};
    std::string hash = sha256(*text);
    auto document = parse_json_or_yaml(std::move(*text), name);
    if (!document)
      return {no_target, ReferenceState::unread,
              fmt::format("{} cannot be read: {}", printable(name), document.problem()->what)};
    const auto number = static_cast<std::uint32_t>(description_.documents.size());
    description_.documents.push_back(*document);
    names_.push_back(name);
    file_numbers_.emplace(name, number);
    if (files_) files_->push_back({name, name, std::move(*document), std::move(hash)});
    return {number, {}, {}};
  }

  static Resolution unreadable(const Problem& problem) {
    const bool is_outside = problem.id == "file.outside" || problem.id == "file.link";
    const ReferenceState state = is_outside                       ? ReferenceState::outside
                                 : problem.id == "file.missing" ? ReferenceState::unresolved
                                                                : ReferenceState::unread;
    return {no_target, state, problem.what};
  }

  Resolution to(Node node) {
    const auto [known, is_new] = target_of_.try_emplace(node.value, static_cast<Target>(description_.targets.size()));
    if (is_new) {
      const Json& root = description_.documents[node.place.file].root();
      const bool is_described = member_of(root, "openapi") != nullptr;
      types_.push_back(is_described ? type_at(Type::document, description_.version, node.place.pointer) : Type::any);
      // Only the main document is read from its root; of others only what is referred to.
      is_given_.push_back(types_.back() != Type::any);
      if (is_given_.back() && node.place.file != 0) reader_.read_as(types_.back(), node);
      description_.targets.push_back(std::move(node));
    }
    return {known->second, {}, {}};
  }

  /// Where each target leads in the end, when its value is a reference itself.
  void follow_to_the_ends() {
    const auto next_of = [&](Target target) {
      const auto link = description_.links.find(description_.targets[target].value);
      return link == description_.links.end() ? no_target : link->second;
    };
    auto& ends = description_.ends;
    ends.assign(description_.targets.size(), no_target);
    std::vector<std::size_t> length(ends.size(), 0);  // 0: not known; of the chain from there on
    for (Target start = 0; start < ends.size(); ++start) {
      std::vector<Target> way;
      Target at = start;
      for (; at != no_target && length[at] == 0; at = next_of(at)) {
        way.push_back(at);
        length[at] = 1;
      }
      finish_chain(way, at, length);
    }
  }

  void finish_chain(const std::vector<Target>& way, Target beyond, std::vector<std::size_t>& length) {
    auto& ends = description_.ends;
    const bool is_circle = beyond != no_target && std::ranges::find(way, beyond) != way.end();
    Target end = is_circle || beyond == no_target ? no_target : ends[beyond];
    std::size_t count = beyond == no_target || is_circle ? 0 : length[beyond];
    for (auto target = way.rbegin(); target != way.rend(); ++target) {
      const bool is_unfollowed = text_of(*description_.targets[*target].value, "$ref") &&
                                 !description_.links.contains(description_.targets[*target].value);
      if (beyond == no_target && target == way.rbegin() && !is_unfollowed) end = *target;
      length[*target] = ++count;
      ends[*target] = count > longest_chain ? no_target : end;
    }
    if (is_circle) in_circle_.insert(in_circle_.end(), std::ranges::find(way, beyond), way.end());
  }

  void find_cycles() {
    report_circular_chains();
    TargetGraph graph(description_.targets.size());
    owners_.assign(reader_.kept().size(), unknown);
    for (const Use& use : uses_)
      if (const Target owner = owner_of(use.holder); owner != no_target) graph[owner].push_back(use.target);
    for (std::uint32_t kept = 0; kept < reader_.kept().size(); ++kept) add_containment(graph, kept);
    for (auto& edges : graph) {
      std::ranges::sort(edges);
      edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
    }
    for (const std::vector<Target>& circle : circles_in(graph)) {
      const auto is_chain = [&](Target target) { return std::ranges::binary_search(in_circle_, target); };
      if (std::ranges::all_of(circle, is_chain)) continue;  // reported as a reference that leads nowhere
      Cycle cycle;
      for (const Target target : circle) cycle.members.push_back(description_.targets[target].place);
      description_.cycles.push_back(std::move(cycle));
    }
  }

  void report_circular_chains() {
    std::ranges::sort(in_circle_);
    for (const FoundReference& found : reader_.references()) {
      if (in_circle_.empty()) return;
      const auto own = target_of_.find(reader_.kept()[found.holder].value);
      if (!found.is_mapping && own != target_of_.end() && std::ranges::binary_search(in_circle_, own->second))
        report(found, {no_target, ReferenceState::circular, "It leads only to other references, in a circle."});
    }
  }

  /// A target within a target: who contains the one contains what it refers to.
  void add_containment(TargetGraph& graph, std::uint32_t kept) {
    const Kept& value = reader_.kept()[kept];
    const auto inner = target_of_.find(value.value);
    if (inner == target_of_.end() || value.parent == Kept::none) return;
    if (const Target outer = owner_of(value.parent); outer != no_target) graph[outer].push_back(inner->second);
  }

  /// The innermost target whose value contains a kept value, or is it.
  Target owner_of(std::uint32_t kept) {
    std::vector<std::uint32_t> way;
    Target owner = no_target;
    for (std::uint32_t at = kept; at != Kept::none; at = reader_.kept()[at].parent) {
      if (owners_[at] != unknown) {
        owner = owners_[at];
        break;
      }
      way.push_back(at);
      if (const auto own = target_of_.find(reader_.kept()[at].value); own != target_of_.end()) {
        owner = own->second;
        break;
      }
    }
    for (const std::uint32_t at : way) owners_[at] = owner;
    return owner;
  }

  static constexpr Target unknown = no_target - 1;
  struct Use {
    std::uint32_t holder;
    Target target;
  };
  struct Known {
    std::unordered_map<std::string_view, Resolution> references, mappings;
  };

  Description& description_;
  const ReadFile& read_file_;
  std::vector<ApiFile>* files_;
  Reader reader_;
  std::vector<std::string> names_;  ///< of the documents, in the submission's folder
  std::unordered_map<std::string, std::uint32_t> file_numbers_;
  std::unordered_map<std::string, Resolution> unreadable_;
  std::size_t bytes_ = 0, pointer_bytes_ = 0, compared_ = 0;
  std::map<std::pair<std::uint32_t, std::uint32_t>, Known> resolutions_;
  std::unordered_map<const Json*, Target> target_of_;
  std::vector<Type> types_;
  std::vector<bool> is_given_;  ///< the type is the grammar's, not that of the first reference
  std::vector<Use> uses_;
  std::vector<Target> in_circle_;
  std::vector<Target> owners_;
};

}  // namespace

void read_all(Description& description, std::string_view name, const ReadFile& read_file, std::vector<ApiFile>* files) {
  Follower{description, name, read_file, files}.run();
}

Node Description::resolved(const Node& node) const {
  if (!node || !text_of(*node.value, "$ref")) return node;
  const auto link = links.find(node.value);
  if (link == links.end() || ends[link->second] == 0xFFFFFFFF) return {};
  return targets[ends[link->second]];
}

bool Description::is_referred_to(const Json& value) const {
  return std::ranges::binary_search(referred_to, &value, std::less<>{});
}

}  // namespace plugvet::openapi
