#include "harness/transport/staple.h"

#include <openssl/err.h>
#include <openssl/ocsp.h>
#include <openssl/ssl.h>

#include <memory>

namespace plugvet {
namespace {

constexpr long clock_skew = 300;  // seconds

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Answer = std::unique_ptr<OCSP_BASICRESP, Freed<OCSP_BASICRESP_free>>;
using CertificateId = std::unique_ptr<OCSP_CERTID, Freed<OCSP_CERTID_free>>;

Answer staple_of(SSL* connection) {
  const unsigned char* bytes = nullptr;
  const long size = SSL_get_tlsext_status_ocsp_resp(connection, &bytes);
  if (size <= 0 || !bytes) return {};
  const std::unique_ptr<OCSP_RESPONSE, Freed<OCSP_RESPONSE_free>> response{d2i_OCSP_RESPONSE(nullptr, &bytes, size)};
  if (!response || OCSP_response_status(response.get()) != OCSP_RESPONSE_STATUS_SUCCESSFUL) return {};
  return Answer{OCSP_response_get1_basic(response.get())};
}

// The answer names its certificate by hashes; with which ones, it decides.
bool is_about(OCSP_SINGLERESP* single, X509* leaf, X509* issuer) {
  auto* named = const_cast<OCSP_CERTID*>(OCSP_SINGLERESP_get0_id(single));
  ASN1_OBJECT* digest = nullptr;
  if (OCSP_id_get0_info(nullptr, &digest, nullptr, nullptr, named) != 1) return false;
  const EVP_MD* hash = EVP_get_digestbyobj(digest);
  const CertificateId own{hash ? OCSP_cert_to_id(hash, leaf, issuer) : nullptr};
  return own && OCSP_id_cmp(own.get(), named) == 0;
}

bool says_revoked(OCSP_SINGLERESP* single) {
  ASN1_GENERALIZEDTIME* this_update = nullptr;
  ASN1_GENERALIZEDTIME* next_update = nullptr;
  const int status = OCSP_single_get0_status(single, nullptr, nullptr, &this_update, &next_update);
  return status == V_OCSP_CERTSTATUS_REVOKED && OCSP_check_validity(this_update, next_update, clock_skew, -1) == 1;
}

bool is_revoked(OCSP_BASICRESP* answer, X509* leaf, X509* issuer) {
  for (int i = 0; i < OCSP_resp_count(answer); ++i) {
    OCSP_SINGLERESP* single = OCSP_resp_get0(answer, i);
    if (is_about(single, leaf, issuer) && says_revoked(single)) return true;
  }
  return false;
}

}  // namespace

bool is_revoked_by_staple(SSL* connection) {
  const Answer answer = staple_of(connection);
  STACK_OF(X509)* sent = SSL_get_peer_cert_chain(connection);
  STACK_OF(X509)* chain = SSL_get0_verified_chain(connection);
  X509_STORE* trusted = SSL_CTX_get_cert_store(SSL_get_SSL_CTX(connection));
  const bool revoked = answer && sk_X509_num(chain) >= 2 && OCSP_basic_verify(answer.get(), sent, trusted, 0) == 1 &&
                       is_revoked(answer.get(), sk_X509_value(chain, 0), sk_X509_value(chain, 1));
  ERR_clear_error();  // an unusable answer is no answer
  return revoked;
}

}  // namespace plugvet
