package dev.slotgate.crypto;

/** What was decrypted. */
@SuppressWarnings("ArrayRecordComponent") // written once as JSON, never compared
record DecryptResponse(String key, String algorithm, byte[] plaintext) implements RecordedUse.OfKey {}
