#include "harness/support/url.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>

namespace data = boost::unit_test::data;
using namespace plugvet;
using namespace std::string_literals;

BOOST_AUTO_TEST_SUITE(url)

struct Accepted {
  std::string text, normal, host;
};
std::ostream& operator<<(std::ostream& out, const Accepted& row) {
  return out << row.text;
}

const std::vector<Accepted> accepted = {
    {"https://example.com", "https://example.com/", "example.com"},
    {"HTTPS://EXAMPLE.com:443/A?b=C#d", "https://example.com/A?b=C#d", "example.com"},
    {"http://example.com:80/", "http://example.com/", "example.com"},
    {"http://example.com:443/", "http://example.com:443/", "example.com"},
    {"https://example.com./x", "https://example.com/x", "example.com"},
    {"https://a_b.example.com/", "https://a_b.example.com/", "a_b.example.com"},
    {"https://r3---sn.example.com/", "https://r3---sn.example.com/", "r3---sn.example.com"},
    {"https://bücher.example/ü?ö=1#ä", "https://xn--bcher-kva.example/%C3%BC?%C3%B6=1#%C3%A4", "xn--bcher-kva.example"},
    {"https://BÜCHER。example/", "https://xn--bcher-kva.example/", "xn--bcher-kva.example"},
    {"https://faß.de/", "https://xn--fa-hia.de/", "xn--fa-hia.de"},
    {"https://xn--bcher-kva.example/", "https://xn--bcher-kva.example/", "xn--bcher-kva.example"},
    {"https://ｅｘａｍｐｌｅ.com/", "https://example.com/", "example.com"},
    {"http://127.0.0.1:3333/x", "http://127.0.0.1:3333/x", "127.0.0.1"},
    {"http://127.0.0.1./", "http://127.0.0.1/", "127.0.0.1"},
    {"http://[::1]:8080/", "http://[::1]:8080/", "::1"},
    {"http://[2001:DB8:0:0::1]/", "http://[2001:db8::1]/", "2001:db8::1"},
    {"http://[::ffff:7f00:1]/", "http://[::ffff:127.0.0.1]/", "::ffff:127.0.0.1"},
    {"http://localhost:3333", "http://localhost:3333/", "localhost"},
    {"https://example.com/a/../b/./c", "https://example.com/b/c", "example.com"},
    {"https://good.example#@127.0.0.1/", "https://good.example/#@127.0.0.1/", "good.example"},
    {"https://good.example?@127.0.0.1/", "https://good.example/?@127.0.0.1/", "good.example"},
    {"https://good.example//127.0.0.1", "https://good.example//127.0.0.1", "good.example"},
    {"https://example.com/todos/{id}", "https://example.com/todos/%7Bid%7D", "example.com"},
    {"https://1.example/", "https://1.example/", "1.example"},
};

BOOST_DATA_TEST_CASE(a_good_url_has_one_spelling, data::make(accepted), row) {
  const auto url = Url::parse(row.text);
  BOOST_REQUIRE_MESSAGE(url, (url ? "" : url.problem()->what));
  BOOST_TEST(url->text() == row.normal);
  BOOST_TEST(url->host() == row.host);
  const auto again = Url::parse(url->text());
  BOOST_REQUIRE(again);
  BOOST_TEST((*again == *url));
}

struct Refused {
  std::string text, id, what;
};
std::ostream& operator<<(std::ostream& out, const Refused& row) {
  return out << row.text;
}

const std::vector<Refused> refused = {
    {"", "url.syntax", "The URL is empty."},
    {" https://example.com", "url.syntax", "The URL contains white space (U+0020) at offset 0; a URL can have none."},
    {"https://exa\tmple.com/", "url.syntax",
     "The URL contains white space (U+0009) at offset 11; a URL can have none."},
    {"https://example.com/\r\nX: y", "url.syntax",
     "The URL contains white space (U+000D) at offset 20; a URL can have none."},
    {"https://example.com/\x01", "url.syntax",
     "The URL contains a control character (U+0001) at offset 20; a URL can have none."},
    {"https://good\0.evil/"s, "url.syntax",
     "The URL contains a control character (U+0000) at offset 12; a URL can have none."},
    {"https://example.com/\xC2\xA0", "url.syntax",
     "The URL contains white space (U+00A0) at offset 20; a URL can have none."},
    {"https:\\\\127.0.0.1/", "url.syntax", "The URL contains a backslash (U+005C) at offset 6; a URL can have none."},
    {"https://127.0.0.1\\@good.example/", "url.syntax",
     "The URL contains a backslash (U+005C) at offset 17; a URL can have none."},
    {"https://example.com/\xFF", "url.syntax", "The URL is not valid UTF-8: byte FF at offset 20."},
    {"example.com/x", "url.syntax", "The URL example.com/x does not begin with https:// or http://."},
    {"localhost:3333", "url.syntax", "The URL localhost:3333 does not begin with https:// or http://."},
    {"//example.com", "url.syntax", "The URL //example.com does not begin with https:// or http://."},
    {"http:127.0.0.1", "url.syntax", "After \"http:\" a URL has exactly two slashes and the host."},
    {"http:/127.0.0.1", "url.syntax", "After \"http:\" a URL has exactly two slashes and the host."},
    {"http:///127.0.0.1", "url.syntax", "After \"http:\" a URL has exactly two slashes and the host."},
    {"https://example.com/a/%2e%2E/b", "url.syntax", "The path segment \"%2e%2E\" is \"..\" in disguise."},
    {"ftp://example.com/", "url.scheme", "The scheme \"ftp\" is not fetched; only https and http are."},
    {"file:///etc/passwd", "url.scheme", "The scheme \"file\" is not fetched; only https and http are."},
    {"javascript:alert(1)", "url.scheme", "The scheme \"javascript\" is not fetched; only https and http are."},
    {"http+unix://x/", "url.scheme", "The scheme \"http+unix\" is not fetched; only https and http are."},
    {"https://good.example@127.0.0.1/", "url.user_info",
     "The URL has user information before \"@\"; it would be sent or mistaken for the host."},
    {"https://good:443@127.0.0.1:80/", "url.user_info",
     "The URL has user information before \"@\"; it would be sent or mistaken for the host."},
    {"https://@example.com/", "url.user_info",
     "The URL has user information before \"@\"; it would be sent or mistaken for the host."},
    {"https:///", "url.syntax", "After \"https:\" a URL has exactly two slashes and the host."},
    {"https://", "url.host", "The URL has no host."},
    {"https://:443/", "url.host", "The URL has no host."},
    {"https://./", "url.host", "The URL has no host."},
    {"https://?x", "url.host", "The URL has no host."},
    {"http://127.1/", "url.host", "The host 127.1 is a number in an unusual spelling; write 127.0.0.1."},
    {"http://127.0.1/", "url.host", "The host 127.0.1 is a number in an unusual spelling; write 127.0.0.1."},
    {"http://2130706433/", "url.host", "The host 2130706433 is a number in an unusual spelling; write 127.0.0.1."},
    {"http://0x7f000001/", "url.host", "The host 0x7f000001 is a number in an unusual spelling; write 127.0.0.1."},
    {"http://0x7f.1/", "url.host", "The host 0x7f.1 is a number in an unusual spelling; write 127.0.0.1."},
    {"http://0177.0.0.1/", "url.host", "The host 0177.0.0.1 is a number in an unusual spelling; write 127.0.0.1."},
    {"http://00000177.1/", "url.host", "The host 00000177.1 is a number in an unusual spelling; write 127.0.0.1."},
    {"http://017700000001/", "url.host", "The host 017700000001 is a number in an unusual spelling; write 127.0.0.1."},
    {"http://010.0.0.1/", "url.host", "The host 010.0.0.1 is a number in an unusual spelling; write 8.0.0.1."},
    {"http://0/", "url.host", "The host 0 is a number in an unusual spelling; write 0.0.0.0."},
    {"http://0x0/", "url.host", "The host 0x0 is a number in an unusual spelling; write 0.0.0.0."},
    {"http://0x/", "url.host", "The host 0x is a number in an unusual spelling; write 0.0.0.0."},
    {"http://192.0x00A80001/", "url.host",
     "The host 192.0x00A80001 is a number in an unusual spelling; write 192.168.0.1."},
    {"http://１２７.0.0.1/", "url.host", "The host １２７.0.0.1 is a number in an unusual spelling; write 127.0.0.1."},
    {"http://①②⑦.0.0.1/", "url.host", "The host ①②⑦.0.0.1 is a number in an unusual spelling; write 127.0.0.1."},
    {"http://4294967297/", "url.host", "The host 4294967297 ends in a number, but is not an IPv4 address."},
    {"http://256.1/", "url.host", "The host 256.1 ends in a number, but is not an IPv4 address."},
    {"http://1.2.3.4.5/", "url.host", "The host 1.2.3.4.5 ends in a number, but is not an IPv4 address."},
    {"http://example.09/", "url.host", "The host example.09 ends in a number, but is not an IPv4 address."},
    {"http://%31%32%37.0.0.1/", "url.host", "The host %31%32%37.0.0.1 contains \"%\"; a host is not percent-encoded."},
    {"https://good%00.evil/", "url.host", "The host good%00.evil contains \"%\"; a host is not percent-encoded."},
    {"http://[fe80::1%25lo]/", "url.host",
     "The address [fe80::1%25lo] has a zone id; that means something on one machine only."},
    {"http://[127.0.0.1]/", "url.host", "The host [127.0.0.1] is not an IPv6 address."},
    {"http://[v1.x]/", "url.host", "The host [v1.x] is not an IPv6 address."},
    {"http://[::1/", "url.host", "The bracket of the IPv6 address is not closed."},
    {"http://[::1]x/", "url.host", "\"x\" follows the IPv6 address."},
    {"https://a..b/", "url.host", "The host a..b is not a valid name: it has an empty label."},
    {"https://example.com../", "url.host", "The host example.com. is not a valid name: it has an empty label."},
    {"https://-a.example/", "url.host",
     "The host -a.example is not a valid name: the label -a begins or ends with a hyphen."},
    {"https://a-.example/", "url.host",
     "The host a-.example is not a valid name: the label a- begins or ends with a hyphen."},
    {"https://*.example/", "url.host", "The host *.example is not a valid name: \"*\" cannot stand in it."},
    {"https://{host}/", "url.host", "The host {host} is not a valid name: \"{\" cannot stand in it."},
    {"https://" + std::string(64, 'a') + ".example/", "url.host",
     "The host " + std::string(64, 'a') +
         ".example is not a valid name: a label has 64 characters, at most 63 are allowed."},
    {"https://exam\u00ADple.com/", "url.host", "The host exam\\u{AD}ple.com contains the invisible character U+00AD."},
    {"https://a\u200Db.example/", "url.host",
     "The host a\\u{200D}b.example is not a valid internationalised name (UTS 46)."},
    {"https://xn--a/", "url.host", "The host xn--a is not a valid internationalised name (UTS 46)."},
    {"https://a\u202Eb.example/", "url.host", "The host a\\u{202E}b.example contains the invisible character U+202E."},
    {"https://example.com:/", "url.port", "There is a colon after the host, but no port."},
    {"https://example.com:0/", "url.port", "The port \"0\" is not between 1 and 65535."},
    {"https://example.com:65536/", "url.port", "The port \"65536\" is not between 1 and 65535."},
    {"https://example.com:99999999999999999999/", "url.port",
     "The port \"99999999999999999999\" is not between 1 and 65535."},
    {"https://example.com:-1/", "url.port", "The port \"-1\" is not a number."},
    {"https://example.com:+443/", "url.port", "The port \"+443\" is not a number."},
    {"https://example.com:https/", "url.port", "The port \"https\" is not a number."},
    {"https://example.com:00443/", "url.port", "The port \"00443\" has a leading zero."},
    {"https://a:1:2/", "url.port", "The port \"1:2\" is not a number."},
    {"https://example.com/" + std::string(9000, 'a'), "url.syntax",
     "The URL has 9020 bytes; at most 8192 are accepted."},
};

BOOST_DATA_TEST_CASE(what_a_browser_could_read_differently_is_refused, data::make(refused), row) {
  const auto url = Url::parse(row.text);
  BOOST_REQUIRE_MESSAGE(!url, "accepted as " << (url ? url->text() : ""));
  BOOST_TEST(url.problem()->id == row.id);
  BOOST_TEST(url.problem()->what == row.what);
  BOOST_TEST((url.problem()->rung == Rung::url));
}

BOOST_AUTO_TEST_CASE(a_name_has_at_most_253_characters) {
  const std::string label = std::string(49, 'a') + ".";
  const std::string name = label + label + label + label + label;  // 250
  BOOST_TEST(bool{Url::parse("https://" + name + "com/")});
  BOOST_TEST(Url::parse("https://" + name + "comm/").problem()->what ==
             "The host has 254 characters; a name has at most 253.");
}

BOOST_AUTO_TEST_CASE(the_problem_shows_the_text_safely) {
  BOOST_TEST(Url::parse("https://a\nb").problem()->where == "https://a\\u{A}b");
}

BOOST_AUTO_TEST_CASE(a_url_is_made_of_its_parts) {
  const Url url = *Url::parse("http://Example.com:8080/a/b?c=d&e#f");
  BOOST_TEST(url.scheme() == "http");
  BOOST_TEST(!url.is_https());
  BOOST_TEST(url.port() == 8080);
  BOOST_TEST(url.port_is_written());
  BOOST_TEST(url.path() == "/a/b");
  BOOST_TEST(url.query() == "c=d&e");
  BOOST_TEST(url.fragment() == "f");
  BOOST_TEST(url.origin() == "http://example.com:8080");
  BOOST_TEST(!url.host_is_address());
  const Url plain = *Url::parse("https://example.com");
  BOOST_TEST(plain.path() == "/");
  BOOST_TEST(plain.port() == 443);
  BOOST_TEST(!plain.port_is_written());
  BOOST_TEST(plain.origin() == "https://example.com");
  BOOST_TEST(Url::parse("https://example.com:443")->port_is_written());
  BOOST_TEST(Url::parse("http://[::1]:81")->origin() == "http://[::1]:81");
  BOOST_TEST(Url::parse("http://[::1]")->host_is_address());
  BOOST_TEST(Url::parse("http://1.2.3.4")->host_is_address());
}

struct Reference {
  std::string reference, result;
};
std::ostream& operator<<(std::ostream& out, const Reference& row) {
  return out << row.reference;
}

const std::vector<Reference> references = {
    {"", "https://example.com/a/b?q"},
    {"c", "https://example.com/a/c"},
    {"./c", "https://example.com/a/c"},
    {"../c", "https://example.com/c"},
    {"../../../c", "https://example.com/c"},
    {"/c", "https://example.com/c"},
    {"?x", "https://example.com/a/b?x"},
    {"#x", "https://example.com/a/b?q#x"},
    {"//other.example/c", "https://other.example/c"},
    {"http://other.example:81/c", "http://other.example:81/c"},
    {"c:d", "url.scheme"},
    {"./c:d", "https://example.com/a/c:d"},
    {"//user@other.example", "url.user_info"},
    {"///c", "url.syntax"},
    {"/\\other.example", "url.syntax"},
    {"/c d", "url.syntax"},
    {"http:c", "url.syntax"},
    {"//127.1", "url.host"},
};

BOOST_DATA_TEST_CASE(a_reference_is_resolved_or_refused, data::make(references), row) {
  const Url base = *Url::parse("https://example.com/a/b?q#f");
  const auto url = base.resolve(row.reference);
  BOOST_TEST((url ? url->text() : url.problem()->id) == row.result);
}

BOOST_AUTO_TEST_CASE(loopback_is_known_by_its_spelling) {
  for (const char* host : {"localhost", "LOCALHOST", "localhost.", "x.localhost", "127.0.0.1", "127.255.0.3", "::1",
                           "[::1]", "0:0:0:0:0:0:0:1"}) {
    BOOST_TEST(is_loopback_host(host), host);
  }
  for (const char* host :
       {"", "example.com", "localhost.example", "mylocalhost", "128.0.0.1", "127.example", "::2", "127.1"}) {
    BOOST_TEST(!is_loopback_host(host), host);
  }
}

BOOST_AUTO_TEST_CASE(people_see_names_in_their_own_letters) {
  BOOST_TEST(display_host("xn--bcher-kva.example") == "bücher.example");
  BOOST_TEST(display_host("example.com") == "example.com");
  BOOST_TEST(display_host("xn--a.example") == "xn--a.example");
}

struct Registrable {
  std::string host, domain, listed;
};
std::ostream& operator<<(std::ostream& out, const Registrable& row) {
  return out << row.host;
}

const std::vector<Registrable> registrable = {
    {"example.com", "example.com", "example.com"},
    {"a.b.example.com", "example.com", "example.com"},
    {"A.foo.co.uk.", "foo.co.uk", "foo.co.uk"},
    {"co.uk", "", ""},
    {"com", "", ""},
    {"localhost", "", ""},
    {"127.0.0.1", "", ""},
    {"::1", "", ""},
    {"", "", ""},
    {"user.github.io", "user.github.io", "user.github.io"},
    {"plugin.corp.unlisted-tld", "corp.unlisted-tld", ""},
    {"a.b.test", "b.test", ""},
    {"x.y.z.ck", "y.z.ck", "y.z.ck"},
    {"www.ck", "www.ck", "www.ck"},
};

BOOST_DATA_TEST_CASE(the_registrable_domain_follows_the_public_suffix_list, data::make(registrable), row) {
  BOOST_TEST(registrable_domain(row.host) == row.domain);
  BOOST_TEST(registrable_domain(row.host, true) == row.listed);
}

BOOST_AUTO_TEST_CASE(a_subdomain_ends_in_a_dot_and_the_domain) {
  BOOST_TEST(is_same_or_subdomain("example.com", "example.com"));
  BOOST_TEST(is_same_or_subdomain("a.b.example.com", "example.com"));
  BOOST_TEST(!is_same_or_subdomain("badexample.com", "example.com"));
  BOOST_TEST(!is_same_or_subdomain("com", "example.com"));
  BOOST_TEST(!is_same_or_subdomain("example.com", ""));
}

BOOST_AUTO_TEST_SUITE_END()
