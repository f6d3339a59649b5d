package dev.slotgate.key;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.KeyAccess;
import dev.slotgate.hsm.KeySpec;
import dev.slotgate.hsm.KeyType;
import dev.slotgate.hsm.WrapAlgorithm;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /slots/{slot}/keys/unwrap}.
 *
 * @param unwrappingKey an id or a label
 * @param size of a secret, in bits
 */
@SuppressWarnings("ArrayRecordComponent") // read once from JSON, never compared
record UnwrapKeyRequest(
        @Nullable String unwrappingKey,
        @Nullable String algorithm,
        byte @Nullable [] wrapped,
        @Nullable String type,
        @Nullable Integer size,
        @Nullable String label,
        @Nullable List<@Nullable String> usage,
        @Nullable Boolean extractable,
        @Nullable List<@Nullable String> algorithms,
        @Nullable Map<String, @Nullable String> tags) {

    String checkedUnwrappingKey() {
        return KeyAccess.named("unwrappingKey", unwrappingKey);
    }

    WrapAlgorithm checkedAlgorithm() {
        return WrapAlgorithm.NAMES.read("algorithm", algorithm);
    }

    byte[] checkedWrapped() {
        if (wrapped == null || wrapped.length == 0) {
            throw HsmException.invalidField("wrapped", "a wrapped key in base64", "nothing");
        }
        return wrapped;
    }

    KeyType checkedType() {
        return KeyKind.type(type);
    }

    /** @param unlessTold what it was before it was wrapped here */
    boolean mayLeave(boolean unlessTold) {
        return extractable == null ? unlessTold : extractable;
    }

    /** The size of a secret, if it is told; no other key has one here. */
    @Nullable
    Integer checkedSize(KeyType checkedType) {
        if (size == null) {
            return null;
        }
        return switch (checkedType) {
            case AES, HMAC -> KeyKind.spec(checkedType, size, null).size();
            case RSA, EC, OKP -> {
                if (!KeySpec.Rsa.SIZES.contains(size) || checkedType != KeyType.RSA) {
                    throw HsmException.invalidField("size", "no such field for this key", size.toString());
                }
                yield null;
            }
        };
    }
}
