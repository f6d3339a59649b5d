package dev.slotgate.hsm;

/** Signs with private keys that stay in their tokens. */
public interface Signer {

    /**
     * Signs a digest.
     *
     * @param digest exactly as long as the algorithm's hash
     * @return for RSA as long as the modulus; for ECDSA r and s one after the other, each as long as the curve's field
     * @throws HsmException KEY_NOT_FOUND, or whatever the token made of it
     */
    byte[] sign(SlotId slot, KeyId key, SignatureAlgorithm algorithm, byte[] digest);
}
