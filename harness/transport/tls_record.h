#pragma once
#include <memory>
#include <optional>
#include <string>

#include "harness/model/exchange.h"

struct ssl_ctx_st;
struct ssl_st;

namespace plugvet {

/// What is seen of one TLS connection while it is made. The connection owns it, since it may serve several exchanges.
struct TlsRecord {
  std::string host;  ///< what the certificate must be for
  bool host_is_address = false;
  bool versions_only = false;  ///< end the handshake as soon as the version is agreed; nothing is ever sent
  TlsFacts facts;
  int alert = -1;  ///< the last alert that the peer sent, besides close_notify
  bool handshake_done = false;
  bool said_goodbye = false;           ///< close_notify came: what was sent ends where the peer wanted it to
  bool asked_for_certificate = false;  ///< the server wants to know who we are
  std::string first_bytes;             ///< the peer's first five bytes, where a TLS record header should be
};

/// Makes the context watch its connection: it records facts, verifies chain and host name, and fails the handshake when
/// they do not hold, after they are recorded. There is no way to go on over an unverified connection.
void watch(ssl_ctx_st* context, std::shared_ptr<TlsRecord> record);
/// The record of the connection; null when it is not watched.
std::shared_ptr<TlsRecord> record_of(const ssl_st* connection);

}  // namespace plugvet
