#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "checks/probes.h"
#include "harness/support/document.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

bool says_no_such_method(int status) {
  static constexpr std::array no{401, 403, 404, 405, 410, 429, 501};
  return status / 100 == 3 || std::ranges::find(no, status) != no.end();
}

Judgement judge_undeclared_methods(const Probe& probe, const ApiDescription& api) {
  const int status = status_of(probe);
  if (probe.breach != Breach::method || status == 0 || says_no_such_method(status)) return Judgement::pass();
  const std::string& method = probe.exchange.request.method;
  const ApiPlace& place = probe.contract->operation->path_item.place;
  Location where = api.at(place);
  where.pointer = join_pointer(place.pointer, to_lower_ascii(method));
  const std::string path = printable(shortened(probe.contract->operation->path, 100));
  return Judgement::fail({std::move(where),
                          fmt::format("{} {} answers {}, but the description has no such operation.", method, path,
                                      answer_of(probe)),
                          "status 405", fmt::format("status {}", status), probe.exchange.request.url, {}});
}

}  // namespace

extern constinit const Check conformance_undeclared_methods = define_check<judge_undeclared_methods>({
    .id = "conformance/undeclared-methods",
    .title = "Methods that are not declared are refused",
    .requirement = "A method that the description does not declare for a path is answered with 405 or 404.",
    .rationale = "What is there and not described was not reviewed by anybody, and can be called by everybody.",
    .remedy = "Register each method of a path by itself, or describe what is there.",
    .source = "RFC 9110, section 15.5.6; Schemathesis, unsupported_method",
    .passing = "405 with Allow: GET, POST",
    .failing = "200 for PUT, which is not described",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
