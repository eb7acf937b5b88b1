#pragma once
#include <span>

#include "reports/report.h"

namespace plugvet::reports {

/// Every report format, by name. The table is generated from the files of this folder.
std::span<const ReportFormat* const> all();

}  // namespace plugvet::reports
