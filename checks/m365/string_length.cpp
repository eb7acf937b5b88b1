#include <array>
#include <nlohmann/json.hpp>

#include "checks/findings.h"
#include "checks/format.h"
#include "checks/length.h"
#include "checks/values.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

// These have limits, and checks, of their own; an embedded API description is a document in itself.
bool has_own_limit(std::string_view pointer) {
  constexpr std::array<std::string_view, 3> own{"/name_for_human", "/description_for_human", "/description_for_model"};
  for (const std::string_view member : own)
    if (pointer == member) return true;
  return pointer.ends_with("/api_description");
}

struct Walk {
  const Manifest& manifest;
  std::size_t maximum;
  Judgement judgement;

  void visit(const Json& value, const std::string& pointer) {
    if (const std::string* text = value.get_ptr<const std::string*>()) return judge(*text, pointer);
    if (!value.is_structured()) return;
    std::size_t index = 0;
    for (const auto& [name, item] : value.items())
      visit(item, value.is_array() ? join_pointer(pointer, index++) : join_pointer(pointer, name));
  }

  void judge(const std::string& text, const std::string& pointer) {
    const std::size_t length = code_points(text);
    if (length <= maximum || has_own_limit(pointer)) return;
    judgement.findings.push_back({manifest.at(pointer),
                                  spoken(pointer) + " is " + counted(length - maximum, "character") + " too long.",
                                  "at most " + counted(maximum, "character"),
                                  length_text(text),
                                  {}});
  }
};

Judgement string_length(const Manifest& manifest, const Parameters& limits) {
  Walk walk{manifest, limits.count("maximum"), {}};
  walk.visit(manifest.document.root(), "");
  return summarised(std::move(walk.judgement));
}

}  // namespace

extern constinit const Check m365_string_length = define_check<of_m365<string_length>>({
    .id = "m365/string-length",
    .title = "No text of the Microsoft 365 manifest is longer than 4K characters",
    .requirement = "Every text has at most 4K (4,096) characters, unless it has a limit of its own.",
    .rationale = "It is the general limit of the format; longer texts may be cut or refused.",
    .remedy = "Shorten the text, or move it into a file that is referred to.",
    .source = "Microsoft, Plugin manifest schema 2.4 for Microsoft 365 Copilot: string length",
    .passing = R"("instructions": "Ask before deleting.")",
    .failing = "instructions of 5,000 characters",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
