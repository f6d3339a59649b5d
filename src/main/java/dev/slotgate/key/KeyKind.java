package dev.slotgate.key;

import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeySpec;
import dev.slotgate.hsm.KeyType;
import dev.slotgate.hsm.Quoted;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what kind of key a request asks for: {@code type} with {@code size} or {@code curve}. */
final class KeyKind {

    private KeyKind() {}

    static KeyType type(@Nullable String type) {
        return Arrays.stream(KeyType.values())
                .filter(known -> known.name().equals(type))
                .findFirst()
                .orElseThrow(() -> HsmException.invalidField(
                        "type",
                        Arrays.stream(KeyType.values())
                                .map(Enum::name)
                                .collect(Collectors.joining(", ", "one of ", "")),
                        shown(type)));
    }

    static KeySpec spec(KeyType type, @Nullable Integer size, @Nullable String curve) {
        return switch (type) {
            case RSA -> new KeySpec.Rsa(sizeAmong(KeySpec.Rsa.SIZES, type, size, curve));
            case AES -> new KeySpec.Aes(sizeAmong(KeySpec.Aes.SIZES, type, size, curve));
            case HMAC -> new KeySpec.Hmac(hmacSize(size, curve));
            case EC, OKP -> new KeySpec.OnCurve(curve(type, size, curve));
        };
    }

    /** The kind of a key that is there. @throws HsmException KEY_USAGE for one that is not made here */
    static KeySpec spec(Key key, @Nullable Integer size) {
        try {
            return switch (key.type()) {
                case EC, OKP ->
                    spec(
                            key.type(),
                            null,
                            key.curve() == null ? null : key.curve().jwkName());
                case RSA, AES, HMAC -> spec(key.type(), size, null);
            };
        } catch (HsmException e) {
            throw HsmException.inField(
                    HsmFailure.KEY_USAGE,
                    "key",
                    "key: no other key like this one is made here, which is " + key.kind());
        }
    }

    private static int sizeAmong(Set<Integer> sizes, KeyType type, @Nullable Integer size, @Nullable String curve) {
        refuseCurve(type, curve);
        if (size == null || !sizes.contains(size)) {
            throw HsmException.invalidField(
                    "size",
                    sizes.stream().sorted().map(String::valueOf).collect(Collectors.joining(", ", "one of ", "")),
                    size == null ? "nothing" : size.toString());
        }
        return size;
    }

    private static int hmacSize(@Nullable Integer size, @Nullable String curve) {
        refuseCurve(KeyType.HMAC, curve);
        if (size == null || !KeySpec.Hmac.isSize(size)) {
            throw HsmException.invalidField(
                    "size",
                    "bits from " + KeySpec.Hmac.MIN_BITS + " to " + KeySpec.Hmac.MAX_BITS + ", a multiple of 8",
                    size == null ? "nothing" : size.toString());
        }
        return size;
    }

    private static Curve curve(KeyType type, @Nullable Integer size, @Nullable String curve) {
        if (size != null) {
            throw HsmException.invalidField("size", "no such field for a key of type " + type, size.toString());
        }
        String curves = "one of " + Curve.names(type);
        if (curve == null) {
            throw HsmException.invalidField("curve", curves, "nothing");
        }
        return Curve.named(curve)
                .filter(known -> known.keyType() == type)
                .orElseThrow(() -> HsmException.invalidField("curve", curves, shown(curve)));
    }

    private static void refuseCurve(KeyType type, @Nullable String curve) {
        if (curve != null) {
            throw HsmException.invalidField("curve", "no such field for a key of type " + type, shown(curve));
        }
    }

    private static String shown(@Nullable String value) {
        return value == null ? "nothing" : Quoted.text(value);
    }
}
