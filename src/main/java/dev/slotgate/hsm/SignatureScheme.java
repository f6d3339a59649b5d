package dev.slotgate.hsm;

/** The families of signature algorithms. */
public enum SignatureScheme {
    /** RSASSA-PKCS1-v1_5 (RFC 8017 section 8.2). */
    RSA_PKCS1,
    /** RSASSA-PSS (RFC 8017 section 8.1) with MGF1 over the same hash and a salt as long as the hash. */
    RSA_PSS,
    /** ECDSA (FIPS 186-5 section 6). */
    ECDSA,
    /** EdDSA (RFC 8032), which takes the whole message and hashes it itself, twice. */
    EDDSA;

    /** Whether the digest of a message is all that is needed to sign it. */
    public boolean takesDigest() {
        return this != EDDSA;
    }
}
