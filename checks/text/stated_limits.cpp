#include <fmt/format.h>
#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "checks/arguments.h"
#include "checks/format.h"
#include "checks/openapi.h"
#include "checks/values.h"
#include "harness/support/words.h"

namespace plugvet::checks {
namespace {

constexpr std::string_view subjects[] = {"country", "countries", "currency", "currencies"};

/// "country", "target_country_code": the subject; empty: it is about something else.
std::string_view subject_of(std::string_view name) {
  for (const std::string& word : words_of(name)) {
    const auto found = std::ranges::find(subjects, std::string_view{word});
    if (found != std::end(subjects)) return found->starts_with("c") && found->starts_with("count") ? "countries" : "currencies";
  }
  return {};
}

/// The texts that say what the plugin is, in lower case.
std::string what_is_said(const Manifest& manifest, const ApiDescription& api) {
  std::string said;
  for (const char* pointer : {"/name_for_human", "/description_for_human", "/description_for_model"})
    if (const std::string* text = manifest.text(pointer)) said += *text + '\n';
  if (const Json* info = member_of(*api.description->root.value, "info"))
    if (const std::string* text = text_of(*info, "description")) said += *text;
  return said;
}

std::string name_of_country(const std::string& code) {
  if (code.size() != 2) return code;
  icu::UnicodeString name;
  icu::Locale("", code.c_str()).getDisplayCountry(icu::Locale::getEnglish(), name);
  std::string out;
  return name.toUTF8String(out);
}

bool is_stated(const std::string& said, const Json& values) {
  const std::vector<std::string> general{"countries", "country", "worldwide",  "global",  "globally", "currencies", "currency",
                                         "regions",   "region",  "international", "European", "Europe",  "exchange",   "forex"};
  if (!whole_word_in(said, general).empty()) return true;
  return std::ranges::any_of(values, [&](const Json& value) {
    const auto* text = value.get_ptr<const std::string*>();
    if (!text || text->empty()) return false;
    // A code is written as it is: "US", not "us".
    if (text->size() <= 3 && said.find(*text) != std::string::npos && !whole_word_in(said, {text, 1}).empty()) return true;
    const std::string name = name_of_country(*text);
    return name.size() > 3 && !whole_word_in(said, {&name, 1}).empty();
  });
}

Judgement stated_limits(const Manifest& manifest, const ApiDescription& api) {
  constexpr std::size_t most = 12;  // more are no narrow limit
  const std::string said = what_is_said(manifest, api);
  return judge_arguments(api, [&](const Argument& argument) -> std::optional<ArgumentDefect> {
    const Json* values = argument.schema ? member_of(*argument.schema, "enum") : nullptr;
    if (!values || !values->is_array() || values->empty() || values->size() > most) return {};
    const std::string_view subject = subject_of(argument.name);
    if (subject.empty() || is_stated(said, *values)) return {};
    std::vector<std::string> shown;
    for (const Json& value : *values)
      if (value.is_string()) shown.push_back(in_quotes(value.get_ref<const std::string&>(), 20));
    return ArgumentDefect{fmt::format("knows {} only ({}), and no description says so", subject, listed(shown)),
                          "the limits in the description", in_quotes(argument.name)};
  });
}

}  // namespace

extern constinit const Check text_stated_limits = define_check<of_openapi_3<of_ai_plugin<stated_limits>>>({
    .id = "text/stated-limits",
    .title = "Descriptions say for which countries the plugin works",
    .requirement =
        "Where an argument takes a few countries or currencies only, a description of the manifest or of the OpenAPI document "
        "names them, or says that there are limits.",
    .rationale = "Users in all other countries would install what does not work for them.",
    .remedy = "Name the countries in the description.",
    .source = "OpenAI, Plugin review process: store criteria",
    .passing = "\"description_for_human\": \"Search homes for sale in the US and Canada.\"",
    .failing = "\"description_for_human\": \"Search homes for sale.\", country: {enum: [US, CA]}",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
