#include "tests/rig/certificates.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/ocsp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <stdexcept>

namespace plugvet::rig {
namespace {

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Cert = std::unique_ptr<X509, Freed<X509_free>>;
using Bio = std::unique_ptr<BIO, Freed<BIO_free>>;

void demand(bool done, const char* what) {
  if (!done) throw std::runtime_error(std::string{"the rig cannot make certificates: "} + what);
}

Key ec_key() {
  Key key{EVP_EC_gen("P-256")};
  demand(key != nullptr, "EC key");
  return key;
}

Key weak_rsa_key() {
  Key key{EVP_RSA_gen(1024)};
  demand(key != nullptr, "RSA key");
  return key;
}

std::string text_of(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(size)};
}

std::string pem(X509* certificate) {
  const Bio bio{BIO_new(BIO_s_mem())};
  demand(PEM_write_bio_X509(bio.get(), certificate) == 1, "PEM of a certificate");
  return text_of(bio.get());
}

std::string pem(EVP_PKEY* key) {
  const Bio bio{BIO_new(BIO_s_mem())};
  demand(PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1, "PEM of a key");
  return text_of(bio.get());
}

struct Issuer {
  Cert certificate;
  Key key;
};

/// What one certificate says.
struct Draft {
  std::string common_name;
  std::vector<std::string> hosts;  // subjectAltName; none: no such extension
  int days_from = -1, days_to = 90;
  bool is_ca = false;
  const char* usage = "serverAuth";
  bool has_nul = false;        // behind the first host: "good.example\0.evil.example"
  bool points_inside = false;  // names addresses of a private network for its status and its issuer
  const EVP_MD* digest = EVP_sha256();
};

void extend(X509* certificate, X509* issuer, int nid, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str());
  demand(extension != nullptr, value.c_str());
  const bool added = X509_add_ext(certificate, extension, -1) == 1;
  X509_EXTENSION_free(extension);
  demand(added, value.c_str());
}

bool is_address(const std::string& host) {
  return host.find(':') != std::string::npos || host.find_first_not_of("0123456789.") == std::string::npos;
}

std::string alternative_names(const std::vector<std::string>& hosts) {
  std::string value;
  for (const std::string& host : hosts)
    value += (value.empty() ? "" : ",") + std::string{is_address(host) ? "IP:" : "DNS:"} + host;
  return value;
}

/// A subjectAltName of one DNS name with a NUL in it, which a reader of C strings takes for `host`.
void extend_with_nul(X509* certificate, const std::string& host) {
  const std::string name = host + std::string{"\0.evil.example", 14};
  GENERAL_NAMES* names = GENERAL_NAMES_new();
  GENERAL_NAME* one = GENERAL_NAME_new();
  ASN1_IA5STRING* text = ASN1_IA5STRING_new();
  ASN1_STRING_set(text, name.data(), static_cast<int>(name.size()));
  GENERAL_NAME_set0_value(one, GEN_DNS, text);
  sk_GENERAL_NAME_push(names, one);
  const bool added = X509_add1_ext_i2d(certificate, NID_subject_alt_name, names, 0, X509V3_ADD_DEFAULT) == 1;
  GENERAL_NAMES_free(names);
  demand(added, "a name with NUL");
}

/// `issuer` null: signed by itself.
Cert make_certificate(const Draft& draft, EVP_PKEY* key, const Issuer* issuer) {
  Cert certificate{X509_new()};
  X509* x = certificate.get();
  X509_set_version(x, X509_VERSION_3);

  std::array<unsigned char, 8> serial{};
  demand(RAND_bytes(serial.data(), static_cast<int>(serial.size())) == 1, "serial number");
  serial[0] &= 0x7f;
  BIGNUM* number = BN_bin2bn(serial.data(), static_cast<int>(serial.size()), nullptr);
  BN_to_ASN1_INTEGER(number, X509_get_serialNumber(x));
  BN_free(number);

  X509_time_adj_ex(X509_getm_notBefore(x), draft.days_from, 0, nullptr);
  X509_time_adj_ex(X509_getm_notAfter(x), draft.days_to, 0, nullptr);
  X509_NAME* subject = X509_get_subject_name(x);
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(draft.common_name.c_str()), -1, -1, 0);
  X509* parent = issuer ? issuer->certificate.get() : x;
  X509_set_issuer_name(x, X509_get_subject_name(parent));
  X509_set_pubkey(x, key);

  extend(x, parent, NID_basic_constraints, draft.is_ca ? "critical,CA:TRUE" : "critical,CA:FALSE");
  extend(x, parent, NID_key_usage, draft.is_ca ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature");
  extend(x, parent, NID_subject_key_identifier, "hash");
  if (!draft.is_ca) extend(x, parent, NID_ext_key_usage, draft.usage);
  if (draft.has_nul)
    extend_with_nul(x, draft.hosts.front());
  else if (!draft.hosts.empty())
    extend(x, parent, NID_subject_alt_name, alternative_names(draft.hosts));
  if (draft.points_inside) {
    extend(x, parent, NID_info_access, "OCSP;URI:http://169.254.169.254/ocsp,caIssuers;URI:ldap://10.0.0.1/ca");
    extend(x, parent, NID_crl_distribution_points, "URI:http://169.254.169.254/crl");
  }
  demand(X509_sign(x, issuer ? issuer->key.get() : key, draft.digest) > 0, "signature");
  return certificate;
}

Issuer make_ca(const std::string& name, const Issuer* issuer, int days_from = -30, int days_to = 900) {
  Issuer ca;
  ca.key = ec_key();
  Draft draft{.common_name = name, .hosts = {}};
  draft.days_from = days_from;
  draft.days_to = days_to;
  draft.is_ca = true;
  ca.certificate = make_certificate(draft, ca.key.get(), issuer);
  return ca;
}

const Issuer& root() {
  static const Issuer ca = make_ca("Plugvet Test Root", nullptr);
  return ca;
}
const Issuer& intermediate() {
  static const Issuer ca = make_ca("Plugvet Test Intermediate", &root());
  return ca;
}
const Issuer& expired_intermediate() {
  static const Issuer ca = make_ca("Plugvet Test Expired Intermediate", &root(), -60, -2);
  return ca;
}
const Issuer& foreign_root() {
  static const Issuer ca = make_ca("Nobody's Root", nullptr);
  return ca;
}
const Issuer& foreign_intermediate() {
  static const Issuer ca = make_ca("Nobody's Intermediate", &foreign_root());
  return ca;
}

std::vector<std::string> twelve_names() {
  std::vector<std::string> names;
  for (int i = 1; i <= 12; ++i) names.push_back("name-" + std::to_string(i) + ".example");
  return names;
}

// What the issuer's OCSP service says of a certificate.
std::string ocsp_answer(X509* leaf, const Issuer& issuer, int status) {
  OCSP_BASICRESP* basic = OCSP_BASICRESP_new();
  OCSP_CERTID* id = OCSP_cert_to_id(EVP_sha1(), leaf, issuer.certificate.get());
  ASN1_TIME* yesterday = X509_time_adj_ex(nullptr, -1, 0, nullptr);
  ASN1_TIME* tomorrow = X509_time_adj_ex(nullptr, 1, 0, nullptr);
  demand(OCSP_basic_add1_status(basic, id, status, OCSP_REVOKED_STATUS_KEYCOMPROMISE, yesterday, yesterday, tomorrow) !=
             nullptr,
         "OCSP status");
  demand(OCSP_basic_sign(basic, issuer.certificate.get(), issuer.key.get(), EVP_sha256(), nullptr, 0) == 1,
         "OCSP signature");
  OCSP_RESPONSE* response = OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic);
  unsigned char* der = nullptr;
  const int size = i2d_OCSP_RESPONSE(response, &der);
  std::string bytes{reinterpret_cast<char*>(der), static_cast<std::size_t>(size)};
  OPENSSL_free(der);
  OCSP_RESPONSE_free(response);
  ASN1_TIME_free(yesterday);
  ASN1_TIME_free(tomorrow);
  OCSP_CERTID_free(id);
  OCSP_BASICRESP_free(basic);
  return bytes;
}

/// The chain that a server sends: the leaf and these.
MintedCertificate issued(const Draft& draft, Key key, const Issuer* by, const std::vector<const Issuer*>& sent,
                         std::optional<int> ocsp_status = {}) {
  const Cert leaf = make_certificate(draft, key.get(), by);
  MintedCertificate minted{pem(leaf.get()), pem(key.get()), {}};
  if (ocsp_status) minted.staple = ocsp_answer(leaf.get(), *by, *ocsp_status);
  for (const Issuer* issuer : sent) minted.certificate_pem += pem(issuer->certificate.get());
  return minted;
}

}  // namespace

const std::string& ca_pem() {
  static const std::string text = pem(root().certificate.get());
  return text;
}

const std::vector<std::string_view>& certificate_kinds() {
  static const std::vector<std::string_view> kinds = {"valid",
                                                      "expires-soon",
                                                      "expired",
                                                      "not-yet-valid",
                                                      "expired-intermediate",
                                                      "wrong-host",
                                                      "many-names",
                                                      "nul-in-name",
                                                      "pointing-inside",
                                                      "no-san",
                                                      "self-signed",
                                                      "untrusted-root",
                                                      "untrusted-root-sent",
                                                      "missing-intermediate",
                                                      "weak-key",
                                                      "weak-signature",
                                                      "client-only",
                                                      "revoked",
                                                      "stapled"};
  return kinds;
}

MintedCertificate mint_certificate(std::string_view kind, const std::vector<std::string>& hosts) {
  const auto& kinds = certificate_kinds();
  if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end() || hosts.empty())
    throw std::invalid_argument("the rig makes no certificate of the kind " + std::string{kind});

  Draft draft{.common_name = hosts.front(), .hosts = hosts};
  if (kind == "expires-soon") draft.days_to = 5;
  if (kind == "expired") draft.days_from = -60, draft.days_to = -3;
  if (kind == "not-yet-valid") draft.days_from = 3, draft.days_to = 60;
  if (kind == "wrong-host") draft.hosts = {"other.example"};
  if (kind == "many-names") draft.hosts = twelve_names();
  if (kind == "no-san") draft.hosts.clear();
  if (kind == "nul-in-name") draft.has_nul = true;
  if (kind == "pointing-inside") draft.points_inside = true;
  if (kind == "client-only") draft.usage = "clientAuth";
  if (kind == "weak-signature") draft.digest = EVP_sha1();

  if (kind == "revoked") return issued(draft, ec_key(), &intermediate(), {&intermediate()}, V_OCSP_CERTSTATUS_REVOKED);
  if (kind == "stapled") return issued(draft, ec_key(), &intermediate(), {&intermediate()}, V_OCSP_CERTSTATUS_GOOD);
  if (kind == "self-signed") return issued(draft, ec_key(), nullptr, {});
  if (kind == "missing-intermediate") return issued(draft, ec_key(), &intermediate(), {});
  if (kind == "expired-intermediate")
    return issued(draft, ec_key(), &expired_intermediate(), {&expired_intermediate()});
  if (kind == "untrusted-root") return issued(draft, ec_key(), &foreign_intermediate(), {&foreign_intermediate()});
  if (kind == "untrusted-root-sent")
    return issued(draft, ec_key(), &foreign_intermediate(), {&foreign_intermediate(), &foreign_root()});
  return issued(draft, kind == "weak-key" ? weak_rsa_key() : ec_key(), &intermediate(), {&intermediate()});
}

}  // namespace plugvet::rig
