#include <sys/stat.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>

#include "harness/collect/collect.h"
#include "tests/collect/folder.h"

using namespace plugvet;
using plugvet::testing::Folder;
namespace data = boost::unit_test::data;

namespace {

struct Address {
  std::string source, url;
};
std::ostream& operator<<(std::ostream& out, const Address& address) {
  return out << address.source;
}

const Address addresses[] = {
    {"https://acme.com", "https://acme.com/"},
    {"http://acme.com/x?y", "http://acme.com/x?y"},
    {"acme.com", "https://acme.com/"},
    {"ACME.com/.well-known/ai-plugin.txt", "https://acme.com/.well-known/ai-plugin.txt"},
    {"acme.com:8443", "https://acme.com:8443/"},
    {"localhost", "http://localhost/"},
    {"localhost:3333", "http://localhost:3333/"},
    {"127.0.0.1:3333/x", "http://127.0.0.1:3333/x"},
    {"[::1]:80", "http://[::1]/"},
    {"[2001:db8::1]", "https://[2001:db8::1]/"},
};

const std::string refused[] = {"",
                               " \t\n",
                               "word",
                               "ftp://acme.com",
                               "file:///etc/passwd",
                               "javascript://acme.com/%0aalert(1)",
                               "https://user:secret@acme.com/",
                               "user:secret@acme.com",
                               "https://",
                               "https://acme.com:99999/",
                               "[::1",
                               "[",
                               "]",
                               ":",
                               "::1",
                               "/no/such/path",
                               "./no-such-folder",
                               "no-such/ai-plugin.json",
                               "openapi.yaml",
                               "https://acme\\.com@evil.com/",
                               std::string(100'000, 'a'),
                               std::string(100'000, '/'),
                               "\xFF\xFE.com",
                               "/dev/null",
                               "/dev/zero"};

struct Asked {
  std::string url;
  ManifestKind kind;
  bool may_be_manifest;
};
std::ostream& operator<<(std::ostream& out, const Asked& asked) {
  return out << asked.url << ' ' << static_cast<int>(asked.kind);
}

const Asked asked_urls[] = {
    {"https://acme.com", ManifestKind::ai_plugin, true},
    {"https://acme.com/?from=mail", ManifestKind::ai_plugin, true},
    {"https://openapi.acme.com/", ManifestKind::ai_plugin, true},
    {"https://acme.com/.well-known/ai-plugin.json", ManifestKind::ai_plugin, true},
    {"https://acme.com/openapi/ai-plugin.json", ManifestKind::ai_plugin, true},
    {"https://acme.com/v1/plugin.JSON", ManifestKind::ai_plugin, true},
    {"https://acme.com/plugin.json?v=2", ManifestKind::m365, true},
    {"https://acme.com/manifest", ManifestKind::m365, true},
    {"https://acme.com/openapi.yaml", ManifestKind::none, true},
    {"https://acme.com/", ManifestKind::none, true},
    {"https://acme.com/openapi.yaml", ManifestKind::ai_plugin, false},
    {"https://acme.com/api.YML", ManifestKind::m365, false},
    {"https://acme.com/openapi.json", ManifestKind::ai_plugin, false},
    {"https://acme.com/Swagger/v1", ManifestKind::ai_plugin, false},
    {"https://acme.com/shop", ManifestKind::ai_plugin, false},
    {"https://acme.com/.well-known/", ManifestKind::ai_plugin, false},
    {"https://acme.com/.well-known/ai-plugin.txt", ManifestKind::ai_plugin, false},
    {"https://acme.com/", ManifestKind::m365, false},
};

struct File {
  std::string name, content;
  SubmissionKind kind;
};
std::ostream& operator<<(std::ostream& out, const File& file) {
  return out << file.name << ' ' << file.content;
}

const File files[] = {
    {"ai-plugin.json", R"({"schema_version": "v1"})", SubmissionKind::manifest},
    {"any.json", R"({"name_for_human": "x"})", SubmissionKind::manifest},
    {"plugin.json", R"({"schema_version": "v2.1", "runtimes": []})", SubmissionKind::manifest},
    {"openapi.json", R"({"schema_version": "v1"})", SubmissionKind::manifest},
    {"any.json", R"({"openapi": "3.0.1"})", SubmissionKind::openapi},
    {"ai-plugin.json", R"({"openapi": "3.1.0"})", SubmissionKind::openapi},
    {"any.json", R"({"swagger": "2.0"})", SubmissionKind::openapi},
    {"openapi.yaml", "openapi: 3.0.1\n", SubmissionKind::openapi},
    {"any", "openapi: 3.0.1\n", SubmissionKind::openapi},
    {"ai-plugin.json", "{ broken", SubmissionKind::manifest},
    {"ai-plugin.json", "", SubmissionKind::manifest},
    {"openapi.json", "{ broken", SubmissionKind::openapi},
    {"api.YAML", "a: [broken", SubmissionKind::openapi},
    {"Swagger", "\xFF\xFE", SubmissionKind::openapi},
    {"any.json", "[]", SubmissionKind::manifest},
    {"any.json", R"({"x": {"openapi": "3.0.1"}, "api": {"type": "openapi"}})", SubmissionKind::manifest},
    {"any.json", R"({"a": "}{, \"b", "c": [{"d": 1}], "swagger": "2.0"})", SubmissionKind::openapi},
    {"any.json", "{openapi: 3.0.1, info: {title: it's}}", SubmissionKind::openapi},
    {"any.json", "\xEF\xBB\xBF {\n \"openapi\" : \"3.0.1\" }", SubmissionKind::openapi},
    {"any", "# openapi: no\n'openapi': 3.0.1\n", SubmissionKind::openapi},
    {"any", "x:\n  openapi: 3.0.1\n", SubmissionKind::manifest},
    {"any.json", "{\"", SubmissionKind::manifest},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(identify)

BOOST_DATA_TEST_CASE(a_url_or_a_host_is_an_address, data::make(addresses), address) {
  const auto submission = identify_submission(address.source);
  BOOST_REQUIRE(submission);
  BOOST_TEST((submission->kind == SubmissionKind::url));
  BOOST_TEST(submission->source == address.source);
  BOOST_TEST(submission->url->text() == address.url);
}

BOOST_DATA_TEST_CASE(what_cannot_be_reviewed_is_the_users_mistake, data::make(refused), source) {
  const auto submission = identify_submission(source);
  BOOST_REQUIRE(!submission);
  BOOST_TEST((submission.problem()->blame == Blame::user));
  BOOST_TEST(!submission.problem()->what.empty());
}

BOOST_DATA_TEST_CASE(a_path_says_whether_a_manifest_may_be_there, data::make(asked_urls), asked) {
  const auto problem = why_no_manifest_url(*Url::parse(asked.url), asked.kind);
  BOOST_TEST(!problem == asked.may_be_manifest);
  if (problem) BOOST_TEST((problem->blame == Blame::user && problem->what.starts_with("https://acme.com/")));
}

BOOST_DATA_TEST_CASE(a_file_is_told_by_its_content_and_then_by_its_name, data::make(files), file) {
  const Folder folder;
  const auto submission = identify_submission(folder.write(file.name, file.content));
  BOOST_REQUIRE(submission);
  BOOST_TEST(name_of(submission->kind) == name_of(file.kind));
  BOOST_TEST(submission->path == (folder.path / file.name).string());
}

BOOST_AUTO_TEST_CASE(a_folder_is_a_folder_also_behind_a_link) {
  const Folder folder;
  std::filesystem::create_directory(folder.path / "plugin");
  std::filesystem::create_symlink("plugin", folder.path / "link");
  for (const char* name : {"plugin", "link", "plugin/"})
    BOOST_TEST((identify_submission((folder.path / name).string())->kind == SubmissionKind::folder));
}

BOOST_AUTO_TEST_CASE(a_pipe_named_as_a_manifest_does_not_hang) {
  const Folder folder;
  const std::string pipe = (folder.path / "ai-plugin.json").string();
  BOOST_REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  const auto submission = identify_submission(pipe);
  BOOST_REQUIRE(!submission);
  BOOST_TEST((submission.problem()->blame == Blame::user));
}

BOOST_AUTO_TEST_CASE(a_file_larger_than_any_document_is_refused_unread) {
  const Folder folder;
  const std::string path = folder.write("openapi.json", "{");
  std::filesystem::resize_file(path, std::uintmax_t{1} << 40);
  BOOST_TEST(!identify_submission(path));
}

BOOST_AUTO_TEST_SUITE_END()
