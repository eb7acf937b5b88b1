#pragma once
#include <string>

namespace plugvet {

/// "404 Not Found"; the number alone when it has no common name (RFC 9110 §15).
std::string status_text(int status);

}  // namespace plugvet
