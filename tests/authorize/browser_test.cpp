#include <boost/test/unit_test.hpp>

#include "harness/authorize/cookie_jar.h"
#include "harness/authorize/login_form.h"
#include "harness/authorize/random_values.h"

using namespace plugvet;

namespace {

Url url(const char* text) {
  return *Url::parse(text);
}

CookieJar jar_with(const char* from, const char* cookie) {
  CookieJar jar;
  jar.take(url(from), {{"Set-Cookie", cookie}}, std::chrono::system_clock::now());
  return jar;
}

Login login(std::vector<std::pair<std::string, std::string>> fields, std::string consent = {}) {
  return {std::move(fields), {}, {}, std::move(consent)};
}

std::string sent(const std::string& html, const Login& account) {
  const Page page = read_page(html, url("https://a.example/login"));
  const auto form = fill_form(page, account);
  return form ? form->action + " " + form_encoded(form->values) : std::string{};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cookies)

BOOST_AUTO_TEST_CASE(a_cookie_goes_back_to_where_it_came_from) {
  const CookieJar jar = jar_with("https://a.example/login", "s=1; Path=/; HttpOnly");
  BOOST_TEST(jar.cookies_for(url("https://a.example/x")) == "s=1");
  BOOST_TEST(jar.cookies_for(url("https://b.example/x")) == "");
  BOOST_TEST(jar.cookies_for(url("https://sub.a.example/x")) == "");
}

BOOST_AUTO_TEST_CASE(a_cookie_may_be_for_a_domain_but_not_for_all_of_a_registry) {
  BOOST_TEST(jar_with("https://id.acme.com/", "s=1; Domain=.acme.com").cookies_for(url("https://api.acme.com/")) == "s=1");
  BOOST_TEST(jar_with("https://id.acme.com/", "s=1; Domain=com").cookies_for(url("https://other.com/")) == "");
  BOOST_TEST(jar_with("https://id.acme.com/", "s=1; Domain=other.com").cookies_for(url("https://other.com/")) == "");
}

BOOST_AUTO_TEST_CASE(path_and_security_are_kept) {
  const CookieJar jar = jar_with("https://a.example/", "s=1; Path=/auth; Secure");
  BOOST_TEST(jar.cookies_for(url("https://a.example/auth/x")) == "s=1");
  BOOST_TEST(jar.cookies_for(url("https://a.example/authority")) == "");
  BOOST_TEST(jar.cookies_for(url("http://a.example/auth")) == "");
}

BOOST_AUTO_TEST_CASE(a_cookie_is_replaced_and_ends) {
  CookieJar jar = jar_with("https://a.example/", "s=1");
  const auto now = std::chrono::system_clock::now();
  jar.take(url("https://a.example/"), {{"Set-Cookie", "s=2"}}, now);
  BOOST_TEST(jar.cookies_for(url("https://a.example/")) == "s=2");
  jar.take(url("https://a.example/"), {{"Set-Cookie", "s=; Max-Age=0"}}, now);
  BOOST_TEST(jar.cookies_for(url("https://a.example/")) == "");
  jar.take(url("https://a.example/"), {{"Set-Cookie", "t=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT"}}, now);
  BOOST_TEST(jar.cookies_for(url("https://a.example/")) == "");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(forms)

BOOST_AUTO_TEST_CASE(hidden_fields_and_the_button_are_kept) {
  BOOST_TEST(sent("<form method=post action='/go?x=1'><input type=hidden name=csrf value='a&amp;b'><input name=user>"
                  "<input type=password name=pw><input type=checkbox name=keep checked><button name=do value=in>Sign "
                  "in</button></form>",
                  login({{"user", "alice"}, {"pw", "x y"}})) ==
             "https://a.example/go?x=1 csrf=a%26b&user=alice&pw=x%20y&keep=on&do=in");
}

BOOST_AUTO_TEST_CASE(of_several_forms_the_one_that_asks_for_the_account_is_filled_in) {
  const char* three = "<form action=/search><input name=q></form><form method=post action=/news><input type=email "
                      "name=email></form><form method=post action=/in><input name=login><input type=password name=p></form>";
  BOOST_TEST(sent(three, login({{"username", "a"}, {"password", "b"}})) == "https://a.example/in login=a&p=b");
}

BOOST_AUTO_TEST_CASE(the_button_that_agrees_is_pressed) {
  const char* consent = "<form method=post><button name=a value=no>Cancel</button><button name=a value=yes>Allow "
                        "access</button></form>";
  BOOST_TEST(sent(consent, login({{"u", "a"}})) == "https://a.example/login a=yes");
  const char* odd = "<form method=post><button name=a value=1>Nein</button><button name=a value=2>Klar</button></form>";
  BOOST_TEST(sent(odd, login({{"u", "a"}}, "Klar")) == "https://a.example/login a=2");
}

BOOST_AUTO_TEST_CASE(logging_out_is_no_way_to_agree) {
  BOOST_TEST(sent("<form method=post action=/logout><button>Log out</button></form><form method=post action=/ok><button>"
                  "Continue</button></form>",
                  login({{"u", "a"}})) == "https://a.example/ok ");
  BOOST_TEST(sent("<form method=post action=/logout><button>Log out</button></form>", login({{"u", "a"}})) == "");
}

BOOST_AUTO_TEST_CASE(a_form_that_asks_for_something_else_is_not_sent) {
  const char* other = "<form method=post><input name=otp><button>Continue</button></form>";
  BOOST_TEST(sent(other, login({{"user", "a"}})) == "");
  const Page page = read_page(other, url("https://a.example/"));
  BOOST_TEST(asked_fields(page).at(0) == "otp");
}

BOOST_AUTO_TEST_CASE(fields_outside_of_their_form_belong_to_it) {
  BOOST_TEST(sent("<form id=f method=post action=/in></form><input name=user form=f><input type=password name=pw form=f>",
                  login({{"user", "a"}, {"pw", "b"}})) == "https://a.example/in user=a&pw=b");
}

BOOST_AUTO_TEST_CASE(a_page_that_goes_on_by_itself_is_seen) {
  const Page page = read_page("<meta http-equiv=Refresh content=\"0; URL='/next'\"><script>1</script>", url("https://a.example/"));
  BOOST_TEST(page.refresh == "https://a.example/next");
  BOOST_TEST(page.has_script);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(random_values)

BOOST_AUTO_TEST_CASE(a_seed_gives_the_same_values_in_the_same_order) {
  RandomValues a{5}, b{5}, c{6};
  const std::string first = a.uuid();
  BOOST_TEST(first == b.uuid());
  BOOST_TEST(first != a.uuid());
  BOOST_TEST(first != c.uuid());
  BOOST_TEST(first.size() == 36u);
  BOOST_TEST(first[14] == '4');
  BOOST_TEST(a.like("Ab-9").find('-') == 2u);
}

BOOST_AUTO_TEST_CASE(a_code_challenge_is_that_of_the_standard) {
  BOOST_TEST(code_challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") ==
             "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

BOOST_AUTO_TEST_SUITE_END()
