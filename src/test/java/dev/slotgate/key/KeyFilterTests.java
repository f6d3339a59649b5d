package dev.slotgate.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyAttributes;
import dev.slotgate.hsm.KeyClass;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeyType;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.TokenIdentity;
import dev.slotgate.hsm.Usage;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyFilterTests {

    private static final Key KEY = new Key(
            new KeyId("aa"),
            new SlotId(0),
            new TokenIdentity("soft", "serial", "token"),
            "pkcs11:",
            "payments-1",
            KeyType.EC,
            null,
            Curve.P_256,
            Set.of(Usage.SIGN),
            KeyClass.PRIVATE,
            new KeyAttributes(true, false, true, true, true, true),
            null,
            true);
    private static final KeyMetadata METADATA = KeyMetadata.ofNew(Map.of("team", "payments"), null, null);

    @Test
    void withoutConditionsEveryKeyPasses() {
        assertThat(new KeyFilter(null, null, null, null, null).fits(KEY, METADATA))
                .isTrue();
    }

    @Test
    void everyConditionMustHold() {
        assertThat(new KeyFilter("payments-1", "pay", "EC", "sign", "team").fits(KEY, METADATA))
                .isTrue();
        assertThat(new KeyFilter("payments", null, null, null, null).fits(KEY, METADATA))
                .isFalse();
        assertThat(new KeyFilter(null, "ments", null, null, null).fits(KEY, METADATA))
                .isFalse();
        assertThat(new KeyFilter(null, null, "RSA", null, null).fits(KEY, METADATA))
                .isFalse();
        assertThat(new KeyFilter(null, null, null, "wrap", null).fits(KEY, METADATA))
                .isFalse();
    }

    @Test
    void aTagIsMetByNameOrByNameAndValue() {
        assertThat(new KeyFilter(null, null, null, null, "team=payments").fits(KEY, METADATA))
                .isTrue();
        assertThat(new KeyFilter(null, null, null, null, "team=billing").fits(KEY, METADATA))
                .isFalse();
        assertThat(new KeyFilter(null, null, null, null, "owner").fits(KEY, METADATA))
                .isFalse();
    }
}
