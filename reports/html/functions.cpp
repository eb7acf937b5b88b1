#include <fmt/format.h>

#include <algorithm>

#include "harness/support/text.h"
#include "reports/html/parts.h"
#include "reports/shared/words.h"

namespace plugvet::reports::html_parts {

void fill_functions(Fill& review, const Page& page) {
  if (!page.review.functions) return;
  const ShownFunctions& shown = *page.review.functions;
  Fill& section = review.add("FUNCTIONS");
  section.set("AMOUNT", counted(shown.list.size() + shown.left_out, "function"))
      .set("CHARACTERS", grouped(static_cast<double>(shown.characters)))
      .set("TOKENS", grouped(static_cast<double>(shown.tokens)))
      .set("NAMESPACE", shown.name)
      .set("TEXT", shown.text);
  std::size_t largest = shown.head_tokens;
  for (const ShownFunction& function : shown.list) largest = std::max(largest, function.tokens);
  const auto add_row = [&](std::string_view name, const std::string& where, std::size_t tokens) {
    section.add("FUNCTION")
        .set("NAME", name)
        .set("WHERE", where)
        .set("COST", grouped(static_cast<double>(tokens)))
        .set("USED", 100 * static_cast<double>(tokens) / static_cast<double>(std::max<std::size_t>(largest, 1)));
  };
  add_row("Description", "for the model", shown.head_tokens);
  for (const ShownFunction& function : shown.list)
    add_row(function.name, function.method + " " + function.path, function.tokens);
  section.optional("LEFT_OUT", shown.left_out == 0 ? "" : counted(shown.left_out, "more function"));
}

}  // namespace plugvet::reports::html_parts
