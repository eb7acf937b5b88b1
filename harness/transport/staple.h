#pragma once

struct ssl_st;

namespace plugvet {

/// Whether the OCSP answer that the server stapled to the handshake says, signed by the issuer and at this moment, that
/// its certificate was revoked. Nobody is asked: without a staple nothing is known.
bool is_revoked_by_staple(ssl_st* connection);

}  // namespace plugvet
