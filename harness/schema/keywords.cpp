#include "harness/schema/keywords.h"

#include <array>
#include <unordered_map>

namespace plugvet::schema {
namespace {

constexpr std::array keywords = std::to_array<KeywordInfo>({
    {"$ref", Keyword::reference},
    {"$dynamicRef", Keyword::dynamic_reference, dialects_2020},
    {"$recursiveRef", Keyword::recursive_reference, bit(Dialect::draft_2019_09)},
    {"allOf", Keyword::all_of, all_dialects, Holds::schemas},
    {"anyOf", Keyword::any_of, all_dialects, Holds::schemas},
    {"oneOf", Keyword::one_of, all_dialects, Holds::schemas},
    {"not", Keyword::negation, all_dialects, Holds::schema},
    {"if", Keyword::condition, since_7, Holds::schema},
    {"then", Keyword::then_branch, since_7, Holds::schema},
    {"else", Keyword::else_branch, since_7, Holds::schema},
    {"type", Keyword::type, all_dialects, Holds::nothing, true},
    {"enum", Keyword::enumeration, all_dialects, Holds::nothing, true},
    {"const", Keyword::constant, since_6, Holds::nothing, true},
    {"minimum", Keyword::minimum, all_dialects, Holds::nothing, true},
    {"maximum", Keyword::maximum, all_dialects, Holds::nothing, true},
    {"exclusiveMinimum", Keyword::exclusive_minimum, all_dialects, Holds::nothing, true},
    {"exclusiveMaximum", Keyword::exclusive_maximum, all_dialects, Holds::nothing, true},
    {"multipleOf", Keyword::multiple_of, all_dialects, Holds::nothing, true},
    {"minLength", Keyword::min_length, all_dialects, Holds::nothing, true},
    {"maxLength", Keyword::max_length, all_dialects, Holds::nothing, true},
    {"pattern", Keyword::pattern, all_dialects, Holds::nothing, true},
    {"format", Keyword::format},
    {"contentEncoding", Keyword::content_encoding, bit(Dialect::draft_7)},
    {"contentMediaType", Keyword::content_media_type, bit(Dialect::draft_7)},
    {"items", Keyword::items, all_dialects, Holds::schema_or_schemas},
    {"additionalItems", Keyword::additional_items, static_cast<Dialects>(all_dialects & ~dialects_2020), Holds::schema},
    {"prefixItems", Keyword::prefix_items, dialects_2020, Holds::schemas},
    {"contains", Keyword::contains, since_6, Holds::schema},
    {"minContains", Keyword::min_contains, since_2019, Holds::nothing, true},
    {"maxContains", Keyword::max_contains, since_2019, Holds::nothing, true},
    {"minItems", Keyword::min_items, all_dialects, Holds::nothing, true},
    {"maxItems", Keyword::max_items, all_dialects, Holds::nothing, true},
    {"uniqueItems", Keyword::unique_items, all_dialects, Holds::nothing, true},
    {"unevaluatedItems", Keyword::unevaluated_items, since_2019, Holds::schema},
    {"properties", Keyword::properties, all_dialects, Holds::named_schemas},
    // OpenAPI 3.0 does not have it, but its authors do; without it `additionalProperties` would say what nobody meant.
    {"patternProperties", Keyword::pattern_properties, all_dialects, Holds::named_schemas},
    {"additionalProperties", Keyword::additional_properties, all_dialects, Holds::schema},
    {"propertyNames", Keyword::property_names, since_6, Holds::schema},
    {"required", Keyword::required, all_dialects, Holds::nothing, true},
    {"minProperties", Keyword::min_properties, all_dialects, Holds::nothing, true},
    {"maxProperties", Keyword::max_properties, all_dialects, Holds::nothing, true},
    // Later drafts keep it for old schemas, and so does everybody.
    {"dependencies", Keyword::dependencies, static_cast<Dialects>(all_dialects & ~bit(Dialect::openapi_3_0)),
     Holds::named_schemas},
    {"dependentRequired", Keyword::dependent_required, since_2019, Holds::nothing, true},
    {"dependentSchemas", Keyword::dependent_schemas, since_2019, Holds::named_schemas},
    {"unevaluatedProperties", Keyword::unevaluated_properties, since_2019, Holds::schema},
    {"nullable", Keyword::nullable, bit(Dialect::openapi_3_0)},
    {"discriminator", Keyword::discriminator, openapi_dialects},
    {"definitions", Keyword::definitions, all_dialects, Holds::named_schemas},
    {"$defs", Keyword::definitions, since_2019, Holds::named_schemas},
    {"contentSchema", Keyword::content_schema, since_2019, Holds::schema},
    {"title", Keyword::annotation},
    {"description", Keyword::annotation},
    {"default", Keyword::annotation},
    {"example", Keyword::annotation},
    {"examples", Keyword::annotation},
    {"$comment", Keyword::annotation},
    {"deprecated", Keyword::annotation},
    {"readOnly", Keyword::annotation},
    {"writeOnly", Keyword::annotation},
    {"xml", Keyword::annotation},
    {"externalDocs", Keyword::annotation},
    {"summary", Keyword::annotation},
});

}  // namespace

const KeywordInfo* find_keyword(std::string_view name, Dialect dialect) {
  static const std::unordered_map<std::string_view, const KeywordInfo*> by_name = [] {
    std::unordered_map<std::string_view, const KeywordInfo*> map;
    for (const KeywordInfo& info : keywords) map.emplace(info.name, &info);
    return map;
  }();
  const auto found = by_name.find(name);
  return found != by_name.end() && (found->second->dialects & bit(dialect)) != 0 ? found->second : nullptr;
}

}  // namespace plugvet::schema
