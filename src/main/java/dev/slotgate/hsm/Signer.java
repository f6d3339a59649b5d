package dev.slotgate.hsm;

/** Signs with private keys that stay in their tokens. */
public interface Signer {

    /**
     * Signs.
     *
     * @param input what {@link SignatureAlgorithm#toBeSigned} makes of the message: a digest exactly as long as the hash, or
     *     for EdDSA the message, which must not be empty
     * @return for RSA as long as the modulus; for ECDSA r and s one after the other, each as long as the curve's
     *     field; for EdDSA R and S (RFC 8032)
     * @throws HsmException KEY_NOT_FOUND, or whatever the token made of it
     */
    byte[] sign(SlotId slot, KeyId key, SignatureAlgorithm algorithm, byte[] input);
}
