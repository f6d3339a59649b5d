package dev.slotgate.crypto;

/** Random bytes of the token. */
@SuppressWarnings("ArrayRecordComponent") // written once as JSON, never compared
record RandomResponse(byte[] random) {}
