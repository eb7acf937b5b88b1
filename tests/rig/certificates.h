#pragma once
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace plugvet::rig {

/// What a TLS server needs: PEM texts.
struct MintedCertificate {
  std::string certificate_pem;  ///< leaf first, then what the server sends with it
  std::string key_pem;
  std::string staple;  ///< an OCSP answer in DER that the server staples; usually none
};

/// The test CA (root only), for `--ca-file`. Made anew in every process; no key is ever on disk.
const std::string& ca_pem();

/// Names of what `mint_certificate` can make, as fault files write them:
///   valid, expires-soon (5 days)                       trusted by ca_pem()
///   pointing-inside (OCSP, CRL and issuer at private addresses), trusted too
///   expired, not-yet-valid, expired-intermediate       wrong dates
///   wrong-host (SAN other.example, CN the host), many-names (twelve others), no-san (CN only), nul-in-name
///   self-signed, untrusted-root, untrusted-root-sent, missing-intermediate
///   weak-key (RSA 1024), weak-signature (SHA-1), client-only (no serverAuth)
///   revoked (as its staple says), stapled (an answer that all is well)
const std::vector<std::string_view>& certificate_kinds();

/// Makes a certificate for `hosts` (DNS names and IP literals; the first is the common name). EC P-256 except weak-key.
/// An unknown kind is a defect of the test: std::invalid_argument naming it.
MintedCertificate mint_certificate(std::string_view kind,
                                   const std::vector<std::string>& hosts = {"localhost", "127.0.0.1", "::1"});

}  // namespace plugvet::rig
