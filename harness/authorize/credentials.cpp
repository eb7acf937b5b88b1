#include "harness/authorize/credentials.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/support/fields.h"
#include "harness/support/file.h"
#include "harness/support/text.h"
#include "harness/support/url.h"

namespace plugvet {
namespace {

constexpr std::size_t largest_file = 256u << 10;
constexpr std::size_t longest_value = 16u << 10;
constexpr std::size_t most_fields = 20;
constexpr std::int64_t longest_code_lifetime = 120;

bool can_be_sent(std::string_view value) {
  return std::ranges::none_of(value, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

/// Reads the members one after the other. A value is never in a problem's text.
class Reader {
 public:
  Reader(const Document& document, const std::string& where)
      : document_{document}, where_{where}, fields_{document, where} {}

  Result<Credentials> read() {
    Credentials credentials;
    credentials.token = value(fields_, "token");
    credentials.other_token = value(fields_, "other_token");
    read_oauth(credentials);
    credentials.login = login("login");
    credentials.other_login = login("other_login");
    if (credentials.other_login && !credentials.login) fields_.complain("other_login", "is of no use without login.");
    if (credentials.other_token.empty() == false && credentials.token.empty())
      fields_.complain("other_token", "is of no use without token.");
    keep(fields_.finish());
    if (problem_) return *problem_;
    return credentials;
  }

 private:
  void keep(std::optional<Problem> problem) {
    if (!problem_) problem_ = std::move(problem);
  }

  /// A text that goes into a request.
  static std::string value(Fields& fields, std::string_view name) {
    const auto text = fields.text(name);
    if (!text) return {};
    if (is_blank(*text)) fields.complain(name, "is empty.");
    if (text->size() > longest_value) fields.complain(name, "is longer than 16 KiB.");
    if (!can_be_sent(*text)) fields.complain(name, "has a line end or another control character.");
    return *text;
  }

  static std::string address(Fields& fields, std::string_view name) {
    const std::string text = value(fields, name);
    if (text.empty()) return text;
    if (const auto url = Url::parse(text); !url) fields.complain(name, "is not a URL: " + url.problem()->what);
    return text;
  }

  void read_oauth(Credentials& credentials) {
    if (!fields_.mapping("oauth")) return;
    Fields oauth{document_, where_, "/oauth"};
    credentials.client = OauthClient{oauth.required_text("client_id"), oauth.required_text("client_secret")};
    if (!can_be_sent(credentials.client->id)) oauth.complain("client_id", "has a control character.");
    if (!can_be_sent(credentials.client->secret)) oauth.complain("client_secret", "has a control character.");
    credentials.plugin_id = value(oauth, "plugin_id");
    credentials.redirect_uri = address(oauth, "redirect_uri");
    if (!credentials.plugin_id.empty() && !credentials.redirect_uri.empty())
      oauth.complain("redirect_uri", "and plugin_id exclude each other; the one is made of the other.");
    if (credentials.plugin_id.find_first_of("/?#%\\ ") != std::string::npos)
      oauth.complain("plugin_id", "is one part of a path, such as plugin-0f1e2d3c or g-1a2b3c4d.");
    credentials.authorization_endpoint = address(oauth, "authorization_endpoint");
    credentials.token_endpoint = address(oauth, "token_endpoint");
    credentials.scope = oauth.text("scope").value_or("");
    credentials.content_type = value(oauth, "content_type");
    if (const auto how = oauth.text("client_authentication")) {
      if (*how == "header")
        credentials.client_authentication = ClientAuthentication::header;
      else if (*how != "body")
        oauth.complain("client_authentication", "is body or header.");
    }
    if (const auto seconds = oauth.whole_number("code_lifetime")) {
      if (*seconds < 1 || *seconds > longest_code_lifetime)
        oauth.complain("code_lifetime", "is a number of seconds from 1 to 120; a longer one is not waited for.");
      credentials.code_lifetime = std::chrono::seconds{*seconds};
    }
    read_other_client(oauth, credentials);
    keep(oauth.finish());
  }

  void read_other_client(Fields& oauth, Credentials& credentials) {
    if (!oauth.mapping("other_client")) return;
    Fields other{document_, where_, "/oauth/other_client"};
    credentials.other_client = OauthClient{other.required_text("client_id"), other.required_text("client_secret")};
    keep(other.finish());
  }

  std::optional<Login> login(std::string_view name) {
    if (!fields_.mapping(name)) return std::nullopt;
    const std::string pointer = fields_.pointer_of(name);
    Fields fields{document_, where_, pointer};
    Login login;
    for (auto [member, place] : {std::pair{"fields", &login.fields}, std::pair{"cookies", &login.cookies}})
      if (const Json* given = fields.mapping(member)) {
        Fields values{document_, where_, join_pointer(pointer, member)};
        for (const auto& [name_of_value, ignored] : given->items())
          place->emplace_back(name_of_value, value(values, name_of_value));
        keep(values.finish());
      }
    if (login.fields.empty() && login.cookies.empty())
      fields.complain("fields", "names no field; write what the login page asks for.");
    if (login.fields.size() > most_fields) fields.complain("fields", "has more than 20 fields.");
    login.consent = value(fields, "consent");
    for (const std::string& text : fields.texts("origins"))
      if (const auto url = Url::parse(text))
        login.origins.push_back(url->origin());
      else
        fields.complain("origins", "holds what is no URL: " + url.problem()->what);
    keep(fields.finish());
    return login;
  }

  const Document& document_;
  const std::string& where_;
  Fields fields_;
  std::optional<Problem> problem_;
};

Problem mistake(std::string what, const std::string& where) {
  Problem problem;
  problem.rung = Rung::file;
  problem.id = "user.credentials";
  problem.what = std::move(what);
  problem.where = where;
  problem.blame = Blame::user;
  return problem;
}

/// Who it is, is no secret; and a name such as "test" would be masked in every second sentence.
bool names_the_account(std::string_view field) {
  static constexpr std::string_view parts[] = {"user", "mail", "login", "name", "account", "phone", "identifier"};
  const std::string lower = to_lower_ascii(field);
  return lower.find("pass") == std::string::npos &&
         std::ranges::any_of(parts, [&](std::string_view part) { return lower.find(part) != std::string::npos; });
}

void add(std::vector<Secret>& secrets, std::string name, const std::string& value) {
  if (!value.empty()) secrets.push_back({std::move(name), value});
}

}  // namespace

std::vector<Secret> Credentials::secrets() const {
  std::vector<Secret> secrets;
  for (const std::string& text : {token, other_token}) {
    add(secrets, "token", text);
    if (const auto colon = text.find(':'); colon != std::string::npos)
      add(secrets, "password", text.substr(colon + 1));
  }
  for (const auto* one : {&client, &other_client})
    if (*one) add(secrets, "client_secret", (*one)->secret);
  for (const auto* one : {&login, &other_login})
    if (*one)
      for (const auto& [name, value] : (*one)->fields)
        if (!names_the_account(name)) add(secrets, name, value);
  for (const auto* one : {&login, &other_login})
    if (*one)
      for (const auto& [name, value] : (*one)->cookies) add(secrets, "cookie", value);
  return secrets;
}

Result<Credentials> read_credentials(const std::string& text, const std::string& where) {
  if (is_only_comments(text))
    return mistake(fmt::format("{}: nothing is filled in; remove the # in front of what the plugin needs",
                               printable(where)),
                   where);
  auto document = parse_yaml(text, where);
  if (!document) {
    Problem problem = *document.problem();
    problem.blame = Blame::user;
    problem.what = fmt::format("{}:{}:{}: {}", printable(where), problem.position.line, problem.position.column,
                               problem.what);
    return problem;
  }
  return Reader{*document, where}.read();
}

Result<Credentials> read_credentials_file(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) && (status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    return mistake(fmt::format("{} can be read or written by others than its owner; chmod 600 {}", printable(path),
                               printable(path)),
                   path);
  auto text = read_file(path, largest_file);
  if (!text) {
    Problem problem = *text.problem();
    problem.blame = Blame::user;
    return problem;
  }
  return read_credentials(*text, path);
}

}  // namespace plugvet
