#include "harness/schema/documents.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>

#include "harness/schema/uri.h"
#include "harness/schema/value.h"
#include "harness/support/document.h"
#include "harness/support/embedded.h"
#include "harness/support/text.h"

namespace plugvet {
std::span<const EmbeddedFile> meta_schemas();
}

namespace plugvet::schema {
namespace {

constexpr std::size_t deepest_value = 512;  // twice what is read from a text
/// Names of files are URIs below this one; it is not shown.
constexpr std::string_view folder = "file:///";

constexpr std::string_view uri_2019 = "https://json-schema.org/draft/2019-09/";
constexpr std::string_view uri_2020 = "https://json-schema.org/draft/2020-12/";

std::optional<Dialect> dialect_of(std::string_view uri) {
  if (uri.ends_with('#')) uri.remove_suffix(1);
  if (uri == "https://json-schema.org/draft/2020-12/schema") return Dialect::draft_2020_12;
  if (uri == "https://json-schema.org/draft/2019-09/schema") return Dialect::draft_2019_09;
  if (uri == "http://json-schema.org/draft-07/schema") return Dialect::draft_7;
  if (uri == "http://json-schema.org/draft-06/schema") return Dialect::draft_6;
  if (uri == "http://json-schema.org/draft-04/schema") return Dialect::draft_4;
  if (uri == "https://spec.openapis.org/oas/3.1/dialect/base") return Dialect::openapi_3_1;
  return {};
}

/// The file below schemas/meta that holds a meta-schema; empty when it is none.
std::string meta_file(std::string_view uri) {
  for (const auto& [prefix, name] : {std::pair{uri_2019, "draft-2019-09/"}, std::pair{uri_2020, "draft-2020-12/"}}) {
    if (uri.starts_with(prefix)) return fmt::format("{}{}.json", name, uri.substr(prefix.size()));
  }
  constexpr std::string_view old = "http://json-schema.org/", schema = "/schema";
  if (!uri.starts_with(old) || !uri.ends_with(schema)) return {};
  return fmt::format("{}.json", uri.substr(old.size(), uri.size() - old.size() - schema.size()));
}

std::string_view without_fragment(std::string_view uri) {
  return uri.substr(0, uri.find('#'));
}

std::string unescaped(std::string_view token) {
  std::string out{token};
  for (std::size_t at = 0; (at = out.find('~', at)) != std::string::npos; ++at) {
    if (at + 1 < out.size() && (out[at + 1] == '0' || out[at + 1] == '1'))
      out.replace(at, 2, out[at + 1] == '0' ? "~" : "/");
  }
  return out;
}

std::optional<std::size_t> array_index(std::string_view token) {
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), index);
  const bool is_plain =
      error == std::errc{} && end == token.data() + token.size() && (token.size() == 1 || token[0] != '0');
  return is_plain ? std::optional{index} : std::nullopt;
}

}  // namespace

const Json* member(const Json& object, std::string_view name) {
  if (!object.is_object()) return nullptr;
  for (const auto& [key, value] : *object.get_ptr<const Json::object_t*>()) {
    if (key == name) return &value;
  }
  return nullptr;
}

const std::string* text_member(const Json& object, std::string_view name) {
  const Json* value = member(object, name);
  return value == nullptr ? nullptr : value->get_ptr<const std::string*>();
}

/// The way from a document's root to where a scan stands. Steps get a place only where something has to be remembered.
struct Documents::Walk {
  struct Part {
    std::string_view name;
    std::size_t index;
    bool is_index;
    std::optional<PlaceId> place;
  };
  PlaceId root;
  std::vector<Part> parts;

  template <class Visit>
  void into(std::string_view name, Visit visit) {
    parts.push_back({name, 0, false, {}});
    visit();
    parts.pop_back();
  }
  template <class Visit>
  void into(std::size_t index, Visit visit) {
    parts.push_back({{}, index, true, {}});
    visit();
    parts.pop_back();
  }
};

ResourceId Documents::add(std::string uri, const Json& root) {
  const auto document = static_cast<std::uint32_t>(documents_.size());
  const PlaceId place = static_cast<PlaceId>(steps_.size());
  steps_.push_back({place, 0, {}, false});
  const std::string absolute{without_fragment(resolve_uri(folder, uri))};
  documents_.push_back(std::move(uri));
  const ResourceId resource =
      add_resource(absolute, root, document, place, options_.dialect, options_.formats_are_asserted);
  Walk walk{place, {}};
  const bool is_openapi = (bit(options_.dialect) & openapi_dialects) != 0 && member(root, "openapi") != nullptr;
  if (!is_openapi) {
    scan_schema(root, resource, walk, true);
  } else if (options_.dialect != Dialect::openapi_3_0) {  // in 3.0 no schema has a URI
    scan_openapi(root, resource, walk);
  }
  return resource;
}

ResourceId Documents::add_resource(std::string uri, const Json& root, std::uint32_t document, PlaceId place,
                                   Dialect dialect, bool formats_are_asserted) {
  const auto id = static_cast<ResourceId>(resources_.size());
  resources_.push_back({.uri = uri,
                        .root = &root,
                        .document = document,
                        .place = place,
                        .dialect = dialect,
                        .has_validation = true,
                        .formats_are_asserted = formats_are_asserted,
                        .anchors = {}});
  by_uri_.emplace(std::move(uri), id);  // the first one keeps the name
  by_root_.emplace(&root, id);
  choose_dialect(resources_.back());
  return id;
}

/// By `$schema`: a draft, or a meta-schema of which the vocabularies are known.
void Documents::choose_dialect(Resource& resource) {
  const std::string* uri = text_member(*resource.root, "$schema");
  if (uri == nullptr) return;
  if (const auto dialect = dialect_of(*uri)) {
    resource.dialect = *dialect;
    return;
  }
  const auto known = by_uri_.find(std::string{without_fragment(*uri)});
  if (known == by_uri_.end() || resources_[known->second].root == resource.root) return;
  const Resource& meta = resources_[known->second];
  resource.dialect = meta.dialect;
  const Json* vocabulary = member(*meta.root, "$vocabulary");
  if (vocabulary == nullptr || !vocabulary->is_object()) return;
  const auto has = [&](std::string_view name) {
    return member(*vocabulary, fmt::format("{}vocab/{}", uri_2020, name)) != nullptr ||
           member(*vocabulary, fmt::format("{}vocab/{}", uri_2019, name)) != nullptr;
  };
  resource.has_validation = has("validation");
  if (has("format-assertion")) resource.formats_are_asserted = true;
}

bool Documents::load_meta_schema(std::string_view uri) {
  const std::string path = meta_file(uri);
  if (path.empty()) return false;
  const auto files = meta_schemas();
  const auto file = std::ranges::find(files, path, &EmbeddedFile::path);
  if (file == files.end()) return false;
  meta_schemas_.push_back(Json::parse(file->content));
  add(std::string{uri}, meta_schemas_.back());
  return true;
}

const ResourceId* Documents::resource_at(const std::string& uri) {
  auto found = by_uri_.find(uri);
  if (found == by_uri_.end() && load_meta_schema(uri)) found = by_uri_.find(uri);
  return found == by_uri_.end() ? nullptr : &found->second;
}

// --- Names within documents ------------------------------------------------------------------------------------------

PlaceId Documents::place_of(Walk& walk) {
  PlaceId place = walk.root;
  for (Walk::Part& part : walk.parts) {
    if (!part.place) part.place = part.is_index ? step(place, part.index) : step(place, part.name);
    place = *part.place;
  }
  return place;
}

void Documents::scan_schema(const Json& schema, ResourceId resource, Walk& walk, bool is_root) {
  if (!schema.is_object() || walk.parts.size() > deepest_value) return;
  // Nothing beside a `$ref` counts in the old drafts, `$id` neither. A root has its dialect from `$schema` already.
  const Dialect dialect = resources_[resource].dialect;
  const bool is_lone_reference = (bit(dialect) & with_lone_references) != 0 && text_member(schema, "$ref") != nullptr;
  const std::string* id = text_member(schema, (bit(dialect) & like_4) != 0 ? "id" : "$id");
  if (id != nullptr && dialect != Dialect::openapi_3_0 && !is_lone_reference) {
    const std::string_view path = without_fragment(*id);
    const bool is_old = (bit(dialect) & since_2019) == 0;
    if (!path.empty()) {
      std::string uri{without_fragment(resolve_uri(resources_[resource].uri, *id))};
      if (is_root) {
        resources_[resource].uri = uri;
        by_uri_.emplace(std::move(uri), resource);
      } else {
        const auto [from, formats] =
            std::pair{resources_[resource].document, resources_[resource].formats_are_asserted};
        resource = add_resource(std::move(uri), schema, from, place_of(walk), dialect, formats);
      }
    }
    if (is_old && id->size() > path.size() + 1) {  // "#name" was what `$anchor` is now
      resources_[resource].anchors.emplace(std::string_view{*id}.substr(path.size() + 1),
                                           Resource::Anchor{&schema, place_of(walk), false});
    }
  }
  if ((bit(resources_[resource].dialect) & since_2019) != 0) {
    auto& anchors = resources_[resource].anchors;
    if (const std::string* name = text_member(schema, "$anchor"))
      anchors.emplace(*name, Resource::Anchor{&schema, place_of(walk), false});
    if (const std::string* name = text_member(schema, "$dynamicAnchor"))
      anchors.insert_or_assign(*name, Resource::Anchor{&schema, place_of(walk), true});
    const Json* flag = member(schema, "$recursiveAnchor");
    if (flag != nullptr && *flag == true && &schema == resources_[resource].root)
      anchors.emplace("", Resource::Anchor{&schema, place_of(walk), true});
  }
  scan_members(schema, resource, walk);
}

void Documents::scan_members(const Json& schema, ResourceId resource, Walk& walk) {
  const auto scan = [&](const Json& value) { scan_schema(value, resource, walk, false); };
  for (const auto& [name, value] : *schema.get_ptr<const Json::object_t*>()) {
    const KeywordInfo* keyword = find_keyword(name, resources_[resource].dialect);
    if (keyword == nullptr || keyword->holds == Holds::nothing) continue;
    walk.into(std::string_view{name}, [&] {
      if (keyword->holds == Holds::named_schemas && value.is_object()) {
        for (const auto& [key, inner] : *value.get_ptr<const Json::object_t*>())
          walk.into(std::string_view{key}, [&] { scan(inner); });
      } else if (value.is_array() && (keyword->holds == Holds::schemas || keyword->holds == Holds::schema_or_schemas)) {
        for (std::size_t i = 0; i < value.size(); ++i) walk.into(i, [&] { scan(value[i]); });
      } else if (keyword->holds == Holds::schema || keyword->holds == Holds::schema_or_schemas) {
        scan(value);
      }
    });
  }
}

/// Schemas of an OpenAPI document: each `schema`, and those in `components`. Examples and extensions are data.
void Documents::scan_openapi(const Json& value, ResourceId resource, Walk& walk) {
  if (walk.parts.size() > deepest_value) return;
  if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) walk.into(i, [&] { scan_openapi(value[i], resource, walk); });
  }
  if (!value.is_object()) return;
  const bool in_components = walk.parts.size() == 1 && walk.parts[0].name == "components";
  for (const auto& [name, inner] : *value.get_ptr<const Json::object_t*>()) {
    if (name == "example" || name == "examples" || name == "default" || name.starts_with("x-")) continue;
    walk.into(std::string_view{name}, [&] {
      if (name == "schema") {
        scan_schema(inner, resource, walk, false);
      } else if (name == "schemas" && in_components && inner.is_object()) {
        for (const auto& [key, schema] : *inner.get_ptr<const Json::object_t*>())
          walk.into(std::string_view{key}, [&] { scan_schema(schema, resource, walk, false); });
      } else {
        scan_openapi(inner, resource, walk);
      }
    });
  }
}

// --- References ------------------------------------------------------------------------------------------------------

ResourceId Documents::resource_of(const Json& schema, ResourceId parent) const {
  const auto own = by_root_.find(&schema);
  return own == by_root_.end() ? parent : own->second;
}

Target Documents::find(ResourceId from, std::string_view reference) {
  const std::size_t hash = std::min(reference.find('#'), reference.size());
  const std::string fragment = hash == reference.size() ? "" : percent_decoded(reference.substr(hash + 1));
  if (hash > 0) {
    const std::string uri = resolve_uri(resources_[from].uri, reference.substr(0, hash));
    const ResourceId* resource = resource_at(uri);
    if (resource == nullptr) {
      return {.problem = fmt::format("{} leads to another document, which is not at hand; nothing is fetched.",
                                     in_quotes(reference))};
    }
    from = *resource;
  }
  Target target;
  const auto anchor = fragment.empty() ? resources_[from].anchors.end() : resources_[from].anchors.find(fragment);
  if (fragment.empty() || fragment.starts_with('/')) {
    target = at(from, fragment);
  } else if (anchor != resources_[from].anchors.end()) {
    target = {.schema = anchor->second.schema, .resource = from, .place = anchor->second.place, .problem = {}};
  }
  if (target.schema == nullptr)
    return {.problem = fmt::format("{} leads nowhere: there is nothing at its target.", in_quotes(reference))};
  const bool may_be_flag = (bit(resources_[target.resource].dialect) & like_4) == 0;
  if (!target.schema->is_object() && !(target.schema->is_boolean() && may_be_flag))
    return {.problem = fmt::format("{} leads to {}, which is no schema.", in_quotes(reference), shown(*target.schema))};
  return target;
}

const Documents::Member* Documents::find_member(const Json& object, std::string_view name) {
  constexpr std::size_t large = 32;
  const auto& members = *object.get_ptr<const Json::object_t*>();
  if (members.size() <= large) {
    const auto found = std::ranges::find_if(members, [&](const Member& entry) { return entry.first == name; });
    return found == members.end() ? nullptr : &*found;
  }
  auto& index = members_[&object];
  if (index.empty()) {
    for (const Member& entry : members) index.emplace(entry.first, &entry);
  }
  const auto found = index.find(name);
  return found == index.end() ? nullptr : found->second;
}

Target Documents::at(ResourceId from, std::string_view pointer) {
  Target target{.schema = resources_[from].root, .resource = from, .place = resources_[from].place, .problem = {}};
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    const std::string token = unescaped(pointer.substr(0, pointer.find('/')));
    pointer.remove_prefix(std::min(pointer.find('/'), pointer.size()));
    if (target.schema->is_array()) {
      const auto index = array_index(token);
      if (!index || *index >= target.schema->size()) return {};
      target.schema = &(*target.schema)[*index];
      target.place = step(target.place, *index);
    } else if (target.schema->is_object()) {
      const Member* found = find_member(*target.schema, token);
      if (found == nullptr) return {};
      target.schema = &found->second;
      target.place = step(target.place, std::string_view{found->first});
    } else {
      return {};
    }
    target.resource = resource_of(*target.schema, target.resource);
  }
  return target;
}

// --- Places ----------------------------------------------------------------------------------------------------------

PlaceId Documents::step(PlaceId from, std::string_view name) {
  steps_.push_back({from, 0, name, false});
  return static_cast<PlaceId>(steps_.size() - 1);
}

PlaceId Documents::step(PlaceId from, std::size_t index) {
  steps_.push_back({from, static_cast<std::uint32_t>(index), {}, true});
  return static_cast<PlaceId>(steps_.size() - 1);
}

SchemaPlace Documents::place(ResourceId resource, PlaceId place) const {
  std::vector<const Step*> way;
  for (const Step* at = &steps_[place]; &steps_[at->parent] != at; at = &steps_[at->parent]) way.push_back(at);
  std::ranges::reverse(way);
  std::string pointer;
  for (const Step* at : way)
    pointer = at->is_index ? join_pointer(pointer, at->index) : join_pointer(pointer, at->name);
  return {.document = documents_[resources_[resource].document], .pointer = std::move(pointer)};
}

}  // namespace plugvet::schema
