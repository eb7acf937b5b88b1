#pragma once
#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>

#include "harness/support/document.h"

namespace plugvet::testing {

/// A text, and the id and the sentence of the problem that it must cause.
struct Refusal {
  std::string text, id, what;
};
inline std::ostream& operator<<(std::ostream& out, const Refusal& refusal) {
  return out << refusal.id << " in " << refusal.text.substr(0, 60);
}

/// A text, and the value that it must give.
struct Reading {
  std::string text, json;
};
inline std::ostream& operator<<(std::ostream& out, const Reading& reading) {
  return out << reading.text.substr(0, 60);
}

inline void expect_refusal(const Result<Document>& result, const Refusal& refusal) {
  const Problem* problem = result.problem();
  BOOST_REQUIRE_MESSAGE(problem != nullptr, "accepted: " << refusal.text.substr(0, 60));
  BOOST_TEST(problem->id == refusal.id);
  BOOST_TEST(problem->what == refusal.what);
  BOOST_TEST((problem->rung == Rung::syntax));
  BOOST_TEST(problem->where == "here");
}

inline Document expect_document(const Result<Document>& result) {
  BOOST_REQUIRE_MESSAGE(result, (result ? "" : result.problem()->what));
  return *result;
}

/// "id at pointer (line:column)" of every fault, one after the other.
inline std::string fault_list(const Document& document) {
  std::string list;
  for (const SyntaxFault& fault : document.faults()) {
    if (!list.empty()) list += ", ";
    list += fault.id + " at " + fault.pointer + " (" + std::to_string(fault.position.line) + ":" +
            std::to_string(fault.position.column) + ")";
  }
  return list;
}

inline std::string place(Position position) {
  return std::to_string(position.line) + ":" + std::to_string(position.column);
}

inline std::string repeated(std::string_view piece, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += piece;
  return text;
}

}  // namespace plugvet::testing
