#pragma once
#include <chrono>
#include <string>

namespace plugvet::cli {

/// Asks the person at the terminal to open an address in a browser, and counts down while the browser is away. To be
/// called again and again until it is back.
void show_sign_in_address(const std::string& address, std::chrono::seconds left);

}  // namespace plugvet::cli
