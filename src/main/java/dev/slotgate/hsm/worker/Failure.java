package dev.slotgate.hsm.worker;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.KeyId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An {@link HsmException} on its way to the other end: everything but its stack trace and its cause. */
record Failure(
        HsmFailure failure,
        String message,
        @Nullable String field,
        @Nullable String returnCode,
        List<KeyId> candidates) {

    static final Codec<Failure> CODEC = Codecs.of(Failure.class);

    static Failure of(HsmException thrown) {
        return new Failure(
                thrown.failure(), thrown.getMessage(), thrown.field(), thrown.returnCode(), thrown.candidates());
    }

    HsmException restored() {
        return HsmException.restored(failure, message, field, returnCode, candidates);
    }
}
