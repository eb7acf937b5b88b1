// The address policy as a whole, unchanged, in an internet of its own: no canary on a special address is ever visited.
#include <fmt/format.h>

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/faults/site.h"
#include "tests/faults/trial.h"
#include "tests/rig/certificates.h"
#include "tests/rig/name_server.h"
#include "tests/rig/private_network.h"

using namespace plugvet;
using namespace plugvet::faults;
using rig::NameAnswer;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr const char* public_address = "93.184.216.34";
constexpr const char* name_server_address = "9.9.9.53";

// One of each special-purpose row of the IANA registries, multicast, and each way to put IPv4 inside IPv6.
const std::vector<std::string> rows = {
    "0.0.0.0",         "0.1.2.3",          "10.0.0.1",        "100.64.0.1",       "127.0.0.1",
    "127.1.2.3",       "169.254.169.254",  "172.16.0.1",      "192.0.0.1",        "192.0.0.8",
    "192.0.0.170",     "192.0.0.192",      "192.0.2.1",       "192.88.99.1",      "192.168.1.1",
    "198.18.0.1",      "198.51.100.1",     "203.0.113.1",     "224.0.0.1",        "239.1.2.3",
    "240.0.0.1",       "255.255.255.255",  "::1",             "::",               "::ffff:127.0.0.1",
    "::ffff:169.254.169.254", "::127.0.0.1", "::ffff:0:7f00:1", "64:ff9b::a00:1", "64:ff9b:1::a00:1",
    "100::1",          "100:0:0:1::1",     "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:2::1", "2001:10::1",
    "2001:1ff::1",     "2001:db8::1",      "2002:a00:1::1",   "3fff::1",          "5f00::1",
    "fd00:ec2::254",   "fe80::1",          "fec0::1",         "ff02::1",
    // The metadata services of clouds that are in no row of their own.
    "169.254.170.2",   "100.100.100.200",  "168.63.129.16",   "fd20:ce::254"};
constexpr std::size_t special_rows = 44;

bool is_loopback(const std::string& address) {
  return address.starts_with("127.") || address == "::1";
}

std::string literal(const std::string& address) {
  return address.find(':') == std::string::npos ? address : "[" + address + "]";
}

/// "literal-members-7.plugvet.dev": how the row of that number is named, and where.
struct Role {
  std::string how, where;
  std::size_t row = 0;

  static Role of(const std::string& host) {
    const std::size_t first = host.find('-'), second = host.find('-', first + 1);
    if (second == std::string::npos) return {};
    return {host.substr(0, first), host.substr(first + 1, second - first - 1),
            static_cast<std::size_t>(std::atoi(host.c_str() + second + 1))};
  }
};

std::string host_of(const std::string& request) {
  const std::size_t begin = request.find("\r\nHost: ") + 8;
  return request.substr(begin, request.find("\r\n", begin) - begin);
}

/// Where the plugin of that role sends its visitor.
std::string target_of(const Role& role, const std::string& host) {
  if (role.how == "literal") return "https://" + literal(rows[role.row]);
  if (role.how == "name") return fmt::format("https://at-row-{}.plugvet.dev", role.row);
  return fmt::format("https://{}/go/{}", host, role.row);
}

std::string answer_to(const std::string& request) {
  const std::string host = host_of(request);
  const Role role = Role::of(host);
  const std::string target = target_of(role, host), origin = "https://" + host;
  const bool for_manifest = request.starts_with(fmt::format("GET {} ", manifest_path));
  const auto moved = [](const std::string& to) {
    return "HTTP/1.1 302 Found\r\nLocation: " + to + "\r\nContent-Length: 0\r\n\r\n";
  };
  if (request.starts_with("GET /go/")) return moved("https://" + literal(rows[role.row]) + "/x");
  if (role.where == "manifest" && for_manifest) return moved(target + "/.well-known/ai-plugin.json");
  if (!for_manifest) return rig::ok("x");
  Json manifest = Json::parse(good_files(origin).at(std::string{manifest_path}));
  manifest["api"]["url"] = target + "/openapi.yaml";
  manifest["logo_url"] = target + "/logo.png";
  manifest["legal_info_url"] = target + "/legal";
  manifest["auth"] = {{"type", "oauth"}, {"client_url", target + "/a"}, {"authorization_url", target + "/t"},
                      {"authorization_content_type", "application/json"}, {"scope", "a"},
                      {"verification_tokens", {{"openai", "abc"}}}};
  return rig::ok(manifest.dump(), "Content-Type: application/json\r\n");
}

NameAnswer answer_for(const std::string& name) {
  const Role role = Role::of(name);
  if (role.how == "at") return {.addresses = {rows[role.row]}};
  if (role.how == "literal" || role.how == "name" || role.how == "redirect") return {.addresses = {public_address}};
  return {.code = NameAnswer::Code::no_such_name};
}

/// The internet with its canaries and one public server.
struct World {
  std::string why_not;
  std::unique_ptr<rig::PrivateInternet> internet;
  std::vector<std::unique_ptr<rig::Canary>> canaries;
  Folder here;

  World() : internet{rig::PrivateInternet::open(why_not)} {
    if (!internet) return;
    internet->own({public_address, name_server_address, "1.2.3.4"});  // at the last nobody listens
    internet->own(rows);
    why_not = internet->look_up_names_at(name_server_address);
    for (const std::string& row : rows)
      for (const std::uint16_t port : {std::uint16_t{443}, std::uint16_t{80}}) stand_at(row, port);
    here.write("ca.pem", rig::ca_pem());
  }

  void stand_at(const std::string& row, std::uint16_t port) {
    if (row == "0.0.0.0" || row == "::") return;  // who listens there listens everywhere
    try {
      if (is_loopback(row))
        canaries.push_back(internet->canary_of_visitor(row, port));
      else
        canaries.push_back(std::make_unique<rig::Canary>(row, port));
      if (!canaries.empty() && !canaries.back()) canaries.pop_back();
    } catch (const std::runtime_error&) {  // an address that nobody can have: 255.255.255.255
    }
  }

  rig::HostileOptions public_options() const {
    return {.certificate = rig::mint_certificate("valid", {"plugvet.dev", "*.plugvet.dev"}),
            .address = public_address,
            .port = 443};
  }

  Trial trial(std::vector<std::string> words) const {
    Trial trial{.words = std::move(words), .budget = seconds{40}, .memory_kib = 512 << 10};
    trial.words.insert(trial.words.end(), {"--ca-file", "ca.pem", "--rate", "0", "--jobs", "8"});
    trial.under = internet->visitor();
    for (const auto& canary : canaries) trial.canaries.push_back(canary.get());
    return trial;
  }
};

std::size_t refusals_in(const Json& document) {
  std::size_t count = 0;
  for (const Json& exchange : document["exchanges"])
    if (exchange["problem"].is_object() && exchange["problem"]["id"] == "address.not_public") ++count;
  return count;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(addresses)

BOOST_AUTO_TEST_CASE(no_special_address_is_connected_however_it_is_named_and_wherever) {
  const World world;
  if (!world.why_not.empty()) return cli_tests::skip_because(world.why_not);
  BOOST_TEST(world.canaries.size() >= 2 * 17u);
  const rig::NameServer names{[](const std::string& name, unsigned) { return answer_for(name); }, name_server_address};
  const rig::HostileServer server{[](rig::Peer& peer) {
                                    for (std::string request; !(request = peer.read_request()).empty();)
                                      if (!peer.send(answer_to(request))) return;
                                  },
                                  world.public_options()};
  const auto review_all = [&](const std::string& prefix, const std::vector<std::string>& artefacts) {
    std::vector<std::string> words;
    for (std::size_t row = 0; row < rows.size(); ++row)
      words.push_back(fmt::format("https://{}-{}.plugvet.dev", prefix, row));
    const std::vector<std::string> few = few_checks();
    words.insert(words.end(), few.begin(), few.end());
    const Reviewed reviewed = review(world.here, world.trial(words));
    BOOST_REQUIRE(reviewed.documents.size() == rows.size());
    for (std::size_t row = 0; row < rows.size(); ++row)
      for (const std::string& artefact : artefacts) {
        const std::string problem = reviewed.problem(artefact, row);
        const bool is_refused = problem.starts_with("address.") || problem.starts_with("url.");
        BOOST_TEST(is_refused, words[row] << ", " << artefact << " at " << rows[row] << ": " << problem);
      }
  };
  BOOST_TEST(rows.size() == special_rows + 4);
  review_all("at-row", {"manifest"});
  for (const std::string how : {"literal", "name", "redirect"}) {
    review_all(how + "-manifest", {"manifest"});
    review_all(how + "-members", {"api", "logo", "legal_page"});
  }
  for (const std::string& row : rows) {
    if (is_loopback(row)) continue;  // who types a loopback address means it
    std::vector<std::string> words = world.internet->visitor();
    words.insert(words.end(), {PLUGVET_BINARY_DIR "/plugvet", "review", "https://" + literal(row)});
    const Ended ended = cli_tests::run(words);
    BOOST_TEST((ended.status >= 1 && ended.status <= 3), row << ": " << ended.err);
  }
  for (const auto& canary : world.canaries) BOOST_TEST(canary->visits() == 0u, canary->address());
  BOOST_TEST(server.connections() > rows.size());
  tell_figure(fmt::format("addresses: {} special rows and {} metadata services, each literally, by name and by "
                          "redirect, for manifest, API, logo, legal page and sign-in; 0 visits at {} canaries",
                          special_rows, rows.size() - special_rows, world.canaries.size()));

  // The visitor's own address is public, and still not for strangers to choose.
  const auto own = world.internet->canary_of_visitor("8.8.4.4", 443);
  Trial trial = world.trial({"https://8.8.4.4"});
  trial.canaries.push_back(own.get());
  BOOST_TEST(refusals_in(review(world.here, trial).document()) >= 1u);
}

BOOST_AUTO_TEST_CASE(a_name_that_changes_its_address_is_judged_by_the_address_that_is_connected) {
  const World world;
  if (!world.why_not.empty()) return cli_tests::skip_because(world.why_not);
  // Public until the manifest has been fetched, this machine or a metadata service from then on.
  std::atomic<bool> turned{false};
  std::atomic<int> served{0};
  const rig::NameServer names{[&](const std::string& name, unsigned) -> NameAnswer {
                                if (name == "turns.plugvet.dev")
                                  return {.addresses = {turned ? "127.0.0.1" : public_address}};
                                if (name == "cloud.plugvet.dev")
                                  return {.addresses = {turned ? "169.254.169.254" : public_address}};
                                return {.code = NameAnswer::Code::no_such_name};
                              },
                              name_server_address};
  const rig::HostileServer server{
      [&](rig::Peer& peer) {
        const std::string request = peer.read_request();
        if (++served == 3) turned = true;  // after the two questions about other origins comes the manifest's
        const std::string origin = "https://" + host_of(request);
        peer.send(rig::ok(good_files(origin).at(std::string{manifest_path}), "Connection: close\r\n"));
      },
      world.public_options()};
  for (const char* host : {"turns.plugvet.dev", "cloud.plugvet.dev"}) {
    turned = false;
    served = 0;
    const Reviewed reviewed = review(world.here, world.trial({std::string{"https://"} + host}));
    BOOST_TEST(reviewed.problem("manifest") == "", reviewed.document()["exchanges"].dump(1));
    for (const Json& exchange : reviewed.document()["exchanges"]) {
      const auto address = exchange["address"].get<std::string>();
      BOOST_TEST((address.empty() || address == std::string{public_address} + ":443"), address);
    }
    BOOST_TEST(refusals_in(reviewed.document()) >= 1u);
  }
}

BOOST_AUTO_TEST_CASE(what_a_name_server_answers_becomes_one_sentence) {
  const World world;
  if (!world.why_not.empty()) return cli_tests::skip_because(world.why_not);
  using Code = NameAnswer::Code;
  const std::map<std::string, std::pair<NameAnswer, std::string>> cases = {
      {"missing", {{.code = Code::no_such_name}, "name.not_found"}},
      {"empty", {{}, "name.no_address"}},
      {"broken", {{.code = Code::server_failure}, "name.temporary_failure"}},
      {"refused", {{.code = Code::refused}, "name.temporary_failure"}},
      {"silent", {{.code = Code::silence}, "name.t"}},  // temporary_failure or timeout, as the resolver gives up
      {"late", {{.addresses = {public_address}, .delay = milliseconds{300}}, ""}},
      {"alias", {{.addresses = {"10.0.0.1"}, .alias = "inside.plugvet.dev"}, "address.not_public"}},
      {"mixed", {{.addresses = {"1.2.3.4", "10.0.0.1", "127.0.0.1"}}, "?"}},
      {"six", {{.addresses = {"fd00:ec2::254", public_address}}, "?"}},
      {"helper", {{.addresses = {"127.0.0.1"}}, "address.not_public"}}};
  const rig::NameServer names{[&](const std::string& name, unsigned) -> NameAnswer {
                                const auto found = cases.find(name.substr(0, name.find('.')));
                                return found == cases.end() ? NameAnswer{.code = Code::no_such_name}
                                    : found->second.first;
                              },
                              name_server_address};
  const rig::HostileServer server{plugin_but({}, "https"), world.public_options()};
  for (const auto& [name, expected] : cases) {
    Trial trial = world.trial({fmt::format("https://{}.plugvet.dev", name)});
    trial.budget = seconds{14};
    const Reviewed reviewed = review(world.here, trial);
    const std::string problem = reviewed.problem("manifest");
    if (expected.second.empty()) BOOST_TEST(problem == "", name);
    if (expected.second.size() > 1) BOOST_TEST(problem.starts_with(expected.second), name << ": " << problem);
    BOOST_TEST((problem.empty() || reviewed.says(name + ".plugvet.dev")), name);
  }
  // The rest of a review goes on where one name is missing.
  const rig::HostileServer other{
      plugin_but({{std::string{manifest_path},
                   [](rig::Peer& peer, const std::string&) {
                     return peer.send(rig::ok(manifest_with("https://late.plugvet.dev:8443", "logo_url",
                                                            "https://missing.plugvet.dev/logo.png")));
                   }}},
                 "https"),
      {.certificate = rig::mint_certificate("valid", {"late.plugvet.dev"}), .address = public_address, .port = 8443}};
  const Reviewed reviewed = review(world.here, world.trial({"https://late.plugvet.dev:8443"}));
  BOOST_TEST(reviewed.problem("manifest") == "");
  BOOST_TEST(reviewed.problem("logo") == "name.not_found");
  BOOST_TEST(reviewed.problem("api") == "");
}

BOOST_AUTO_TEST_CASE(a_malformed_answer_about_mail_names_no_exchanger) {
  using namespace std::string_literals;
  const World world;
  if (!world.why_not.empty()) return cli_tests::skip_because(world.why_not);
  const std::string owner = "\xc0\x0c"s, head = owner + "\0\x0f\0\x01\0\0\0\0"s;  // this name, MX, of the internet, now
  for (const std::string& garbage :
       {"\xc0"s, "\xff\xff\xff\xff"s, owner, head, head + "\xff\xff"s, head + "\0\0"s, head + "\0\x01\0"s,
        head + "\0\x04\0\0\xc0\x28"s,                        // a name that begins with itself
        head + "\0\x04\0\0\xff\xff"s,                        // and one behind the end
        head + "\0\x06\0\0\x3fxyz"s,                         // a label that is longer than the answer
        head + "\0\x08\0\0\x1b[31\0\0"s, std::string(1'000, '\xc0')}) {
    const rig::NameServer names{[&](const std::string&, unsigned) -> NameAnswer {
                                  return {.addresses = {public_address}, .garbage = garbage};
                                },
                                name_server_address};
    const rig::HostileServer server{plugin_but({}, "https"), world.public_options()};
    const Reviewed reviewed = review(world.here, world.trial({"https://todo.plugvet.dev"}));
    BOOST_TEST(!reviewed.outcome("contact/mail-servers").empty());
    BOOST_TEST(reviewed.problem("manifest") == "");
  }
}

BOOST_AUTO_TEST_CASE(names_of_this_machine_and_of_its_neighbours_are_not_looked_up_elsewhere) {
  const World world;
  if (!world.why_not.empty()) return cli_tests::skip_because(world.why_not);
  const rig::NameServer names{[](const std::string&, unsigned) -> NameAnswer { return {.addresses = {"127.0.0.1"}}; },
                              name_server_address};
  for (const char* host :
       {"localhost.", "x.localhost", "ip6-localhost", "host.docker.internal", "metadata.google.internal",
        "kubernetes.default.svc", "intranet", "printer.local", "a.home.arpa", "a.onion", "a.internal",
            "127.0.0.1.nip.plugvet.dev"}) {
    const rig::HostileServer server{
        plugin_but({{std::string{manifest_path}, redirect(fmt::format("https://{}/.well-known/ai-plugin.json", host))}},
                   "https"),
        {.certificate = rig::mint_certificate("valid", {"todo.plugvet.dev"}), .address = public_address, .port = 443}};
    Trial trial = world.trial({"https://todo.plugvet.dev", "--resolve",
        std::string{"todo.plugvet.dev:443:"} + public_address});
    const Reviewed reviewed = review(world.here, trial);
    BOOST_TEST(reviewed.problem("manifest") != "", host);
    BOOST_TEST(!reviewed.problem("manifest").starts_with("connect."), host << ": " << reviewed.problem("manifest"));
  }
  for (const auto& [name, questions] : names.questions())
    BOOST_TEST(name == "127.0.0.1.nip.plugvet.dev", name << " was looked up");  // a public name by its spelling
}

BOOST_AUTO_TEST_CASE(nothing_is_asked_for_but_the_plugin_and_its_name) {
  const World world;
  if (!world.why_not.empty()) return cli_tests::skip_because(world.why_not);
  if (!cli_tests::has_program("strace")) return cli_tests::skip_because("strace is not installed");
  const rig::NameServer names{[](const std::string&,
      unsigned) -> NameAnswer { return {.addresses = {public_address}}; },
                              name_server_address};
  // A canary waits at what the certificate names; see kinds of certificates.
  auto minted = rig::mint_certificate("pointing-inside", {"todo.plugvet.dev"});
  const rig::HostileServer server{plugin_but({}, "https"),
                                  {.certificate = std::move(minted), .address = public_address, .port = 443}};
  const Folder log;
  Trial trial = world.trial({"https://todo.plugvet.dev"});
  const Reviewed quiet = review(world.here, trial);
  BOOST_TEST(quiet.problem("manifest") == "", quiet.problem("manifest"));
  for (const char* word : {"strace", "-f", "-qq", "-e", "trace=connect,sendto", "-o"}) trial.under.emplace_back(word);
  trial.under.push_back((log / "calls").native());
  trial.budget = seconds{60};
  review(world.here, trial);
  std::istringstream calls{log.read("calls")};
  std::size_t seen = 0;
  for (std::string line; std::getline(calls, line);) {
    if (line.find("sin_addr") == std::string::npos && line.find("sin6_addr") == std::string::npos) continue;
    ++seen;
    BOOST_TEST((line.find(public_address) != std::string::npos ||
        line.find(name_server_address) != std::string::npos), line);
  }
  BOOST_TEST(seen >= 2u);
  tell_figure(fmt::format("egress: {} connects and sends under strace, all to the plugin or the name server", seen));
  for (const auto& [name, questions] : names.questions())
    BOOST_TEST((name == "todo.plugvet.dev" || name == "plugvet.dev"), name);  // the plugin's, and its contact's
}

BOOST_AUTO_TEST_SUITE_END()
