package dev.slotgate.crypto;

/** Whether a signature is valid. */
record VerifyResponse(String key, String algorithm, boolean valid) {}
