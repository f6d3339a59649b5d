package dev.slotgate.crypto;

/** The digest of a message. */
@SuppressWarnings("ArrayRecordComponent") // written once as JSON, never compared
record DigestResponse(String algorithm, byte[] digest) {}
