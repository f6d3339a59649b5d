package dev.slotgate.hsm;

import java.security.PublicKey;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keys as a token would tell them. */
public final class TestKeys {

    private TestKeys() {}

    /** A pair on P-256 that signs. */
    public static Key onP256(SlotId slot, String id, @Nullable String label) {
        return signing(slot, id, label, KeyType.EC, null, Curve.P_256, null);
    }

    /** A pair that signs. */
    public static Key signing(
            SlotId slot,
            String id,
            @Nullable String label,
            KeyType type,
            @Nullable Integer size,
            @Nullable Curve curve,
            @Nullable PublicKey publicKey) {
        return new Key(
                new KeyId(id),
                slot,
                new TokenIdentity("module", "serial", "label"),
                "pkcs11:",
                label,
                type,
                size,
                curve,
                Set.of(Usage.SIGN),
                KeyClass.PRIVATE,
                new KeyAttributes(true, false, true, true, true, true),
                publicKey,
                true);
    }
}
