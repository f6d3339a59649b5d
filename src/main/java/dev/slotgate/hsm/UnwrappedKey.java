package dev.slotgate.hsm;

import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * The order for a key that comes wrapped under one of the token.
 *
 * @param unwrappingKey local, never extractable and for nothing but wrapping
 * @param wrapped as {@link KeyWrapping#wrap} gives it
 * @param publicKey the public half of a pair; one of RSA can be found out, one on a curve cannot
 */
@SuppressWarnings("ArrayRecordComponent") // carried out once, never compared
public record UnwrappedKey(
        KeyId id,
        @Nullable String label,
        KeyId unwrappingKey,
        WrapAlgorithm algorithm,
        byte[] wrapped,
        KeyType type,
        @Nullable Curve curve,
        @Nullable PublicKey publicKey,
        Usage usage,
        boolean extractable)
        implements KeyOrder {

    @Override
    public KeyClass keyClass() {
        return type.keyClass();
    }
}
