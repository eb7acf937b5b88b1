#include "checks/format.h"
#include "checks/placeholders.h"
#include "checks/values.h"

namespace plugvet::checks {
namespace {

Judgement namespace_portability(const Manifest& manifest) {
  const std::string* name = manifest.text("/namespace");
  if (!name || !placeholder_in(*name, TextRole::name).empty()) return Judgement::pass();
  const std::size_t at = name->find_first_of("_-");
  if (at == std::string::npos) return Judgement::pass();
  const std::string actual = (*name)[at] == '_' ? "an underscore" : "a hyphen";
  return Judgement::fail({manifest.at("/namespace"),
                          "namespace is " + in_quotes(*name) + ", with " + actual + ".",
                          "ASCII letters and digits only",
                          actual,
                          {}});
}

}  // namespace

extern constinit const Check m365_namespace_portability = define_check<of_m365<namespace_portability>>({
    .id = "m365/namespace-portability",
    .title = "The namespace is accepted by every published pattern",
    .requirement = "namespace has neither underscore nor hyphen.",
    .rationale =
        "Microsoft published three patterns: the documentation allows letters and digits, the schemas on GitHub also "
        "the underscore, the live schema of v2.4 the hyphen instead. Only letters and digits satisfy all of them.",
    .remedy = "Leave the character out: todoList.",
    .source = "Microsoft, Plugin manifest schema 2.4 for Microsoft 365 Copilot: namespace; Microsoft, plugin manifest "
              "JSON schemas",
    .passing = R"("namespace": "todoList")",
    .failing = R"("namespace": "todo_list")",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
