#include "harness/model/secret_finder.h"

#include <fmt/format.h>

#include <boost/test/unit_test.hpp>
#include <random>
#include <string>
#include <vector>

using namespace plugvet;

namespace {

/// The same without any thought of time.
std::string masked_slowly(const std::string& text, const std::vector<std::string>& secrets) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t longest = 0;
    for (const std::string& secret : secrets)
      if (secret.size() >= SecretFinder::shortest && text.compare(at, secret.size(), secret) == 0)
        longest = std::max(longest, secret.size());
    out += longest > 0 ? '#' : text[at];
    at += std::max<std::size_t>(longest, 1);
  }
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(secret_finder)

BOOST_AUTO_TEST_CASE(each_secret_goes_and_the_longest_where_several_begin) {
  const SecretFinder finder{{"first-secret", "first-secret-and-more", "second-secret", "short", ""}};
  BOOST_TEST(finder.masked("a first-secret, b", "•••") == "a •••, b");
  BOOST_TEST(finder.masked("first-secret-and-more", "•••") == "•••");
  BOOST_TEST(finder.masked("first-secret-and-less", "•••") == "•••-and-less");
  BOOST_TEST(finder.masked("first-secretsecond-secret!", "•••") == "••••••!");
  BOOST_TEST(finder.masked("short, first-secre", "•••") == "short, first-secre");
  BOOST_TEST(finder.masked("", "•••") == "");
  BOOST_TEST(SecretFinder{{}}.masked("first-secret", "•••") == "first-secret");
}

BOOST_AUTO_TEST_CASE(of_a_very_long_secret_a_beginning_is_enough) {
  const std::string key(200, 'k'), other = std::string(100, 'k') + "z";
  const SecretFinder finder{{key, other}};
  BOOST_TEST(finder.masked(key + ".", "•••") == "•••.");
  BOOST_TEST(finder.masked(other + ".", "•••") == "•••.");
  BOOST_TEST(finder.masked(std::string(64, 'k') + ".", "•••") == "•••.");
  BOOST_TEST(finder.masked(std::string(63, 'k') + ".", "•••") == std::string(63, 'k') + ".");
}

BOOST_AUTO_TEST_CASE(it_finds_what_a_search_for_each_one_finds) {
  std::mt19937 random{1};
  const auto text_of = [&](std::size_t least, std::size_t most) {
    std::string text(least + random() % (most - least + 1), ' ');
    for (char& c : text) c = static_cast<char>('a' + random() % 2);
    return text;
  };
  for (int round = 0; round < 300; ++round) {
    std::vector<std::string> secrets(random() % 40);
    for (std::string& secret : secrets) secret = text_of(6, 14);
    const std::string text = text_of(0, 300);
    BOOST_TEST(SecretFinder{secrets}.masked(text, "#") == masked_slowly(text, secrets));
  }
}

// One search for each of them, or one comparison at each place, would take hours.
BOOST_AUTO_TEST_CASE(very_many_secrets_and_texts_of_their_beginnings_take_no_time) {
  std::vector<std::string> secrets;
  for (int i = 0; i < 200'000; ++i) secrets.push_back(fmt::format("secret-value-{:06}", i));
  for (std::size_t size = 8; size < 2'000; ++size) secrets.push_back(std::string(size, 'a'));
  secrets.push_back(std::string(1u << 20, 'a') + "b");
  const SecretFinder finder{std::move(secrets)};
  std::string text;
  while (text.size() < (1u << 20)) text += "secret-value-";
  BOOST_TEST((finder.masked(text, "•••") == text));
  const std::string as(8u << 20, 'a');
  BOOST_TEST(finder.masked(as, "•••").size() < 100u);
  text.clear();
  while (text.size() < (1u << 20)) text += "aaaaaaaac";
  BOOST_TEST(finder.masked(text, "").find('a') == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
