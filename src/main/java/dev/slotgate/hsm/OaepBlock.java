package dev.slotgate.hsm;

/**
 * What a token made of an RSA-OAEP ciphertext.
 *
 * @param bytes the plaintext, or the encoded message as long as the modulus (RFC 8017 section 7.1.2 step 2)
 * @param decoded whether it is the plaintext
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on once, never compared.
public record OaepBlock(byte[] bytes, boolean decoded) {}
