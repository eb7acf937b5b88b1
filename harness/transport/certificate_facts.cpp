#include "harness/transport/certificate_facts.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <array>
#include <ctime>
#include <memory>

#include "harness/support/text.h"

namespace plugvet {
namespace {

constexpr std::size_t names_kept = 10;

std::string text_of(const ASN1_STRING* string) {
  return printable({reinterpret_cast<const char*>(ASN1_STRING_get0_data(string)),
                    static_cast<std::size_t>(ASN1_STRING_length(string))});
}

std::string whole_name(X509_NAME* name) {
  const std::unique_ptr<BIO, int (*)(BIO*)> bio{BIO_new(BIO_s_mem()), BIO_free};
  X509_NAME_print_ex(bio.get(), name, 0, XN_FLAG_RFC2253);
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &data);
  return printable({data, static_cast<std::size_t>(size)});
}

std::string common_name(X509_NAME* name) {
  const int at = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
  return at < 0 ? whole_name(name) : text_of(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
}

std::string address_text(const ASN1_OCTET_STRING* bytes) {
  std::array<char, INET6_ADDRSTRLEN> out{};
  const int family = ASN1_STRING_length(bytes) == 4 ? AF_INET : ASN1_STRING_length(bytes) == 16 ? AF_INET6 : AF_UNSPEC;
  const char* text =
      family == AF_UNSPEC ? nullptr : inet_ntop(family, ASN1_STRING_get0_data(bytes), out.data(), out.size());
  return text ? text : "(malformed address)";
}

void read_names(X509* x, Certificate& facts) {
  auto* names = static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(x, NID_subject_alt_name, nullptr, nullptr));
  if (!names) return;
  for (int i = 0; i < sk_GENERAL_NAME_num(names); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names, i);
    if (name->type != GEN_DNS && name->type != GEN_IPADD) continue;
    if (facts.name_count++ >= names_kept) continue;
    facts.names.push_back(name->type == GEN_DNS ? text_of(name->d.dNSName) : address_text(name->d.iPAddress));
  }
  GENERAL_NAMES_free(names);
}

std::chrono::system_clock::time_point moment(const ASN1_TIME* time) {
  using Clock = std::chrono::system_clock;
  std::tm fields{};
  if (ASN1_TIME_to_tm(time, &fields) != 1) return {};
  const std::chrono::seconds since{timegm(&fields)};
  const auto latest = std::chrono::floor<std::chrono::seconds>(Clock::time_point::max()).time_since_epoch();
  return Clock::time_point{std::min<std::chrono::seconds>(since, latest)};
}

std::string key_text(X509* x) {
  const EVP_PKEY* key = X509_get0_pubkey(x);
  if (!key) return "unknown";
  const int kind = EVP_PKEY_get_base_id(key);
  if (kind == EVP_PKEY_EC) {
    std::array<char, 64> group{};
    std::size_t size = 0;
    EVP_PKEY_get_group_name(key, group.data(), group.size(), &size);
    const char* nist = EC_curve_nid2nist(OBJ_txt2nid(group.data()));
    return fmt::format("EC {}", nist ? nist : group.data());
  }
  if (kind == EVP_PKEY_RSA || kind == EVP_PKEY_RSA_PSS) return fmt::format("RSA {}", EVP_PKEY_get_bits(key));
  const char* name = EVP_PKEY_get0_type_name(key);
  return name ? name : "unknown";
}

}  // namespace

Certificate certificate_facts(X509* x) {
  Certificate facts;
  facts.subject = common_name(X509_get_subject_name(x));
  facts.issuer = common_name(X509_get_issuer_name(x));
  read_names(x, facts);
  facts.not_before = moment(X509_get0_notBefore(x));
  facts.not_after = moment(X509_get0_notAfter(x));
  facts.key = key_text(x);
  const char* signature = OBJ_nid2sn(X509_get_signature_nid(x));
  const char* long_name = OBJ_nid2ln(X509_get_signature_nid(x));
  facts.signature = long_name ? long_name : signature ? signature : "unknown";
  return facts;
}

}  // namespace plugvet
