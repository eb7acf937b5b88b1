// The review document itself, for programs.
#include <nlohmann/json.hpp>

#include "reports/report.h"
#include "reports/shared/json_text.h"

namespace plugvet::reports {
namespace {

std::string render_json(const Json& documents, const RenderOptions&) {
  const bool one = documents.is_array() && documents.size() == 1;
  return json_text(one ? documents.front() : documents);
}

}  // namespace

extern constinit const ReportFormat json = {"json", "json", "the review document itself, for programs", render_json};

}  // namespace plugvet::reports
