#include "harness/transport/tls_problem.h"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#include <charconv>

#include "harness/support/text.h"
#include "harness/support/time.h"

namespace plugvet {
namespace {

struct Said {
  std::string id, what;
};

// "The certificate of todo.example", or "The certificate “X” in the chain of todo.example".
std::string subject(const TlsRecord& record) {
  const TlsFacts& facts = record.facts;
  const auto depth = static_cast<std::size_t>(facts.verify_depth);
  if (depth == 0 || depth >= facts.chain.size()) return fmt::format("The certificate of {}", record.host);
  return fmt::format("The certificate “{}” in the chain of {}", facts.chain[depth].subject, record.host);
}

const Certificate* concerned(const TlsFacts& facts) {
  const auto depth = static_cast<std::size_t>(facts.verify_depth);
  return depth < facts.chain.size() ? &facts.chain[depth] : nullptr;
}

// Who signed the highest certificate that the server sent.
std::string last_issuer(const TlsFacts& facts) {
  return facts.chain.empty() ? std::string{} : facts.chain.back().issuer;
}

Said name_mismatch(const TlsRecord& record) {
  const TlsFacts& facts = record.facts;
  if (facts.chain.empty() || facts.chain[0].name_count == 0)
    return {"tls.certificate.name_mismatch",
            fmt::format("The certificate of {} names no host in subjectAltName; a common name alone no longer counts.",
                        record.host)};
  const Certificate& leaf = facts.chain[0];
  const std::size_t more = leaf.name_count - leaf.names.size();
  std::vector<std::string> names = leaf.names;
  if (more > 0) names.push_back(fmt::format("{} more", more));
  return {"tls.certificate.name_mismatch",
          fmt::format("The certificate is not for {} but for {}.", record.host, listed(names))};
}

Said issuer_unknown(const TlsRecord& record) {
  const TlsFacts& facts = record.facts;
  if (facts.verify_depth == 0)
    return {"tls.certificate.incomplete_chain",
            fmt::format("The server sends an incomplete chain, or one of a private authority: the certificate of {} "
                        "was issued by “{}”, which is neither sent nor trusted. Browsers may hide this, API clients "
                        "fail.",
                        record.host, facts.chain.empty() ? "" : facts.chain[0].issuer)};
  return {"tls.certificate.untrusted_root",
          fmt::format("The chain of {} leads to “{}”, which is not trusted.", record.host, last_issuer(facts))};
}

Said weak(const TlsRecord& record, int error) {
  const Certificate* certificate = concerned(record.facts);
  if (error == X509_V_ERR_CA_MD_TOO_WEAK)
    return {"tls.certificate.weak", fmt::format("{} is signed with a weak algorithm ({}).", subject(record),
                                                certificate ? certificate->signature : "")};
  return {"tls.certificate.weak",
          fmt::format("{} has a weak key ({}).", subject(record), certificate ? certificate->key : "")};
}

Said of_certificate(const TlsRecord& record) {
  const TlsFacts& facts = record.facts;
  const Certificate* certificate = concerned(facts);
  switch (facts.verify_error) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return {"tls.certificate.expired",
              fmt::format("{} expired on {}.", subject(record),
                          certificate ? date_text(certificate->not_after) : "an unknown date")};
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return {"tls.certificate.not_yet_valid",
              fmt::format("{} is not valid before {}.", subject(record),
                          certificate ? date_text(certificate->not_before) : "an unknown date")};
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
      return {"tls.certificate.self_signed",
              fmt::format("The certificate of {} is signed by itself and not by an authority.", record.host)};
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
      return {"tls.certificate.untrusted_root",
              fmt::format("The chain of {} ends in “{}”, which is not trusted.", record.host, last_issuer(facts))};
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
      return issuer_unknown(record);
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      return name_mismatch(record);
    case X509_V_ERR_CERT_REVOKED:
      return {"tls.certificate.revoked", fmt::format("{} was revoked by its issuer.", subject(record))};
    case X509_V_ERR_CA_MD_TOO_WEAK:
    case X509_V_ERR_EE_KEY_TOO_SMALL:
    case X509_V_ERR_CA_KEY_TOO_SMALL:
      return weak(record, facts.verify_error);
    case X509_V_ERR_INVALID_PURPOSE:
      return {"tls.certificate.purpose", fmt::format("{} may not be used for a server.", subject(record))};
    case X509_V_ERR_CERT_CHAIN_TOO_LONG:
      return {"tls.certificate.chain_too_long",
              fmt::format("The chain of {} has more certificates than are followed.", record.host)};
    default:
      return {"tls.certificate.invalid",
              fmt::format("{} was not accepted: {}.", subject(record), printable(facts.verify_message))};
  }
}

Said client_certificate(const std::string& peer) {
  return {"tls.client_certificate",
          fmt::format("{} demands a client certificate, which no AI platform can show.", peer)};
}

Said of_alert(const TlsRecord& record, const std::string& peer) {
  const std::string name = SSL_alert_desc_string_long(record.alert);
  if (record.alert == SSL_AD_PROTOCOL_VERSION)
    return {"tls.version", fmt::format("{} speaks neither TLS 1.2 nor TLS 1.3.", peer)};
  if (record.alert == TLS1_AD_UNRECOGNIZED_NAME)
    return {"tls.alert", fmt::format("{} does not know the host name {} (alert “{}”).", peer, record.host, name)};
  return {"tls.alert", fmt::format("{} ended the TLS handshake with the alert “{}”.", peer, name)};
}

// "error:0A000102:SSL routines::unsupported protocol" → the reason's number.
int reason_in(std::string_view words) {
  const std::size_t at = words.find("error:");
  if (at == std::string_view::npos) return 0;
  unsigned long code = 0;
  const std::string_view digits = words.substr(at + 6, 8);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
  return error == std::errc{} && end != digits.data() ? ERR_GET_REASON(code) : 0;
}

std::string seen_instead(const TlsRecord& record) {
  if (record.first_bytes.starts_with("HTTP/")) return "plain HTTP";
  return fmt::format("something else (it begins with “{}”)", printable(record.first_bytes));
}

bool is_tls_record(std::string_view header) {
  return header.size() >= 2 && header[0] >= 20 && header[0] <= 24 && header[1] == 3;
}

Said of_words(const TlsRecord& record, std::string_view words, const std::string& peer) {
  if (!record.first_bytes.empty() && !is_tls_record(record.first_bytes))
    return {"tls.not_tls", fmt::format("{} does not speak TLS but {}.", peer, seen_instead(record))};
  const int reason = reason_in(words);
  if (reason == SSL_R_UNSUPPORTED_PROTOCOL || reason == SSL_R_WRONG_SSL_VERSION || reason == SSL_R_WRONG_VERSION_NUMBER)
    return {"tls.version", fmt::format("{} speaks neither TLS 1.2 nor TLS 1.3.", peer)};
  if (reason != 0 && reason != SSL_R_UNEXPECTED_EOF_WHILE_READING)
    if (const char* text = ERR_reason_error_string(ERR_PACK(ERR_LIB_SSL, 0, reason)))
      return {"tls.handshake", fmt::format("The TLS handshake with {} failed: {}.", peer, text)};
  if (record.first_bytes.empty())
    return {"tls.handshake", fmt::format("{} closed the connection instead of answering the TLS handshake.", peer)};
  return {"tls.handshake", fmt::format("{} closed the connection in the middle of the TLS handshake.", peer)};
}

}  // namespace

Problem tls_problem(const TlsRecord& record, std::string_view curl_words, const std::string& where,
                    const std::string& peer) {
  const Said said = record.facts.verify_error != X509_V_OK ? of_certificate(record)
                    : record.asked_for_certificate         ? client_certificate(peer)
                    : record.alert >= 0                    ? of_alert(record, peer)
                                                           : of_words(record, curl_words, peer);
  return {.rung = Rung::tls, .id = said.id, .what = said.what, .where = where, .position = {}, .blame = {}};
}

}  // namespace plugvet
