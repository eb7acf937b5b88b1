#include "harness/engine/waivers.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/support/fields.h"
#include "harness/support/text.h"
#include "harness/support/time.h"

namespace plugvet {

namespace {

/// "*", or a JSON Pointer (RFC 6901): empty, or parts that each begin with a slash, with ~0 and ~1 for ~ and /.
bool may_be_pointer(std::string_view text) {
  if (text.empty() || text == "*") return true;
  if (text.front() != '/') return false;
  for (std::size_t at = text.find('~'); at != std::string_view::npos; at = text.find('~', at + 1))
    if (text.substr(at, 2) != "~0" && text.substr(at, 2) != "~1") return false;
  return true;
}

Result<Waiver> read_waiver(const Document& document, const std::string& where, const std::string& pointer,
                           std::span<const std::string_view> check_ids) {
  Fields fields{document, where, pointer};
  Waiver waiver;
  waiver.position = document.position(pointer);
  waiver.check = fields.required_text("check");
  waiver.pointer = fields.text("pointer").value_or("*");
  if (!may_be_pointer(waiver.pointer))
    fields.complain("pointer", "is no JSON Pointer, as reports show it: /name_for_human; * stands for every place.");
  waiver.reason = fields.required_text("reason");
  const std::string expires = fields.required_text("expires");

  if (!waiver.check.empty() && std::ranges::find(check_ids, waiver.check) == check_ids.end()) {
    const std::string near = nearest(waiver.check, check_ids);
    fields.complain("check", near.empty() ? fmt::format("names no check: {}.", printable(waiver.check))
                                          : fmt::format("names no check; did you mean {}?", near));
  }
  if (const auto date = parse_date(expires))
    waiver.expires = *date;
  else
    fields.complain("expires", "is not a date; write it as 2026-12-31.");
  if (auto problem = fields.finish()) return *problem;
  return waiver;
}

}  // namespace

Result<std::vector<Waiver>> read_waivers(const Document& document, const std::string& where,
                                         std::span<const std::string_view> check_ids) {
  Fields fields{document, where};
  const Json* list = fields.list("waivers");
  if (!list) fields.complain("waivers", "is missing; it is the list of accepted findings.");
  if (auto problem = fields.finish()) return *problem;
  std::vector<Waiver> waivers;
  for (std::size_t i = 0; i < list->size(); ++i) {
    auto waiver = read_waiver(document, where, join_pointer("/waivers", i), check_ids);
    if (!waiver) return *waiver.problem();
    waivers.push_back(std::move(*waiver));
  }
  return waivers;
}

}  // namespace plugvet
