#include "checks/length.h"

#include "checks/placeholders.h"
#include "checks/values.h"
#include "harness/support/text.h"

namespace plugvet::checks {

std::string length_text(std::string_view text) {
  const std::size_t points = code_points(text), units = utf16_units(text);
  std::string out = counted(points, "character");
  const std::string bytes = counted(text.size(), "byte");
  if (units != points)
    out += " (" + counted(units, "UTF-16 unit") + ", " + bytes + ")";
  else if (text.size() != points)
    out += " (" + bytes + ")";
  return out;
}

Judgement judge_length(const Manifest& manifest, std::string_view pointer, std::size_t maximum) {
  const std::string* text = manifest.text(pointer);
  if (!text || has_template_variable(*text)) return Judgement::pass();
  const std::size_t length = code_points(*text);
  const std::string name = spoken(pointer);
  Judgement judgement;
  judgement.measures.push_back(
      {manifest.at(pointer), name, static_cast<double>(length), static_cast<double>(maximum), "characters"});
  if (length <= maximum) return judgement;
  std::string message = name + " is " + in_quotes(*text) + ", " + counted(length - maximum, "character") + " too long.";
  judgement.findings.push_back(
      {manifest.at(pointer), std::move(message), "at most " + counted(maximum, "character"), length_text(*text), {}});
  return judgement;
}

}  // namespace plugvet::checks
