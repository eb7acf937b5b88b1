#include "harness/transport/tls_record.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "harness/transport/certificate_facts.h"
#include "harness/transport/staple.h"

namespace plugvet {
namespace {

constexpr int longest_chain = 20;  // certificates recorded
constexpr int deepest_chain = 10;  // certificates verified

using Owner = std::shared_ptr<TlsRecord>;

void free_record(void*, void* owner, CRYPTO_EX_DATA*, int, long, void*) {
  delete static_cast<Owner*>(owner);
}

int record_index() {
  static const int index = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, free_record);
  return index;
}

TlsRecord* record_in(const SSL* connection) {
  auto* owner = static_cast<Owner*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(connection), record_index()));
  return owner ? owner->get() : nullptr;
}

bool matches(X509* leaf, const TlsRecord& record) {
  // Names stand in subjectAltName; the common name has not counted for twenty years (RFC 9525), though OpenSSL would
  // still look there.
  constexpr unsigned flags = X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS;
  if (record.host_is_address) return X509_check_ip_asc(leaf, record.host.c_str(), flags) == 1;
  return X509_check_host(leaf, record.host.data(), record.host.size(), flags, nullptr) == 1;
}

void record_session(const SSL* connection, TlsFacts& facts) {
  facts.version = SSL_get_version(connection);
  const char* cipher = SSL_CIPHER_get_name(SSL_get_current_cipher(connection));
  facts.cipher = cipher && *cipher != '(' ? cipher : "";
}

void record_chain(X509_STORE_CTX* store, TlsFacts& facts) {
  const STACK_OF(X509)* chain = X509_STORE_CTX_get0_untrusted(store);
  facts.chain.clear();
  for (int i = 0; i < sk_X509_num(chain) && i < longest_chain; ++i)
    facts.chain.push_back(certificate_facts(sk_X509_value(chain, i)));
}

void set_error(X509_STORE_CTX* store, TlsFacts& facts, int error, int depth) {
  X509_STORE_CTX_set_error(store, error);
  facts.verify_error = error;
  facts.verify_depth = error == X509_V_OK ? 0 : depth;
  facts.verify_message = error == X509_V_OK ? "" : X509_verify_cert_error_string(error);
}

// Called in place of OpenSSL's own verification.
int verify(X509_STORE_CTX* store, void*) {
  const auto* connection =
      static_cast<const SSL*>(X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
  TlsRecord* record = connection ? record_in(connection) : nullptr;
  if (!record) return 0;
  TlsFacts& facts = record->facts;
  record_session(connection, facts);
  record_chain(store, facts);
  if (record->versions_only) return 0;

  const bool trusted = X509_verify_cert(store) == 1;
  set_error(store, facts, trusted ? X509_V_OK : X509_STORE_CTX_get_error(store), X509_STORE_CTX_get_error_depth(store));
  if (!trusted && facts.verify_error == X509_V_OK) set_error(store, facts, X509_V_ERR_UNSPECIFIED, 0);
  X509* leaf = X509_STORE_CTX_get0_cert(store);
  facts.host_matches = leaf && matches(leaf, *record);
  if (trusted && !facts.host_matches)
    set_error(store, facts, record->host_is_address ? X509_V_ERR_IP_ADDRESS_MISMATCH : X509_V_ERR_HOSTNAME_MISMATCH, 0);
  facts.verified = trusted && facts.host_matches;
  return facts.verified ? 1 : 0;
}

// Called after the certificate was verified, whether or not an answer was stapled.
int on_staple(SSL* connection, void*) {
  TlsRecord* record = record_in(connection);
  if (!record || !is_revoked_by_staple(connection)) return 1;
  TlsFacts& facts = record->facts;
  facts.verified = false;
  facts.verify_error = X509_V_ERR_CERT_REVOKED;
  facts.verify_depth = 0;
  facts.verify_message = X509_verify_cert_error_string(X509_V_ERR_CERT_REVOKED);
  return 0;
}

void on_info(const SSL* connection, int where, int value) {
  TlsRecord* record = record_in(connection);
  if (!record) return;
  if (where == SSL_CB_READ_ALERT && (value & 0xff) == SSL_AD_CLOSE_NOTIFY) record->said_goodbye = true;
  if (where == SSL_CB_READ_ALERT && (value & 0xff) != SSL_AD_CLOSE_NOTIFY) record->alert = value & 0xff;
  if ((where & SSL_CB_HANDSHAKE_DONE) != 0 && !record->handshake_done) {
    record->handshake_done = true;
    record_session(connection, record->facts);
  }
}

void on_message(int is_sent, int, int type, const void* bytes, std::size_t size, SSL* connection, void*) {
  TlsRecord* record = record_in(connection);
  if (!record || is_sent || size == 0) return;
  if (type == SSL3_RT_HEADER && record->first_bytes.empty())
    record->first_bytes.assign(static_cast<const char*>(bytes), size);
  if (type == SSL3_RT_HANDSHAKE && *static_cast<const unsigned char*>(bytes) == SSL3_MT_CERTIFICATE_REQUEST)
    record->asked_for_certificate = true;
}

}  // namespace

void watch(SSL_CTX* context, std::shared_ptr<TlsRecord> record) {
  const bool versions_only = record->versions_only;
  SSL_CTX_set_ex_data(context, record_index(), new Owner{std::move(record)});
  SSL_CTX_set_cert_verify_callback(context, verify, nullptr);
  SSL_CTX_set_info_callback(context, on_info);
  SSL_CTX_set_msg_callback(context, on_message);
  SSL_CTX_set_verify_depth(context, deepest_chain);
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION);
  if (versions_only) {
    SSL_CTX_set_cipher_list(context, "ALL:@SECLEVEL=0");
  } else {
    SSL_CTX_set_security_level(context, 2);  // whatever openssl.cnf says
    SSL_CTX_set_tlsext_status_type(context, TLSEXT_STATUSTYPE_ocsp);
    SSL_CTX_set_tlsext_status_cb(context, on_staple);
  }
}

std::shared_ptr<TlsRecord> record_of(const SSL* connection) {
  auto* owner =
      connection ? static_cast<Owner*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(connection), record_index())) : nullptr;
  return owner ? *owner : nullptr;
}

}  // namespace plugvet
