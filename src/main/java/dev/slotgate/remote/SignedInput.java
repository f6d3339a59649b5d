package dev.slotgate.remote;

import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.Hash;
import dev.slotgate.hsm.SignatureAlgorithm;
import dev.slotgate.hsm.SignatureScheme;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is signed, in the way of the gateway: an algorithm, and what it takes. */
@SuppressWarnings("ArrayRecordComponent") // carried out once, never compared
record SignedInput(SignatureAlgorithm algorithm, byte[] bytes) {

    /** The digest of a DigestInfo, which names its hash. @throws CallRefused DATA_INVALID when it is none */
    static SignedInput ofDigestInfo(byte[] given) {
        for (Hash hash : Hash.values()) {
            int start = given.length - hash.bytes();
            if (start > 0) {
                byte[] digest = Arrays.copyOfRange(given, start, given.length);
                if (Arrays.equals(hash.digestInfo(digest), given)) {
                    return exactly(SignatureScheme.RSA_PKCS1, hash, digest);
                }
            }
        }
        throw new CallRefused(ReturnCode.DATA_INVALID);
    }

    /** @throws CallRefused DATA_LEN_RANGE for a digest that is not of the hash */
    static SignedInput exactly(SignatureScheme scheme, Hash hash, byte[] digest) {
        if (digest.length != hash.bytes()) {
            throw new CallRefused(ReturnCode.DATA_LEN_RANGE);
        }
        return new SignedInput(algorithm(scheme, hash, null), digest);
    }

    /**
     * ECDSA takes a digest as a number (FIPS 186-5 section 6.4.1): one that is longer than the curve's order is cut, and a shorter
     * one is the same with zeros before it.
     *
     * @throws CallRefused DATA_LEN_RANGE for what is as long as no digest
     */
    static SignedInput fitted(byte[] digest, @Nullable Curve curve) {
        if (Arrays.stream(Hash.values()).noneMatch(hash -> hash.bytes() == digest.length)) {
            throw new CallRefused(ReturnCode.DATA_LEN_RANGE);
        }
        SignatureAlgorithm algorithm = algorithm(SignatureScheme.ECDSA, null, curve);
        int length = algorithm.hash().bytes();
        byte[] fitting = new byte[length];
        int copied = Math.min(length, digest.length);
        System.arraycopy(digest, 0, fitting, length - copied, copied);
        return new SignedInput(algorithm, fitting);
    }

    private static SignatureAlgorithm algorithm(SignatureScheme scheme, @Nullable Hash hash, @Nullable Curve curve) {
        return Arrays.stream(SignatureAlgorithm.values())
                .filter(algorithm -> algorithm.scheme() == scheme)
                .filter(algorithm -> hash == null || algorithm.hash() == hash)
                .filter(algorithm -> curve == null || algorithm.curve().equals(Optional.of(curve)))
                .findFirst()
                .orElseThrow(() -> new CallRefused(ReturnCode.KEY_TYPE_INCONSISTENT));
    }
}
