#include "checks/keys.h"

#include <fmt/format.h>

#include "checks/decoding.h"
#include "checks/expression.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

struct KeyForm {
  std::string_view what, pattern;
};

// Forms that nothing else has. The example of jwt.io is in half of all documentations.
constexpr KeyForm key_forms[] = {
    {"a private key", "-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----"},
    {"a key of OpenAI", R"(\bsk-(?:proj-)?[A-Za-z0-9]{32,}\b)"},
    {"a key of AWS", R"(\bAKIA[0-9A-Z]{16}\b)"},
    {"a token of GitHub", R"(\bgh[pousr]_[A-Za-z0-9]{36}\b)"},
    {"a token of Slack", R"(\bxox[baprs]-[0-9]{8,}-[0-9A-Za-z-]{16,})"},
    {"a key of Google", R"(\bAIza[0-9A-Za-z_\-]{35}\b)"},
    {"a secret key of Stripe", R"(\b[sr]k_live_[0-9A-Za-z]{24,}\b)"},
    {"a signed token (JWT)", R"(\beyJ[A-Za-z0-9_\-]{10,}\.eyJ[A-Za-z0-9_\-]{10,}\.[A-Za-z0-9_\-]{20,})"},
};
constexpr std::string_view jwt_example = "eyJzdWIiOiIxMjM0NTY3ODkw";

/// A run of one character or "EXAMPLE" is nobody's key.
bool is_made_up(std::string_view key) {
  const std::string lower = to_lower_ascii(key);
  const char last = lower.back();
  return lower.find("example") != std::string::npos || lower.find("xxxx") != std::string::npos ||
         key.find(jwt_example) != std::string_view::npos || lower.ends_with(std::string(6, last));
}

const Expression& any_key() {
  static const Expression pattern{[] {
    std::string all;
    for (const KeyForm& form : key_forms) all.append(all.empty() ? "" : "|").append(form.pattern);
    return all;
  }()};
  return pattern;
}

std::string_view form_of(std::string_view key) {
  for (const KeyForm& form : key_forms)
    if (Expression{std::string(form.pattern)}.find(key) == key) return form.what;
  return "a key";
}

}  // namespace

std::optional<Steering> find_key(std::string_view text) {
  // Every key has a long part, or a line before it that says what it is.
  if (!has_long_run(text) && text.find("-----BEGIN") == std::string_view::npos) return {};
  for (std::size_t from = 0; const auto key = any_key().find(text, from);) {
    if (!is_made_up(*key)) return Steering{fmt::format("holds {} that begins with {}", form_of(*key), key->substr(0, 6)), ""};
    from = static_cast<std::size_t>(key->end() - text.begin());
  }
  return std::nullopt;
}

}  // namespace plugvet::checks
