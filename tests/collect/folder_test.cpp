#include "tests/collect/folder.h"

#include <sys/stat.h>

#include <boost/test/unit_test.hpp>

#include "harness/collect/collect.h"
#include "harness/openapi/description.h"

using namespace plugvet;
namespace fs = std::filesystem;

namespace {

const std::string manifest_text = R"({"schema_version": "v1", "name_for_human": "Acme",
 "api": {"type": "openapi", "url": "https://acme.com/spec/api.yaml"}, "logo_url": "https://acme.com/img/picture.svg"})";
const std::string api_text = "openapi: 3.0.1\ninfo: {}\npaths: {}\n";
const std::string svg_text = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>";

struct Plugin : plugvet::testing::Folder {
  CollectOptions options;

  Evidence collected(ManifestKind kind = ManifestKind::ai_plugin, const std::string& source = {}) const {
    const auto submission = identify_submission(source.empty() ? path.string() : source);
    BOOST_REQUIRE(submission);
    const Needs all = Needs{Needs::manifest} | Needs::api | Needs::logo | Needs::legal_page | Needs::tls |
                      Needs::fetches | Needs::cors;
    return collect(*submission, all, kind, nullptr, options);
  }
};

template <class T>
std::string id_of(const Collected<T>& collected) {
  if (!collected) return "not collected";
  return *collected ? "" : collected->problem()->id;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(folder, Plugin)

BOOST_AUTO_TEST_CASE(a_manifest_is_found_in_its_well_known_place_first) {
  write("ai-plugin.json", "{}");
  const std::string manifest = write(".well-known/ai-plugin.json", manifest_text);
  const Evidence evidence = collected();
  BOOST_REQUIRE_EQUAL(id_of(evidence.manifest), "");
  BOOST_TEST((*evidence.manifest)->location == manifest);
  BOOST_TEST(!(*evidence.manifest)->url);
  BOOST_TEST((*evidence.manifest)->sha256.size() == 64);
  BOOST_TEST(evidence.unparsed.empty());
  BOOST_TEST(!evidence.not_collected_because.empty());
}

BOOST_AUTO_TEST_CASE(a_manifest_at_the_root_is_found) {
  write("ai-plugin.json", manifest_text);
  BOOST_TEST(id_of(collected().manifest) == "");
}

BOOST_AUTO_TEST_CASE(nothing_of_the_network_is_collected) {
  write("ai-plugin.json", manifest_text);
  const Evidence evidence = collected();
  BOOST_TEST(!evidence.fetches);
  BOOST_TEST(!evidence.tls);
  BOOST_TEST(!evidence.cors);
  BOOST_TEST(!evidence.legal_page);
  BOOST_TEST(!evidence.api);
  BOOST_TEST(!evidence.logo);
}

BOOST_AUTO_TEST_CASE(api_description_and_logo_are_found_by_the_paths_of_their_urls) {
  write(".well-known/ai-plugin.json", manifest_text);
  write("openapi.yaml", "not: this\n");
  write("logo.svg", "<svg/>");
  const std::string api = write("spec/api.yaml", api_text);
  const std::string logo = write("img/picture.svg", svg_text);
  const Evidence evidence = collected();
  BOOST_REQUIRE_EQUAL(id_of(evidence.api), "");
  BOOST_TEST((*evidence.api)->location == api);
  BOOST_REQUIRE_EQUAL(id_of(evidence.logo), "");
  BOOST_TEST((*evidence.logo)->location == logo);
  BOOST_TEST((*evidence.logo)->media_type == "image/svg+xml");
}

BOOST_AUTO_TEST_CASE(api_description_and_logo_are_found_by_their_names_and_at_the_usual_places) {
  write(".well-known/ai-plugin.json", manifest_text);
  write(".well-known/api.yaml", api_text);
  write("logo.svg", svg_text);
  const Evidence evidence = collected();
  BOOST_TEST(id_of(evidence.api) == "");
  BOOST_TEST(id_of(evidence.logo) == "");
}

BOOST_AUTO_TEST_CASE(a_manifest_file_in_its_well_known_place_belongs_to_the_folder_above) {
  const std::string manifest = write(".well-known/ai-plugin.json", manifest_text);
  write("spec/api.yaml", api_text);
  const Evidence evidence = collected(ManifestKind::ai_plugin, manifest);
  BOOST_REQUIRE_EQUAL(id_of(evidence.api), "");
  BOOST_TEST((*evidence.api)->location == (path / "spec/api.yaml").string());
}

BOOST_AUTO_TEST_CASE(an_app_package_has_its_paths_from_where_the_manifest_lies) {
  write("package.json", "{}");
  write("eslint-plugin.json", "{ // broken, and none of ours\n}");
  write("appPackage/a-plugin.json", R"({"schema_version": "v1"})");
  write("appPackage/todo-plugin.json", R"({"schema_version": "v2.1", "namespace": "todo", "logo_url": "color.svg",
    "runtimes": [{"type": "LocalPlugin"}, {"type": "OpenApi", "spec": {"url": "apiSpec/todo.yml"}}]})");
  write("appPackage/apiSpec/todo.yml", api_text);
  write("appPackage/color.svg", svg_text);
  const Evidence evidence = collected(ManifestKind::m365);
  BOOST_REQUIRE_EQUAL(id_of(evidence.manifest), "");
  BOOST_TEST((*evidence.manifest)->location == (path / "appPackage/todo-plugin.json").string());
  BOOST_REQUIRE_EQUAL(id_of(evidence.api), "");
  BOOST_TEST((*evidence.api)->location == (path / "appPackage/apiSpec/todo.yml").string());
  BOOST_TEST(id_of(evidence.logo) == "");
}

BOOST_AUTO_TEST_CASE(a_package_without_the_file_that_its_manifest_names_is_broken_and_a_manifest_alone_is_not) {
  write("appPackage/todo-plugin.json", R"({"schema_version": "v2.1", "namespace": "todo",
    "runtimes": [{"type": "OpenApi", "spec": {"url": "apiSpec/todo.yml"}}]})");
  const Evidence package = collected(ManifestKind::m365);
  BOOST_TEST(id_of(package.api) == "file.missing");
  const Evidence alone = collected(ManifestKind::m365, (path / "appPackage/todo-plugin.json").string());
  BOOST_TEST(id_of(alone.manifest) == "");
  BOOST_TEST(id_of(alone.api) == "not collected");
}

BOOST_AUTO_TEST_CASE(a_broken_manifest_in_an_app_package_is_found_and_its_syntax_is_the_problem) {
  write("appPackage/todo-plugin.json", "{\"schema_version\": \"v2.1\",}");
  const Evidence evidence = collected(ManifestKind::m365);
  BOOST_TEST(id_of(evidence.manifest) == "json.trailing_comma");
  BOOST_TEST(evidence.unparsed.contains(Artefact::manifest));
}

BOOST_AUTO_TEST_CASE(a_folder_without_a_manifest_says_where_it_was_looked_for) {
  const Evidence evidence = collected();
  BOOST_REQUIRE_EQUAL(id_of(evidence.manifest), "file.missing");
  const Problem& problem = *evidence.manifest->problem();
  BOOST_TEST((problem.rung == Rung::file));
  BOOST_TEST(problem.what.find(".well-known/ai-plugin.json and ai-plugin.json.") != std::string::npos);
  const Evidence of_m365 = collected(ManifestKind::m365);
  BOOST_TEST(of_m365.manifest->problem()->what.find("appPackage") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_broken_manifest_keeps_its_text_and_leaves_what_it_names_without_an_address) {
  write("ai-plugin.json", "{\"name_for_human\": \"x\",}");
  write("openapi.yaml", api_text);
  const Evidence evidence = collected();
  BOOST_TEST(id_of(evidence.manifest) == "json.trailing_comma");
  BOOST_TEST(evidence.unparsed.at(Artefact::manifest) == "{\"name_for_human\": \"x\",}");
  BOOST_REQUIRE_EQUAL(id_of(evidence.api), "manifest.unreadable");
  BOOST_REQUIRE_EQUAL(id_of(evidence.logo), "manifest.unreadable");
  BOOST_TEST((evidence.api->problem()->rung == Rung::url));
  BOOST_TEST((evidence.logo->problem()->rung == Rung::url));
  BOOST_TEST(!evidence.legal_page);
}

BOOST_AUTO_TEST_CASE(a_broken_api_description_keeps_its_text) {
  write("ai-plugin.json", manifest_text);
  write("spec/api.yaml", "openapi: [3.0.1\n");
  const Evidence evidence = collected();
  BOOST_TEST((evidence.api->problem()->rung == Rung::syntax));
  BOOST_TEST(evidence.unparsed.at(Artefact::api) == "openapi: [3.0.1\n");
}

BOOST_AUTO_TEST_CASE(a_list_is_no_manifest_and_no_api_description) {
  write("ai-plugin.json", "[]");
  BOOST_TEST(id_of(collected().manifest) == "manifest.not_an_object");
  write("ai-plugin.json", manifest_text);
  write("spec/api.yaml", "- openapi\n");
  BOOST_TEST(id_of(collected().api) == "api.not_an_object");
}

BOOST_AUTO_TEST_CASE(links_pipes_and_folders_are_not_read) {
  fs::create_symlink("/etc/passwd", path / "ai-plugin.json");
  BOOST_TEST(id_of(collected().manifest) == "file.link");
  fs::remove(path / "ai-plugin.json");
  BOOST_REQUIRE(::mkfifo((path / "ai-plugin.json").c_str(), 0600) == 0);
  BOOST_TEST(id_of(collected().manifest) == "file.not_regular");
  fs::remove(path / "ai-plugin.json");
  fs::create_directory(path / "ai-plugin.json");
  BOOST_TEST(id_of(collected().manifest) == "file.not_regular");
  fs::create_directory_symlink("/etc", path / ".well-known");
  BOOST_TEST(id_of(collected().manifest) == "file.link");
}

BOOST_AUTO_TEST_CASE(a_link_in_an_app_package_is_not_read) {
  fs::create_directory(path / "appPackage");
  fs::create_symlink("/etc/passwd", path / "appPackage/plugin.json");
  BOOST_TEST(id_of(collected(ManifestKind::m365).manifest) == "file.link");
}

BOOST_AUTO_TEST_CASE(links_to_api_description_and_logo_are_not_read) {
  write("ai-plugin.json", manifest_text);
  fs::create_directory_symlink("/etc", path / "spec");
  fs::create_directory(path / "img");
  fs::create_symlink("/etc/passwd", path / "img/picture.svg");
  BOOST_TEST(id_of(collected().api) == "file.link");
  BOOST_TEST(id_of(collected().logo) == "file.link");
}

BOOST_AUTO_TEST_CASE(files_that_the_api_description_refers_to_are_read_beneath_the_folder_and_links_are_not) {
  write("ai-plugin.json", manifest_text);
  write("spec/api.yaml", api_text +
                             "components:\n  schemas:\n    A: {$ref: '../shared/todo.yaml'}\n    B: {$ref: link.yaml}\n"
                             "    C: {$ref: ../../outside.yaml}\n");
  write("shared/todo.yaml", "type: object\n");
  fs::create_symlink("/etc/passwd", path / "spec/link.yaml");
  const Evidence evidence = collected();
  const ApiDescription& api = **evidence.api;
  BOOST_REQUIRE_EQUAL(api.files.size(), 1u);
  BOOST_TEST(api.files[0].name == "shared/todo.yaml");
  BOOST_TEST(api.files[0].location == (path / "shared/todo.yaml").string());
  const auto& references = api.description->references;
  BOOST_REQUIRE_EQUAL(references.size(), 3u);
  BOOST_TEST((references[1].state == openapi::ReferenceState::outside));
  BOOST_TEST((references[2].state == openapi::ReferenceState::outside));

  const Evidence alone = collected(ManifestKind::none, (path / "spec/api.yaml").string());
  BOOST_TEST((*alone.api)->files.empty());  // the folder of the file is the submission
}

BOOST_AUTO_TEST_CASE(files_larger_than_their_limits_are_not_read) {
  options.manifest.body = manifest_text.size();
  options.api.body = options.logo.body = 20;
  write("ai-plugin.json", manifest_text);
  write("spec/api.yaml", api_text);
  write("img/picture.svg", svg_text);
  const Evidence evidence = collected();
  BOOST_TEST(id_of(evidence.manifest) == "");
  BOOST_TEST(id_of(evidence.api) == "file.too_large");
  BOOST_TEST(id_of(evidence.logo) == "file.too_large");
  write("ai-plugin.json", manifest_text + " ");
  BOOST_TEST(id_of(collected().manifest) == "file.too_large");
}

BOOST_AUTO_TEST_CASE(no_path_of_a_manifest_leads_out_of_the_folder) {
  write("secret.yaml", api_text);
  write("secret.svg", svg_text);
  const std::string inner = (path / "plugin").string();
  for (const char* prefix : {"../", "a/../../", "./..//", "file://../", "/../", "https://acme.com/../",
                             "https://acme.com/%2e%2e/", "..\\", "\\u0000/../", "C:\\\\", "//"}) {
    const std::string start = prefix;
    write("plugin/ai-plugin.json", R"({"schema_version": "v1", "api": {"url": ")" + start +
                                       R"(secret.yaml"}, "logo_url": ")" + start + R"(secret.svg"})");
    const Evidence evidence = collected(ManifestKind::ai_plugin, inner);
    BOOST_TEST(!(evidence.api && *evidence.api), prefix);
    BOOST_TEST(!(evidence.logo && *evidence.logo), prefix);
  }
}

BOOST_AUTO_TEST_CASE(a_url_whose_path_can_be_no_file_is_not_looked_for_on_disk) {
  fs::create_directory(path / "v1");
  for (const std::string& url :
       {std::string{"https://acme.com/"}, std::string{"https://acme.com/v1"}, std::string{"https://acme.com/v1/"},
        std::string{"."}, std::string{".."}, std::string{}, std::string{"https://acme.com/"} + std::string(300, 'x'),
        std::string(5000, '/') + "x", std::string{"?"}}) {
    write("ai-plugin.json", R"({"schema_version": "v1", "api": {"url": ")" + url + "\"}}");
    BOOST_TEST(id_of(collected().api) == "not collected", url.substr(0, 40));
  }
}

BOOST_AUTO_TEST_CASE(an_api_description_alone_is_read_without_a_manifest) {
  const std::string api = write("openapi.yaml", api_text);
  const Evidence evidence = collected(ManifestKind::none, api);
  BOOST_TEST(id_of(evidence.api) == "");
  BOOST_TEST(!evidence.manifest);
}

BOOST_AUTO_TEST_SUITE_END()
