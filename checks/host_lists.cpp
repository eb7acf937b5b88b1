#include "checks/host_lists.h"

#include <algorithm>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <unordered_set>

#include "checks/word_lists.h"
#include "harness/support/characters.h"
#include "harness/support/fields.h"


namespace plugvet::checks {
namespace {

struct HashText {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
using Hosts = std::unordered_set<std::string, HashText, std::equal_to<>>;

bool is_of_host(char c) {
  return (c >= 'a' && c <= 'z') || is_digit(c) || c == '-' || c == '.';
}

Hosts read_hosts(std::string_view name) {
  const std::string where = std::string{name} + ".json";
  const Document document = word_list(name);
  Fields fields{document, where};
  Hosts hosts;
  for (const std::string& host : fields.texts("hosts")) {
    if (!std::ranges::all_of(host, is_of_host)) fields.complain("hosts", "has what is no host in lower case: " + host + ".");
    hosts.insert(host);
  }
  if (hosts.empty()) fields.complain("hosts", "is missing.");
  if (auto problem = fields.finish()) refuse_word_list(*problem);
  return hosts;
}

const Hosts& hosts_of(std::string_view name) {
  static std::mutex mutex;
  static std::map<std::string, Hosts, std::less<>> lists;
  const std::scoped_lock lock{mutex};
  auto found = lists.find(name);
  if (found == lists.end()) found = lists.emplace(std::string{name}, read_hosts(name)).first;
  return found->second;
}

}  // namespace

std::string_view entry_for(std::string_view list, std::string_view host) {
  const Hosts& hosts = hosts_of(list);
  for (std::string_view rest = host; !rest.empty();) {
    if (const auto found = hosts.find(rest); found != hosts.end()) return *found;
    const std::size_t dot = rest.find('.');
    rest = dot == std::string_view::npos ? std::string_view{} : rest.substr(dot + 1);
  }
  return {};
}

bool is_on_list(std::string_view list, std::string_view host) {
  return !entry_for(list, host).empty();
}

}  // namespace plugvet::checks
