#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/cli/front_door.h"

using namespace plugvet::cli_tests;

namespace {

/// What was typed, and what the one line of answer must contain.
struct Mistake {
  std::vector<std::string> words;
  std::string answer;
};

std::ostream& operator<<(std::ostream& out, const Mistake& mistake) {
  for (const std::string& word : mistake.words) out << word << ' ';
  return out;
}

// Each is typed in a folder that holds plugin/ (a folder), bad.yaml, bad-waivers.yaml and file.txt.
const std::vector<Mistake> mistakes = {
    {{"revew"}, "did you mean review?"},
    {{"--bogus"}, "no option --bogus"},
    {{"plugin"}, "did you mean `plugvet review plugin`?"},
    {{"https://acme.test"}, "did you mean `plugvet review https://acme.test`?"},
    {{"help", "revew"}, "did you mean review?"},
    {{"review"}, "review needs a SUBMISSION"},
    {{"review", "nothere"}, "nothere"},
    {{"review", "nothere/ai-plugin.json"}, "there is no file or folder nothere/ai-plugin.json"},
    {{"review", "https://user:pass@acme.test"}, "acme.test"},
    {{"review", "ftp://acme.test"}, "ftp"},
    {{"review", "plugin", "nothere"}, "nothere"},
    {{"review", "acme.test/openapi.yaml"}, "if it is a URL, write https://"},
    {{"review", "https://acme.test/openapi.yaml"}, "review it with --profile gpt-actions"},
    {{"review", "https://acme.test/openapi.json", "--profile", "gpt-pro"}, "review it with --profile gpt-actions"},
    {{"review", "https://acme.test/foo/bar"}, "give https://acme.test, whose /.well-known/ai-plugin.json is then read"},
    {{"review", "https://acme.test", "--profile", "m365-copilot-v2"}, "give the URL of the Microsoft 365 manifest"},
    {{"review", "plugin", "--profle", "x"}, "did you mean --profile?"},
    {{"review", "plugin", "--allow-writes"}, "--allow-writes is of use with --live only"},
    {{"review", "plugin", "--interactive"}, "--interactive is of use with --live only"},
    {{"review", "plugin", "--credentials", "nothere"}, "--credentials nothere"},
    {{"review", "plugin", "--credentials", "file.txt"}, "chmod 600 file.txt"},
    {{"review", "plugin", "--seed", "many"}, "--seed"},
    {{"review", "plugin", "--profle=x"}, "did you mean --profile?"},
    {{"review", "plugin", "-z"}, "review has no option -z"},
    {{"review", "plugin", "--profile"}, "--profile needs a value: --profile NAME|FILE"},
    {{"review", "plugin", "--profile", "--quiet"}, "--profile needs a value"},
    {{"review", "plugin", "--profile", ""}, "--profile is empty"},
    {{"review", "--profile=", "plugin"}, "--profile is empty"},
    {{"review", "plugin", "--profile", "opneai-plugin-v1"}, "did you mean openai-plugin-v1?"},
    {{"review", "plugin", "--profile", "nothere.yaml"}, "nothere.yaml"},
    {{"review", "plugin", "--only", "manifest/nme-length"}, "did you mean manifest/name-length?"},
    {{"review", "plugin", "--skip", "manifst/*"}, "did you mean manifest/*?"},
    {{"review", "plugin", "--only", "manifest/*", "--skip", "manifest/*"}, "No check is left"},
    {{"review", "plugin", "--fail-on", "eror"}, "did you mean error?"},
    {{"review", "plugin", "--fail-on", "error", "--fail-on", "note"}, "--fail-on was given 2 times"},
    {{"review", "plugin", "--report", "htm"}, "did you mean html?"},
    {{"review", "plugin", "--report", "pdf"}, "there are html, json"},
    {{"review", "plugin", "--report", "html="}, "names no file"},
    {{"review", "plugin", "--report", "html=nowhere/x.html"}, "does not exist"},
    {{"review", "plugin", "--report", "html=plugin"}, "plugin is a folder"},
    {{"review", "plugin", "--report", "html=file.txt/x.html"}, "file.txt/x.html cannot be written"},
    {{"review", "plugin", "--report", "html=" + std::string(300, 'x')}, "too long"},
    {{"review", "plugin", "--report", "html", "--report", "json"}, "both html and json go to standard output"},
    {{"review", "plugin", "--report", "html=a", "--report", "json=./a"}, "both html and json go to"},
    {{"review", "plugin", "--report", "html=a", "--report", "json=plugin/../a"}, "both html and json go to"},
    {{"review", "openapi.yaml", "--report", "html=openapi.yaml"}, "is the submission itself"},
    {{"review", "plugin", "--record", "a.har", "--report", "json=./a.har"}, "is also the cassette"},
    {{"review", "plugin", "--report", "html=a", "--report", "json=link-to-a"}, "both html and json go to"},
    {{"review", "plugin", "--proxy", "ftp://anna:secret@proxy.test"}, "--proxy: ftp is no kind of proxy"},
    {{"review", "plugin", "--proxy", "http://proxy.test:99999"}, "--proxy: this is no URL of a proxy"},
    {{"review", "plugin", "--proxy", "http://proxy.test", "--no-proxy"}, "--proxy and --no-proxy exclude each other"},
    {{"review", "plugin", "--ca-file", "file.txt"}, "--ca-file: the CA file file.txt contains no PEM certificate"},
    {{"review", "plugin", "--replay", "file.txt"}, "--replay: file.txt is not JSON"},
    {{"review", "plugin", "--replay", "other.json"}, "--replay: other.json is no HAR file"},
    {{"review", "plugin", "--profile", "bad-limit.yaml"}, "bad-limit.yaml:4:35: maximum is not a whole number from 0"},
    {{"review", "plugin", "--profile", "bad-base.yaml"}, "bad-base.yaml:2:10: extends: There is no profile gpt-action"},
    {{"review", "plugin", "--profile", "bad-name.yaml"}, "bad-name.yaml:1:7: name is that of a shipped profile"},
    {{"review", "plugin", "--waivers", "bad-pointer.yaml"}, "bad-pointer.yaml:3:14: pointer is no JSON Pointer"},
    {{"review", "plugin", "--resolve", "acme.test:443"}, "HOST:PORT:ADDRESS[:PORT]"},
    {{"review", "plugin", "--resolve", "acme.test:0:127.0.0.1"}, "HOST:PORT:ADDRESS[:PORT]"},
    {{"review", "plugin", "--resolve", "acme.test:443:acme.example"}, "HOST:PORT:ADDRESS[:PORT]"},
    {{"review", "plugin", "--resolve", "acme.test:443:[::1"}, "HOST:PORT:ADDRESS[:PORT]"},
    {{"review", "plugin", "--resolve", "acme.test:443:127.0.0.1:"}, "HOST:PORT:ADDRESS[:PORT]"},
    {{"review", "plugin", "--deadline", "5x"}, "write it as 90, 90s, 500ms or 2m"},
    {{"review", "plugin", "--deadline", "0"}, "is not a duration"},
    {{"review", "plugin", "--deadline", "1e3"}, "is not a duration"},
    {{"review", "plugin", "--deadline", "999999999999"}, "is not a duration"},
    {{"review", "plugin", "--rate", "-1"}, "requests per second"},
    {{"review", "plugin", "--rate", "nan"}, "requests per second"},
    {{"review", "plugin", "--jobs", "0"}, "from 1 to 256"},
    {{"review", "plugin", "--jobs", "many"}, "from 1 to 256"},
    {{"review", "plugin", "--color", "sometimes"}, "auto, always or never"},
    {{"review", "plugin", "--progress", "nevr"}, "did you mean never?"},
    {{"review", "plugin", "--ca-file", "nothere.pem"}, "--ca-file nothere.pem"},
    {{"review", "http://localhost:1", "--ca-file", "file.txt"}, "--ca-file"},
    {{"review", "plugin", "--config", "nothere.yaml"}, "--config nothere.yaml"},
    {{"review", "plugin", "--config", "bad.yaml"}, "bad.yaml:2:1: fail_onn is not known here; did you mean fail_on?"},
    {{"review", "plugin", "--waivers", "nothere.yaml"}, "--waivers nothere.yaml"},
    {{"review", "plugin", "--waivers", "bad-waivers.yaml"}, "bad-waivers.yaml:4:14: expires is not a date"},
    {{"review", "plugin", "--baseline", "nothere.json"}, "--baseline nothere.json"},
    {{"review", "plugin", "--baseline", "file.txt"}, "--baseline file.txt: line 1, column 1"},
    {{"review", "plugin", "--baseline", "other.json"}, "other.json:1:1: this is no review"},
    {{"review", "plugin", "--baseline", "later.json"}, "its format is plugvet-review/2"},
    {{"review", "plugin", "--baseline", "huge.json"}, "--baseline huge.json: the file has 300 MiB; at most 256 MiB are read"},
    {{"review", "plugin", "--waivers", "huge.json"}, "--waivers huge.json: the file has 300 MiB; at most 4 MiB are read"},
    {{"review", "plugin", "--profile", "./huge.json"}, "--profile ./huge.json: the file has 300 MiB; at most 1 MiB are read"},
    {{"review", "plugin", "--replay", "nothere.har"}, "--replay nothere.har"},
    {{"review", "http://localhost:1", "--replay", "file.txt"}, "file.txt"},
    {{"review", "plugin", "--record", "a.har", "--replay", "file.txt"}, "exclude each other"},
    {{"review", "plugin", "--record", "a.har", "--offline"}, "exclude each other"},
    {{"review", "plugin", "--record", "nowhere/a.har"}, "does not exist"},
    {{"review", "plugin", "-q", "-v"}, "exclude each other"},
    {{"review", "plugin", "--offline=perhaps"}, "--offline takes no value"},
    {{"review", "https://acme.test", "--offline"}, "--offline sends nothing"},
    {{"review", "--fixture", "tood"}, "did you mean todo?"},
    {{"render"}, "render needs a REVIEW.json"},
    {{"render", "nothere.json"}, "nothere.json"},
    {{"render", "file.txt"}, "file.txt"},
    {{"render", "other.json"}, "is no review"},
    {{"render", "other.json"}, "other.json:1:1: this is no review: it is not an object whose format is plugvet-"},
    {{"render", "damaged.json", "--report", "html"}, "damaged.json:1:40: this is no review: /tool is not an object"},
    {{"render", "later.json"}, "later.json:1:12: this is no review: its format is plugvet-review/2"},
    {{"render", "unheard-of.json"}, "unheard-of.json:2:12: this is no review: /verdict is not one of approved, "},
    {{"render", "nowhere.json", "--report", "html=nowhere.json"}, "nowhere.json"},
    {{"list", "x"}, "list takes no argument"},
    {{"list", "--report", "html"}, "text, json or markdown"},
    {{"list", "--profile", "gpt-action"}, "did you mean gpt-actions?"},
    {{"explain"}, "explain needs the ID"},
    {{"explain", "a", "b"}, "explain takes one ID"},
    {{"explain", "manifest/name-lenght"}, "did you mean manifest/name-length?"},
    {{"serve-fixture", "tood"}, "did you mean todo?"},
    {{"serve-fixture", "--fault", "nothing/like-it"}, "there is no fault"},
    {{"serve-fixture", "--port", "99999"}, "from 1 to 65535"},
    {{"completion"}, "bash or zsh"},
    {{"completion", "fish"}, "bash or zsh"},
};

}  // namespace

BOOST_DATA_TEST_CASE(a_mistake_of_the_user_is_one_line_that_says_what_to_do, boost::unit_test::data::make(mistakes),
                     mistake) {
  const Folder folder;
  std::filesystem::create_directory(folder / "plugin");
  folder.write("openapi.yaml", "openapi: 3.0.1\ninfo: {title: A, version: '1'}\npaths: {}\n");
  folder.write("bad.yaml", "jobs: 2\nfail_onn: note\n");
  folder.write("bad-waivers.yaml",
               "waivers:\n  - check: manifest/name-length\n    reason: because\n    expires: soon\n");
  folder.write("bad-limit.yaml", "name: mine\nextends: gpt-pro\nchecks:\n  manifest/name-length: {maximum: -1}\n");
  folder.write("bad-base.yaml", "name: mine\nextends: gpt-action\n");
  folder.write("bad-name.yaml", "name: gpt-actions\n");
  folder.write("bad-pointer.yaml", "waivers:\n  - check: logo/size\n    pointer: logo_url\n    reason: r\n"
                                   "    expires: 2999-12-31\n");
  std::filesystem::create_symlink("a", folder / "link-to-a");
  folder.write("later.json", "{\"format\": \"plugvet-review/2\"}");
  folder.write("unheard-of.json",
               "{\"format\": \"plugvet-review/1\", \"tool\": {\"name\": \"plugvet\", \"version\": \"1\"},\n"
               "\"verdict\": \"splendid\", \"started_at\": \"\", \"took_ms\": 0, \"seed\": 0, \"fail_on\": \"error\", "
               "\"profile\": \"\", \"profile_title\": \"\", \"profile_about\": \"\"}");
  folder.write("file.txt", "nothing in particular\n");
  folder.write("huge.json", "");
  std::filesystem::resize_file(folder / "huge.json", std::uintmax_t{300} << 20);
  folder.write("other.json", "{\"format\": \"something-else/1\"}");
  folder.write(
      "damaged.json",
      R"({"format": "plugvet-review/1", "tool": 1, "submission": 2, "profile": 3, "verdict": 4, "counts": 5, "results": 6})");
  const Ended ended = run_plugvet(mistake.words, {.folder = folder.path()});
  BOOST_TEST(ended.status == 2);
  BOOST_TEST(ended.err.starts_with("plugvet: "));
  BOOST_TEST(ended.lines_of_err() == 1u, ended.err);
  BOOST_TEST(ended.err.find(mistake.answer) != std::string::npos, ended.err);
  BOOST_TEST(ended.out == "");
}

BOOST_AUTO_TEST_CASE(without_a_command_the_help_is_shown_as_a_mistake) {
  const Ended ended = run_plugvet({});
  BOOST_TEST(ended.status == 2);
  BOOST_TEST(ended.err.find("Commands:") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(control_characters_that_were_typed_do_not_reach_the_terminal) {
  const Ended ended = run_plugvet({"review", "not\x1b[2Jhere"});
  BOOST_TEST(ended.status == 2);
  BOOST_TEST(ended.err.find('\x1b') == std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_follows_two_dashes_is_never_an_option) {
  const Folder folder;
  std::filesystem::create_directory(folder / "--quiet");
  const Ended ended = run_plugvet({"review", "--report", "json", "--", "--quiet"}, {.folder = folder.path()});
  BOOST_TEST(ended.status != 2, ended.err);
  BOOST_TEST(ended.out.find("\"source\": \"--quiet\"") != std::string::npos);
}
