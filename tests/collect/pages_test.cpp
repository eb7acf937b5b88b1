#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>

#include "harness/collect/page.h"
#include "harness/collect/page_words.h"

using namespace plugvet;
namespace fs = std::filesystem;

namespace {

/// A page as somebody's server sends it.
struct Served {
  std::string bytes;
  std::string media_type = "text/html";
  std::string charset = {};
  std::string url = "https://acme.com/legal";
  std::string requested = "https://acme.com/legal";
};

Result<PageText> read(const Served& served) {
  const PageSource source{served.bytes, served.media_type, served.charset, served.requested, served.url};
  auto texts = read_pages({&source, 1});
  BOOST_REQUIRE_EQUAL(texts.size(), 1u);
  return texts.front();
}

PageText text(const Served& served) {
  auto page = read(served);
  BOOST_REQUIRE_MESSAGE(page, (page ? "" : page.problem()->what));
  return *page;
}

std::string kind(const Served& served) {
  return std::string{name_of(text(served).kind)};
}

std::string joined(const PageText& page) {
  std::string all;
  for (const PageText::Paragraph& paragraph : page.paragraphs)
    all += (all.empty() ? "" : "|") + std::string{paragraph.is_heading ? "# " : ""} + paragraph.text;
  return all;
}

std::string file(const std::string& name) {
  std::ifstream stream{fs::path{PLUGVET_SOURCE_DIR} / "tests/collect/pages" / name, std::ios::binary};
  BOOST_REQUIRE_MESSAGE(stream, "tests/collect/pages/" << name);
  return {std::istreambuf_iterator<char>{stream}, {}};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(pages)

BOOST_AUTO_TEST_CASE(of_a_page_the_main_content_is_read_and_the_frame_is_kept_apart) {
  const PageText page = text({file("framed.html")});
  BOOST_TEST(name_of(page.kind) == "content");
  BOOST_TEST(page.title == "Terms & privacy – Acme");
  BOOST_TEST(joined(page) ==
             "# Terms of use|Acme Inc. operates this service.|# What we collect|The text of your notes,|and the time of "
             "each request.|# Days|14");
  BOOST_TEST(page.margins == (std::vector<std::string>{"Acme, notes for everybody", "© 2026 Acme Inc., Berlin"}),
             boost::test_tools::per_element());
  BOOST_TEST(page.language == "en");
  BOOST_TEST(page.language_name == "English");
  BOOST_TEST(page.words == 24u);
  BOOST_TEST(page.is_on_privacy);
}

BOOST_AUTO_TEST_CASE(links_to_privacy_are_found_wherever_they_stand_and_by_whatever_they_are_called) {
  const PageText page = text({R"(<title>Terms</title><body><nav><a href="/about">About</a>
    <a href="/privacy#top">Privacy</a><a href="/privacy">Privacy again</a></nav><p>Terms of Acme.</p>
    <footer><a href="https://other.org/datenschutz">Datenschutzerklärung</a> <a href="/x">プライバシーポリシー</a>
    <a href="mailto:privacy@acme.com">privacy@acme.com</a> <a href="javascript:privacy">Privacy choices</a>
    <a href="#privacy">Privacy below</a></footer>)"});
  std::vector<std::string> urls;
  for (const PageText::Link& link : page.privacy_links) urls.push_back(link.url);
  BOOST_TEST(urls == (std::vector<std::string>{"https://acme.com/privacy#top", "https://other.org/datenschutz",
                                               "https://acme.com/x"}),
             boost::test_tools::per_element());
  BOOST_TEST(!page.is_on_privacy);
}

BOOST_AUTO_TEST_CASE(lists_of_links_and_what_nobody_sees_are_no_text_of_the_page) {
  BOOST_TEST(joined(text({R"(<body><ul><li><a href=/a>One of our pages</a><li><a href=/b>Another of our pages</a></ul>
    <p>Acme says: <a href=/c>read this</a> before you go on to anything else.</p>
    <p hidden>Hidden.</p><p style="color: red; display : none">Not shown.</p><div aria-hidden=true>For nobody.</div>
    <script>var words = "we collect data";</script><style>p { }</style><template>Later.</template>
    <noscript>Turn scripts on.</noscript><select><option>Germany</select><button>Send</button></body>)"})) ==
             "Acme says: read this before you go on to anything else.");
}

BOOST_AUTO_TEST_CASE(lines_that_are_broken_twice_are_paragraphs) {
  BOOST_TEST(joined(text({"<p>One<br>line.<br><br>Another   one.<br/>\n<br/>A third.</p>"})) ==
             "One line.|Another one.|A third.");
}

BOOST_AUTO_TEST_CASE(a_single_page_application_shows_nothing_without_scripts) {
  BOOST_TEST(kind({file("single-page-app.html")}) == "script_only");
  BOOST_TEST(kind({"<html><body><script>document.write('Terms')</script></body></html>"}) == "script_only");
  // A page with a frame of its own and scripts beside it is read.
  BOOST_TEST(kind({"<body><p>Acme stores nothing.</p><script src=count.js></script></body>"}) == "content");
}

BOOST_AUTO_TEST_CASE(a_question_about_cookies_is_told_from_a_policy_on_cookies) {
  BOOST_TEST(kind({file("cookie-wall.html")}) == "cookie_wall");
  std::string policy = "<body><h1>Cookie policy</h1>";
  for (int i = 0; i < 40; ++i) policy += "<p>We set a cookie that remembers your language.</p>";
  BOOST_TEST(kind({policy + "<button>Print</button></body>"}) == "content");
}

BOOST_AUTO_TEST_CASE(a_question_about_cookies_is_told_by_its_buttons_and_a_text_beside_it_is_read) {
  const std::string buttons = "<div><button>Accept all</button> <a href=/n>Reject all</a> <button>Manage preferences</button></div>";
  const std::string question =
      "<h2>We value your privacy</h2><p>We and our 842 partners store and access information on a device, such as cookies. "
      "You can accept or refuse. By clicking Accept all you agree to our use of cookies.</p>";
  std::string longer = question;
  for (int i = 0; i < 6; ++i)
    longer += "<p>If you choose to Accept all, we will also use cookies to measure the effectiveness of ads, and to show "
              "personalised content depending on your settings.</p>";
  BOOST_TEST(kind({"<body><div class=x>" + question + buttons + "</div></body>"}) == "cookie_wall");
  BOOST_TEST(kind({"<body>" + longer + buttons + "</body>"}) == "cookie_wall");
  BOOST_TEST(kind({"<body><div>" + longer + buttons + "</div><footer>Acme Inc.</footer></body>"}) == "cookie_wall");
  BOOST_TEST(kind({"<body lang=de><section><p>Wir und unsere Partner verwenden Cookies. Sind Sie einverstanden?</p>"
                   "<button>Alle akzeptieren</button></section></body>"}) == "cookie_wall");
  std::string policy = "<h1>Privacy policy</h1>";
  for (int i = 0; i < 12; ++i) policy += "<p>We keep your notes for thirty days and delete them then.</p>";
  const PageText beside = text({"<body><div class=x>" + question + buttons + "</div><div>" + policy + "</div></body>"});
  BOOST_TEST(name_of(beside.kind) == "content");
  BOOST_TEST(!joined(beside).empty());
  BOOST_TEST(joined(beside).find("842 partners") == std::string::npos);
  // One container for both: it is the text's.
  BOOST_TEST(kind({"<body><div>" + question + buttons + policy + "</div></body>"}) == "content");
  BOOST_TEST(kind({"<body><main>" + policy + "<p>We use cookies.</p><button>Accept</button></main></body>"}) == "content");
  BOOST_TEST(kind({"<body><h1>Terms</h1><p>You may use the service as it is, and you accept what is written here once you do. "
                   "Nothing else is agreed.</p><button>I agree</button></body>"}) == "content");
}

BOOST_AUTO_TEST_CASE(a_form_to_sign_in_is_told_from_a_page_with_one) {
  const std::string form = "<form><input name=who><input type=password></form>";
  BOOST_TEST(kind({"<title>Sign in</title>" + form}) == "login");
  BOOST_TEST(kind({"<h1>Bienvenue</h1>" + form}) == "login");
  BOOST_TEST(kind({"<h1>Anmelden</h1><button>Mit Acme</button>"}) == "login");
  BOOST_TEST(kind({.bytes = "<h1>Acme</h1><p>One moment.</p>", .url = "https://id.acme.com/login?next=/legal"}) ==
             "login");
  std::string terms;
  for (int i = 0; i < 40; ++i) terms += "<p>You may use the service as it is.</p>";
  BOOST_TEST(kind({terms + form}) == "content");
}

BOOST_AUTO_TEST_CASE(a_page_that_says_it_is_not_there_is_believed_when_it_is_short) {
  for (const std::string title : {"404", "Page not found | Acme", "Seite nicht gefunden", "Página não encontrada",
                                  "ページが見つかりません", "页面不存在"})
    BOOST_TEST(kind({"<title>" + title + "</title><h1>" + title + "</h1><p>Acme</p>"}) == "soft_404", title);
  BOOST_TEST(kind({"<title>Terms</title><p>Our office is in room 404.</p>"}) == "content");
}

BOOST_AUTO_TEST_CASE(plain_text_and_markdown_are_read_as_texts) {
  const PageText plain = text(
      {"Terms of Acme\n=============\n\nAcme Inc. operates\nthe service.\r\n\r\nNo data is kept.\n", "text/plain"});
  BOOST_TEST(joined(plain) == "# Terms of Acme|Acme Inc. operates the service.|No data is kept.");
  BOOST_TEST(plain.title == "Terms of Acme");
  const PageText markdown = text({file("policy.md"), "text/markdown"});
  BOOST_TEST(markdown.title == "Política de privacidad");
  BOOST_TEST(markdown.language == "es");
  BOOST_TEST(joined(markdown).starts_with("# Política de privacidad|Última actualización: 1 de marzo de 2026."));
  BOOST_REQUIRE_EQUAL(markdown.privacy_links.size(), 1u);
  BOOST_TEST(markdown.privacy_links[0].url == "https://acme.com/privacidad/menores");
  BOOST_TEST(joined(text({"a text", ""})) == "# a text");
  BOOST_TEST(joined(text({"<html><p>HTML sent as text</p></html>", "text/plain"})) == "HTML sent as text");
}

BOOST_AUTO_TEST_CASE(a_pdf_is_named_and_not_read) {
  BOOST_TEST(kind({"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj", "application/pdf"}) == "pdf");
  BOOST_TEST(kind({"%PDF-1.4 sent as a page", "text/html"}) == "pdf");
}

BOOST_AUTO_TEST_CASE(bytes_that_are_no_text_are_unreadable) {
  BOOST_TEST(kind({std::string{"PK\3\4\0\0\0\0", 8}, "application/zip"}) == "unreadable");
  BOOST_TEST(kind({std::string{"\x89PNG\r\n\x1a\n\0\0", 10}, "text/html"}) == "unreadable");
}

BOOST_AUTO_TEST_CASE(languages_are_told_from_the_text_and_words_counted_as_people_do) {
  struct Case {
    const char* name;
    const char* language;
    std::size_t least, most;  // words
  };
  for (const Case& one : {Case{"plain-german.txt", "de", 120, 260}, Case{"policy.md", "es", 120, 260},
                          Case{"japanese.html", "ja", 100, 400}, Case{"chinese.html", "zh", 100, 400}}) {
    const std::string name = one.name;
    const bool is_html = name.ends_with(".html"), is_markdown = name.ends_with(".md");
    const PageText page = text({file(name), is_html ? "text/html" : is_markdown ? "text/markdown" : "text/plain"});
    BOOST_TEST(page.language == one.language, name);
    BOOST_TEST(page.words >= one.least, name << " " << page.words);
    BOOST_TEST(page.words <= one.most, name << " " << page.words);
    BOOST_TEST(page.language_percent > 60, name);
  }
  BOOST_TEST(text({"<p>ok</p>"}).language == "");
}

BOOST_AUTO_TEST_CASE(other_encodings_are_read_as_declared_or_as_the_page_says) {
  const std::string latin = "<p>Stra\xDF" "e in M\xFCnchen</p>";
  BOOST_TEST(joined(text({latin, "text/html", "iso-8859-1"})) == "Straße in München");
  BOOST_TEST(joined(text({"<meta charset=\"windows-1252\">" + latin})) == "Straße in München");
  BOOST_TEST(joined(text({latin})) == "Straße in München");
  BOOST_TEST(joined(text({latin, "text/html", "no-such-charset"})) == "Straße in München");
  BOOST_TEST(joined(text({"<p>\x83v\x83\x89\x83" "C\x83o\x83V\x81[</p>", "text/html", "shift_jis"})) == "プライバシー");
  BOOST_TEST(joined(text({"<p>Straße</p>", "text/html", "iso-8859-1"})) == "Straße");  // it is UTF-8 whatever is said
  BOOST_TEST(joined(text({"\xEF\xBB\xBF<p>Straße</p>"})) == "Straße");
}

BOOST_AUTO_TEST_CASE(hostile_pages_end_with_a_text_or_a_problem_and_never_with_a_crash) {
  std::string deep, quadratic, entities, attributes;
  for (int i = 0; i < 20'000; ++i) deep += "<div>";
  for (int i = 0; i < 20'000; ++i) quadratic += "<a href=x><b><i>";
  for (int i = 0; i < 300'000; ++i) entities += "&amp;&#x41;&unknown;";
  for (int i = 0; i < 10'000; ++i) attributes += " a" + std::to_string(i) + "=1";
  const std::string large(5u << 20, 'x');
  for (const std::string& bytes :
       {deep + "text", quadratic, entities, "<p" + attributes + ">text</p>", large, "<p>" + large, std::string{"<"},
        std::string{"<!"}, std::string{"<html"}, std::string{"<p>\xFF\xFE\xFD"}, std::string{"<a href='"},
        std::string{"<!DOCTYPE x [<!ENTITY a \"b\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]><p>&a;&c;</p>"}}) {
    const auto page = read({bytes});
    if (page) {
      std::size_t size = 0;
      for (const PageText::Paragraph& paragraph : page->paragraphs) size += paragraph.text.size();
      BOOST_TEST(size <= 5u << 20);
      BOOST_TEST(joined(*page).find("root:") == std::string::npos);
    } else {
      BOOST_TEST(page.problem()->id == "page.stopped");
      BOOST_TEST(page.problem()->where == "https://acme.com/legal");
    }
  }
}

BOOST_AUTO_TEST_CASE(a_page_that_is_cut_off_anywhere_is_read) {
  for (const char* name : {"framed.html", "japanese.html", "cookie-wall.html"}) {
    const std::string whole = file(name);
    for (std::size_t size = 0; size < whole.size(); size += whole.size() / 15 + 1)
      BOOST_TEST(bool{read({whole.substr(0, size)})}, name << " cut to " << size);
  }
}

BOOST_AUTO_TEST_CASE(pages_that_differ_in_a_name_are_alike_and_others_are_not) {
  const auto page = [](const std::string& name) {
    std::string terms = "<title>Acme</title><p>We could not find " + name + " on our site.";
    for (int i = 0; i < 20; ++i) terms += " Sentence number " + std::to_string(i) + " says where to go from here.";
    return text({terms});
  };
  BOOST_TEST(likeness(page("legal"), page("nowhere")) > 0.9);
  BOOST_TEST(likeness(page("legal"), text({file("framed.html")})) < 0.2);
  BOOST_TEST(likeness(PageText{}, PageText{}) == 1);
  BOOST_TEST(likeness(PageText{}, page("x")) == 0);
}

BOOST_AUTO_TEST_CASE(the_words_for_kinds_of_pages_are_valid) {
  for (const char* subject : {"privacy", "cookies", "missing", "login"})
    BOOST_TEST(!page_words().subject(subject).entries.empty());
}

BOOST_AUTO_TEST_SUITE_END()
