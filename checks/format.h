#pragma once
#include <string>
#include <tuple>

#include "harness/model/check.h"

namespace plugvet::checks {

// A manifest of another format than the profile reads is one broken thing: manifest/format says so, and every check
// that knows one format only does not concern it. The check states its format where it is defined:
//
//   define_check<of_ai_plugin<schema_version>>({ … })

/// "ai-plugin.json v1", "Microsoft 365 plugin manifest v2"
std::string_view name_of(ManifestFormat format);
/// The format that a profile's limit `format` names: "ai_plugin" or "m365".
ManifestFormat format_in(const Parameters& limits);
/// Why a check of one format does not concern this manifest.
std::string other_format(const Manifest& manifest, ManifestFormat wanted);

namespace detail {

template <auto Function>
struct OfFormat;
template <class... T, Judgement (*Function)(const T&...)>
struct OfFormat<Function> {
  static Judgement judge(ManifestFormat wanted, const T&... evidence) {
    const Manifest& manifest = std::get<const Manifest&>(std::tie(evidence...));
    if (manifest.format() != wanted) return Judgement::not_applicable(other_format(manifest, wanted));
    return Function(evidence...);
  }
  template <ManifestFormat wanted>
  static Judgement of(const T&... evidence) {
    return judge(wanted, evidence...);
  }
  static Judgement of_profile(const T&... evidence, const Parameters& limits) {
    return judge(format_in(limits), evidence...);
  }
};

}  // namespace detail

/// The check concerns ai-plugin.json v1 only.
template <auto Function>
inline constexpr auto of_ai_plugin = &detail::OfFormat<Function>::template of<ManifestFormat::ai_plugin>;
/// The check concerns Microsoft 365 manifests only.
template <auto Function>
inline constexpr auto of_m365 = &detail::OfFormat<Function>::template of<ManifestFormat::m365>;
/// The check knows both formats; the profile's limit `format` says which one is reviewed.
template <auto Function>
inline constexpr auto of_profile_format = &detail::OfFormat<Function>::of_profile;

}  // namespace plugvet::checks
