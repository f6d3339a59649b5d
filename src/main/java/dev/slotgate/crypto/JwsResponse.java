package dev.slotgate.crypto;

/** A JSON Web Signature in compact form (RFC 7515 section 7.1). */
record JwsResponse(String jws) {}
