package dev.slotgate.key;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeySpec;
import dev.slotgate.hsm.NewKey;
import dev.slotgate.hsm.Usage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /slots/{slot}/keys}. */
record GenerateKeyRequest(
        @Nullable String type,
        @Nullable Integer size,
        @Nullable String curve,
        @Nullable String label,
        @Nullable List<@Nullable String> usage,
        @Nullable Boolean extractable,
        @Nullable List<@Nullable String> algorithms,
        @Nullable Map<String, @Nullable String> tags) {

    /** The order for the token. @throws HsmException INVALID_FIELD or USAGE_CONFLICT */
    NewKey order(KeyId id) {
        KeySpec spec = KeyKind.spec(KeyKind.type(type), size, curve);
        Usage use = Usages.ofNew(usage, spec.type());
        boolean mayLeave = Boolean.TRUE.equals(extractable);
        if (mayLeave && use == Usage.WRAP) {
            throw HsmException.inField(
                    HsmFailure.USAGE_CONFLICT, "extractable", "extractable: a wrapping key can never leave its token");
        }
        return new NewKey(id, KeyLabel.checked(label), spec, use, mayLeave);
    }

    /** What the database is to know of the key. */
    KeyMetadata metadata(NewKey order) {
        KeySpec spec = order.spec();
        return KeyMetadata.ofNew(
                Tags.checked(tags),
                Algorithms.checked(algorithms, spec.type(), spec.size(), spec.curve(), order.usage()),
                null);
    }
}
