package dev.slotgate.key;

import dev.slotgate.hsm.HsmException;
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
        return named("wrappingKey", wrappingKey);
    }

    WrapAlgorithm checkedAlgorithm() {
        return algorithm(algorithm);
    }

    static String named(String field, @Nullable String key) {
        if (key == null || key.isEmpty()) {
            throw HsmException.invalidField(field, "a key's id or label", "nothing");
        }
        return key;
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
