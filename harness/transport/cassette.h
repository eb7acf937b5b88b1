#pragma once
#include <filesystem>
#include <cstdint>
#include <memory>
#include <string>

#include "harness/model/secret_book.h"
#include "harness/transport/transport.h"

namespace plugvet {

/// Passes everything on to `live` and keeps it. `save` writes HAR 1.2 (with plugvet's own members under `_plugvet`, so
/// that a replay gives the same evidence to the byte: problems, TLS facts, addresses, timings).
class RecordingTransport : public Transport {
 public:
  /// Nothing that stands in `secrets` when it is saved is on the cassette; `seed` is.
  explicit RecordingTransport(std::shared_ptr<Transport> live,
                              std::shared_ptr<SecretBook> secrets = std::make_shared<SecretBook>(),
                              std::uint64_t seed = 0);
  ~RecordingTransport() override;
  std::future<Fetch> start(FetchOrder order) override;
  std::future<std::string> start_old_tls_probe(const std::string& url) override;
  std::future<Result<MailRoute>> start_mail_lookup(const std::string& domain) override;
  /// Readable by its owner alone: what a server answers may be secret in other ways than its names say.
  Result<std::size_t> save(const std::filesystem::path& file) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Answers from a cassette and never touches the network. What was not recorded is a problem that says so
/// (Blame::user). HAR files of other tools (browsers) are read too; they have no TLS facts. What the user gave, which
/// is masked on the cassette, is found by `secrets`, and what was known of values that will be captured is recalled.
Result<std::shared_ptr<Transport>> make_replaying_transport(
    const std::filesystem::path& file, std::shared_ptr<SecretBook> secrets = std::make_shared<SecretBook>());

}  // namespace plugvet
