#pragma once
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/authorization.h"

namespace plugvet {

/// Every value of a review that no artefact may show: what the user gave, and what the plugin handed out on the way.
/// Thread-safe.
class SecretBook {
 public:
  /// Of the user's credentials.
  void give(std::vector<Secret> secrets);
  /// Of what was handed out; what may be told of it. `account`: values of the account that signed in, from which a code
  /// must not be computed.
  SecretFacts capture(std::string_view name, std::string_view value, const std::vector<Secret>& account = {});
  /// The same for what the user gave or was captured before.
  SecretFacts facts_of(std::string_view name, std::string_view value) const;

  std::vector<Secret> all() const;

  // A cassette holds neither. What was given becomes as many "x", what was captured "xxxxxx0007": equal values stay
  // equal, all lengths stay as they were, and what was known of them is kept beside.

  std::string masked(std::string text) const;
  /// Only what was given: the same request has the same text while recording and while replaying.
  std::string masked_given(std::string text) const;
  std::map<std::string, SecretFacts> facts_by_mask() const;
  /// Of a cassette: values that will be captured again, as they were masked.
  void recall(std::map<std::string, SecretFacts> facts_by_mask);

 private:
  struct Spellings {
    std::vector<std::string> plain, encoded;
  };
  struct Given {
    Secret secret;
    Spellings spellings;
  };
  struct Captured {
    SecretFacts facts;
    std::string value;
    Spellings spellings;
  };
  static Spellings spellings_of(std::string_view value);
  static void mask(std::string& text, const Spellings& spellings, std::string_view with);
  const Captured* find(std::string_view value) const;

  mutable std::mutex mutex_;
  std::vector<Given> given_;
  std::vector<Captured> captured_;
  std::map<std::string, SecretFacts> recalled_;
};

/// What can be computed of a value by anybody: itself, and its digests as hexadecimal digits, with their names ("SHA-1").
std::vector<Secret> derivations_of(const std::string& value);

/// Replaces every occurrence; of a value of fewer than eight characters those that stand alone, of fewer than four none.
void replace_secret(std::string& text, std::string_view secret, std::string_view with);

/// Whether a value is one that `masked` wrote.
bool is_mask(std::string_view value);

/// The ways in which a value may stand in a text: as it is, percent-encoded, as JSON writes it …
std::vector<std::string> plain_spellings(std::string_view value);
/// … and as hexadecimal digits, or within the base64 of a longer text.
std::vector<std::string> encoded_spellings(std::string_view value);

}  // namespace plugvet
