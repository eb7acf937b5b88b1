#include "checks/format.h"
#include "checks/length.h"

namespace plugvet::checks {
namespace {

Judgement description_store_length(const Manifest& manifest, const Parameters& limits) {
  Judgement judgement = judge_length(manifest, "/description_for_human", limits.count("maximum"));
  judgement.measures.clear();  // manifest/description-length shows this number already
  return judgement;
}

}  // namespace

extern constinit const Check manifest_description_store_length = define_check<of_ai_plugin<description_store_length>>({
    .id = "manifest/description-store-length",
    .title = "The description shown to people is no longer than the store ever accepted",
    .requirement = "description_for_human has at most 120 characters, the limit that the store enforced.",
    .rationale =
        "The early documents say 120, the late ones 100. No approved plugin has more than 120 characters, and many "
        "have exactly 120: that limit was enforced.",
    .remedy = "Shorten the description, best to the 100 characters of the late documents.",
    .source = "OpenAI, Getting started (spring 2023): description_for_human, 120 characters; 600 manifests of the "
              "plugin store",
    .passing = "a description of 100 characters",
    .failing = "a description of 121 characters",
});

}  // namespace plugvet::checks
