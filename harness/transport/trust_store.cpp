#include "harness/transport/trust_store.h"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#include <filesystem>

#include "harness/support/file.h"

namespace plugvet {
namespace {

constexpr std::size_t largest_ca_file = 16u << 20;

Problem ca_file_problem(std::string what, const std::string& file) {
  return {.rung = Rung::file,
          .id = "options.ca_file",
          .what = std::move(what),
          .where = file,
          .position = {},
          .blame = Blame::user};
}

// Certificates by the hash of their names ("5ed36f99.0"), as c_rehash leaves them.
bool is_hashed(const char* folder) {
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator{folder, ignored})
    if (entry.path().extension() == ".0") return true;
  return false;
}

// Of a hashed folder only what is asked for is read; a bundle costs 40 ms before the first connection.
void add_system_store(X509_STORE* store) {
  const char* folder = X509_get_default_cert_dir();
  X509_LOOKUP* lookup = is_hashed(folder) ? X509_STORE_add_lookup(store, X509_LOOKUP_hash_dir()) : nullptr;
  if (!lookup || X509_LOOKUP_add_dir(lookup, folder, X509_FILETYPE_PEM) != 1) X509_STORE_set_default_paths(store);
  ERR_clear_error();  // one of the default places is usually missing
}

// How many certificates were added.
int add_pem(X509_STORE* store, const std::string& text) {
  BIO* bio = BIO_new_mem_buf(text.data(), static_cast<int>(text.size()));
  int count = 0;
  while (X509* certificate = PEM_read_bio_X509(bio, nullptr, nullptr, nullptr)) {
    count += X509_STORE_add_cert(store, certificate);
    X509_free(certificate);
  }
  BIO_free(bio);
  ERR_clear_error();  // the end of the text is reported as an error
  return count;
}

}  // namespace

Result<TrustStore> TrustStore::load(const std::string& ca_file) {
  TrustStore trust;
  trust.store_ = {X509_STORE_new(), X509_STORE_free};
  add_system_store(trust.store_.get());
  if (ca_file.empty()) return trust;
  const auto text = read_file(ca_file, largest_ca_file);
  if (!text) return ca_file_problem(text.problem()->what, ca_file);
  if (add_pem(trust.store_.get(), *text) == 0)
    return ca_file_problem(fmt::format("The CA file {} contains no PEM certificate.", ca_file), ca_file);
  return trust;
}

void TrustStore::share_with(SSL_CTX* context) const {
  SSL_CTX_set1_cert_store(context, store_.get());
}

}  // namespace plugvet
