#pragma once
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "tests/cli/front_door.h"
#include "tests/rig/hostile_server.h"

namespace plugvet::faults {

inline constexpr std::string_view manifest_path = "/.well-known/ai-plugin.json", api_path = "/openapi.yaml",
                                  logo_path = "/logo.png", legal_path = "/legal";

/// What is answered to one request, which has been read; the connection ends when it returns false.
using Answer = std::function<bool(rig::Peer&, const std::string& request)>;

/// The same bytes every time.
Answer bytes(std::string response);
/// "200 OK" with that body.
Answer body(std::string content, std::string_view more_headers = {});
Answer redirect(std::string location, int status = 302);

/// The files of the good plugin by the paths at which it serves them; URLs begin with `origin`.
const std::map<std::string, std::string>& good_files(const std::string& origin);
/// Its manifest, and the manifest with one member (of auth or api: "api.url") replaced by a value.
std::string manifest_with(const std::string& origin, std::string_view member, std::string_view value);

/// The good plugin, but for the paths that are answered otherwise. It serves itself under whatever name it is asked by.
rig::Script plugin_but(std::map<std::string, Answer, std::less<>> answers, std::string scheme = "http");

/// The good plugin on disk in `here`/plugin, with files replaced or added by their names ("openapi.yaml").
void write_plugin(const cli_tests::Folder& here, const std::map<std::string, std::string>& files = {});

}  // namespace plugvet::faults
