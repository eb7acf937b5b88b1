#include "checks/host_lists.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <string>
#include <unordered_set>

#include "checks/word_lists.h"
#include "harness/support/fields.h"
#include "harness/support/url.h"

namespace plugvet::checks {
namespace {

using Hosts = std::unordered_set<std::string>;

Hosts read_hosts(std::string_view name) {
  const std::string where = std::string{name} + ".json";
  const Document document = word_list(name);
  Fields fields{document, where};
  Hosts hosts;
  for (const std::string& host : fields.texts("hosts")) {
    const auto url = Url::parse("https://" + host);
    if (!url || url->host() != host) fields.complain("hosts", "has what is no host in lower case: " + host + ".");
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
    if (const auto found = hosts.find(std::string{rest}); found != hosts.end()) return *found;
    const std::size_t dot = rest.find('.');
    rest = dot == std::string_view::npos ? std::string_view{} : rest.substr(dot + 1);
  }
  return {};
}

bool is_on_list(std::string_view list, std::string_view host) {
  return !entry_for(list, host).empty();
}

}  // namespace plugvet::checks
