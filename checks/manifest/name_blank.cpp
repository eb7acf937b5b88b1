#include "checks/format.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

Judgement name_blank(const Manifest& manifest) {
  const std::string* name = manifest.text("/name_for_human");
  if (!name || !is_blank(*name)) return Judgement::pass();
  return Judgement::fail({manifest.at("/name_for_human"),
                          name->empty() ? "name_for_human is empty." : "name_for_human consists of white space only.",
                          "a name",
                          name->empty() ? "an empty text" : "white space",
                          {}});
}

}  // namespace

extern constinit const Check manifest_name_blank = define_check<of_profile_format<name_blank>>({
    .id = "manifest/name-blank",
    .title = "The name shown to people is not blank",
    .requirement = "name_for_human has at least one character that is not white space.",
    .rationale = "People choose and recognise a plugin by its name; a blank one cannot be found, enabled or reported.",
    .remedy = "Write the name that people should see.",
    .source = "Microsoft, Plugin manifest schema 2.4: name_for_human; Microsoft, OpenApi.ApiManifest",
    .passing = R"("name_for_human": "To-do list")",
    .failing = R"("name_for_human": " ")",
});

}  // namespace plugvet::checks
