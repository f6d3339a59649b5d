package dev.slotgate.key;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.KeyAccess;
import dev.slotgate.hsm.Quoted;
import dev.slotgate.hsm.WrapAlgorithm;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /slots/{slot}/keys/{key}/wrap}.
 *
 * @param wrappingKey an id or a label
 */
record WrapKeyRequest(
        @Nullable String wrappingKey, @Nullable String algorithm) {

    String checkedWrappingKey() {
        return KeyAccess.named("wrappingKey", wrappingKey);
    }

    WrapAlgorithm checkedAlgorithm() {
        return algorithm(algorithm);
    }

    static WrapAlgorithm algorithm(@Nullable String name) {
        String names = "one of " + WrapAlgorithm.names();
        if (name == null) {
            throw HsmException.invalidField("algorithm", names, "nothing");
        }
        return WrapAlgorithm.named(name)
                .orElseThrow(() -> HsmException.invalidField("algorithm", names, Quoted.text(name)));
    }
}
