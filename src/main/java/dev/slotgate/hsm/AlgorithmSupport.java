package dev.slotgate.hsm;

import java.util.Map;

/**
 * How well an algorithm works with a token.
 *
 * @param name its JOSE name
 * @param operations what it is used for, each with how that is done
 */
public record AlgorithmSupport(String name, Map<String, Support> operations) {

    /** How an operation is done. */
    public enum Support {
        /** By the token; or, of what needs no secret, by the gateway alone. */
        NATIVE,
        /** By the gateway, around what the token can do. */
        COMPLETED,
        /** Not at all. */
        UNAVAILABLE
    }
}
