package dev.slotgate.hsm;

import java.util.List;

/**
 * A mechanism of a token (PKCS#11 2.40 section 3.5).
 *
 * @param name for example {@code CKM_ECDSA}; of one that is not known, its code in hex
 * @param minKeySize as the token counts: bits, or bytes for some mechanisms
 * @param flags what it can be used for, for example {@code sign}
 */
public record TokenMechanism(String name, long code, long minKeySize, long maxKeySize, List<String> flags) {}
