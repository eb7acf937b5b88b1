#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "checks/effect.h"
#include "checks/findings.h"
#include "checks/format.h"
#include "checks/functions.h"
#include "checks/openapi.h"
#include "checks/values.h"

namespace plugvet::checks {
namespace {

constexpr std::array<std::string_view, 5> data_handling_known{"GetPublicData", "GetPrivateData", "DataTransform",
                                                              "DataExport", "ResourceStateUpdate"};

class DataHandling {
 public:
  DataHandling(const Manifest& manifest, const Function& function, Judgement& judgement)
      : manifest_{manifest},
        function_{function},
        judgement_{judgement},
        pointer_{function.pointer + "/capabilities/security_info/data_handling"} {}

  void judge() {
    const Json* values = manifest_.document.find(pointer_);
    if (!values || !values->is_array()) return;  // of another type: manifest/member-types' finding
    bool is_known = true;
    for (std::size_t i = 0; i < values->size(); ++i) is_known &= judge_value((*values)[i], join_pointer(pointer_, i));
    const bool is_change = function_.operation && is_changing(effect_of(*function_.operation));
    if (is_known && is_change && !contains(*values, "ResourceStateUpdate") && !contains(*values, "DataExport"))
      complain(pointer_,
               fmt::format("calls {}, and its data_handling names neither ResourceStateUpdate nor DataExport",
                           spoken(*function_.operation)),
               "ResourceStateUpdate or DataExport", "neither");
  }

 private:
  static bool is_changing(Effect effect) { return effect == Effect::changes || effect == Effect::grave; }
  static bool contains(const Json& values, std::string_view name) {
    return std::ranges::find(values, Json(name)) != values.end();
  }

  bool judge_value(const Json& value, const std::string& pointer) {
    const std::string* name = value.get_ptr<const std::string*>();
    if (name && std::ranges::find(data_handling_known, *name) != data_handling_known.end()) return true;
    const std::string near = name ? nearest(*name, data_handling_known) : "";
    const std::string actual = name ? in_quotes(*name) : std::string(kind_of(value));
    complain(pointer, fmt::format("names {} as its data_handling{}", actual, near.empty() ? "" : "; there is " + near),
             "GetPublicData, GetPrivateData, DataTransform, DataExport or ResourceStateUpdate", actual);
    return false;
  }

  void complain(const std::string& pointer, const std::string& what, std::string expected, std::string actual) {
    judgement_.findings.push_back({manifest_.at(pointer),
                                   fmt::format("{} {}.", spoken(function_), what),
                                   std::move(expected),
                                   std::move(actual),
                                   {}});
  }

  const Manifest& manifest_;
  const Function& function_;
  Judgement& judgement_;
  const std::string pointer_;
};

/// One finding for all functions that say nothing. The first version with security_info is 2.2.
void judge_silent(const Manifest& manifest, const std::vector<Function>& functions, Judgement& judgement) {
  const std::string* version = manifest.text("/schema_version");
  if (version && *version == "v2.1") return;
  const Function* first = nullptr;
  std::size_t count = 0;
  for (const Function& function : functions) {
    if (manifest.document.find(function.pointer + "/capabilities/security_info/data_handling")) continue;
    if (!first) first = &function;
    ++count;
  }
  if (!first) return;
  const std::string others = count == 1 ? "" : fmt::format(" and {}", counted(count - 1, "other"));
  judgement.findings.push_back({manifest.at(first->pointer + "/capabilities/security_info/data_handling"),
                                fmt::format("{}{} {} nothing about how data is handled, so Copilot keeps {} from other "
                                            "plugins.",
                                            spoken(*first), others, count == 1 ? "says" : "say",
                                            count == 1 ? "it" : "them"),
                                "security_info.data_handling",
                                "no such member",
                                {}});
}

Judgement data_handling(const Manifest& manifest, const ApiDescription& api) {
  Judgement judgement;
  const std::vector<Function> functions = functions_of(manifest, api);
  judge_silent(manifest, functions, judgement);
  for (const Function& function : functions) DataHandling{manifest, function, judgement}.judge();
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check m365_data_handling = define_check<of_m365<of_openapi_3<data_handling>>>({
    .id = "m365/data-handling",
    .title = "Each function says how it handles data",
    .requirement =
        "From schema version 2.2 on a function has capabilities.security_info.data_handling, with values of the schema; "
        "one that changes something names ResourceStateUpdate or DataExport.",
    .rationale =
        "Copilot weighs by it how risky a call is. A function that says nothing is kept apart from other plugins and "
        "from the agent's own abilities.",
    .remedy = R"(Add "security_info": {"data_handling": ["GetPrivateData", "ResourceStateUpdate"]}, as it applies.)",
    .source = "Microsoft, Plugin manifest schema 2.4 for Microsoft 365 Copilot: security info object",
    .passing = R"("security_info": {"data_handling": ["GetPrivateData"]})",
    .failing = R"("security_info": {"data_handling": ["ReadData"]})",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
