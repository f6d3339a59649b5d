package dev.slotgate.crypto;

/** A signature, and what it was made with. */
@SuppressWarnings("ArrayRecordComponent") // written once as JSON, never compared
record SignResponse(String key, String algorithm, byte[] signature, String format) {}
