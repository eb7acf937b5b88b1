#include "checks/findings.h"
#include "checks/format.h"
#include "checks/response_semantics.h"
#include "checks/values.h"
#include "harness/support/json_path.h"

namespace plugvet::checks {
namespace {

Judgement path_syntax(const Manifest& manifest) {
  Judgement judgement;
  for_each_response_semantics(functions_of(manifest), [&](const ResponseSemantics& semantics) {
    for (const ResponsePath& path : paths_of(semantics)) {
      const auto parsed = JsonPath::parse(*path.text);
      if (parsed) continue;
      judgement.findings.push_back({manifest.at(path.pointer),
                                    spoken(semantics.function) + ": " + std::string(path.name) +
                                        " is no JSONPath query. " + parsed.problem()->what,
                                    "a query such as $.results",
                                    in_quotes(*path.text),
                                    {}});
    }
  });
  return summarised(std::move(judgement));
}

}  // namespace

extern constinit const Check m365_path_syntax = define_check<of_m365<path_syntax>>({
    .id = "m365/path-syntax",
    .title = "Paths into an answer are JSONPath queries",
    .requirement =
        "data_path and the properties of response_semantics are JSONPath queries by RFC 9535: they begin with $.",
    .rationale = "Copilot finds with them what it shows of an answer. A query that cannot be read finds nothing.",
    .remedy = "Write $ for the whole answer and $.results for its member results.",
    .source = "Microsoft, Plugin manifest schema 2.4 for Microsoft 365 Copilot: response semantics object; RFC 9535",
    .passing = R"("data_path": "$.results")",
    .failing = R"("data_path": "results")",
});

}  // namespace plugvet::checks
