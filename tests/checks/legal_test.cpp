#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>

#include "checks/all.h"
#include "checks/dates.h"
#include "checks/policy_words.h"
#include "harness/collect/page.h"
#include "harness/model/sensitive_paths.h"
#include "harness/support/text.h"
#include "harness/support/time.h"

using namespace plugvet;
namespace fs = std::filesystem;

namespace {

const std::string address = "https://acme.com/legal";

std::string file(const std::string& name) {
  std::ifstream stream{fs::path{PLUGVET_SOURCE_DIR} / "tests/collect/pages" / name, std::ios::binary};
  BOOST_REQUIRE_MESSAGE(stream, "tests/collect/pages/" << name);
  return {std::istreambuf_iterator<char>{stream}, {}};
}

LegalPage page_of(const std::string& bytes, const std::string& media_type = "text/html") {
  LegalPage page;
  page.location = address;
  page.url = *Url::parse(address);
  page.media_type = media_type;
  page.body = bytes;
  const PageSource source{page.body, media_type, {}, address, address};
  page.text = read_pages({&source, 1}).front();
  return page;
}

/// As a file of tests/collect/pages would be sent.
LegalPage sample(const std::string& name) {
  const std::string extension = fs::path{name}.extension().string();
  return page_of(file(name), extension == ".md" ? "text/markdown" : extension == ".txt" ? "text/plain" : "text/html");
}

PageText text_of_file(const std::string& name) {
  return *sample(name).text.value();
}

Evidence evidence_of(LegalPage page, const std::string& manifest = "{}") {
  Evidence evidence;
  evidence.legal_page = Result<LegalPage>{std::move(page)};
  Manifest read;
  read.document = *parse_json(manifest, "ai-plugin.json");
  read.url = *Url::parse("https://acme.com/.well-known/ai-plugin.json");
  evidence.manifest = Result<Manifest>{std::move(read)};
  evidence.now = std::chrono::sys_days{std::chrono::year{2026} / 11 / 21};
  return evidence;
}

Ruling ruling(std::string_view id, const Evidence& evidence) {
  const auto all = checks::all();
  const auto check = std::ranges::find(all, id, [](const Check* one) { return one->info.id; });
  BOOST_REQUIRE(check != all.end());
  return (*check)->rule(evidence, Parameters{Json{{"minimum", 150}, {"oldest_days", 1825}, {"ahead_days", 120}}});
}

/// "passed", "failed: /retention /sharing", "blocked: …"
std::string outcome(std::string_view id, const Evidence& evidence) {
  const Ruling ruled = ruling(id, evidence);
  std::string text{name_of(ruled.outcome)};
  if (!ruled.reason.empty()) text += ": " + ruled.reason;
  for (const Finding& finding : ruled.judgement.findings)
    text += " " + (finding.where.pointer.empty() ? finding.actual : finding.where.pointer);
  return text;
}

std::string outcome(std::string_view id, const LegalPage& page) {
  return outcome(id, evidence_of(page));
}

constexpr std::string_view page_checks[] = {"legal/substance",   "legal/operator",     "legal/privacy-coverage",
                                            "legal/placeholders", "legal/freshness", "legal/subject"};

std::string paragraphs(const std::string& sentence) {
  return "<title>Acme: privacy</title><main><p>" + sentence + "</p></main>";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(legal)

BOOST_AUTO_TEST_CASE(a_whole_policy_passes_in_every_language_that_is_read_and_each_answer_is_quoted) {
  for (const char* name : {"plain-german.txt", "policy.md", "french.txt", "portuguese.html", "japanese.html",
                           "chinese.html"}) {
    const Evidence evidence = evidence_of(sample(name));
    const Ruling coverage = ruling("legal/privacy-coverage", evidence);
    BOOST_TEST(outcome("legal/privacy-coverage", evidence) == "passed", name);
    BOOST_TEST(coverage.judgement.quotes.size() == 6u, name);
    for (const Quote& quote : coverage.judgement.quotes) BOOST_TEST_MESSAGE(name << ": " << quote.name << ": " << quote.text);
    for (const char* id : {"legal/page-kind", "legal/operator", "legal/placeholders", "legal/freshness"})
      BOOST_TEST(outcome(id, evidence) == "passed", name << " " << id);
    BOOST_TEST(ruling("legal/operator", evidence).judgement.quotes.size() == 1u, name);
  }
}

BOOST_AUTO_TEST_CASE(what_is_missing_is_missed_in_every_language) {
  const std::pair<const char*, const char*> sections[] = {{"plain-german.txt", "Wie lange wir sie aufbewahren\n"},
                                                          {"french.txt", "Durée de conservation\n"},
                                                          {"policy.md", "## Cuánto tiempo los conservamos\n\n"},
                                                          {"portuguese.html", "<h2>Armazenamento</h2>\n"},
                                                          {"japanese.html", "<h2>保存期間</h2>\n"},
                                                          {"chinese.html", "<h2>保留期限</h2>\n"}};
  for (const auto& [name, heading] : sections) {
    std::string text = file(name);
    const std::size_t begin = text.find(heading), size = std::string{heading}.size();
    BOOST_REQUIRE_MESSAGE(begin != std::string::npos, name);
    const bool is_html = std::string{name}.ends_with("html");
    const std::size_t end = is_html ? text.find("<h2>", begin + size) : text.find("\n\n", begin + size);
    text.erase(begin, end - begin);
    const LegalPage page = page_of(text, is_html ? "text/html" : std::string{name}.ends_with("md") ? "text/markdown" : "text/plain");
    BOOST_TEST(outcome("legal/privacy-coverage", page) == "failed /retention", name);
  }
}

BOOST_AUTO_TEST_CASE(a_denial_is_an_answer) {
  const std::string text =
      "Acme keeps your notes for you and nobody else. We do not collect any personal information. What you ask is used "
      "only to answer you. Nothing is stored after the answer was given: we do not store requests. We never share "
      "information with third parties. As there is nothing, there is no data to delete. Contact us at help@acme.com.";
  BOOST_TEST(outcome("legal/privacy-coverage", page_of(paragraphs(text))) == "passed");
}

BOOST_AUTO_TEST_CASE(fine_words_are_no_answers) {
  const std::string text =
      "At Acme we take your privacy seriously and work hard to earn your trust every single day. Our team has decades of "
      "experience with security. These terms are governed by the laws of Norway. The service is provided as is, without "
      "warranty of any kind, and you use it at your own risk. We may change these terms whenever we want.";
  BOOST_TEST(outcome("legal/privacy-coverage", page_of(paragraphs(text))) ==
             "failed /collection /purpose /retention /sharing /deletion /contact");
}

BOOST_AUTO_TEST_CASE(what_stands_on_a_page_in_plain_words_is_not_missing) {
  const std::string about = "Acme keeps your notes. You may use it free of charge, and we take care that it works. ";
  const std::pair<const char*, const char*> said[] = {
      {"We collect the texts of your todos for showing them to you. We keep them 24 hours and then delete them. We share them "
       "with nobody. To have data deleted, write to support@acme.com.",
       "passed"},
      {"Your todos are stored on our servers so that you can see them later. They are removed after 30 days. We never sell or "
       "disclose them. Email privacy@acme.com and we erase everything.",
       "passed"},
      {"Data we collect: e-mail address, todos\n\nPurpose: to provide the service\n\nStorage period: 90 days\n\nRecipients: "
       "none\n\nYour rights: deletion on request\n\nContact: privacy@acme.com",
       "passed"},
      {"We do not collect, store or share any personal data. Questions: support@acme.com.", "passed"},
      {"No personal data is collected. Ask us at support@acme.com.", "passed"},
      {"We store your messages only to answer you. Messages are deleted automatically after the conversation. Nobody else sees "
       "them. You can delete your data at any time in the settings. Contact form: acme.com/contact.",
       "passed"}};
  for (const auto& [text, expected] : said)
    BOOST_TEST(outcome("legal/privacy-coverage", page_of(about + text, "text/plain")) == expected, text);
  for (const std::string language : {"de", "fr", "es", "pt"}) {
    const std::map<std::string, std::string> texts = {
        {"de", "Verantwortlich ist die Acme GmbH. Wir erheben die Texte Ihrer Aufgaben, um sie Ihnen anzuzeigen. Wir speichern "
               "sie 24 Stunden lang und löschen sie dann. Wir geben sie niemandem. Schreiben Sie uns, und wir löschen alles, "
               "was Sie betrifft: hilfe@acme.com."},
        {"fr", "Acme exploite ce service. Nous recueillons le texte de vos tâches pour vous les afficher. Nous les gardons 24 "
               "heures, puis nous les effaçons. Nous ne les vendons à personne. Pour faire supprimer vos tâches, écrivez à "
               "aide@acme.com."},
        {"es", "Acme ofrece este servicio. Recopilamos el texto de sus tareas para mostrarlas. Las guardamos 24 horas y luego "
               "las borramos. No las compartimos con nadie. Puede pedir que las eliminemos en ayuda@acme.com."},
        {"pt", "A Acme oferece este serviço. Recolhemos o texto das suas tarefas para mostrar a lista. Guardamos as tarefas "
               "durante 24 horas e depois apagamos. Não as partilhamos com ninguém. Pode pedir para apagar tudo em "
               "ajuda@acme.com."}};
    BOOST_TEST(outcome("legal/privacy-coverage", page_of(texts.at(language), "text/plain")) == "passed", language);
  }
}

BOOST_AUTO_TEST_CASE(a_denial_of_all_collection_answers_what_follows_in_every_language) {
  for (const std::string text :
       {"Die Nutzung ist kostenlos, und der Dienst gehört zu Acme. Wir erheben keine personenbezogenen Daten. Fragen an "
        "hilfe@acme.com.",
        "Ce service est gratuit et il appartient à Acme. Nous ne collectons aucune donnée personnelle. Questions : "
        "aide@acme.com.",
        "Este servicio es gratuito y pertenece a Acme. No recopilamos ningún dato ni información personal. Preguntas: "
        "ayuda@acme.com.",
        "Este serviço é gratuito e pertence à Acme. Não coletamos dados pessoais. Perguntas: ajuda@acme.com.",
        "このサービスは無料で、アクメが運営しています。当社は個人情報を一切収集しません。お問い合わせは help@acme.com まで。",
        "本服务免费，由阿克米运营。我们不收集任何个人信息。请联系 help@acme.com。"})
    BOOST_TEST(outcome("legal/privacy-coverage", page_of(text, "text/plain")) == "passed", text);
}

BOOST_AUTO_TEST_CASE(a_denial_of_a_part_is_no_answer) {
  const std::string about = "Acme keeps notes for everybody, and its terms are those of the law. Contact us at help@acme.com. ";
  for (const std::string text :
       {"We do not knowingly collect personal information from children.", "We do not collect any sensitive personal data.",
        "We do not collect any personal data other than your name.",
        "We do not collect any personal data. We process data of your conversations."})
    BOOST_TEST(outcome("legal/privacy-coverage", page_of(about + text, "text/plain"))
                   .starts_with("failed"), text);
}

BOOST_AUTO_TEST_CASE(sentences_that_have_the_words_and_say_nothing_of_retention_are_no_answers) {
  const std::string rest =
      "We collect data of your notes. We use your data to show your notes. We do not sell data to third parties. You can "
      "request deletion of your data. Contact us at help@acme.com. ";
  for (const std::string text :
       {"Our support is available 24 hours a day.", "We keep you informed 30 days before anything changes.",
        "You must keep your password secret at all times.", "We answer within 30 days.",
        "We keep improving the service every day.", "Accounts that break these rules are removed immediately.",
        "Refunds are paid within 14 days by the app store.", "The service is not intended for children under 13 years.",
        "We may end the service after 30 days.", "We do not guarantee that what you store is kept."})
    BOOST_TEST(outcome("legal/privacy-coverage", page_of(rest + text, "text/plain")) == "failed /retention", text);
}

BOOST_AUTO_TEST_CASE(what_is_left_unread_is_a_point_for_the_reviewer) {
  const Ruling pdf = ruling("legal/unread-text", evidence_of(page_of("%PDF-1.7 ...", "application/pdf")));
  BOOST_REQUIRE_EQUAL(pdf.judgement.findings.size(), 1u);
  BOOST_TEST(pdf.judgement.findings[0].message ==
             "The legal page is a PDF; plugvet does not read it: read it yourself (https://acme.com/legal).");
  BOOST_TEST(outcome("legal/unread-text", sample("dutch.txt")).starts_with("failed"));
  BOOST_TEST(outcome("legal/unread-text", sample("policy.md")) == "passed");
  BOOST_TEST(outcome("legal/unread-text", sample("cookie-wall.html")).starts_with("blocked"));
}

BOOST_AUTO_TEST_CASE(a_language_that_is_not_read_is_named) {
  BOOST_TEST(outcome("legal/privacy-coverage", sample("dutch.txt")) ==
             "not_applicable: The legal page (https://acme.com/legal) is in Dutch, which plugvet has no words for; read it "
             "yourself.");
  BOOST_TEST(outcome("legal/freshness", sample("dutch.txt")).starts_with("failed"));  // "maart" is no month that is known
  BOOST_TEST(outcome("legal/privacy-coverage", page_of("<p>Acme.</p>")).starts_with("not_applicable: The legal page"));
}

BOOST_AUTO_TEST_CASE(a_pdf_is_left_to_the_reader) {
  const LegalPage pdf = page_of("%PDF-1.7 ...", "application/pdf");
  for (const std::string_view id : page_checks) BOOST_TEST(outcome(id, pdf).starts_with("not_applicable"), id);
  BOOST_TEST(outcome("legal/page-kind", pdf).starts_with("not_applicable"));
}

BOOST_AUTO_TEST_CASE(a_page_without_a_text_is_one_finding_and_blocks_the_rest) {
  for (const char* name : {"single-page-app.html", "cookie-wall.html"}) {
    const LegalPage page = sample(name);
    BOOST_TEST(outcome("legal/page-kind", page).starts_with("failed"), name);
    for (const std::string_view id : page_checks) BOOST_TEST(outcome(id, page).starts_with("blocked"), name << " " << id);
  }
  LegalPage stopped = page_of("<p>x</p>");
  stopped.text = Problem{Rung::syntax, "page.stopped", "Reading the page was stopped: it took more than 3 s.", address};
  BOOST_TEST(outcome("legal/page-kind", stopped) == "failed a page that stops its reader");
  stopped.text = Problem{Rung::file, "page.stopped", "The system gives no process.", address, {}, Blame::environment};
  BOOST_TEST(outcome("legal/page-kind", stopped).starts_with("blocked"));
}

BOOST_AUTO_TEST_CASE(what_another_page_may_say_is_not_missing) {
  LegalPage terms = page_of("<title>Terms of Acme</title><p>You may use the service of Acme Inc. as you like it, at your "
                            "own risk, and the laws of Norway apply to all that follows from that.</p>");
  BOOST_TEST(outcome("legal/privacy-coverage", terms).starts_with("failed"));
  terms.privacy_elsewhere = {"https://policies.example.org/acme"};
  BOOST_TEST(outcome("legal/privacy-coverage", terms).starts_with("not_applicable"));
  terms.privacy_elsewhere.clear();
  terms.privacy.push_back({{Artefact::legal_page, {}, {}, {}}, "https://acme.com/privacy", text_of_file("policy.md")});
  BOOST_TEST(outcome("legal/privacy-coverage", terms) == "passed");
  BOOST_TEST(outcome("legal/substance", terms) == "passed");
  terms.privacy[0].text = text_of_file("single-page-app.html");
  BOOST_TEST(outcome("legal/privacy-coverage", terms).starts_with("blocked"));
  terms.privacy[0].text = Problem{Rung::http, "http.status", "https://acme.com/privacy answered 404 Not Found.", ""};
  BOOST_TEST(outcome("legal/privacy-coverage", terms).starts_with("blocked"));
}

BOOST_AUTO_TEST_CASE(sentences_that_look_like_templates_are_none) {
  for (const std::string text :
       {"If your company uses the service, your company is bound.", "See [GDPR] and [1].", "Write to help@acme.com.",
        "Fill in your name and e-mail address.", "Use [brackets] or {braces} as you like.", "Acme's Website is at acme.com."})
    BOOST_TEST(outcome("legal/placeholders", page_of(paragraphs(text))) == "passed", text);
  for (const std::string text :
       {"[COMPANY NAME] operates it.", "[Your Company Name] operates it.", "This is run by Your Company.", "Write to info@example.com.",
        "Effective on [DATE HERE].", "Updated XX/XX/XXXX.", "Lorem ipsum dolor sit amet.", "{{company}} operates it."})
    BOOST_TEST(outcome("legal/placeholders", page_of(paragraphs(text))).starts_with("failed"), text);
}

BOOST_AUTO_TEST_CASE(an_operator_is_named_by_a_company_an_address_or_the_plugins_domain) {
  for (const std::string text : {"A service of Acme GmbH.", "Ask somebody@mail.org.", "This is acme.com.", "© 2026 Jane Doe"})
    BOOST_TEST(outcome("legal/operator", page_of(paragraphs(text))) == "passed", text);
  BOOST_TEST(outcome("legal/operator", page_of("<main><p>Our terms.</p></main><footer>Acme Inc.</footer>")) == "passed");
  BOOST_TEST(outcome("legal/operator", page_of("<main><p>We operate this service.</p></main>")).starts_with("failed"));
}

BOOST_AUTO_TEST_CASE(a_page_speaks_of_a_plugin_by_its_name_or_domain) {
  const std::string manifest = R"({"name_for_human": "Note Keeper", "name_for_model": "note_keeper"})";
  for (const std::string text : {"NoteKeeper is free.", "Our Note  Keeper is free.", "acme.com is free."})
    BOOST_TEST(outcome("legal/subject", evidence_of(page_of("<p>" + text + "</p>"), manifest)) == "passed", text);
  BOOST_TEST(outcome("legal/subject", evidence_of(page_of("<p>ShopMaster is free.</p>"), manifest)).starts_with("failed"));
}

BOOST_AUTO_TEST_CASE(dates_are_read_as_people_write_them) {
  const auto dates = [](const std::string& text) {
    std::string all;
    for (const auto date : checks::dates_in(folded(text)))
      all += (all.empty() ? "" : " ") + date_text(std::chrono::year_month_day{date});
    return all;
  };
  for (const std::string text : {"1 March 2026", "March 1, 2026", "Mar. 1st, 2026", "1st of March, 2026", "2026-03-01", "2026/3/1",
                                 "01.03.2026", "1. März 2026", "1er mars 2026", "1 de marzo de 2026", "1 de março de 2026",
                                 "2026年3月1日", "2026 年 3 月 1 日"})
    BOOST_TEST(dates("Last changed: " + text + ".") == "2026-03-01", text);
  BOOST_TEST(dates("3/14/2026") == "2026-03-14");
  BOOST_TEST(dates("March 2026") == "2026-03-31");
  BOOST_TEST(dates("from 1 May 2024 to June 3, 2025") == "2024-05-01 2025-06-03");
  for (const std::string text : {"© 2026 Acme", "13/13/2026", "call 2026 times", "since 1066", "99999"})
    BOOST_TEST(dates(text) == "", text);
}

BOOST_AUTO_TEST_CASE(answers_to_sensitive_paths_count_by_their_content) {
  const auto judged = [](const std::map<std::string, std::string>& bodies, int status = 200) {
    PathProbes probes;
    for (const std::string_view path : sensitive_paths) {
      Fetch fetch;
      fetch.hops.emplace_back();
      fetch.hops.back().request.url = "https://acme.com" + std::string{path};
      const auto body = bodies.find(std::string{path});
      const auto any = bodies.find("*");
      fetch.hops.back().response = Response{status, "HTTP/1.1", {}, body != bodies.end() ? body->second : any->second, 0};
      probes.all.push_back(std::move(fetch));
    }
    Evidence evidence;
    evidence.paths = Result<PathProbes>{std::move(probes)};
    return outcome("security/exposed-files", evidence);
  };
  // Sites that answer everything.
  for (const std::string body : {"<!doctype html><title>Acme</title><div id=root></div>", "", "{\"error\": \"not found\"}",
                                 "not found", "OK", "key = value is how settings look\nand this is prose\nof many lines\n",
                                 "<html><title>Page</title>services:\n image: x [core] repositoryformatversion</html>"})
    BOOST_TEST(judged({{"*", body}}) == "passed", body);
  BOOST_TEST(judged({{"*", ""}, {"/.env", "A=1\n"}}) == "failed /.env");
  BOOST_TEST(judged({{"*", ""}, {"/.env", "A=1\n"}}, 403) == "passed");
  BOOST_TEST(judged({{"*", ""}, {"/.git/HEAD", std::string(40, 'a') + "\n"}}) == "failed /.git/HEAD");
  BOOST_TEST(judged({{"*", ""}, {"/.git/HEAD", "ref: refs/heads/main"}, {"/.well-known/", "<h1>Index of /.well-known</h1>"}}) ==
             "failed /.git/HEAD /.well-known/");
}

BOOST_AUTO_TEST_CASE(the_word_lists_that_are_built_in_are_valid_and_complete) {
  BOOST_TEST(checks::month_words().subjects().size() == 12u);
  for (const char* name : {"collection", "purpose", "retention", "sharing", "deletion", "contact", "operator"})
    for (const char* language : {"en", "de", "fr", "es", "pt", "ja", "zh"})
      BOOST_TEST(checks::policy_words().subject(name).has_language(language), name << " " << language);
}

BOOST_AUTO_TEST_CASE(legal_pages_of_published_plugins_are_read) {
  const fs::path root = fs::path{PLUGVET_SOURCE_DIR} / ".." / "shared/corpus/pairs";
  std::size_t pages = 0;
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator{root, error}) {
    if (entry.path().filename() != "legal.html") continue;
    std::ifstream stream{entry.path(), std::ios::binary};
    const LegalPage page = page_of({std::istreambuf_iterator<char>{stream}, {}});
    BOOST_TEST(outcome("legal/page-kind", page) == "passed", entry.path());
    for (const std::string_view id : page_checks)
      BOOST_TEST_MESSAGE(entry.path().parent_path().filename().string() << " " << id << ": " << outcome(id, page));
    ++pages;
  }
  if (pages == 0) BOOST_TEST_MESSAGE("skipped: there is no folder " << root);
}

BOOST_AUTO_TEST_SUITE_END()
