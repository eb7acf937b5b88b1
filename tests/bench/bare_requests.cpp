// bare_requests CASSETTE.har ORIGIN [RUNS]: sends the requests of a cassette one after the other with nothing but libcurl, and
// prints the median time of a run in milliseconds. As plugvet does, what may change something goes out on a connection of its
// own, because libcurl would send it again on one that turned out to be closed. ci/bench holds `review --live` against it.
#include <curl/curl.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace {

struct Asked {
  std::string method, url, body;
  curl_slist* headers = nullptr;
};

std::vector<Asked> requests_in(const char* cassette, const std::string& origin) {
  std::ifstream file{cassette};
  std::vector<Asked> all;
  for (const auto& entry : nlohmann::json::parse(file)["log"]["entries"]) {
    const auto& request = entry["request"];
    const std::string url = request["url"];
    const std::size_t path = url.find('/', url.find("//") + 2);
    Asked asked{request["method"], origin + (path == std::string::npos ? "/" : url.substr(path)), {}, nullptr};
    if (request.contains("postData")) asked.body = request["postData"]["text"];
    for (const auto& header : request["headers"]) {
      const std::string line = header["name"].get<std::string>() + ": " + header["value"].get<std::string>();
      asked.headers = curl_slist_append(asked.headers, line.c_str());
    }
    all.push_back(std::move(asked));
  }
  return all;
}

std::size_t thrown_away(char*, std::size_t, std::size_t bytes, void*) {
  return bytes;
}

void send(CURL* curl, const Asked& asked) {
  const bool only_reads = asked.method == "GET" || asked.method == "HEAD";
  curl_easy_reset(curl);
  curl_easy_setopt(curl, CURLOPT_URL, asked.url.c_str());
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, asked.headers);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, thrown_away);
  curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, only_reads ? 0L : 1L);
  curl_easy_setopt(curl, CURLOPT_FORBID_REUSE, only_reads ? 0L : 1L);
  if (asked.method == "HEAD") curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
  if (!asked.body.empty() || asked.method == "POST") {
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(asked.body.size()));
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, asked.body.c_str());
  }
  if (asked.method != "GET" && asked.method != "HEAD") curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, asked.method.c_str());
  if (curl_easy_perform(curl) != CURLE_OK) std::exit(1);
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) return 2;
  curl_global_init(CURL_GLOBAL_ALL);
  const std::vector<Asked> all = requests_in(arguments[1], arguments[2]);
  std::vector<double> times;
  for (int run = count > 3 ? std::atoi(arguments[3]) : 9; run > 0; --run) {
    CURL* curl = curl_easy_init();
    const auto begin = std::chrono::steady_clock::now();
    for (const Asked& asked : all) send(curl, asked);
    times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
    curl_easy_cleanup(curl);
  }
  std::ranges::sort(times);
  std::printf("%.2f\n", times[times.size() / 2]);
}
