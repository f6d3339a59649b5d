package dev.slotgate.hsm;

import java.util.List;

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

    /**
     * Signs several inputs with one key, one after the other in one session.
     *
     * @param inputs each as for {@link #sign}; at least one, and few enough that the slot's deadline holds for all
     * @return the signatures of the first inputs, in order: of all, or of fewer, but at least one, when the token failed in
     *     between or a call takes no more
     * @throws HsmException as {@link #sign} of the first
     */
    List<byte[]> signAll(SlotId slot, KeyId key, SignatureAlgorithm algorithm, List<byte[]> inputs);
}
