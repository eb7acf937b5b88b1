#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "reports/report.h"

namespace plugvet::sample {

/// tests/reports/documents/<name>.json, as an array of documents.
Json documents(std::string_view name);
inline constexpr std::string_view names[] = {"good", "faulty", "several", "hostile", "signed_in", "probed"};

std::string render_documents(std::string_view format, const Json& documents, const RenderOptions& options = {});
std::string render(std::string_view format, std::string_view name, const RenderOptions& options = {});

std::vector<std::string> lines_of(std::string_view text);
std::string read_file(const std::string& path);
void write_file(const std::string& path, std::string_view content);
/// Where a test may leave files.
std::string scratch(std::string_view file);
/// The exit status; 127 when the program is not there.
int run(const std::string& command);

/// What family L of the faults would write into every field.
const std::vector<std::string>& payloads();

}  // namespace plugvet::sample
