#include "checks/cause.h"

#include <algorithm>
#include <iterator>

#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

constexpr std::string_view broken_http =
    "Look with \"curl -v\" what is sent; a proxy or the server itself breaks HTTP.";
constexpr std::string_view own_authority =
    "If it comes from an authority of your own, name its root certificate with --ca-file to review the rest.";

struct KnownCause {
  std::string_view id;
  Cause cause;
};

// The first whose id the problem's begins with; one that ends in a dot speaks for the rest of its group.
constexpr KnownCause known_causes[] = {
    {"file.not_manifest", {"an OpenAPI document", ""}},
    {"file.missing", {"no such file", ""}},
    {"file.link", {"a symbolic link", "Put the file itself in its place."}},
    {"file.outside", {"a path out of the submission", "Put the file into the folder of the submission."}},
    {"file.not_regular", {"no regular file", "Put a regular file in its place."}},
    {"file.too_large", {"a larger file", "Make the file smaller."}},
    {"logo.", {"no image of a known format", ""}},
    {"url.port", {"the port of another protocol", ""}},
    {"name.not_found", {"no such host name", ""}},
    {"name.no_address", {"a host name without address", ""}},
    {"address.", {"an address that is not public", ""}},
    {"connect.refused", {"a refused connection", ""}},
    {"connect.unreachable", {"no route to the host", ""}},
    {"connect.reset", {"a connection that is reset", ""}},
    {"connect.timeout", {"no answer", ""}},
    {"connect.", {"no connection", ""}},
    {"tls.not_tls", {"no TLS", "Turn on https on this port, or correct the port."}},
    {"tls.alert", {"a TLS alert", ""}},
    {"tls.timeout", {"no TLS session in time", ""}},
    {"tls.client_certificate",
     {"a demand for a client certificate", "Ask for none where manifest, API and pages are served."}},
    {"tls.version", {"neither TLS 1.2 nor TLS 1.3", ""}},
    {"tls.certificate.expired", {"an expired certificate", "Renew it, and let it renew itself from now on."}},
    {"tls.certificate.not_yet_valid",
     {"a certificate that is not valid yet", "Look at the clock of the machine that made it, and at this one's."}},
    {"tls.certificate.self_signed", {"a self-signed certificate", own_authority}},
    {"tls.certificate.untrusted_root", {"a chain to an untrusted root", own_authority}},
    {"tls.certificate.incomplete_chain", {"an incomplete chain", own_authority}},
    {"tls.certificate.name_mismatch", {"a certificate for other names", ""}},
    {"tls.certificate.revoked", {"a revoked certificate", ""}},
    {"tls.certificate.weak", {"a weak key or signature", ""}},
    {"tls.certificate.purpose", {"a certificate for another purpose", ""}},
    {"tls.certificate.", {"a certificate that is not accepted", ""}},
    {"tls.", {"no TLS session", ""}},
    {"http.redirect.circle",
     {"redirects in a circle", "Two rules of the server, or of a proxy before it, undo one another: remove one."}},
    {"http.redirect.too_many", {"too many redirects", "Serve it where it is asked for, or redirect once."}},
    {"http.redirect.bad_location", {"a redirect that cannot be followed", "Correct the Location header."}},
    {"http.body_too_large", {"too large a body", "Serve a smaller file."}},
    {"http.compression_ratio", {"a body that is hardly more than its compression", "Serve the file uncompressed."}},
    {"http.content_coding",
     {"a body that cannot be decoded", "Compress it as Content-Encoding says, once, or not at all."}},
    {"http.truncated",
     {"a truncated body", "Look whether Content-Length is right, and whether a proxy or a time limit cuts it off."}},
    {"http.empty_response", {"no response", broken_http}},
    {"http.deadline", {"no complete answer in time", "Serve it as a static file, and keep an instance warm."}},
    {"http.", {"a malformed answer", broken_http}},
};

}  // namespace

Cause cause_of(const Problem& problem) {
  const auto found = std::ranges::find_if(
      known_causes, [&](const KnownCause& known) { return problem.id.starts_with(known.id); });
  return found == std::end(known_causes) ? Cause{"something that cannot be used", ""} : found->cause;
}

std::string message_of(const Problem& problem) {
  std::string message = printable(problem.what);
  append_sentence(message, cause_of(problem).advice);
  return message;
}

void append_sentence(std::string& message, std::string_view sentence) {
  if (!sentence.empty()) message.append(" ").append(sentence);
}

}  // namespace plugvet::checks
