package dev.slotgate.key;

import dev.slotgate.hsm.KeyAccess;
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
        return WrapAlgorithm.NAMES.read("algorithm", algorithm);
    }
}
