#pragma once
#include <string_view>

namespace plugvet::checks {

/// The host is one of the list checks/words/<list>.yaml (`hosts`), or below one. Empty: it is not; otherwise the entry.
std::string_view entry_for(std::string_view list, std::string_view host);
bool is_on_list(std::string_view list, std::string_view host);

}  // namespace plugvet::checks
