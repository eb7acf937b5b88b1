#pragma once
#include <string>
#include <string_view>

#include "harness/support/json.h"

namespace plugvet {

struct RenderOptions {
  bool color = false;    ///< text: ANSI colours
  bool quiet = false;    ///< text: verdict and findings only, the waived in a line each
  bool verbose = false;  ///< text: passed checks too, with what was measured
};

/// A way to show reviews. It sees the JSON documents (schemas/review.schema.json) and nothing else.
struct ReportFormat {
  std::string_view name;       ///< "html"
  std::string_view extension;  ///< "html", "xml"
  std::string_view about;      ///< one line for --help
  /// `documents`: an array of review documents, at least one.
  std::string (*render)(const Json& documents, const RenderOptions& options);
};

}  // namespace plugvet
