#include "tests/faults/site.h"

#include <fmt/format.h>

#include <mutex>
#include <nlohmann/json.hpp>

#include "fixtures/server.h"
#include "harness/support/text.h"

namespace plugvet::faults {
namespace {

constexpr const char* disk_origin = "https://todo.plugvet.dev";

std::string header_of(const std::string& request, std::string_view name) {
  const std::string lower = to_lower_ascii(request);
  const std::size_t at = lower.find(fmt::format("\r\n{}: ", name));
  if (at == std::string::npos) return {};
  const std::size_t begin = at + name.size() + 4;
  return request.substr(begin, request.find("\r\n", begin) - begin);
}

std::string path_of(const std::string& request) {
  const std::size_t begin = request.find(' ') + 1;
  return request.substr(begin, request.find_first_of(" ?", begin) - begin);
}

std::string good_answer(const std::string& request, const std::string& scheme) {
  const auto& files = good_files(scheme + "://" + header_of(request, "host"));
  const auto file = files.find(path_of(request));
  if (file == files.end()) return "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
  const bool is_page = file->first == legal_path;
  return rig::ok(file->second, is_page ? "Content-Type: text/html\r\n" : "Access-Control-Allow-Origin: *\r\n");
}

}  // namespace

Answer bytes(std::string response) {
  return [response = std::move(response)](rig::Peer& peer, const std::string&) {
    peer.send(response);
    return false;
  };
}

Answer body(std::string content, std::string_view more_headers) {
  return bytes(rig::ok(content, more_headers));
}

Answer redirect(std::string location, int status) {
  return bytes(fmt::format("HTTP/1.1 {} Elsewhere\r\nLocation: {}\r\nContent-Length: 0\r\n\r\n", status, location));
}

const std::map<std::string, std::string>& good_files(const std::string& origin) {
  static std::mutex mutex;
  static std::map<std::string, std::map<std::string, std::string>> known;
  const std::scoped_lock lock{mutex};
  auto& files = known[origin];
  if (files.empty()) {
    const cli_tests::Folder folder;
    fixtures::write_plugin(folder.path(), "todo", nullptr, origin);
    for (const std::string_view path : {manifest_path, api_path, logo_path})
      files[std::string{path}] = folder.read(path.substr(1));
    files[std::string{legal_path}] = folder.read("legal.html");
  }
  return files;
}

std::string manifest_with(const std::string& origin, std::string_view member, std::string_view value) {
  Json manifest = Json::parse(good_files(origin).at(std::string{manifest_path}));
  const std::size_t dot = member.find('.');
  Json& owner = dot == std::string_view::npos ? manifest : manifest[std::string{member.substr(0, dot)}];
  owner[std::string{dot == std::string_view::npos ? member : member.substr(dot + 1)}] = value;
  return manifest.dump(2);
}

rig::Script plugin_but(std::map<std::string, Answer, std::less<>> answers, std::string scheme) {
  return [answers = std::move(answers), scheme = std::move(scheme)](rig::Peer& peer) {
    for (std::string request; !(request = peer.read_request()).empty();) {
      const auto answer = answers.find(path_of(request));
      if (answer == answers.end() ? !peer.send(good_answer(request, scheme)) : !answer->second(peer, request)) return;
    }
  };
}

void write_plugin(const cli_tests::Folder& here, const std::map<std::string, std::string>& files) {
  std::filesystem::create_directories(here / "plugin");
  fixtures::write_plugin(here / "plugin", "todo", nullptr, disk_origin);
  for (const auto& [name, content] : files) here.write("plugin/" + name, content);
}

}  // namespace plugvet::faults
