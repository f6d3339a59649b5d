package dev.slotgate.pin;

/**
 * A user PIN for the one who holds the escrow's private key.
 *
 * @param encryptedPin its characters in UTF-8, encrypted with RSA-OAEP-256 (RFC 8017 section 7.1, SHA-256 and MGF1 with
 *     SHA-256, no label), in standard base64
 * @param keyFingerprint SHA-256 of the escrow's public key (SubjectPublicKeyInfo), in lower-case hex
 */
record EscrowedPin(String encryptedPin, String keyFingerprint) {}
