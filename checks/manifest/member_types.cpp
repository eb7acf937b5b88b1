#include <nlohmann/json.hpp>

#include "checks/findings.h"
#include "checks/format.h"
#include "checks/members.h"
#include "checks/values.h"

namespace plugvet::checks {
namespace {

bool fits(const Json& value, MemberKind kind) {
  switch (kind) {
    case MemberKind::text:
      return value.is_string();
    case MemberKind::object:
      return value.is_object();
    case MemberKind::array:
      return value.is_array();
    case MemberKind::any:
      return true;
  }
  return true;
}

std::string_view noun_of(MemberKind kind) {
  switch (kind) {
    case MemberKind::text:
      return "a text";
    case MemberKind::object:
      return "an object";
    case MemberKind::array:
      return "an array";
    case MemberKind::any:
      return "any value";
  }
  return "any value";
}

Judgement member_types(const Manifest& manifest, const Parameters& limits) {
  Judgement judgement;
  for (const SeenMember& member : seen_members(manifest, format_in(limits))) {
    if (!member.value || fits(*member.value, member.known->kind)) continue;
    const std::string expected{noun_of(member.known->kind)}, actual{kind_of(*member.value)};
    judgement.findings.push_back({manifest.at(member.pointer),
                                  spoken(member.pointer) + " is " + actual + ", not " + expected + ".",
                                  expected,
                                  actual,
                                  {}});
  }
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check manifest_member_types = define_check<of_profile_format<member_types>>({
    .id = "manifest/member-types",
    .title = "Each member of the manifest has its JSON type",
    .requirement =
        "Members that are there have the type that is documented: texts for names, descriptions, URLs and the "
        "e-mail address, objects for auth and api. null is no value of any of them.",
    .rationale = "Platforms read the manifest into typed structures; a number or null in place of a text can make them "
                 "refuse all of it.",
    .remedy = "Write the value with the type that is expected; leave an optional member out instead of writing null.",
    .source = "OpenAI, Getting started (late 2023); Microsoft, plugin manifest JSON schemas v2.1 to v2.4",
    .passing = R"("schema_version": "v1")",
    .failing = R"("schema_version": 1)",
});

}  // namespace plugvet::checks
