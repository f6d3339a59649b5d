package dev.slotgate.remote;

import static dev.slotgate.hsm.Hash.SHA_256;
import static dev.slotgate.hsm.Hash.SHA_384;
import static dev.slotgate.hsm.Hash.SHA_512;
import static dev.slotgate.hsm.SignatureScheme.ECDSA;
import static dev.slotgate.hsm.SignatureScheme.EDDSA;
import static dev.slotgate.hsm.SignatureScheme.RSA_PKCS1;
import static dev.slotgate.hsm.SignatureScheme.RSA_PSS;

import dev.slotgate.hsm.Hash;
import dev.slotgate.hsm.MacAlgorithm;
import dev.slotgate.hsm.SignatureScheme;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The mechanisms that sign and make MACs, by their CKM_ numbers: one row each. */
enum SignMechanism {
    /** Of a DigestInfo. */
    RSA_PKCS(0x1, RSA_PKCS1, null, null),
    SHA256_RSA_PKCS(0x40, RSA_PKCS1, SHA_256, null),
    SHA384_RSA_PKCS(0x41, RSA_PKCS1, SHA_384, null),
    SHA512_RSA_PKCS(0x42, RSA_PKCS1, SHA_512, null),
    /** Of a digest, by the hash that the parameter names. */
    RSA_PKCS_PSS(0xd, RSA_PSS, null, null),
    SHA256_RSA_PKCS_PSS(0x43, RSA_PSS, SHA_256, null),
    SHA384_RSA_PKCS_PSS(0x44, RSA_PSS, SHA_384, null),
    SHA512_RSA_PKCS_PSS(0x45, RSA_PSS, SHA_512, null),
    /** Of a digest. */
    ECDSA_DIGEST(0x1041, ECDSA, null, null),
    ECDSA_SHA256(0x1044, ECDSA, SHA_256, null),
    ECDSA_SHA384(0x1045, ECDSA, SHA_384, null),
    ECDSA_SHA512(0x1046, ECDSA, SHA_512, null),
    EDDSA_MESSAGE(0x1057, EDDSA, null, null),
    SHA256_HMAC(0x251, null, null, MacAlgorithm.HS256),
    SHA384_HMAC(0x261, null, null, MacAlgorithm.HS384),
    SHA512_HMAC(0x271, null, null, MacAlgorithm.HS512),
    AES_CMAC(0x108a, null, null, MacAlgorithm.AES_CMAC);

    private final long type;
    private final @Nullable SignatureScheme scheme;
    private final @Nullable Hash hash;
    private final @Nullable MacAlgorithm mac;

    SignMechanism(long type, @Nullable SignatureScheme scheme, @Nullable Hash hash, @Nullable MacAlgorithm mac) {
        this.type = type;
        this.scheme = scheme;
        this.hash = hash;
        this.mac = mac;
    }

    /** @throws CallRefused MECHANISM_INVALID */
    static SignMechanism of(long type) {
        return Arrays.stream(values())
                .filter(mechanism -> mechanism.type == type)
                .findFirst()
                .orElseThrow(() -> new CallRefused(ReturnCode.MECHANISM_INVALID));
    }

    long type() {
        return type;
    }

    /** Of signatures; null for MACs. */
    @Nullable
    SignatureScheme scheme() {
        return scheme;
    }

    /** The hash that it makes of the message itself. */
    @Nullable
    Hash hash() {
        return hash;
    }

    /** Of MACs; null for signatures. */
    @Nullable
    MacAlgorithm mac() {
        return mac;
    }
}
