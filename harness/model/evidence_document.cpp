#include "harness/model/evidence_document.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "harness/model/redaction.h"
#include "harness/support/text.h"
#include "harness/support/time.h"

namespace plugvet {

namespace {

// Each one is looked for in the whole document. A value of ours has a dozen spellings.
constexpr std::size_t most_secrets = 100, most_spellings = 16;

Json problem_row(const std::optional<Problem>& problem) {
  if (!problem) return nullptr;
  return {{"rung", name_of(problem->rung)},
          {"id", problem->id},
          {"what", printable(problem->what)},
          {"where", printable(problem->where)}};
}

/// Null: not collected. A problem where it could not be had, else what `describe` makes of it.
template <class T, class Describe>
Json artefact_json(const Collected<T>& collected, Describe describe) {
  if (!collected) return nullptr;
  if (const Problem* problem = collected->problem())
    return {{"location", printable(problem->where)}, {"problem", problem_row(*problem)}};
  const T& artefact = *collected->value();
  Json json = {{"location", printable(artefact.location)}, {"problem", nullptr}, {"sha256", artefact.sha256}};
  describe(artefact, json);
  return json;
}

Json text_read_json(const Result<PageText>& text) {
  if (!text) return {{"problem", problem_row(*text.problem())}};
  Json paragraphs = Json::array();
  for (const PageText::Paragraph& paragraph : text->paragraphs) paragraphs.push_back(printable(paragraph.text));
  return {{"problem", nullptr},
          {"kind", name_of(text->kind)},
          {"title", printable(text->title)},
          {"language", text->language},
          {"words", text->words},
          {"paragraphs", std::move(paragraphs)}};
}

Json fetch_json(const Fetch& fetch) {
  const Response* response = fetch.response();
  return {{"artefact", name_of(fetch.artefact)},
          {"url", printable(fetch.requested_url())},
          {"final_url", printable(fetch.final_url())},
          {"redirects", fetch.redirects().size()},
          {"status", response ? Json(response->status) : Json{}},
          {"media_type", response ? printable(response->media_type()) : std::string{}},
          {"bytes", response ? response->body.size() : 0},
          {"took_ms", fetch.took.count()},
          {"problem", problem_row(fetch.problem)}};
}

Json fetches_json(const Collected<Fetches>& fetches) {
  if (!fetches || !*fetches) return nullptr;
  Json list = Json::array();
  for (const Fetch& fetch : (*fetches)->all) list.push_back(fetch_json(fetch));
  return list;
}

Json submission_json(const Submission& submission) {
  return {{"source", printable(submission.source)},
          {"kind", name_of(submission.kind)},
          {"url", submission.url ? Json(submission.url->text()) : Json{}},
          {"path", submission.is_on_disk() ? Json(printable(submission.path)) : Json{}}};
}

}  // namespace

Result<Json> evidence_document(const Evidence& evidence) {
  const std::vector<std::string> secrets = secrets_in(evidence);
  if (secrets.size() > most_secrets + evidence.secrets.size() * most_spellings) {
    Problem problem;
    problem.rung = Rung::schema;
    problem.id = "evidence.secrets";
    problem.what = fmt::format("The submission shows {} secrets, too many to mask, so no program is told of it.",
                               secrets.size());
    problem.where = evidence.submission.source;
    return problem;
  }
  Json document = Json::object();
  document["format"] = "plugvet-evidence/1";
  document["now"] = timestamp_text(evidence.now);
  document["submission"] = submission_json(evidence.submission);
  document["manifest"] = artefact_json(evidence.manifest, [](const Manifest& manifest, Json& json) {
    json["format"] = manifest.format() == ManifestFormat::m365 ? "m365" : "ai_plugin";
    json["document"] = manifest.document.root();
  });
  document["api"] = artefact_json(evidence.api, [](const ApiDescription& api, Json& json) {
    json["document"] = api.document.root();
    json["files"] = Json::array();
    for (const ApiFile& file : api.files)
      json["files"].push_back({{"name", printable(file.name)}, {"document", file.document.root()}});
  });
  document["logo"] = artefact_json(evidence.logo, [](const Logo& logo, Json& json) {
    json["media_type"] = printable(logo.media_type);
    json["format"] = name_of(logo.format);
    json["bytes"] = logo.bytes;
    json["width"] = logo.width;
    json["height"] = logo.height;
    json["frames"] = logo.frames;
    json["transparent"] = logo.has_transparency;
    json["decoding"] = problem_row(logo.decoding);
  });
  document["legal_page"] = artefact_json(evidence.legal_page, [](const LegalPage& page, Json& json) {
    json["media_type"] = printable(page.media_type);
    json["text"] = text_read_json(page.text);
    json["privacy"] = Json::array();
    for (const PrivacyPage& other : page.privacy)
      json["privacy"].push_back({{"url", printable(other.url)}, {"text", text_read_json(other.text)}});
  });
  document["fetches"] = fetches_json(evidence.fetches);
  redact(document, secrets);
  return document;
}

}  // namespace plugvet
