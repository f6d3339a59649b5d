package dev.slotgate.crypto;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.Quoted;
import dev.slotgate.hsm.SignatureAlgorithm;
import dev.slotgate.hsm.SignatureScheme;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a signature is written down. One of RSA or EdDSA has one form only, which is raw. */
enum SignatureFormat {
    /** For ECDSA: SEQUENCE of r and s (RFC 3279 section 2.2.3). */
    DER,
    /** For ECDSA: r and s one after the other at full length, as JOSE has it (RFC 7518 section 3.4). */
    RAW;

    /** Reads the field {@code format}; without it ECDSA is DER. */
    static SignatureFormat of(@Nullable String word, SignatureAlgorithm algorithm) {
        boolean ecdsa = algorithm.scheme() == SignatureScheme.ECDSA;
        if (word == null) {
            return ecdsa ? DER : RAW;
        }
        if (word.equals("raw")) {
            return RAW;
        }
        if (word.equals("der") && ecdsa) {
            return DER;
        }
        throw HsmException.invalidField(
                "format",
                ecdsa ? "der or raw" : "raw, the only form of a signature of " + algorithm.name(),
                Quoted.text(word));
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
