package dev.slotgate.crypto;

import dev.slotgate.audit.AuditTrail;
import org.jspecify.annotations.Nullable;

/** Has the record of a call name the key that is used: as the caller names it, and by its id as soon as it was found. */
final class RecordedUse {

    private RecordedUse() {}

    /** @throws E what the use fails with */
    static <R extends OfKey, E extends Exception> R of(
            AuditTrail trail, @Nullable String key, @Nullable String algorithm, Use<R, E> use) throws E {
        trail.key(key);
        trail.algorithm(algorithm);
        R answer = use.make();
        trail.key(answer.key());
        return answer;
    }

    /** An answer that tells which key was used. */
    interface OfKey {

        /** The key's id. */
        String key();
    }

    /** A use of a key. */
    @FunctionalInterface
    interface Use<R extends OfKey, E extends Exception> {

        R make() throws E;
    }
}
