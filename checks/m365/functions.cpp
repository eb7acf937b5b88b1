#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "checks/findings.h"
#include "checks/format.h"
#include "checks/values.h"

namespace plugvet::checks {
namespace {

bool is_function_name(const std::string& name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) { return is_ascii_alphanumeric(c) || c == '_'; });
}

/// The functions by name, each with the place where it was first declared. Reports names that cannot be, or are
/// repeated.
std::map<std::string, std::string> declared_functions(const Manifest& manifest, const Json& functions,
                                                      Judgement& judgement) {
  std::map<std::string, std::string> declared;
  for (std::size_t i = 0; i < functions.size(); ++i) {
    const std::string pointer = join_pointer("/functions", i);
    const std::string* name = text_of(functions[i], "name");
    if (!name) {
      if (!functions[i].is_object())
        judgement.findings.push_back({manifest.at(pointer),
                                      spoken(pointer) + " is " + std::string(kind_of(functions[i])) + ".",
                                      "an object",
                                      std::string(kind_of(functions[i])),
                                      {}});
      continue;  // a missing name is m365/required-members' finding
    }
    const Location place = manifest.at(pointer + "/name");
    if (!is_function_name(*name))
      judgement.findings.push_back({place,
                                    "The function's name is " + in_quotes(*name) + ".",
                                    "letters A to Z, digits and underscores",
                                    in_quotes(*name),
                                    {}});
    else if (const auto [first, is_new] = declared.emplace(*name, pointer); !is_new)
      judgement.findings.push_back(
          {place,
           "The function " + *name + " is declared again; " + spoken(first->second) + " has this name already.",
           "a name of its own",
           "a repeated name",
           {}});
  }
  return declared;
}

/// One runtime's claim to a function, or to all of them ("*").
struct Claim {
  std::string function, pointer;
  std::size_t runtime = 0;
};

std::vector<Claim> claims_of(const Json& runtimes) {
  std::vector<Claim> claims;
  for (std::size_t i = 0; i < runtimes.size(); ++i) {
    const Json* names = member_of(runtimes[i], "run_for_functions");
    if (!names) {
      // Without a list a runtime serves whatever it describes; which functions these are, its API description says.
      if (runtimes.size() == 1) claims.push_back({"*", join_pointer("/runtimes", i), i});
      continue;
    }
    for (std::size_t k = 0; names->is_array() && k < names->size(); ++k)
      if (const std::string* name = (*names)[k].get_ptr<const std::string*>())
        claims.push_back({*name, join_pointer(join_pointer("/runtimes", i) + "/run_for_functions", k), i});
  }
  return claims;
}

void judge_claims(const Manifest& manifest, const Json& runtimes, const std::map<std::string, std::string>& declared,
                  bool are_declared, Judgement& judgement) {
  std::map<std::string, std::size_t> owners;  // function → runtime
  const auto claim = [&](const std::string& function, const Claim& by) {
    const auto [owner, is_new] = owners.emplace(function, by.runtime);
    if (is_new || owner->second == by.runtime) return;
    judgement.findings.push_back({manifest.at(by.pointer),
                                  "The function " + in_quotes(function) + " is claimed by runtimes[" +
                                      std::to_string(owner->second) + "] and by runtimes[" +
                                      std::to_string(by.runtime) + "].",
                                  "one runtime for each function",
                                  "two runtimes",
                                  {}});
  };
  for (const Claim& by : claims_of(runtimes)) {
    if (by.function == "*") {
      for (const auto& [function, pointer] : declared) claim(function, by);
    } else if (are_declared && !declared.contains(by.function)) {
      judgement.findings.push_back(
          {manifest.at(by.pointer),
           spoken(by.pointer) + " names the function " + in_quotes(by.function) + ", which is not declared.",
           "the name of a declared function",
           in_quotes(by.function),
           {}});
    } else {
      claim(by.function, by);
    }
  }
}

Judgement functions(const Manifest& manifest) {
  Judgement judgement;
  const Json* list = manifest.document.find("/functions");
  const bool are_declared = list && list->is_array();
  const auto declared =
      are_declared ? declared_functions(manifest, *list, judgement) : std::map<std::string, std::string>{};
  const Json* runtimes = manifest.document.find("/runtimes");
  // A name that is wrong where it is declared is not also wrong where it is used.
  if (runtimes && runtimes->is_array() && judgement.findings.empty())
    judge_claims(manifest, *runtimes, declared, are_declared, judgement);
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check m365_functions = define_check<of_m365<functions>>({
    .id = "m365/functions",
    .title = "Each function has a proper name, and one runtime serves it",
    .requirement =
        "Function names consist of letters, digits and underscores and are unique. What run_for_functions names is "
        "declared, and no function is claimed by two runtimes, \"*\" included.",
    .rationale =
        "The model calls functions by name. With two of one name, or two runtimes for one, nobody can say what is "
        "called.",
    .remedy = "Rename the function in the manifest and in the API description, or correct run_for_functions.",
    .source = "Microsoft, Plugin manifest schema 2.4 for Microsoft 365 Copilot: functions, run_for_functions",
    .passing = R"("functions": [{"name": "listTodos"}], "runtimes": [{…, "run_for_functions": ["listTodos"]}])",
    .failing = R"("functions": [{"name": "list-todos"}])",
});

}  // namespace plugvet::checks
