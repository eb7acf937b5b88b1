#include <algorithm>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <map>
#include <ostream>

#include "harness/collect/collect.h"
#include "harness/model/sensitive_paths.h"
#include "harness/support/text.h"

using namespace plugvet;
namespace data = boost::unit_test::data;

namespace {

Problem problem_of(Rung rung, std::string id) {
  Problem problem;
  problem.rung = rung;
  problem.id = std::move(id);
  return problem;
}

/// Answers from a script. Nothing happens before get() is called, so the log shows what was started before what was
/// waited for.
class Script : public Transport {
 public:
  std::map<std::string, Fetch> answers;  ///< by URL
  std::vector<FetchOrder> orders;
  std::vector<std::string> log;
  std::map<std::string, int> old_tls_probes;  ///< by URL

  void serve(const std::string& url, const std::string& body, int status = 200,
             const std::string& media_type = "application/json") {
    Fetch fetch;
    fetch.hops.push_back(hop(url));
    fetch.hops.back().response = Response{status, "HTTP/1.1", {{"Content-Type", media_type}}, body, body.size()};
    answers[url] = std::move(fetch);
  }

  void redirect(const std::string& from, const std::string& to) {
    Fetch fetch = answers.at(to);
    fetch.hops.insert(fetch.hops.begin(), hop(from));
    fetch.hops.front().response = Response{301, "HTTP/1.1", {{"Location", to}}, "", 0};
    answers[from] = std::move(fetch);
  }

  void fail(const std::string& url, const Problem& problem) {
    Fetch fetch;
    fetch.hops.push_back(hop(url));
    fetch.hops.back().problem = fetch.problem = problem;
    answers[url] = std::move(fetch);
  }

  std::future<Fetch> start(FetchOrder order) override {
    const std::string name = order.request.method + " " + order.request.url;
    orders.push_back(order);
    log.push_back("start " + name);
    return std::async(std::launch::deferred, [this, order, name] {
      log.push_back("get " + name);
      const auto found = answers.find(order.request.url);
      if (found == answers.end()) serve(order.request.url, "not here", 404, "text/plain");
      Fetch fetch = answers.at(order.request.url);
      fetch.artefact = order.artefact;
      fetch.named_by = order.named_by;
      return fetch;
    });
  }

  std::future<Result<MailRoute>> start_mail_lookup(const std::string& domain) override {
    log.push_back("start mail " + domain);
    return std::async(std::launch::deferred,
                      [domain] { return Result<MailRoute>{MailRoute{domain, true, false, {"mx." + domain}}}; });
  }

  std::future<std::string> start_old_tls_probe(const std::string& url) override {
    log.push_back("start tls " + url);
    ++old_tls_probes[url];
    return std::async(std::launch::deferred, [this, url] {
      log.push_back("get tls " + url);
      return std::string{url.find("old.") == std::string::npos ? "" : "TLSv1.1"};
    });
  }

 private:
  static Exchange hop(const std::string& url) {
    Exchange exchange;
    exchange.request.url = url;
    if (url.starts_with("https:")) exchange.tls = TlsFacts{.version = "TLSv1.3"};
    return exchange;
  }
};

const std::string manifest_url = "https://acme.com/.well-known/ai-plugin.json";
const std::string api_url = "https://api.acme.com/openapi.yaml";
const std::string logo_url = "https://old.acme.com/logo.svg";
const std::string page_url = "https://acme.com/legal";
// Where it is looked what the site says of pages that do not exist: the same for the same legal page.
const std::string nowhere_url = "https://acme.com/plugvet-" + sha256(page_url).substr(0, 24);
const std::string svg = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>";
const std::string api_text = "openapi: 3.0.1\n";

std::string manifest_naming(const std::string& api, const std::string& logo, const std::string& page) {
  return R"({"schema_version": "v1", "api": {"type": "openapi", "url": ")" + api + R"("}, "logo_url": ")" + logo +
         R"(", "legal_info_url": ")" + page + "\"}";
}

const Needs everything =
    Needs{Needs::fetches} | Needs::manifest | Needs::api | Needs::logo | Needs::legal_page | Needs::tls | Needs::cors;

struct Plugin {
  std::shared_ptr<Script> script = std::make_shared<Script>();
  CollectOptions options;

  Plugin() {
    script->serve(manifest_url, manifest_naming(api_url, logo_url, page_url));
    script->serve(api_url, api_text, 200, "text/yaml");
    script->serve(logo_url, svg, 200, "image/svg+xml; charset=utf-8");
    script->serve(page_url, "<html>Legal</html>", 200, "text/html");
  }

  Evidence collected(Needs needs = everything, ManifestKind kind = ManifestKind::ai_plugin,
                     const std::string& source = "acme.com") const {
    return collect(*identify_submission(source), needs, kind, script, options);
  }

  std::vector<std::string> urls_asked() const {
    std::vector<std::string> urls;
    for (const FetchOrder& order : script->orders) urls.push_back(order.request.url);
    return urls;
  }
};

template <class T>
std::string id_of(const Collected<T>& collected) {
  if (!collected) return "not collected";
  return *collected ? "" : collected->problem()->id;
}

using Urls = std::vector<std::string>;

}  // namespace

BOOST_FIXTURE_TEST_SUITE(network, Plugin)

BOOST_AUTO_TEST_CASE(a_good_plugin_is_collected_whole) {
  options.private_addresses_allowed = true;
  const Evidence evidence = collected();
  BOOST_TEST(id_of(evidence.manifest) == "");
  BOOST_TEST((*evidence.manifest)->location == manifest_url);
  BOOST_TEST((*evidence.manifest)->url->text() == manifest_url);
  BOOST_TEST(id_of(evidence.api) == "");
  BOOST_TEST((*evidence.api)->url->text() == api_url);
  BOOST_TEST(id_of(evidence.logo) == "");
  BOOST_TEST((*evidence.logo)->media_type == "image/svg+xml");
  BOOST_TEST((*evidence.logo)->url->text() == logo_url);
  BOOST_TEST(id_of(evidence.legal_page) == "");
  BOOST_TEST((*evidence.legal_page)->body == "<html>Legal</html>");
  BOOST_TEST(evidence.private_addresses_allowed);
  BOOST_TEST(evidence.not_collected_because == "");
  BOOST_TEST(evidence.unparsed.empty());
}

BOOST_AUTO_TEST_CASE(fetches_are_in_their_fixed_order_and_say_who_named_them) {
  const Evidence evidence = collected();
  const auto& all = (*evidence.fetches)->all;
  BOOST_REQUIRE_EQUAL(all.size(), 4);
  const Artefact order[] = {Artefact::manifest, Artefact::api, Artefact::logo, Artefact::legal_page};
  const std::string pointers[] = {"", "/api/url", "/logo_url", "/legal_info_url"};
  for (std::size_t i = 0; i < 4; ++i) {
    BOOST_TEST(name_of(all[i].artefact) == name_of(order[i]));
    BOOST_TEST(all[i].named_by.pointer == pointers[i]);
  }
  BOOST_TEST((all[0].named_by.artefact == Artefact::submission));
  BOOST_TEST((all[1].named_by.artefact == Artefact::manifest));
  BOOST_TEST(bool{all[1].named_by.position});
}

BOOST_AUTO_TEST_CASE(what_does_not_depend_on_one_another_is_started_side_by_side) {
  collected();
  std::vector<std::string> log = script->log;
  const auto at = [&](const std::string& line) {
    const auto found = std::ranges::find(log, line);
    BOOST_REQUIRE_MESSAGE(found != log.end(), line);
    return found - log.begin();
  };
  // The CORS probes of the manifest are on their way before the manifest is waited for.
  BOOST_TEST(at("start OPTIONS " + manifest_url) < at("get GET " + manifest_url));
  const auto first_wait = std::min({at("get GET " + api_url), at("get GET " + logo_url), at("get GET " + page_url),
                                    at("get OPTIONS " + manifest_url), at("get OPTIONS " + api_url)});
  for (const std::string& started :
       {"start GET " + api_url, "start GET " + logo_url, "start GET " + page_url, "start OPTIONS " + api_url})
    BOOST_TEST(at(started) < first_wait, started);
  BOOST_TEST(std::ranges::count(log, "start GET " + api_url) == 2);
  for (auto line = log.begin() + first_wait; line != log.end(); ++line)
    BOOST_TEST((!line->starts_with("start ") || line->starts_with("start tls ")), *line);
  const auto first_tls_wait = std::ranges::find_if(log, [](const auto& line) { return line.starts_with("get tls"); });
  BOOST_TEST(std::count_if(first_tls_wait, log.end(), [](const auto& line) { return line.starts_with("start "); }) ==
             0);
}

BOOST_AUTO_TEST_CASE(only_what_is_needed_is_fetched) {
  const std::pair<Needs, Urls> cases[] = {
      {Needs::manifest, {manifest_url}},
      {Needs::api, {manifest_url, api_url}},
      {Needs::logo, {manifest_url, logo_url}},
      {Needs::legal_page, {manifest_url, page_url, nowhere_url}},
      {Needs{Needs::api} | Needs::logo, {manifest_url, api_url, logo_url}},
      {Needs::fetches, {manifest_url, api_url, logo_url, page_url}},
      {Needs::tls, {manifest_url, api_url, logo_url, page_url}},
  };
  for (const auto& [needs, urls] : cases) {
    script->orders.clear();
    const Evidence evidence = collected(needs);
    BOOST_TEST(urls_asked() == urls, boost::test_tools::per_element());
    BOOST_TEST(bool{evidence.api} == needs.contains(Needs::api));
    BOOST_TEST(bool{evidence.logo} == needs.contains(Needs::logo));
    BOOST_TEST(bool{evidence.legal_page} == needs.contains(Needs::legal_page));
    BOOST_TEST(bool{evidence.fetches} == needs.contains(Needs::fetches));
    BOOST_TEST(bool{evidence.tls} == needs.contains(Needs::tls));
    BOOST_TEST(!evidence.cors);
    BOOST_TEST(evidence.manifest.has_value());
  }
}

BOOST_AUTO_TEST_CASE(offline_nothing_is_fetched) {
  options.offline = true;
  const Evidence evidence = collected();
  BOOST_TEST(script->log.empty());
  BOOST_TEST(!evidence.manifest);
  BOOST_TEST(!evidence.not_collected_because.empty());
}

BOOST_AUTO_TEST_CASE(every_artefact_has_its_limits) {
  options.manifest.body = 1, options.api.body = 2, options.logo.body = 3, options.page.body = 4;
  collected();
  const std::map<std::string, std::size_t> limits{{manifest_url, 1}, {api_url, 2}, {logo_url, 3}, {page_url, 4},
                                                  {nowhere_url, 4}};
  for (const FetchOrder& order : script->orders) BOOST_TEST(order.limits.body == limits.at(order.request.url));
}

namespace {

/// What a URL answers, and the rung and the id of the problem that an artefact has then.
struct Answer {
  int status;
  std::string body;
  Rung rung;
  std::string id;
};
std::ostream& operator<<(std::ostream& out, const Answer& answer) {
  return out << answer.status << ' ' << answer.body;
}

const Answer of_any[] = {{404, "{}", Rung::http, "http.status"},       {500, "<html>", Rung::http, "http.status"},
                         {204, "", Rung::http, "http.status"},         {401, "{}", Rung::http, "http.unauthorized"},
                         {403, "{}", Rung::http, "http.unauthorized"}, {200, "", Rung::http, "http.empty"}};
const Answer of_documents[] = {
    {200, "<!doctype html><html></html>", Rung::content_type, "content_type.html"},
    {200, R"({"a": [1})", Rung::syntax, "json.mismatched_bracket"},
};

}  // namespace

BOOST_DATA_TEST_CASE(a_manifest_that_cannot_be_had_breaks_on_its_rung_and_names_nothing, data::make(of_any), answer) {
  script->serve(manifest_url, answer.body, answer.status);
  const Evidence evidence = collected();
  BOOST_REQUIRE_EQUAL(id_of(evidence.manifest), answer.id);
  BOOST_TEST(name_of(evidence.manifest->problem()->rung) == name_of(answer.rung));
  BOOST_TEST(evidence.manifest->problem()->where == manifest_url);
  BOOST_TEST(id_of(evidence.api) == "manifest.unreadable");
  BOOST_TEST(id_of(evidence.logo) == "manifest.unreadable");
  BOOST_TEST(id_of(evidence.legal_page) == "manifest.unreadable");
  BOOST_TEST((evidence.api->problem()->rung == Rung::url));
  BOOST_TEST((*evidence.fetches)->all.size() == 1);
  BOOST_TEST((*evidence.cors)->all.size() == 1);
  BOOST_TEST((*evidence.tls)->hosts.size() == 1);
  BOOST_TEST(evidence.unparsed.empty());
}

BOOST_DATA_TEST_CASE(an_api_description_that_cannot_be_had_breaks_on_its_rung, data::make(of_any), answer) {
  script->serve(api_url, answer.body, answer.status);
  const Evidence evidence = collected();
  BOOST_REQUIRE_EQUAL(id_of(evidence.api), answer.id);
  BOOST_TEST(name_of(evidence.api->problem()->rung) == name_of(answer.rung));
  BOOST_TEST(id_of(evidence.logo) == "");
}

BOOST_DATA_TEST_CASE(a_document_that_cannot_be_parsed_keeps_its_text, data::make(of_documents), answer) {
  script->serve(api_url, answer.body);
  const Evidence of_api = collected();
  BOOST_REQUIRE_EQUAL(id_of(of_api.api), answer.id);
  BOOST_TEST(name_of(of_api.api->problem()->rung) == name_of(answer.rung));
  BOOST_TEST(of_api.unparsed.at(Artefact::api) == answer.body);
  script->serve(manifest_url, answer.body);
  const Evidence of_manifest = collected();
  BOOST_REQUIRE_EQUAL(id_of(of_manifest.manifest), answer.id);
  BOOST_TEST(name_of(of_manifest.manifest->problem()->rung) == name_of(answer.rung));
  BOOST_TEST(of_manifest.unparsed.at(Artefact::manifest) == answer.body);
}

BOOST_AUTO_TEST_CASE(a_list_is_no_document) {
  script->serve(api_url, "[]");
  BOOST_TEST(id_of(collected().api) == "api.not_an_object");
  script->serve(manifest_url, "[]");
  const Evidence evidence = collected();
  BOOST_TEST(id_of(evidence.manifest) == "manifest.not_an_object");
  BOOST_TEST((evidence.manifest->problem()->rung == Rung::schema));
}

BOOST_AUTO_TEST_CASE(json_that_is_declared_as_html_is_read) {
  script->serve(manifest_url, manifest_naming(api_url, logo_url, page_url), 200, "text/html");
  BOOST_TEST(id_of(collected().manifest) == "");
}

BOOST_AUTO_TEST_CASE(a_problem_of_the_transport_is_the_problem_of_the_artefact) {
  Problem problem = problem_of(Rung::name, "name.temporary_failure");
  problem.blame = Blame::environment;
  for (const std::string& url : {logo_url, api_url, page_url}) script->fail(url, problem);
  const Evidence named = collected();
  BOOST_TEST(id_of(named.api) == problem.id);
  BOOST_TEST(id_of(named.logo) == problem.id);
  BOOST_TEST(id_of(named.legal_page) == problem.id);
  script->fail(manifest_url, problem);
  const Evidence evidence = collected();
  BOOST_TEST(id_of(evidence.manifest) == problem.id);
  BOOST_TEST((evidence.api->problem()->blame == Blame::environment));
}

BOOST_AUTO_TEST_CASE(a_relative_api_url_is_resolved_against_where_the_manifest_lies_in_the_end) {
  const std::string moved = "https://www.acme.com/plugin/ai-plugin.json";
  script->serve(moved, manifest_naming("../openapi.yaml", logo_url, page_url));
  script->redirect(manifest_url, moved);
  script->serve("https://www.acme.com/openapi.yaml", api_text);
  const Evidence evidence = collected();
  BOOST_REQUIRE_EQUAL(id_of(evidence.manifest), "");
  BOOST_TEST((*evidence.manifest)->url->text() == moved);
  BOOST_TEST((*evidence.manifest)->location == moved);
  BOOST_REQUIRE_EQUAL(id_of(evidence.api), "");
  BOOST_TEST((*evidence.api)->url->text() == "https://www.acme.com/openapi.yaml");
}

BOOST_AUTO_TEST_CASE(relative_urls_of_logo_and_legal_page_are_refused_where_they_are_written) {
  script->serve(manifest_url, manifest_naming(api_url, "/logo.png", "legal.html"));
  const Evidence evidence = collected();
  BOOST_REQUIRE_EQUAL(id_of(evidence.logo), "url.syntax");
  const Problem& problem = *evidence.logo->problem();
  BOOST_TEST((problem.rung == Rung::url));
  BOOST_TEST(problem.where == manifest_url);
  BOOST_TEST(bool{problem.position});
  BOOST_TEST(problem.what.starts_with("logo_url is no URL that can be fetched"));
  BOOST_TEST(id_of(evidence.legal_page) == "url.syntax");
  BOOST_TEST((*evidence.fetches)->all.size() == 2);
}

BOOST_AUTO_TEST_CASE(urls_that_are_missing_empty_or_none_are_not_fetched) {
  for (const std::string& manifest :
       {std::string{"{}"}, std::string{R"({"api": null, "logo_url": 7, "legal_info_url": []})"},
        manifest_naming("", "", ""), manifest_naming(" ", " ", " "),
        manifest_naming("ftp://acme.com/", "file:///etc/passwd", "javascript:alert(1)"),
        manifest_naming("https://user:x@acme.com/", "data:image/png;base64,AA==", "https://"),
        manifest_naming("http://[::1", "https://acme.com:99999/", "\\u0000")}) {
    script->serve(manifest_url, manifest);
    script->orders.clear();
    const Evidence evidence = collected();
    BOOST_TEST(id_of(evidence.api) == "url.syntax", manifest);
    BOOST_TEST(id_of(evidence.logo) == "url.syntax", manifest);
    BOOST_TEST(id_of(evidence.legal_page) == "url.syntax", manifest);
    for (const std::string& url : urls_asked()) BOOST_TEST(url == manifest_url);
  }
}

BOOST_AUTO_TEST_CASE(a_manifest_is_looked_for_in_its_well_known_place_unless_a_file_is_named) {
  for (const std::string source : {"acme.com", "https://acme.com/?x#y", "HTTPS://ACME.com:443"}) {
    script->orders.clear();
    collected(Needs::manifest, ManifestKind::ai_plugin, source);
    BOOST_TEST(urls_asked() == Urls{manifest_url}, boost::test_tools::per_element());
  }
  script->orders.clear();
  collected(Needs::manifest, ManifestKind::ai_plugin, "https://acme.com/other/plugin.json?x");
  BOOST_TEST(urls_asked() == Urls{"https://acme.com/other/plugin.json?x"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(without_a_manifest_the_address_is_that_of_the_api_description) {
  const Needs needs = Needs{Needs::api} | Needs::fetches | Needs::tls | Needs::cors;
  const Evidence evidence = collected(needs, ManifestKind::none, api_url);
  BOOST_TEST(id_of(evidence.api) == "");
  BOOST_TEST(!evidence.manifest);
  BOOST_TEST((*evidence.fetches)->all.size() == 1);
  BOOST_TEST((*evidence.tls)->hosts.size() == 1);
  BOOST_REQUIRE_EQUAL((*evidence.cors)->all.size(), 1);
  BOOST_TEST(((*evidence.cors)->all[0].artefact == Artefact::api));
  script->serve(api_url, "{[}");
  BOOST_TEST(collected(needs, ManifestKind::none, api_url).unparsed.at(Artefact::api) == "{[}");
}

BOOST_AUTO_TEST_CASE(a_manifest_of_microsoft_365_names_its_api_description_in_a_runtime) {
  const std::string url = "https://acme.com/packages/todo";
  script->serve(url, R"({"schema_version": "v2.1", "runtimes": [{"type": "LocalPlugin"},
    {"type": "OpenApi", "spec": {"url": "spec/openapi.yaml"}}]})");
  script->serve("https://acme.com/packages/spec/openapi.yaml", api_text);
  const Evidence evidence = collected(everything, ManifestKind::m365, url);
  BOOST_REQUIRE_EQUAL(id_of(evidence.api), "");
  BOOST_TEST((*evidence.fetches)->of(Artefact::api)->named_by.pointer == "/runtimes/1/spec/url");
  script->serve(url, R"({"schema_version": "v2.1", "runtimes": []})");
  const Evidence without = collected(everything, ManifestKind::m365, url);
  BOOST_REQUIRE_EQUAL(id_of(without.api), "url.syntax");
  BOOST_TEST(without.api->problem()->what == "The manifest has no runtimes[].spec.url.");
}

BOOST_AUTO_TEST_CASE(the_tls_of_every_host_is_surveyed_once) {
  script->redirect("https://acme.com/moved", page_url);
  script->redirect("http://acme.com/plain", page_url);
  script->serve(manifest_url, manifest_naming(api_url, logo_url, "https://acme.com/moved"));
  const Evidence evidence = collected();
  const auto& hosts = (*evidence.tls)->hosts;
  BOOST_REQUIRE_EQUAL(hosts.size(), 3);
  BOOST_TEST(hosts[0].host == "acme.com");
  BOOST_TEST(hosts[0].port == 443);
  BOOST_TEST(hosts[0].facts.version == "TLSv1.3");
  BOOST_TEST(!hosts[0].old_version);
  BOOST_TEST(hosts[1].host == "api.acme.com");
  BOOST_TEST(hosts[2].host == "old.acme.com");
  BOOST_TEST(hosts[2].old_version.value_or("") == "TLSv1.1");
  BOOST_TEST(script->old_tls_probes.size() == 3);
  for (const auto& [url, count] : script->old_tls_probes) BOOST_TEST(count == 1, url);
}

BOOST_AUTO_TEST_CASE(manifest_and_api_description_are_asked_for_as_a_browser_would) {
  const Evidence evidence = collected(Needs::cors);
  const auto& probes = (*evidence.cors)->all;
  BOOST_REQUIRE_EQUAL(probes.size(), 2);
  BOOST_TEST((probes[0].artefact == Artefact::manifest));
  BOOST_TEST((probes[1].artefact == Artefact::api));
  BOOST_TEST(probes[1].actual.response->body == api_text);
  int preflights = 0, actual = 0;
  for (const FetchOrder& order : script->orders) {
    const std::string* origin = find_header(order.request.headers, "origin");
    if (!origin) continue;
    BOOST_TEST(*origin == "https://chat.openai.com");
    BOOST_TEST(!order.follow_redirects);
    const bool is_preflight = order.request.method == "OPTIONS";
    ++(is_preflight ? preflights : actual);
    BOOST_TEST(is_preflight == (find_header(order.request.headers, "Access-Control-Request-Method") != nullptr));
  }
  BOOST_TEST(preflights == 2);
  BOOST_TEST(actual == 2);
}

BOOST_AUTO_TEST_CASE(a_cors_probe_that_fails_is_an_exchange_with_a_problem) {
  script->fail(api_url, problem_of(Rung::connect, "connect.refused"));
  const Evidence evidence = collected(Needs::cors);
  BOOST_REQUIRE_EQUAL((*evidence.cors)->all.size(), 2);
  BOOST_TEST((*evidence.cors)->all[1].preflight.problem->id == "connect.refused");
}

namespace {

std::string html(const std::string& title, const std::string& body) {
  return "<!doctype html><title>" + title + "</title><body>" + body + "</body>";
}

const std::string terms = html("Terms of Acme", "<h1>Terms</h1><p>Use it as you like. <a href=/privacy>Privacy</a> "
                                                "<a href=https://policies.example.org/acme>Privacy elsewhere</a></p>");
const std::string privacy_url = "https://acme.com/privacy";

}  // namespace

BOOST_AUTO_TEST_CASE(a_legal_page_that_sends_people_on_for_privacy_is_followed_on_its_own_site) {
  script->serve(page_url, terms, 200, "text/html");
  script->serve(privacy_url, html("Privacy", "<p>Acme keeps nothing. <a href=/privacy/more>More privacy</a></p>"), 200,
                "text/html");
  const Evidence evidence = collected(Needs::legal_page);
  BOOST_REQUIRE_EQUAL(id_of(evidence.legal_page), "");
  const LegalPage& page = **evidence.legal_page;
  BOOST_REQUIRE(page.text);
  BOOST_TEST(page.text->title == "Terms of Acme");
  BOOST_REQUIRE_EQUAL(page.privacy.size(), 1u);
  BOOST_TEST(page.privacy[0].url == privacy_url);
  BOOST_TEST((page.privacy[0].named_by.artefact == Artefact::legal_page));
  BOOST_REQUIRE(page.privacy[0].text);
  BOOST_TEST(page.privacy[0].text->title == "Privacy");
  BOOST_TEST(page.privacy_elsewhere == Urls{"https://policies.example.org/acme"}, boost::test_tools::per_element());
  BOOST_TEST(urls_asked() == (Urls{manifest_url, page_url, nowhere_url, privacy_url}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_legal_page_on_privacy_is_not_followed) {
  script->serve(page_url, html("Privacy policy", "<a href=/privacy>Privacy of children</a> <p>Nothing is kept.</p>"), 200,
                "text/html");
  BOOST_TEST((**collected(Needs::legal_page).legal_page).privacy.empty());
}

BOOST_AUTO_TEST_CASE(a_page_on_privacy_that_is_not_there_has_its_problem) {
  script->serve(page_url, terms, 200, "text/html");
  const Evidence evidence = collected(Needs::legal_page);
  const LegalPage& page = **evidence.legal_page;
  BOOST_REQUIRE_EQUAL(page.privacy.size(), 1u);
  BOOST_REQUIRE(!page.privacy[0].text);
  BOOST_TEST(page.privacy[0].text.problem()->id == "http.status");
}

BOOST_AUTO_TEST_CASE(a_privacy_policy_that_the_manifest_names_is_fetched_beside_the_legal_page) {
  const std::string elsewhere = "https://policies.example.org/acme";
  script->serve(manifest_url, R"({"schema_version": "v1", "legal_info_url": ")" + page_url +
                                  R"(", "privacy_policy_url": ")" + elsewhere + "\"}");
  script->serve(page_url, terms, 200, "text/html");
  script->serve(elsewhere, html("Privacy", "<p>Acme keeps nothing.</p>"), 200, "text/html");
  const Evidence evidence = collected(Needs::legal_page);
  const LegalPage& page = **evidence.legal_page;
  BOOST_REQUIRE_EQUAL(page.privacy.size(), 1u);
  BOOST_TEST(page.privacy[0].url == elsewhere);
  BOOST_TEST(page.privacy[0].named_by.pointer == "/privacy_policy_url");
  // It was on its way before the legal page was waited for, and no link has to be followed then.
  const auto at = [&](const std::string& line) { return std::ranges::find(script->log, line) - script->log.begin(); };
  BOOST_TEST(at("start GET " + elsewhere) < at("get GET " + page_url));
  BOOST_TEST(at("start GET " + nowhere_url) < at("get GET " + page_url));
}

BOOST_AUTO_TEST_CASE(a_site_that_answers_everything_with_one_page_has_no_legal_page) {
  const std::string everything_page = html("Acme", "<h1>Notes</h1><p>Acme keeps your notes where you talk about them.</p>");
  const auto kind = [&] { return std::string{name_of((**collected(Needs::legal_page).legal_page).text->kind)}; };
  script->serve(page_url, everything_page, 200, "text/html");
  BOOST_TEST(kind() == "content");
  script->serve(nowhere_url, everything_page, 404, "text/html");
  BOOST_TEST(kind() == "content");
  script->serve(nowhere_url, everything_page, 200, "text/html");
  BOOST_TEST(kind() == "soft_404");
  script->redirect(nowhere_url, page_url);  // sent there on purpose
  BOOST_TEST(kind() == "content");
}

BOOST_AUTO_TEST_CASE(sensitive_paths_are_asked_for_on_the_submissions_own_host_and_behind_everything_else) {
  const Evidence evidence = collected(Needs{Needs::paths} | Needs::api | Needs::legal_page);
  BOOST_REQUIRE(evidence.paths);
  const auto& probes = (*evidence.paths)->all;
  BOOST_REQUIRE_EQUAL(probes.size(), sensitive_paths.size());
  for (std::size_t i = 0; i < probes.size(); ++i)
    BOOST_TEST(probes[i].requested_url() == "https://acme.com" + std::string{sensitive_paths[i]});
  const Urls asked = urls_asked();
  BOOST_TEST(asked[asked.size() - sensitive_paths.size()] == probes[0].requested_url());
  for (const FetchOrder& order : script->orders) {
    if (order.artefact != Artefact::submission) continue;
    BOOST_TEST(!order.follow_redirects);
    BOOST_TEST(order.limits.body <= 256u << 10);
    BOOST_TEST((order.limits.deadline <= std::chrono::seconds{5}));
  }
  BOOST_TEST((*evidence.api)->location == api_url);
}

BOOST_AUTO_TEST_CASE(a_host_that_does_not_answer_is_not_asked_for_more) {
  script->fail(manifest_url, problem_of(Rung::connect, "connect.refused"));
  const Evidence evidence = collected(Needs::paths);
  BOOST_TEST(id_of(evidence.paths) == "connect.refused");
  BOOST_TEST(urls_asked() == Urls{manifest_url}, boost::test_tools::per_element());
  script->serve(manifest_url, "{}", 404);
  BOOST_TEST((*collected(Needs::paths).paths)->all.size() == sensitive_paths.size());
}

BOOST_AUTO_TEST_SUITE_END()
