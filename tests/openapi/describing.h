#pragma once
#include <boost/test/unit_test.hpp>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "harness/openapi/description.h"

namespace plugvet::testing {

using openapi::Description;

/// The least that a document has, and the members in `rest` (YAML, without indentation).
inline std::string document_of(std::string_view version, std::string_view rest) {
  return "openapi: " + std::string{version} + "\ninfo: {title: Todo, version: '1'}\n" + std::string{rest};
}
inline std::string with_paths(std::string_view rest) {
  return document_of("3.0.3", "paths: {}\n" + std::string{rest});
}

using FileMap = std::map<std::string, std::string>;

inline std::shared_ptr<const Description> described(const std::string& text, const FileMap& files = {},
                                                    std::vector<ApiFile>* read = nullptr) {
  const auto document = parse_json_or_yaml(text, "here");
  BOOST_REQUIRE_MESSAGE(document, (document ? "" : document.problem()->what));
  if (files.empty()) return openapi::describe(*document);
  const auto read_file = [&](const std::string& name) -> Result<std::string> {
    if (const auto file = files.find(name); file != files.end()) return file->second;
    Problem problem;
    problem.id = name.ends_with("link.yaml") ? "file.link" : "file.missing";
    problem.what = "The file does not exist.";
    return problem;
  };
  std::vector<ApiFile> ignored;
  return openapi::describe(*document, "api/openapi.yaml", read_file, read ? read : &ignored);
}

/// "pointer: message" of the faults, one a line; before it ~ for those without effect.
inline std::string faults_in(const Description& description) {
  std::string list;
  for (const auto& fault : description.faults)
    list += (fault.is_ineffective ? "~" : "") + fault.place.pointer + ": " + fault.message + "\n";
  return list;
}

/// "file pointer text: reason" of the references with a defect, one a line.
inline std::string references_in(const Description& description) {
  std::string list;
  for (const auto& reference : description.references)
    list += std::to_string(reference.place.file) + " " + reference.place.pointer + " " + std::string{reference.text} +
            ": " + reference.reason + "\n";
  return list;
}

inline std::string cycles_in(const Description& description) {
  std::string list;
  for (const auto& cycle : description.cycles) {
    for (const ApiPlace& place : cycle.members) list += place.pointer + " ";
    list += "\n";
  }
  return list;
}

inline void expect_clean(const Description& description) {
  BOOST_TEST(faults_in(description) == "");
  BOOST_TEST(references_in(description) == "");
}

}  // namespace plugvet::testing
