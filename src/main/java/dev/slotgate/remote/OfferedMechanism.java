package dev.slotgate.remote;

import dev.slotgate.hsm.AlgorithmSupport.Support;
import dev.slotgate.hsm.TokenMechanisms;
import java.util.List;

/**
 * A mechanism that clients are offered: one row each, or two where a token may do only a part of it.
 *
 * @param type its CKM_ number
 * @param flags what it can be used for (CKF_)
 * @param smallest the smallest key, in bits, or in bytes for secret keys
 * @param needs the algorithm of the gateway that does it, one of several, with the operation if only that will do; or the mechanism
 *     that the token must have; empty for what needs no token
 */
record OfferedMechanism(long type, long flags, long smallest, long largest, List<String> needs) {

    private OfferedMechanism(long type, long flags, long smallest, long largest, String... needs) {
        this(type, flags, smallest, largest, List.of(needs));
    }

    private static final long ENCRYPT = 0x100;
    private static final long DECRYPT = 0x200;
    private static final long DIGEST = 0x400;
    private static final long SIGN_VERIFY = 0x800 | 0x2000;
    private static final long GENERATE = 0x8000;
    private static final long GENERATE_PAIR = 0x10000;
    private static final long WRAP = 0x20000;
    private static final long UNWRAP = 0x40000;
    /** Of the curves: over a prime field, named by OID, points uncompressed. */
    private static final long CURVES = 0x100000 | 0x800000 | 0x1000000;

    static final List<OfferedMechanism> ALL = List.of(
            new OfferedMechanism(0x0, GENERATE_PAIR, 2048, 4096, "CKM_RSA_PKCS_KEY_PAIR_GEN"),
            new OfferedMechanism(0x1, SIGN_VERIFY, 2048, 16384, "RS256"),
            new OfferedMechanism(0x40, SIGN_VERIFY, 2048, 16384, "RS256"),
            new OfferedMechanism(0x41, SIGN_VERIFY, 2048, 16384, "RS384"),
            new OfferedMechanism(0x42, SIGN_VERIFY, 2048, 16384, "RS512"),
            new OfferedMechanism(0xd, SIGN_VERIFY, 2048, 16384, "PS256"),
            new OfferedMechanism(0x43, SIGN_VERIFY, 2048, 16384, "PS256"),
            new OfferedMechanism(0x44, SIGN_VERIFY, 2048, 16384, "PS384"),
            new OfferedMechanism(0x45, SIGN_VERIFY, 2048, 16384, "PS512"),
            new OfferedMechanism(0x9, ENCRYPT | DECRYPT, 2048, 16384, "RSA-OAEP", "RSA-OAEP-256"),
            new OfferedMechanism(0x9, WRAP | UNWRAP, 2048, 16384, "RSA-OAEP unwrap", "RSA-OAEP-256 unwrap"),
            new OfferedMechanism(0x1040, GENERATE_PAIR | CURVES, 256, 521, "CKM_EC_KEY_PAIR_GEN"),
            new OfferedMechanism(0x1041, SIGN_VERIFY | CURVES, 256, 521, "ES256"),
            new OfferedMechanism(0x1044, SIGN_VERIFY | CURVES, 256, 521, "ES256"),
            new OfferedMechanism(0x1045, SIGN_VERIFY | CURVES, 256, 521, "ES384"),
            new OfferedMechanism(0x1046, SIGN_VERIFY | CURVES, 256, 521, "ES512"),
            new OfferedMechanism(0x1055, GENERATE_PAIR, 256, 256, "CKM_EC_EDWARDS_KEY_PAIR_GEN"),
            new OfferedMechanism(0x1057, SIGN_VERIFY, 256, 256, "EdDSA"),
            new OfferedMechanism(0x1080, GENERATE, 16, 32, "CKM_AES_KEY_GEN"),
            new OfferedMechanism(0x1087, DECRYPT, 16, 32, "A256GCM"),
            new OfferedMechanism(0x108a, SIGN_VERIFY, 16, 32, "AES-CMAC"),
            new OfferedMechanism(0x350, GENERATE, 32, 512, "CKM_GENERIC_SECRET_KEY_GEN"),
            new OfferedMechanism(0x251, SIGN_VERIFY, 32, 512, "HS256"),
            new OfferedMechanism(0x261, SIGN_VERIFY, 48, 512, "HS384"),
            new OfferedMechanism(0x271, SIGN_VERIFY, 64, 512, "HS512"),
            new OfferedMechanism(0x250, DIGEST, 0, 0),
            new OfferedMechanism(0x260, DIGEST, 0, 0),
            new OfferedMechanism(0x270, DIGEST, 0, 0));

    boolean works(TokenMechanisms token) {
        return needs.isEmpty() || needs.stream().anyMatch(need -> has(token, need));
    }

    private static boolean has(TokenMechanisms token, String need) {
        int blank = need.indexOf(' ');
        String algorithmName = blank < 0 ? need : need.substring(0, blank);
        String operation = blank < 0 ? null : need.substring(blank + 1);
        return token.mechanisms().stream()
                        .anyMatch(mechanism -> mechanism.name().equals(need))
                || token.algorithms().stream()
                        .filter(algorithm -> algorithm.name().equals(algorithmName))
                        .anyMatch(algorithm -> algorithm.operations().entrySet().stream()
                                .anyMatch(entry -> entry.getValue() != Support.UNAVAILABLE
                                        && (operation == null
                                                ? !entry.getKey().equals("verify")
                                                : entry.getKey().equals(operation))));
    }
}
