#pragma once
#include <memory>
#include <string>

#include "harness/support/result.h"

struct ssl_ctx_st;
struct x509_store_st;

namespace plugvet {

/// The certificates that are trusted, read once: parsing the system's bundle for every connection costs 20 ms each.
class TrustStore {
 public:
  /// The system's store and, unless empty, `ca_file`. A file that cannot be read or holds no PEM certificate is the
  /// user's problem.
  static Result<TrustStore> load(const std::string& ca_file);

  /// Lets a context verify against this store.
  void share_with(ssl_ctx_st* context) const;

 private:
  std::shared_ptr<x509_store_st> store_;
};

}  // namespace plugvet
